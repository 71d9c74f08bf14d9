"""The schema's history (Alembic). A revision, once released, never changes."""
