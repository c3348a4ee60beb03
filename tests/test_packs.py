"""Packs from files through a real store: what was good once stays in force, and who asks is told what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import packs
from bot.domain.errors import ConfigError
from bot.domain.settings import DestinationSettings, Settings, TopicsSettings
from bot.storage.store import open_store

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PACK = """
format = 1
[topics.chips]
clauses = [{ query = "chip*", score = 0.9 }]
examples = [{ lang = "en", text = "Chip exports grow", expect = true }]
"""


def settings_of(path: Path, text: str | bytes) -> Settings:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Settings(topics=TopicsSettings(files=(path,)))


@pytest.mark.parametrize("bad", [PACK.replace("Chip e", "Fish e"), "format =", PACK.encode() + b"\xff"])
async def test_a_pack_that_broke_is_loaded_as_it_last_was_good(tmp_path: Path, bad: str | bytes) -> None:
    store = await open_store(tmp_path / "topicwire.db", exclusive=True)
    path = tmp_path / "chips.toml"
    try:
        first = await packs.load_topics(settings_of(path, PACK), store, NOW)
        again = await packs.load_topics(settings_of(path, bad), store, NOW)
        assert again.topics == first.topics == tuple(await store.list_all_topics())
        assert again.problems[0].startswith(f"the pack {path} does not load, and its last good text stays in force")
        assert packs.find_pack_faults(settings_of(path, bad), await store.list_pack_texts()) == list(again.problems)
        assert await store.list_pack_texts() == {str(path): PACK}
        mended = await packs.load_topics(settings_of(path, PACK.replace("chip*", "chip* OR crisp*")), store, NOW)
        assert (mended.problems, mended.topics[0].clauses[0].query) == ((), "chip* OR crisp*")
    finally:
        await store.close()


@pytest.mark.parametrize(
    "bad, told",
    [
        (PACK.replace("Chip e", "Fish e"), "topics.chips.examples[0]: “Fish exports grow” must match chips"),
        ("format =", "this is not TOML: Invalid value (at "),
        (b"\xff", "the file: it cannot be read: 'utf-8' codec"),
    ],
)
def test_what_is_wrong_with_packs_is_listed(tmp_path: Path, bad: str | bytes, told: str) -> None:
    (fault,) = packs.find_pack_faults(settings_of(tmp_path / "chips.toml", bad))
    assert told in fault
    assert "remedy: " in fault


def test_a_pack_that_is_not_there_is_listed(tmp_path: Path) -> None:
    gone = Settings(topics=TopicsSettings(files=(tmp_path / "gone.toml",)))
    assert packs.find_pack_faults(gone) == [f"{tmp_path}/gone.toml: there is no such topic pack; see topics.files"]


def test_destinations_are_not_held_against_packs_that_cannot_be_read(tmp_path: Path) -> None:
    destination = DestinationSettings(name="desk", kind="slack", url="https://a.example/hook", topics=("huawei",))
    good = settings_of(tmp_path / "chips.toml", PACK).topics.files or ()
    (tmp_path / "bad.toml").write_text("format =")
    known = Settings(topics=TopicsSettings(files=good), destinations=(destination,))
    with pytest.raises(ConfigError, match="no topic huawei"):
        packs.check_destinations(known, packs.load_library(known))
    torn = Settings(topics=TopicsSettings(files=(*good, tmp_path / "bad.toml")), destinations=(destination,))
    packs.check_destinations(torn, packs.load_library(torn))
