"""Logins of declared feeds: where they are read from, and whom they are sent to."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import feed_files
from bot.domain.errors import ConfigError
from bot.domain.feeds import Outcome
from bot.domain.models import WorkspaceId
from bot.domain.records import DeclaredFeed, FeedRequest
from bot.domain.settings import FeedsSettings, FetchSettings, Settings
from bot.feeds.credentials import read_credentials
from bot.feeds.fetch import HttpFetcher
from tests.feeds.fetching import NOW, rss
from tests.servers.feeds import FeedServer

HERE = WorkspaceId("slack:T1")
ENVIRON = {"KEY": " abc ", "PASSWORD": "open:sesame ü", "EMPTY": " ", "BREAK": "a\nX-Other: b"}
BODY = rss("<title>One</title><guid>1</guid>")


def test_headers_login_and_cookie_come_from_the_environment_and_from_files(tmp_path: Path) -> None:
    file = tmp_path / "cookie"
    file.write_text("session=1; theme=dark\n", encoding="utf-8")
    row = {
        "headers": {"X-Key": {"env": "KEY"}},
        "basic": {"user": "ann", "password": {"env": "PASSWORD"}},
        "cookie": {"file": str(file)},
    }
    headers = dict(read_credentials(row, ENVIRON))
    assert headers["X-Key"] == "abc"
    assert headers["Cookie"] == "session=1; theme=dark"
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode() == "ann:open:sesame ü"
    assert read_credentials({}, {}) == ()


@pytest.mark.parametrize(
    "row, told",
    [
        ({"headers": {"X-Key": "abc"}}, "headers.X-Key: a secret is not written here"),
        ({"headers": {"X-Key": {"env": "A", "file": "b"}}}, "headers.X-Key: a secret is not written here"),
        ({"headers": {"X-Key": {"env": "NOPE"}}}, "headers.X-Key: the variable NOPE is not set"),
        ({"headers": {"X-Key": {"file": "/nowhere/key"}}}, "headers.X-Key: the file /nowhere/key cannot be read"),
        ({"headers": {"X-Key": {"env": "EMPTY"}}}, "EMPTY is empty"),
        ({"headers": {"X-Key": {"env": "BREAK"}}}, "holds a line break"),
        ({"headers": {"Host": {"env": "KEY"}}}, "headers.Host: no header that can be set"),
        ({"headers": {"X Key": {"env": "KEY"}}}, "headers.X Key: no header that can be set"),
        ({"headers": "X-Key: abc"}, "headers are written"),
        ({"basic": "ann:secret"}, "basic is written"),
        ({"basic": {"user": "a:b", "password": {"env": "KEY"}}}, "basic.user: a name without a colon"),
        ({"cookie": "session=1"}, "cookie: a secret is not written here"),
        ({"cookie": {"env": "KEY"}, "headers": {"cookie": {"env": "KEY"}}}, "the header cookie is given twice"),
    ],
)
def test_a_mistake_is_named_and_no_secret_is_shown(row: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_credentials(row, ENVIRON)
    assert told in str(caught.value)
    assert not any(secret in str(caught.value) for secret in ("abc", "sesame", "X-Other", "session=1", "ann:secret"))


def load(tmp_path: Path, text: str) -> list[DeclaredFeed]:
    file = tmp_path / "feeds.toml"
    file.write_text(text, encoding="utf-8")
    return feed_files.load_feeds(Settings(feeds=FeedsSettings(files=(file,))), ENVIRON)


def test_a_feed_with_a_login_belongs_to_one_workspace(tmp_path: Path) -> None:
    private = '[[feeds]]\nurl = "https://a.example/f"\nworkspace = "slack:T1"\ncookie = { env = "KEY" }\n'
    public = '[[feeds]]\nurl = "https://a.example/f"\n'
    feeds = load(tmp_path, private + public)
    assert [(feed.workspace, feed.secrets) for feed in feeds] == [(HERE, (("Cookie", "abc"),)), (None, ())]
    assert "abc" not in repr(feeds)


@pytest.mark.parametrize(
    "row, told",
    [
        ('url = "https://a.example/f"\ncookie = { env = "KEY" }', "feed 1: a feed with a login is for one workspace"),
        ('url = "https://a.example/f"\nworkspace = "*"', "feed 1: workspace should be the id of one workspace"),
        ('url = "https://ann:secret@a.example/f"', "feed 1: its url holds a login"),
        (
            'url = "https://a.example/f"\nworkspace = "slack:T1"\ncookie = "k"',
            "feed 1: cookie: a secret is not written",
        ),
    ],
)
def test_a_wrong_private_feed_stops_the_start_with_words(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"[[feeds]]\n{row}\n")
    assert told in str(caught.value)
    assert "ann:secret" not in str(caught.value)


async def test_a_login_goes_to_its_own_host_and_for_its_own_workspace_alone() -> None:
    async with FeedServer() as server, FeedServer("127.0.0.2") as other:
        server.page("/feed", redirect="/moved")
        server.page("/moved", redirect=other.url("/feed"))
        other.page("/feed", BODY)
        url = server.url("/feed")
        declared = DeclaredFeed(
            url=url, title="Paid", language="en", interval=timedelta(hours=1), workspace=HERE,
            secrets=(("X-Key", "abc"), ("Authorization", "Basic xyz"), ("Cookie", "session=1")),
        )  # fmt: skip
        settings = FetchSettings(allow=(server.address, other.address))
        fetcher = HttpFetcher(settings, clock=lambda: NOW, declared=[declared])
        try:
            readings = [
                await fetcher.read(FeedRequest(url=url, scope=scope)) for scope in (HERE, None, WorkspaceId("slack:T2"))
            ]
        finally:
            await fetcher.close()
        assert {reading.outcome for reading in readings} == {Outcome.NEW}
        sent = [call.headers for call in server.calls]
        assert [("X-Key" in h, h.get("Authorization"), h.get("Cookie")) for h in sent] == [
            (True, "Basic xyz", "session=1"), (True, "Basic xyz", "session=1"),
            *[(False, None, None)] * 4,
        ]  # fmt: skip
        assert not any({"X-Key", "Authorization", "Cookie"} & set(call.headers) for call in other.calls)
