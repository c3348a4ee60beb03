"""What a trial of a topic tells."""

from __future__ import annotations

from dataclasses import dataclass

from bot.topics.aliases import Alias
from bot.topics.backtest import Difference, Trial, TrialHit
from bot.topics.suggest import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """An alias that would catch articles which the topic misses: how many more, and the newest of them."""

    alias: Alias
    query: str
    articles: int
    is_more: bool
    example: TrialHit


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReport:
    """All that a trial tells; `difference` where an older form of the topic was tried beside it."""

    trial: Trial
    near: tuple[NearMiss, ...]
    suggestions: tuple[Suggestion, ...]
    difference: Difference | None = None
