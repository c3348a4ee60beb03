"""The console page: a platform whose channel is a page, asked by plain forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.cards import Button, Call, Card
from bot.domain.errors import MessageGoneError
from bot.domain.records import Outgoing
from bot.domain.settings import WebSettings
from bot.web.console import MOST_MESSAGES, Console
from tests.newsroom import newsroom
from tests.web.site import Visitor, basic, visit


def outgoing(title: str, *, reply_to: str | None = None) -> Outgoing:
    mute = Button(label="Mute", call=Call(command="mute", arguments=(("story", "1"),)))
    card = Card(title=title, text=title, buttons=(mute, Button(label="Context", link="https://news.example/s")))
    return Outgoing(key="1-a", place=Console.place, card=card, reply_to=reply_to)


async def send(visitor: Visitor, **fields: str) -> str:
    """Send a form from the page itself, follow where it leads, and return the page."""
    answer = await visitor.post(
        "/console", {k.replace("__", "."): v for k, v in fields.items()}, Origin=visitor.address
    )
    assert answer.status == 303
    path, _, place = answer.headers["Location"].partition("#")
    page = (await visitor.get("/console")).text
    assert (path, page.count(f'id="{place}"')) == ("/console", 1), "the page opens at what there is to do"
    assert place.startswith("f-") == ('<form class="card"' in page), "a form has the keyboard"
    return page


async def test_posts_edits_and_replies_stand_as_messages(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        console = Console(room.desk)
        async with visit(room, console=console) as visitor:
            number = await console.post(outgoing("First"))
            await console.edit(outgoing("First, grown"), number)
            await console.post(outgoing("News in it", reply_to=number))
            page = (await visitor.get("/console")).text
    assert page.count("<article") == 2
    assert "edited 1 ×" in page
    assert f'↳ reply to <a href="#m{number}" dir="auto">First, grown</a>' in page
    assert '<input type="hidden" name="arg.story" value="1">' in page
    assert '<a class="button" href="https://news.example/s"' in page


async def test_the_page_shows_as_many_of_the_newest_as_keep_it_small(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        console = Console(room.desk)
        async with visit(room, console=console) as visitor:
            for number in range(190):
                await console.post(outgoing(f"Story {number} {'of the harbour ' * 10}"))
            page = (await visitor.get("/console")).text
    assert len(page.encode()) < 60_000
    assert "Story 189 " in page
    assert "Story 0 " not in page
    assert f"{190 - page.count('<article')} older messages are not shown" in page


async def test_what_was_pushed_out_is_gone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        console = Console(room.desk)
        first = await console.post(outgoing("First"))
        for number in range(MOST_MESSAGES):
            await console.post(outgoing(f"No. {number}"))
        with pytest.raises(MessageGoneError, match=f"message {first} is no longer"):
            await console.edit(outgoing("First"), first)


async def test_commands_buttons_and_forms_are_answered_without_a_script(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room, visit(room, console=Console(room.desk)) as visitor:
        page = await send(visitor, line="/news topic list")
        assert "<code>/news topic list</code>" in page
        assert "US-China trade talks" in page
        page = await send(visitor, line="nonsense")
        assert "There is no command" in page
        page = await send(visitor, command="topic show", arg__name="zte")
        assert "<code>/news topic show zte</code>" in page
        assert "Looks for" in page
        page = await send(visitor, line="topic add")
        assert 'name="arg.query"' in page
        page = await send(visitor, command="topic add", arg__name="harbours", arg__query="harbour AND")
        assert "AND needs something on its right" in page
        assert "harbour AND</textarea>" in page or 'value="harbour AND"' in page
        page = await send(visitor, command="topic add", arg__name="harbours", arg__query="harbour*")
        assert "30 days" in page
        assert 'name="arg.query"' not in page


UNREADABLE = (
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=no-such",
    "application/x-www-form-urlencoded; charset=base64",
)


async def test_a_form_from_elsewhere_is_refused(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room, visit(room, console=Console(room.desk)) as visitor:
        for headers in (
            {},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://["},
            {"Sec_Fetch_Site": "cross-site"},
        ):
            answer = await visitor.post("/console", {"line": "topic list"}, **headers)
            assert answer.status == 403, headers
        assert "Nothing yet" in (await visitor.get("/console")).text
        assert (await visitor.get("/console", Host="rebound.example")).status == 403
        for kind in UNREADABLE:
            answer = await visitor.post("/console", {"line": "é"}, Origin=visitor.address, Content_Type=kind)
            assert (answer.status, "That cannot be read" in answer.text) == (400, True), kind


async def test_the_console_is_for_this_machine_also_with_a_password(tmp_path: Path) -> None:
    login = {"Authorization": basic("me:x")}
    async with (
        newsroom(tmp_path) as room,
        visit(room, WebSettings(password="x"), console=Console(room.desk)) as visitor,
    ):
        assert (await visitor.get("/console", **login)).status == 200
        assert (await visitor.get("/console")).status == 401
        assert (await visitor.get("/console", **login, X_Forwarded_For="203.0.113.9")).status == 403
        assert (await visitor.get("/health", **login, X_Forwarded_For="203.0.113.9")).status == 200
