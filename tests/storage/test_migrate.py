"""Bringing a database to the program's version."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.schema import SchemaItem

from bot.domain.errors import StorageError
from bot.storage.migrate import MIGRATIONS, Version, backup_path, prepare
from bot.storage.store import open_store
from bot.storage.tables import stories

HEAD = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py"))
NEXT_STEP = '''
"""A later step, for this test."""
from alembic import op
revision = "9999"
down_revision = "{}"
branch_labels = None
depends_on = None
def upgrade():
    {}
'''
RENAME_PARENT = """
    with op.batch_alter_table("topics", recreate="always") as batch:
        batch.alter_column("title", new_column_name="heading")
"""
ROWS = (
    "INSERT INTO topics VALUES ('chips', 'chips', 'Chips', '[]', 'normal', '')",
    "INSERT INTO channels (platform, workspace, channel, language, zone, is_ops) VALUES ('x', 'y', 'z', 'en', 'a', 0)",
    "INSERT INTO subscriptions (id, channel_id, topic_id, mode, min_outlets) VALUES (1, 1, 'chips', 'live', 1)",
)


def later(tmp_path: Path, body: str) -> Path:
    """Lay out the program's steps and one more, as a later version would have them."""
    folder = tmp_path / "later"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_later.py").write_text(NEXT_STEP.format(HEAD, body.strip()))
    return folder


def ask(path: Path, *statements: str) -> list[Any]:
    rows: list[Any] = []
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            rows = db.execute(statement).fetchall()
    return rows


def _is_ours(_object: SchemaItem, name: str | None, kind: str, *_: Any) -> bool:
    return not (kind == "table" and (name or "").startswith("article_words"))


def test_the_steps_make_the_tables_that_the_program_uses(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    options = {"include_object": _is_ours, "compare_type": True}
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), stories.metadata)
    engine.dispose()
    assert differences == []


def test_the_steps_keep_the_tables_details(path: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    stories.metadata.create_all(engine)
    engine.dispose()
    shape = "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'article_words%' ORDER BY name"
    made, wanted = (
        {
            name: sorted(sql.replace(",", " ").replace(")", " ) ").split())
            for name, sql in ask(where, shape)
            if name != "alembic_version"
        }
        for where in (path, tmp_path / "direct.db")
    )
    assert made == wanted


async def test_an_older_database_is_copied_and_upgraded(path: Path, tmp_path: Path) -> None:
    ask(path, *ROWS)
    await prepare(path, may_change=True, migrations=later(tmp_path, RENAME_PARENT))
    assert ask(path, "SELECT heading FROM topics WHERE id = 'chips'") == [("Chips",)]
    assert ask(path, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert ask(path, "SELECT count(*) FROM subscriptions") == [(1,)]
    backup = backup_path(path, Version(step=HEAD, is_empty=False))
    assert ask(backup, "SELECT title FROM topics WHERE id = 'chips'") == [("Chips",)]


async def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    await prepare(tmp_path / "new.db", may_change=True)
    assert [name for name in os.listdir(tmp_path) if "upgrade" in name] == []  # noqa: PTH208


@pytest.mark.parametrize(
    "body, said",
    [
        ("op.execute('CREATE TABLE extra (id INTEGER)'); op.execute('SELECT nonsense')", "no such column"),
        ("op.execute('CREATE TABLE extra (id INTEGER)'); op.execute('DELETE FROM topics')", "1 rows of subscriptions"),
    ],
)
async def test_a_step_that_fails_leaves_the_database_as_it_was(
    path: Path, tmp_path: Path, body: str, said: str
) -> None:
    ask(path, *ROWS)
    with pytest.raises(StorageError, match=said):
        await prepare(path, may_change=True, migrations=later(tmp_path, body))
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert ask(path, "SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == [(0,)]
    assert ask(path, "SELECT count(*) FROM topics WHERE id = 'chips'") == [(1,)]
    store = await open_store(path, exclusive=True)
    await store.close()


async def test_an_older_database_is_not_changed_by_others_than_run(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=rf"older Topicwire .version {HEAD}.; start `topicwire run` once"):
        await prepare(path, may_change=False, migrations=later(tmp_path, "pass"))


@pytest.mark.parametrize("exclusive", [True, False])
async def test_a_newer_database_is_refused(path: Path, *, exclusive: bool) -> None:
    ask(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=rf"newer Topicwire .version 9999 .* up to {HEAD}"):
        await open_store(path, exclusive=exclusive)


async def test_an_upgrade_without_room_for_its_copy_does_not_begin(path: Path, tmp_path: Path) -> None:
    backup_path(path, Version(step=HEAD, is_empty=False)).mkdir()
    with pytest.raises(StorageError, match=r"no backup .* could be made"):
        await prepare(path, may_change=True, migrations=later(tmp_path, "pass"))
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
