"""Whom a new story calls: the union of what the subscriptions that it matched mention."""

from __future__ import annotations

from bot.domain.models import Action, AlertKind, Delivery
from bot.ports import Store


async def find_mentions(store: Store, delivery: Delivery) -> tuple[str, ...]:
    """Find the roles or groups that a post of a new story calls; its alert's reason names the topics that matched."""
    if delivery.action is not Action.POST or delivery.alert.kind is not AlertKind.NEW:
        return ()
    named = set(delivery.alert.reason.split(", "))
    watched = await store.list_subscriptions(delivery.channel.id)
    return tuple(dict.fromkeys(s.mention for s in watched if s.mention and s.topic_name in named))
