"""Files of feeds: those that are shipped, and that every problem names its file and its entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config, feed_files
from bot.domain.errors import ConfigError
from bot.domain.settings import Settings


def test_the_shipped_feeds_are_ten_in_six_languages() -> None:
    feeds = feed_files.load_feeds(Settings())
    assert len(feeds) == 10
    assert {feed.language for feed in feeds} == {"en", "nl", "de", "fr", "es", "zh"}


def test_a_wrong_feed_file_names_file_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feeds]]\nurl = "ftp://x"\n[[feeds]]\nurl = "https://a.example/f"\nlanguag = "en"\n', encoding="utf-8"
    )
    settings = config.load(None, {"TOPICWIRE_FEEDS__FILES": f'["{path}", "{tmp_path}/none.toml"]'}).settings
    with pytest.raises(ConfigError) as caught:
        feed_files.load_feeds(settings)
    told = str(caught.value)
    assert "feed 1: url is missing or not an http or https address" in told
    assert "feed 2: there is no setting languag" in told
    assert "none.toml: there is no such feed file" in told
