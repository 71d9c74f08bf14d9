"""The database: SQLAlchemy Core tables, and the queries that implement `bot.ports`, one file per noun."""
