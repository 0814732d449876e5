"""Alembic's entry: migrations run on the connection that opened the store."""

from __future__ import annotations

from alembic import context

from lib.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
