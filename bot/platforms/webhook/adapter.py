"""Webhooks as a platform: posts the card that a bot would show; nobody can ask here, so nothing needs an answer.

turn of the destination? -> render without calls -> request -> id of the message (our own where the place gives none)

A webhook offers no way to settle a lost answer: what is unsure is sent again, and counted as a possible repeat.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.cards import Card, Picture, Section
from bot.domain.errors import MessageRefusedError, PermanentError, RetryLaterError, UnknownOutcomeError
from bot.domain.models import Place
from bot.domain.records import Outgoing
from bot.domain.settings import DestinationSettings
from bot.pipeline.events import problem
from bot.platforms.webhook.addresses import edit_address, post_address
from bot.platforms.webhook.pictures import can_show, show_picture
from bot.platforms.webhook.refusals import read_pause, read_refusal, read_rest
from bot.platforms.webhook.wire import Answer, Wire

PATIENCE = timedelta(seconds=20)
# Slack takes one message a second; Discord says itself when it is too much.
GAPS = {"discord": timedelta(0), "slack": timedelta(seconds=1)}
LONGEST_WAIT = timedelta(seconds=2)
UNSAID = timedelta(seconds=1)

Renderer = Callable[[Card], Mapping[str, Any]]


class WebhookPlatform:
    """Posts to the destinations of the configuration; `renderers` make a card the JSON of each kind."""

    name = "webhook"

    def __init__(
        self,
        destinations: Sequence[DestinationSettings],
        renderers: Mapping[str, Renderer],
        *,
        patience: timedelta = PATIENCE,
        gaps: Mapping[str, timedelta] = GAPS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._destinations = {destination.name: destination for destination in destinations}
        self._renderers = renderers
        self._gaps = gaps
        self._clock = clock
        self._wire = Wire(patience)
        self._turns: dict[str, float] = {}
        self.possible_repeats = 0

    async def start(self) -> None:
        """Nothing connects before there is something to post."""

    def link_to(self, place: Place, message_id: str) -> str | None:
        """A webhook is not told where its messages stand."""
        return None

    async def close(self) -> None:
        """Close the session."""
        await self._wire.close()

    async def post(self, outgoing: Outgoing) -> str:
        """Post a card and return the message's id, one of our own where the webhook gives none; replies stand alone."""
        to = self._find(outgoing)
        card = _alone(outgoing.card) if outgoing.reply_to is not None else outgoing.card
        try:
            answer = await self._deliver(to, "POST", post_address(to.kind, to.url), card, outgoing.picture)
        except UnknownOutcomeError:
            self._count_repeat(outgoing)
            raise
        self._count_repeat(outgoing)
        return str(answer.body.get("id") or f"delivery-{outgoing.key}")

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Show the card in a message of Discord's; harmless to repeat. Slack's can not be edited: nothing is done."""
        to = self._find(outgoing)
        address = edit_address(to.kind, to.url, message_id)
        if address is not None:
            await self._deliver(to, "PATCH", address, outgoing.card)

    def _find(self, outgoing: Outgoing) -> DestinationSettings:
        found = self._destinations.get(outgoing.place.channel)
        if found is None:
            raise PermanentError(f"destination {outgoing.place.channel} is no longer in [[destinations]]")
        return found

    async def _deliver(
        self, to: DestinationSettings, method: str, address: Any, card: Card, picture: Picture | None = None
    ) -> Answer:
        """Send a card, once more without its pictures where it may have been refused for them."""
        shown = replace(card, buttons=tuple(button for button in card.buttons if button.call is None))
        drawn = picture if can_show(to.kind, picture) else None
        try:
            return await self._try(to, method, address, shown, drawn)
        except MessageRefusedError:
            if card.image_url is None and drawn is None:
                raise
            return await self._try(to, method, address, replace(shown, image_url=None))

    async def _try(
        self, to: DestinationSettings, method: str, address: Any, card: Card, picture: Picture | None = None
    ) -> Answer:
        await self._take_turn(to)
        where = f"destination {to.name}"
        payload = self._renderers[to.kind](card)
        if picture is not None:
            payload = show_picture(payload, picture)
        answer = await self._wire.send(method, address, payload, where=where, picture=picture)
        refusal = read_refusal(answer, where)
        if isinstance(refusal, RetryLaterError):
            self._hold(to, read_pause(answer) or UNSAID, is_shared=_is_shared(to, answer))
        elif rest := read_rest(answer):
            self._hold(to, rest, is_shared=False)
        if refusal is not None:
            raise refusal
        return answer

    async def _take_turn(self, to: DestinationSettings) -> None:
        """Wait for the destination's turn; raises RetryLaterError, taking none, where that takes long."""
        now = self._clock()
        turn = max(now, self._turns.get(to.name, now))
        wait = timedelta(seconds=turn - now)
        if wait > LONGEST_WAIT:
            raise RetryLaterError(f"destination {to.name} has no turn yet", retry_after=wait)
        self._turns[to.name] = turn + self._gaps[to.kind].total_seconds()
        await asyncio.sleep(wait.total_seconds())

    def _hold(self, to: DestinationSettings, pause: timedelta, *, is_shared: bool) -> None:
        until = self._clock() + pause.total_seconds()
        held = [d.name for d in self._destinations.values() if d.kind == to.kind] if is_shared else [to.name]
        for name in held:
            self._turns[name] = max(until, self._turns.get(name, until))

    def _count_repeat(self, outgoing: Outgoing) -> None:
        """Count and tell that a message may stand there twice: an earlier try had no answer, and it was sent again."""
        if outgoing.unsure_since is None:
            return
        self.possible_repeats += 1
        problem(
            "possible repeat",
            reason="the answer to an earlier try was lost, and a webhook cannot be asked what became of it",
            delivery=outgoing.key,
            platform=self.name,
            channel=outgoing.place.channel,
            possible_repeats=self.possible_repeats,
        )


def _alone(card: Card) -> Card:
    """Return a reply's card for a place without replies: its footer, the story's headline, stands first."""
    if not any(span.text.strip() for span in card.footer):
        return card
    named = tuple(replace(span, is_bold=True) for span in card.footer)
    return replace(card, sections=(Section(lines=(named,)), *card.sections), footer=())


def _is_shared(to: DestinationSettings, answer: Answer) -> bool:
    """Tell whether a refusal is about all webhooks of the kind: Discord's global limit, or its door (no Via header)."""
    if to.kind != "discord" or answer.status != 429:
        return False
    return answer.body.get("global") is True or "Via" not in answer.headers
