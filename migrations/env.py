"""Alembic's entry: runs revisions on the connection that its caller hands over, inside its transaction.

The caller puts two things into the configuration's `attributes`: the `connection`, and as `metadata` the tables that
the newest revision leads to. So nothing here imports the program.
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    # One transaction around all revisions, DDL included: a failing one leaves the old schema.
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
