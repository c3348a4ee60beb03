"""Who may open what: tokens of workspaces, the operator, and everybody else, who learns nothing."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import aiohttp

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.settings import WebSettings
from bot.web.keys import Access, Keys, name_secret
from bot.web.metrics import MetricsPart
from bot.web.server import WebServer
from tests.newsroom import NOON, WORKSPACE, Newsroom, newsroom
from tests.web.site import basic, visit

OTHER = WorkspaceId("other")
REFUSED = {401, 403}


async def tell(room: Newsroom) -> int:
    """Tell a story that everyone sees, and one of a feed that the other workspace alone uses; returns that one."""
    await room.open_outlets("Ledger")
    await room.subscribe("huawei")
    await room.subscribe("huawei", workspace=OTHER)
    room.outlets["Secret"] = "https://secret.example/feed"
    await room.store.add_feed(
        url=room.outlets["Secret"], title="Secret", language="en", interval=timedelta(minutes=10), workspace=OTHER,
        actor="t", now=NOON,
    )  # fmt: skip
    await room.tick()
    room.publish("Ledger", "Norland bans Huawei", "Norland bans Huawei from its networks.")
    room.publish("Secret", "Huawei plans a tower in Grenna", "The tower of Huawei has 40 floors.")
    await room.tick()
    return next(s.id for s in await room.store.latest(OTHER, None, 5) if "tower" in s.headline)


async def test_a_token_is_of_one_workspace_and_one_database(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        keys, others = await Keys.open(room.store), Keys(room.store, b"b" * 32)
        token = keys.token(WORKSPACE)
        assert keys.find(token, [OTHER, WORKSPACE]) == WORKSPACE
        assert keys.find(token, [OTHER]) is None
        assert others.find(token, [OTHER, WORKSPACE]) is None
        assert len(base64.urlsafe_b64decode(token + "==")) == 16


async def test_renewed_links_end_the_old_ones_of_that_workspace_at_once(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        secret = await tell(room)
        async with visit(room, WebSettings(public_url="https://news.example")) as visitor:
            old, others = visitor.here(OTHER), visitor.here()
            feed = f"{old}/topic/huawei/feed.json"
            known = [item["id"] for item in json.loads((await visitor.get(feed)).text)["items"]]
            await room.store.renew_secret(name_secret(OTHER), workspace=OTHER, actor="operator", now=NOON)
            gone = [(await visitor.get(path)).status for path in (f"{old}/story/{secret}", feed)]
            (address,) = (await visitor.addresses.stories(OTHER, [StoryId(secret)])).values()
            now = address.removeprefix("https://news.example").partition("/story/")[0]
            assert gone == [404, 404]
            assert (await visitor.get(f"{now}/story/{secret}")).status == 200
            assert (await visitor.get(f"{others}/topic/huawei")).status == 200
            again = json.loads((await visitor.get(f"{now}/topic/huawei/feed.json")).text)
            assert [item["id"] for item in again["items"]] == known, "readers know their entries again"
        audit = await room.store.list_audit(OTHER, NOON - timedelta(days=1), 9)
    assert ("operator", "links.renew") in {(line.actor, line.action) for line in audit}


async def test_a_token_shows_what_its_workspace_may_see_and_nothing_else(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        secret = await tell(room)
        async with visit(room, WebSettings(public_url="https://news.example", password="x")) as visitor:
            assert (await visitor.get(visitor.story(secret, OTHER))).status == 200
            assert (await visitor.get(visitor.story(secret))).status == 404
            for page in (f"{visitor.here()}/topic/huawei", f"{visitor.here()}/topic/huawei/atom.xml"):
                answer = await visitor.get(page)
                assert answer.status == 200
                assert "tower" not in answer.text, page


async def test_guesses_and_tricks_with_paths_find_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell(room)
        async with visit(room) as visitor:
            here, token = visitor.here(), visitor.here().rpartition("/")[2]
            guesses = ("x", token[:-1], f"{token}A", token.swapcase(), "%00", "%c3%a9", "%ed%a0%80", "a" * 5000)
            tricks = [
                *(f"/w/{guess}/story/1" for guess in guesses),
                *(f"{here}/story/{number}" for number in ("0", "99999", "-1", "1e3", "%d9%a3", "9" * 40, "1%00")),
                *(f"{here}/topic/{name}" for name in ("nosuch", "..%2f..%2fetc%2fpasswd", "%2e%2e", "huawei%00")),
                "/static/style.css", "/static/../site.py", "/static/%2e%2e/keys.py", "/static/", "/w/", "/w",
                "//news.example/", "/console", "/healthz/../console", "/.env", f"/w/{token}%2fstory%2f1",
            ]  # fmt: skip
            for path in tricks:
                answer = await visitor.get(path)
                assert answer.status == 404, path
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert token not in answer.text
            for host, path in product(
                ("[::1", "[", "a:b:c", "127.0.0.1:port"), ("/health", f"{here}/topic/huawei/atom.xml")
            ):
                assert (await visitor.get(path, Host=host)).status in (400, 403), host
            answer = await visitor.get(f"{here}?lang=nl")
            assert (answer.status, answer.headers["Location"]) == (302, f"{here}/?lang=nl")


OPENINGS: list[tuple[WebSettings, dict[str, str], bool]] = [
    (WebSettings(), {}, True),
    (WebSettings(), {"Host": "news.example"}, False),
    (WebSettings(), {"X_Forwarded_For": "203.0.113.9"}, False),
    (WebSettings(public_url="https://news.example"), {}, False),
    (WebSettings(password="correct horse"), {}, False),
    (WebSettings(password="correct horse"), {"Authorization": basic("me:wrong")}, False),
    (WebSettings(password="correct horse"), {"Authorization": "Basic nonsense"}, False),
    (WebSettings(password="correct horse"), {"Authorization": "Bearer x"}, False),
    (WebSettings(password="pässe"), {"Authorization": basic("me:pässe")}, True),
    (WebSettings(proxy_header="X-User"), {}, False),
    (WebSettings(proxy_header="X-User"), {"X_User": "ann"}, True),
    (WebSettings(proxy_header="X-User"), {"X_User": ""}, False),
    (WebSettings(proxy_header="X-User", proxies=("192.0.2.1",)), {"X_User": "ann"}, False),
]  # fmt: skip


async def test_the_rest_is_the_operators(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        for settings, headers, is_open in OPENINGS:
            async with visit(room, settings) as visitor:
                told = [(await visitor.get(path, **headers)) for path in ("/health", f"{visitor.here()}/")]
                topic = await visitor.get(f"{visitor.here()}/topic/huawei", **headers)
            assert [answer.status == 200 for answer in told] == [is_open] * 2, (settings, headers)
            assert is_open or {answer.status for answer in told} <= REFUSED
            assert (topic.status, "/health" in topic.text) == (200, is_open)


async def ask_for_measures(room: Newsroom, settings: WebSettings, headers: dict[str, str]) -> tuple[int, str]:
    server = WebServer("127.0.0.1:0", [MetricsPart(Access(settings), room.store, list, [], room.clock)])
    address = await server.start()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        async with aiohttp.request("GET", f"{address}/metrics", headers=named) as answer:
            return answer.status, await answer.text()
    finally:
        await server.close()


async def test_measures_open_as_the_operators_pages_do_unless_they_are_for_everyone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        for settings, headers, is_open in OPENINGS:
            status, told = await ask_for_measures(room, settings, headers)
            assert (status == 200, "topicwire_feeds" in told) == (is_open, is_open), (settings, headers)
            assert is_open or status in REFUSED
            assert (await ask_for_measures(room, replace(settings, metrics_for="everyone"), headers))[0] == 200


async def test_a_password_is_asked_for_and_nothing_is_kept_in_the_browser(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room, visit(room, WebSettings(password="x")) as visitor:
        answer = await visitor.get("/health")
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "Set-Cookie" not in answer.headers


async def test_a_restart_keeps_links_alive(tmp_path: Path) -> None:
    addresses: set[str] = set()
    for _ in range(2):
        async with newsroom(tmp_path) as room, visit(room, base="https://news.example/wire/") as visitor:
            addresses |= set((await visitor.addresses.stories(WORKSPACE, [StoryId(7)])).values())
    (address,) = addresses
    assert str(address).startswith("https://news.example/wire/w/")
