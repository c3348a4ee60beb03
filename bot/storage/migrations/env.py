"""How alembic runs the steps: all in one transaction, on the connection that `bot.storage.migrate` hands in.

The connection comes with foreign_keys off: inside a transaction that switch does nothing, and with it on a parent table
that is copied and renamed empties its ON DELETE CASCADE children. The check before COMMIT finds what was left dangling.
"""

from __future__ import annotations

from alembic import context

import bot.storage.digest_tables
import bot.storage.enriched_tables
import bot.storage.feed_tables  # noqa: F401 - it adds its tables to the metadata
from bot.domain.errors import StorageError
from bot.storage.tables import stories


def run_offline() -> None:
    """Print the statements instead of running them (alembic's --sql)."""
    context.configure(dialect_name="sqlite", target_metadata=stories.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the steps on the connection at hand."""
    connection = context.config.attributes["connection"]
    # A step that fails half-way must leave the tables as they were; alembic would else commit statement by statement.
    context.configure(
        connection=connection, target_metadata=stories.metadata, transactional_ddl=True, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if dangling:
                raise StorageError(
                    f"the upgrade would leave {len(dangling)} rows of {dangling[0][0]} without their parent"
                )


if context.is_offline_mode():
    run_offline()
else:
    run_online()
