"""The books: SQLAlchemy Core tables and the queries, one file per noun."""
