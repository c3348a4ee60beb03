"""The console page: a chat in the browser, for a first look without a token. It is a platform like the others.

what is delivered -> messages kept in memory -> the page; a form, or a button, sent from it -> the desk -> a message
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web
from markupsafe import Markup

from bot.commands.answers import Actor, Answer, Asker, Form, Reply, Right
from bot.commands.desk import Desk
from bot.domain.cards import Call, Card
from bot.domain.errors import MessageGoneError
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.web.answers import page
from bot.web.keys import is_at_this_machine, is_same_origin
from bot.web.templates import render

PLACE = Place(platform="web", workspace=WorkspaceId("console"), channel="page")
MOST_MESSAGES = 200
ROOM = 48_000
"""Bytes of messages that a page shows, the newest of them: it is asked for every two seconds."""
MOST_TYPED = 4_000
ARGUMENT = "arg."
COMMAND = "command"
LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A line of the chat: a card that was delivered or answered, or what somebody `asked`."""

    id: str
    at: datetime
    card: Card | None = None
    asked: str = ""
    reply_to: str = ""
    edits: int = 0
    is_post: bool = False
    file: str = ""


class Console:
    """A chat that lives in one page; who may open it may change everything."""

    name = "web"
    place = PLACE

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._messages: deque[Message] = deque(maxlen=MOST_MESSAGES)
        self._form: Form | None = None
        self._ids = itertools.count(1)
        self._asker = Asker(actor=Actor(id="operator", name="operator"), place=PLACE, rights=frozenset(Right))
        self._allow: Callable[[web.Request], None] | None = None

    @property
    def messages(self) -> Sequence[Message]:
        """What the page shows, oldest first."""
        return tuple(self._messages)

    def add_to(self, app: web.Application, allow: Callable[[web.Request], None]) -> None:
        """Add the page; `allow` raises for who may not open it."""
        self._allow = allow
        app.router.add_get("/console", self._show)
        app.router.add_post("/console", self._take)

    async def start(self) -> None:
        """There is nothing to connect to."""

    async def post(self, outgoing: Outgoing) -> str:
        """Show a card; memory loses no answer, so nothing is ever unsure."""
        return self._add(card=outgoing.card, reply_to=outgoing.reply_to or "", is_post=True).id

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in the message that is there; raises MessageGoneError where newer ones have pushed it out."""
        for number, message in enumerate(self._messages):
            if message.id == message_id:
                self._messages[number] = replace(message, card=outgoing.card, edits=message.edits + 1)
                return
        raise MessageGoneError(f"message {message_id} is no longer on the page")

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the page: who looks at it reads it alone."""
        return PLACE

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the message's place in the page."""
        return None

    async def close(self) -> None:
        """There is nothing to close."""

    async def _show(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        paths = self._desk.registry.paths()
        headlines = {message.id: message.card.title for message in self._messages if message.card is not None}
        shown: deque[Markup] = deque()
        room = ROOM
        for message in reversed(self._messages):
            drawn = Markup(render("message.html", request, message=message, headlines=headlines))  # noqa: S704 - ours
            room -= len(drawn.encode())
            if room < 0 and shown:
                break
            shown.appendleft(drawn)
        return page(
            "console.html", request, messages=shown, left_out=len(self._messages) - len(shown), form=self._form,
            paths=paths, is_operator=True, here="",
        )  # fmt: skip

    async def _take(self, request: web.Request) -> web.StreamResponse:
        """Run what was typed or pressed, and lead back to the page, so that reloading it asks nothing twice."""
        self._check(request)
        if not is_same_origin(request):
            raise web.HTTPForbidden
        sent = await _read_sent(request)
        call = _read_call(sent)
        if call is not None:
            self._add(asked=_spell(call))
            self._answer(await self._desk.run(call, self._asker))
        elif typed := sent.get(LINE, "")[:MOST_TYPED].strip():
            self._add(asked=typed)
            self._answer(await self._desk.run_line(typed, self._asker))
        raise web.HTTPSeeOther(f"{request.rel_url.raw_path}#{self._place_to_look()}")

    def _place_to_look(self) -> str:
        """Name where the page should open: at the first field of a form, which so has the keyboard, or at the end."""
        return f"f-{self._form.fields[0].name}" if self._form is not None and self._form.fields else "last"

    def _check(self, request: web.Request) -> None:
        """Raise for everyone but the operator at this machine: who asks here may change everything."""
        if self._allow is not None:
            self._allow(request)
        if not is_at_this_machine(request):
            raise web.HTTPForbidden

    def _answer(self, answer: Answer) -> None:
        """Show a reply; a form stands below the chat until it is sent or something else is asked."""
        self._form = answer if isinstance(answer, Form) else None
        if isinstance(answer, Reply):
            self._add(card=answer.card, file=answer.file.content if answer.file is not None else "")

    def _add(
        self, *, card: Card | None = None, asked: str = "", reply_to: str = "", is_post: bool = False, file: str = ""
    ) -> Message:
        message = Message(
            id=str(next(self._ids)), at=self._desk.clock(), card=card, asked=asked, reply_to=reply_to, is_post=is_post,
            file=file,
        )  # fmt: skip
        self._messages.append(message)
        return message


async def _read_sent(request: web.Request) -> dict[str, str]:
    """Read a form's fields; raises HTTPBadRequest for what is none."""
    try:
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    except (ValueError, LookupError, AssertionError):  # a body that is not what it is called, as aiohttp tells it
        raise web.HTTPBadRequest from None


def _read_call(sent: dict[str, str]) -> Call | None:
    """Read what a button or a form of the page sent."""
    if not sent.get(COMMAND):
        return None
    given = [(name.removeprefix(ARGUMENT), value) for name, value in sent.items() if name.startswith(ARGUMENT)]
    return Call(command=sent[COMMAND], arguments=tuple(given))


def _spell(call: Call) -> str:
    """Write a call as somebody would have typed it."""
    words = [call.command, *(value for _, value in call.arguments if value)]
    return f"/news {' '.join(words)}"
