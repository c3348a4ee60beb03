"""Secrets that the program makes for itself, kept where what they protect is kept."""

from __future__ import annotations

import secrets as random
from datetime import datetime

from sqlalchemy import Column, LargeBinary, String, Table, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.models import WorkspaceId
from bot.storage.audit import log_change
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

    async def list_secrets(self, beginning: str) -> dict[str, bytes]:
        """Return the secrets whose names begin so."""
        named = select(secrets).where(secrets.c.name.startswith(beginning, autoescape=True))
        async with self.database.read() as db:
            return {row.name: bytes(row.value) for row in await db.execute(named)}

    @to_the_end
    async def renew_secret(self, name: str, *, workspace: WorkspaceId, actor: str, now: datetime) -> None:
        """Replace a secret of a workspace, or make it, and write that down; what the one before opened stays shut."""
        fresh = upsert(secrets).values(name=name, value=random.token_bytes(BYTES))
        fresh = fresh.on_conflict_do_update(index_elements=[secrets.c.name], set_={"value": fresh.excluded.value})
        async with self.database.write() as db:
            await db.execute(fresh)
            await log_change(db, at=now, actor=actor, workspace=workspace, action="links.renew", subject=name)
