"""Secrets that the program makes for itself, kept where what they protect is kept."""

from __future__ import annotations

import secrets as random

from sqlalchemy import Column, LargeBinary, String, Table, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.storage.engine import Rows, to_the_end
from bot.storage.schema import metadata

BYTES = 32

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


class SecretRows(Rows):
    """Secrets by name. Add a test for each new public method."""

    @to_the_end
    async def make_secret(self, name: str) -> bytes:
        """Return the secret of a name, made the first time."""
        fresh = upsert(secrets).values(name=name, value=random.token_bytes(BYTES)).on_conflict_do_nothing()
        async with self.database.write() as db:
            await db.execute(fresh)
            return bytes((await db.execute(select(secrets.c.value).where(secrets.c.name == name))).scalar_one())
