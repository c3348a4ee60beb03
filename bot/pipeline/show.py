"""Show: what the deliveries of one claim say, and whom they call."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.alerts.cards import development_card, onward_button, pointer_card, story_card
from bot.alerts.digest import named_stories, read_digest
from bot.alerts.digest_cards import Lines, Page, digest_page, more_button
from bot.alerts.feed_news import bulletin_card, read_bulletin
from bot.alerts.notices import notice_card
from bot.alerts.rollup_cards import rollup_card
from bot.domain.alerts import Action, AlertKind, Delivery, Post, PostState
from bot.domain.cards import Button, Card, Picture
from bot.domain.digests import Digest
from bot.domain.errors import StoryNotFoundError
from bot.domain.habits import ThreadHabit
from bot.domain.models import Channel, ChannelId, Place, StoryId, WorkspaceId
from bot.domain.views import StoryView
from bot.pipeline.pictures import draw_digest
from bot.pipeline.read import Reader
from bot.ports import Store

log = logging.getLogger(__name__)


class NothingToSay(Exception):  # noqa: N818 - a turn of the flow, not an error
    """The delivery has nothing to show any more."""


class FindsMessages(Protocol):
    """Knows where messages are; a platform does."""

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return the address at which people find a message."""


class Showing:
    """Builds the cards of one claim's deliveries; what they share is read once, after the claim.

    What is read then is new enough: a story that grows after a claim gets an edit in the channels it is on its way to.
    """

    def __init__(self, store: Store, reader: Reader, platform: FindsMessages, claimed: Sequence[Delivery]) -> None:
        self._store, self._reader, self._platform = store, reader, platform
        self._channels = sorted({delivery.channel.id for delivery in claimed if _may_call(delivery)})
        self._mentions: asyncio.Task[list[tuple[ChannelId, str, str]]] | None = None
        self._views: dict[tuple[WorkspaceId, StoryId, str], asyncio.Task[StoryView]] = {}

    async def card(self, delivery: Delivery) -> Card:
        """Build what a delivery shows; raises NothingToSay where that is gone.

        Every message has a button that is pressed: it carries the delivery, and where a platform has no other place for
        that, a message whose answer was lost is found again by it alone.
        """
        card = await self._build(delivery)
        if any(button.call is not None for button in card.buttons):
            return card
        return replace(card, buttons=(*card.buttons, onward_button(delivery.alert.kind, delivery.channel.language)))

    async def _build(self, delivery: Delivery) -> Card:
        alert, channel = delivery.alert, delivery.channel
        if alert.kind is AlertKind.ROLL_UP:
            return await self._rollup_card(delivery)
        if alert.kind is AlertKind.DIGEST:
            return await self._digest_card(delivery)
        if alert.kind is AlertKind.NOTICE:
            return notice_card(alert.reason)
        if alert.kind is AlertKind.HEALTH:
            return bulletin_card(read_bulletin(alert.reason))
        if alert.story_id is None:
            raise NothingToSay("nothing to show")
        try:
            view = await self._view(channel.place.workspace, alert.story_id, channel.language)
        except StoryNotFoundError:
            raise NothingToSay("the story is no longer kept") from None
        if view.id != alert.story_id and (older := await self._store.find_post(view.id, channel.id)) is not None:
            return self._pointer(delivery, view, older)
        if delivery.action is Action.REPLY:
            return development_card(view, alert.reason, channel=channel, development_id=alert.development_id)
        return story_card(view, channel=channel)

    def _pointer(self, delivery: Delivery, view: StoryView, older: Post) -> Card:
        """Point at the older story's message; a post that was surely not sent yet need not be sent at all."""
        if delivery.action is not Action.EDIT and delivery.first_tried_at is None:
            raise NothingToSay(f"told in story {view.id}")
        is_there = older.state is PostState.LIVE
        link = self._platform.link_to(delivery.channel.place, older.message_id) if is_there else None
        return pointer_card(view, channel=delivery.channel, link=link)

    async def picture(self, delivery: Delivery) -> Picture | None:
        """Draw what goes with a digest; None for all else, and where it cannot be drawn: that loses no digest."""
        if delivery.alert.kind is not AlertKind.DIGEST:
            return None
        digest = read_digest(delivery.alert.reason)
        try:
            return await draw_digest(
                digest, await list_digest_lines(self._store, delivery.channel, digest), delivery.channel
            )
        except Exception:  # a boundary: a digest without its picture is better than none
            log.exception("the picture of delivery %s could not be drawn", delivery.id)
            return None

    async def mentions(self, delivery: Delivery) -> tuple[str, ...]:
        """Find the roles or groups that a post of a new story calls: the union of what its subscriptions mention."""
        if not _may_call(delivery):
            return ()
        if self._mentions is None:
            self._mentions = asyncio.create_task(self._store.list_mentions(self._channels))
        named = named_topics(delivery)
        asked = await asyncio.shield(self._mentions)
        return tuple(
            dict.fromkeys(who for channel, topic, who in asked if channel == delivery.channel.id and topic in named)
        )

    async def thread(self, delivery: Delivery) -> str | None:
        """Name the thread that a development belongs into; None where it is told without."""
        alert, channel = delivery.alert, delivery.channel
        is_wanted = delivery.action is Action.REPLY and channel.threads is ThreadHabit.THREAD
        if not is_wanted or alert.story_id is None:
            return None
        return (await self._view(channel.place.workspace, alert.story_id, channel.language)).headline

    async def _view(self, viewer: WorkspaceId, story: StoryId, language: str) -> StoryView:
        key = (viewer, story, language)
        if key not in self._views:
            self._views[key] = asyncio.create_task(self._reader.story(viewer, story, language=language))
        return await asyncio.shield(self._views[key])

    async def _digest_card(self, delivery: Delivery) -> Card:
        channel, alert = delivery.channel, delivery.alert
        more = more_button(alert.id, 2, channel.language)
        page = await show_digest(self._reader, channel, read_digest(alert.reason), more=more)
        if page is None:
            raise NothingToSay("nothing is left to tell")
        return page.card

    async def _rollup_card(self, delivery: Delivery) -> Card:
        stories = await self._store.list_folded(delivery)
        if not stories:
            raise NothingToSay("the stories are no longer kept")
        watched = {line.topic_id for line in await self._store.list_subscriptions(delivery.channel.id)}
        topics = await self._store.list_topics(delivery.channel.place.workspace)
        topics.sort(key=lambda topic: topic.id not in watched)
        lines = await self._reader.with_pages(delivery.channel.place.workspace, stories, delivery.channel.language)
        return rollup_card(lines, topics, channel=delivery.channel)


