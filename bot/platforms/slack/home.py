"""The App Home: what the desk shows of somebody's channels, published for them alone, and modals for what it answers.

https://docs.slack.dev/surfaces/app-home
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.answers import Answer, Reply
from bot.commands.desk import Desk
from bot.commands.home import HomeCard
from bot.domain.cards import Card
from bot.domain.errors import InputError, PlatformError
from bot.domain.models import Place
from bot.domain.text import shorten
from bot.platforms.slack.forms import render_form
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.mrkdwn import plain
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import ask
from bot.platforms.slack.render import render_card

log = logging.getLogger(__name__)
MAX_BLOCKS = 100
MAX_TITLE = 24
PAGE = 200
MOST_PAGES = 10
DIRECT = "Direct messages"
LEFT_OUT = "… and more than a home has room for: /news subscriptions in a channel shows what it watches"
_ACTING = re.compile(r"topicwire:@(?P<channel>[A-Z0-9]*)\.\d+")

Json = dict[str, Any]


class HomeTab:
    """Publishes the home of whoever opens it or changes something from it."""

    def __init__(self, desk: Desk, client: AsyncWebClient, people: People, me: Identity) -> None:
        self._desk, self._client, self._people, self._me = desk, client, people, me

    async def show(self, user: str) -> None:
        """Publish somebody's home as it is now; where Slack does not take it, that is logged."""
        try:
            names = await self._channels(user)
            place = Place(platform="slack", workspace=self._me.workspace, channel=_direct_of(names))
            asker = await self._people.asker(user, "", place, self._me.team_id)
            view = render_home(await self._desk.home(asker, names), place.channel)
            await ask(self._client.views_publish(user_id=user, view=view))
        except PlatformError as error:
            log.warning("Slack: the home of %s was not shown: %s", user, error)

    async def open(self, answer: Answer, channel: str, trigger: str, above: Mapping[str, Any]) -> None:
        """Show what a press in a home or a modal (`above`) was answered with; a form goes on top, a card instead."""
        try:
            if isinstance(answer, Reply):
                view = render_answer(answer.card, channel)
            else:
                view = render_form(answer, channel, is_at_home=True)
        except InputError as error:
            view = render_answer(Card(title="That did not work", text=error.message), channel)
        try:
            if above.get("type") == "home":
                await ask(self._client.views_open(trigger_id=trigger, view=view))
            elif isinstance(answer, Reply):
                await ask(self._client.views_update(view_id=str(above.get("id")), view=view))
            else:
                await ask(self._client.views_push(trigger_id=trigger, view=view))
        except PlatformError as error:
            log.warning("Slack: an answer in a home was not shown: %s", error)

    async def _channels(self, user: str) -> dict[str, str]:
        """Name the channels that somebody is in, by id: nobody is shown what another private channel watches."""
        names: dict[str, str] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await ask(
                self._client.users_conversations(
                    user=user, types="public_channel,private_channel", exclude_archived=True, limit=PAGE, cursor=cursor
                )
            )
            names |= {str(c["id"]): f"#{c.get('name') or c['id']}" for c in page.get("channels") or ()}
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        opened = await ask(self._client.conversations_open(users=user))
        return names | {str(opened["channel"]["id"]): DIRECT}


def render_home(cards: Sequence[HomeCard], direct: str) -> Json:
    """Render the cards as a home; what has no room is told. Cards of no channel act in the direct messages."""
    blocks: list[Json] = []
    for number, one in enumerate(cards):
        more = [*([{"type": "divider"}] if blocks else []), *_blocks(one.card, one.channel or direct, number)]
        if len(blocks) + len(more) > MAX_BLOCKS - 1:
            blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": LEFT_OUT}]})
            break
        blocks += more
    return {"type": "home", "blocks": blocks}


def render_answer(card: Card, channel: str) -> Json:
    """Render what was answered to a press in the home, or to its form, as a modal."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": shorten(plain(card.title).strip(), MAX_TITLE) or "…", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "private_metadata": json.dumps({"channel": channel}),
        "blocks": _blocks(card, channel, 0),
    }


def _blocks(card: Card, channel: str, number: int) -> list[Json]:
    return render_card(card, f"@{channel}.{number}").blocks


def read_channel(action: Mapping[str, Any]) -> str:
    """Return the channel in which a button of a home or its modals acts, "" where it is of none."""
    found = _ACTING.fullmatch(str(action.get("block_id") or ""))
    return found["channel"] if found else ""


def _direct_of(names: Mapping[str, str]) -> str:
    return next((channel for channel, name in names.items() if name == DIRECT), "")
