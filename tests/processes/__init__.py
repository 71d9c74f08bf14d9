"""Several processes of the program on one PostgreSQL."""
