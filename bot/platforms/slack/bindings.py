"""What people do on Slack, brought to the desk: /news, buttons, forms and the shortcut on messages.

acknowledge at once -> who asks, with which rights -> desk -> Reply: shown; Form: a modal, while the trigger is fresh
A form alone is answered before it is acknowledged: only so can its complaints stand at the fields.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.answers import Answer, Asker, Form, FormField, Reply
from bot.commands.desk import Desk
from bot.domain.cards import Button, Call, Card, Section, line
from bot.domain.errors import InputError, PlatformError
from bot.domain.models import Place
from bot.platforms.slack.buttons import CALL_PREFIX, read_button
from bot.platforms.slack.forms import FORM_ID, Submission, find_errors, read_submission, render_form
from bot.platforms.slack.happenings import Happenings
from bot.platforms.slack.home import HomeTab, read_channel, render_answer
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.needs import COMMAND, WATCH
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import ask
from bot.platforms.slack.replies import Origin, Replies
from bot.platforms.slack.texts import read_message, read_text
from bot.platforms.slack.timing import Timing

log = logging.getLogger(__name__)
Json = dict[str, Any]
T = TypeVar("T")


class Bindings:
    """Bolt's listeners of one workspace."""

    def __init__(
        self, desk: Desk, client: AsyncWebClient, people: People, replies: Replies, me: Identity, timing: Timing
    ) -> None:
        self._desk, self._client, self._people, self._replies = desk, client, people, replies
        self._me, self._timing = me, timing
        self._home = HomeTab(desk, client, people, me)
        self._running: set[asyncio.Task[Any]] = set()

    def bind(self, app: AsyncApp) -> None:
        """Register everything; patterns, so that buttons of any age are heard."""
        app.command(COMMAND)(self.hear_command)
        app.action(re.compile(rf"^{CALL_PREFIX}:"))(self.hear_press)
        app.view(FORM_ID)(self.hear_form)
        app.shortcut(WATCH)(self.hear_shortcut)
        Happenings(self._desk, self._me, self.answer, self._home.show).bind(app)

    async def hear_command(self, ack: AsyncAck, body: Json) -> None:
        """Run what somebody typed after /news."""
        await ack()
        origin = Origin(
            user=body["user_id"],
            channel=body["channel_id"],
            response_url=body.get("response_url"),
            trigger_id=body.get("trigger_id"),
        )
        text = read_text(str(body.get("text") or ""))
        await self.answer(origin, str(body.get("user_name") or ""), lambda asker: self._desk.run_line(text, asker))

    async def hear_press(self, ack: AsyncAck, body: Json) -> None:
        """Run the command of a pressed button."""
        await ack()
        action = body["actions"][0]
        call = read_button(action)
        container = body.get("container") or {}
        if call is not None and container.get("type") == "view":
            await self._finish(self._press_at_home(call, read_channel(action), body))
            return
        origin = Origin(
            user=body["user"]["id"],
            channel=(body.get("channel") or {}).get("id") or container.get("channel_id") or body["user"]["id"],
            response_url=body.get("response_url"),
            trigger_id=body.get("trigger_id"),
            thread=container.get("thread_ts"),
        )
        if call is not None:
            pressed = call
            name = str(body["user"].get("username") or "")
            await self.answer(origin, name, lambda asker: self._desk.run(pressed, asker))

    async def _press_at_home(self, call: Call, channel: str, body: Json) -> None:
        """Answer a press in the home, or in a modal that it opened, with a modal; the home shows what came of it."""
        user = str(body["user"]["id"])
        origin = Origin(user=user, channel=channel or user, trigger_id=body.get("trigger_id"))
        name = str(body["user"].get("username") or "")
        answer = await self._ask(origin, name, lambda asker: self._desk.run(call, asker))
        await self._home.open(answer, origin.channel, origin.trigger_id or "", body.get("view") or {})
        await self._home.show(user)

    async def hear_shortcut(self, ack: AsyncAck, body: Json) -> None:
        """Offer to watch what a message is about."""
        await ack()
        message = body.get("message") or {}
        origin = Origin(
            user=body["user"]["id"],
            channel=body["channel"]["id"],
            response_url=body.get("response_url"),
            trigger_id=body.get("trigger_id"),
        )
        call = Call(command="watch text", arguments=(("text", read_message(message)),))
        name = str(body["user"].get("name") or body["user"].get("username") or "")
        await self.answer(origin, name, lambda asker: self._desk.run(call, asker))

    async def answer(self, origin: Origin, name: str, run: Callable[[Asker], Coroutine[Any, Any, Answer]]) -> None:
        """Run something for somebody and show them what comes of it."""
        await self._finish(self._answer(origin, name, run))

    async def hear_form(self, ack: AsyncAck, body: Json, view: Json) -> None:
        """Run the command of a form that was sent; what is wrong with it is said at its fields."""
        sent = read_submission(view)
        origin = Origin(user=body["user"]["id"], channel=sent.channel)
        name = str(body["user"].get("username") or "")
        asked = self._start(self._ask(origin, name, lambda asker: self._desk.run(sent.call, asker)))
        done, _ = await asyncio.wait({asked}, timeout=self._timing.form_patience.total_seconds())
        answer = asked.result() if done else None
        if isinstance(answer, Form):
            await ack(_complaint(answer, sent))
            return
        if answer is not None and sent.is_at_home:
            await ack({"response_action": "update", "view": render_answer(answer.card, sent.channel)})
            await self._finish(self._home.show(origin.user))
            return
        await ack()
        await self._finish(self._give_late(asked, sent, origin))

    async def _give_late(self, asked: asyncio.Task[Answer], sent: Submission, origin: Origin) -> None:
        """Give the answer to a form that is closed; where there are complaints, what was typed comes with them."""
        answer = await asked
        await self._replies.give(_reopening(answer, sent.call) if isinstance(answer, Form) else answer, origin)

    async def _answer(self, origin: Origin, name: str, run: Callable[[Asker], Coroutine[Any, Any, Answer]]) -> None:
        answer = await self._ask(origin, name, run)
        reply = await self._open(answer, origin) if isinstance(answer, Form) else answer
        if reply is not None:
            await self._replies.give(reply, origin)

    async def _ask(self, origin: Origin, name: str, run: Callable[[Asker], Coroutine[Any, Any, Answer]]) -> Answer:
        me = self._me
        place = Place(platform="slack", workspace=me.workspace, channel=origin.channel)
        asker = await self._people.asker(origin.user, name, place, me.team_id)
        return await run(replace(asker, is_direct=origin.channel.startswith("D")))

    async def _open(self, form: Form, origin: Origin) -> Reply | None:
        """Open a form as a modal; where Slack takes the trigger no more, offer a button that has a fresh one."""
        try:
            view = render_form(form, origin.channel)
            await ask(self._client.views_open(trigger_id=origin.trigger_id or "", view=view))
        except InputError as error:
            return Reply(card=Card(title="That did not work", text=error.message))
        except PlatformError as error:
            log.info("Slack: a form did not open: %s", error)
            return _reopening(form, form.filled({field.name: field.value for field in form.fields if field.value}))
        return None

    def _start(self, doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _finish(self, doing: Coroutine[Any, Any, None]) -> None:
        """Carry something out in a task that `close` knows of."""
        task = self._start(doing)
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()):
            log.error("an answer on Slack failed", exc_info=error)

    async def close(self) -> None:
        """Give running commands a moment to end, then cancel them."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._timing.grace.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _complaint(form: Form, sent: Submission) -> Json:
    """Return what keeps a modal open: complaints at its fields, or the form in its place where there are none."""
    errors = find_errors(form, sent.fields)
    if errors:
        return {"response_action": "errors", "errors": errors}
    return {"response_action": "update", "view": render_form(form, sent.channel, is_at_home=sent.is_at_home)}


def _reopening(form: Form, call: Call) -> Reply:
    """Return a card that holds what was typed and what is wrong, with a button that runs the call again."""
    rows = [line(text) for text in (form.error, *(_said(f) for f in form.fields)) if text]
    text = f"{form.title}: press the button to go on"
    section = Section(lines=(line(text), *rows))
    return Reply(
        card=Card(title=form.title, text=text, sections=(section,), buttons=(Button(label="Open", call=call),))
    )


def _said(field: FormField) -> str:
    parts = [part for part in (field.value, field.error) if part]
    return f"{field.label}: {' – '.join(parts)}" if parts else ""