def named_topics(delivery: Delivery) -> tuple[str, ...]:
    """Name the topics that a new story matched: its alert's reason says them."""
    return tuple(name for name in delivery.alert.reason.split(", ") if name) if _may_call(delivery) else ()


async def show_digest(
    reader: Reader, channel: Channel, digest: Digest, *, number: int = 1, title: str = "", more: Button | None = None
) -> Page | None:
    """Show a page of a digest with its stories as they are now; None where all are gone or muted since."""
    lines = await list_digest_lines(reader.store, channel, digest)
    shown = {one.id: one for one in await reader.with_pages(channel.place.workspace, lines.values(), channel.language)}
    if digest.stories and not any(story.id in shown for story in digest.stories):
        return None
    return digest_page(digest, shown, channel=channel, number=number, title=title, more=more)


async def list_digest_lines(store: Store, channel: Channel, digest: Digest) -> Lines:
    """List the stories that a digest names, as the channel sees them now, without those that are muted there."""
    lines = {one.id: one for one in await store.list_story_lines(channel.place.workspace, named_stories(digest))}
    muted = {told.story_id for told in await store.list_mutes(list(lines)) if told.channel_id == channel.id}
    return {story: one for story, one in lines.items() if story not in muted}


def _may_call(delivery: Delivery) -> bool:
    return delivery.action is Action.POST and delivery.alert.kind is AlertKind.NEW
