"""Drafts of topics."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.models import Sensitivity
from bot.domain.tunings import Draft, NewDraft
from bot.storage import drafts
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, THERE, topic

TYPED = NewDraft(
    workspace=HERE,
    topic_id=None,
    name="chips",
    query='chip* OR "export controls" ▸ 芯片',
    sensitivity=Sensitivity.WIDE,
    actor="ann",
    at=NOW,
)


async def test_a_draft_is_kept_as_it_was_typed(store: SqlStore) -> None:
    kept = await store.add_draft(TYPED)
    assert kept == Draft(id=kept.id, **{name: getattr(TYPED, name) for name in NewDraft.__slots__})
    assert await store.get_draft(HERE, kept.id) == kept
    await store.save_draft_rate(kept.id, 3.5)
    assert (await store.get_draft(HERE, kept.id)).per_day == 3.5


async def test_a_draft_is_its_workspaces_alone(store: SqlStore) -> None:
    kept = await store.add_draft(TYPED)
    with pytest.raises(NotFoundError, match=f"no draft {kept.id}"):
        await store.get_draft(THERE, kept.id)


async def test_a_draft_that_was_saved_is_gone(store: SqlStore) -> None:
    kept = await store.add_draft(TYPED)
    await store.delete_draft(kept.id)
    await store.delete_draft(kept.id)
    with pytest.raises(NotFoundError):
        await store.get_draft(HERE, kept.id)


async def test_a_number_is_never_used_twice(store: SqlStore) -> None:
    first = await store.add_draft(TYPED)
    await store.delete_draft(first.id)
    assert (await store.add_draft(TYPED)).id > first.id


async def test_a_draft_is_kept_a_week(store: SqlStore) -> None:
    kept = await store.add_draft(TYPED)
    await store.add_draft(replace(TYPED, at=NOW + timedelta(days=7)))
    assert await store.get_draft(HERE, kept.id) == kept
    await store.add_draft(replace(TYPED, at=NOW + timedelta(days=7, seconds=1)))
    with pytest.raises(NotFoundError):
        await store.get_draft(HERE, kept.id)


async def test_a_workspace_keeps_its_newest_drafts(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(drafts), "MOST_KEPT", 2)
    other = await store.add_draft(replace(TYPED, workspace=THERE))
    kept = [await store.add_draft(TYPED) for _ in range(3)]
    assert await store.get_draft(THERE, other.id) == other
    assert await store.get_draft(HERE, kept[1].id) == kept[1]
    with pytest.raises(NotFoundError):
        await store.get_draft(HERE, kept[0].id)


async def test_a_change_of_a_topic_goes_with_the_topic(store: SqlStore) -> None:
    own = topic("chips", owner=HERE)
    await store.save_topic(own, actor="ann", now=NOW)
    kept = await store.add_draft(replace(TYPED, topic_id=own.id))
    await store.delete_topic(own.id, actor="ann", now=NOW)
    with pytest.raises(NotFoundError):
        await store.get_draft(HERE, kept.id)
