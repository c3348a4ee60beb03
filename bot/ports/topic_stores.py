"""What is kept of topics that are being made, tried, changed and tuned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.models import Article, ArticleId, Match, Sensitivity, StoryId, TopicId, WorkspaceId
from bot.domain.tunings import (
    ArchiveSize,
    Draft,
    DraftId,
    NewDraft,
    NewTuning,
    Rematch,
    TopicHistory,
    TunedScore,
    Tuning,
    TuningKind,
    TuningState,
)


class DraftStore(Protocol):
    """Topics as they were typed, before they are saved."""

    async def add_draft(self, draft: NewDraft) -> Draft:
        """Keep a draft; those of the workspace that are a week old, or too many, go."""

    async def get_draft(self, viewer: WorkspaceId, number: int) -> Draft:
        """Get a draft of the viewer's by its number; raises NotFoundError."""

    async def save_draft_rate(self, draft_id: DraftId, per_day: float) -> None:
        """Note how many articles a day a draft would match."""

    async def delete_draft(self, draft_id: DraftId) -> None:
        """Forget a draft; nothing where it is gone."""


class TuningStore(Protocol):
    """What workspaces taught."""

    async def offer_tunings(self, offers: Sequence[NewTuning], *, actor: str, now: datetime) -> list[Tuning]:
        """Keep what is offered to somebody, so that a press can name it by number; returns them in order."""

    async def find_tuning(self, viewer: WorkspaceId, number: int) -> Tuning | None:
        """Find a tuning of the viewer's by its number."""

    async def list_tunings(self, viewer: WorkspaceId, kind: TuningKind | None = None) -> list[Tuning]:
        """List what is in force in a workspace, of one kind or of all, the latest first."""

    async def list_all_tunings(self, kind: TuningKind) -> list[Tuning]:
        """List what is in force of a kind in all workspaces: what the matcher needs."""

    async def set_tuning(self, tuning: Tuning, state: TuningState, *, actor: str, now: datetime) -> bool:
        """Put a tuning in force or undo it; False where it was so already. Its topic's matches are judged anew."""

    async def add_tuning_wish(self, story_id: StoryId, workspace: WorkspaceId, *, actor: str, now: datetime) -> int:
        """Note that somebody who may not change topics finds one wrong of a story; returns how many do."""


class ArchiveStore(Protocol):
    """The archive as topics are tried on it."""

    async def measure_archive(self, viewer: WorkspaceId, since: datetime) -> ArchiveSize:
        """Count the articles since then that the viewer sees."""

    async def list_archive(
        self,
        viewer: WorkspaceId | None,
        wanted: Sequence[Sequence[Sequence[str]]] | None,
        *,
        since: datetime | None = None,
        below: ArticleId | None = None,
        limit: int,
    ) -> list[Article]:
        """List gathered articles, the newest first, that `wanted` can hit (None: all there are).

        `wanted` are ways to hit: of one, each list must be hit by one of its terms, which are as `search` takes them.
        `viewer` None: whoever sees them. `below` goes on after the last of an earlier slice.
        """

    async def list_fellows(
        self, viewer: WorkspaceId, among: Sequence[ArticleId], *, since: datetime, limit: int
    ) -> list[Article]:
        """List articles of the stories that these are in, themselves left out, the newest first."""

    async def list_words_like(self, parts: Sequence[str], limit: int) -> list[tuple[str, int]]:
        """List the archive's words that hold one of the parts, with how many articles hold them, commonest first."""

    async def count_words(self, words: Iterable[str]) -> Mapping[str, int]:
        """Count the articles that hold each word or phrase (words of `domain.text.tokens`, a space between them)."""

    async def count_languages(self) -> Mapping[str, int]:
        """Count the articles that `count_words` counts among, by primary language; "" where it is not known."""

    async def get_topic_history(
        self, viewer: WorkspaceId, topic_id: TopicId, sensitivity: Sensitivity, now: datetime
    ) -> TopicHistory:
        """Tell who made and changed a topic, and how many articles it hit of late as the viewer sees them."""


class RematchStore(Protocol):
    """The archive matched anew."""

    async def list_rematches(self) -> list[Rematch]:
        """List the topics that are to be matched anew, the longest waiting first."""

    async def finish_rematch(self, rematch: Rematch) -> None:
        """Note that a topic was matched anew, unless that was asked for once more meanwhile."""

    async def list_matched(self, topic_id: TopicId) -> list[ArticleId]:
        """List the articles that match a topic, the newest first."""

    async def replace_matches(self, topic_id: TopicId, among: Sequence[ArticleId], found: Sequence[Match]) -> None:
        """Make `found` the matches of a topic among these articles, silently; nothing where the topic is gone."""

    async def replace_tuned(self, topic_id: TopicId, among: Sequence[ArticleId], tuned: Sequence[TunedScore]) -> None:
        """Make `tuned` what workspaces score otherwise of a topic among these articles."""
