"""What workspaces taught topics, beside the packs: masks of their own, judged for them alone.

A topic that a workspace masks further is matched once more, with the pack's masks and its own, and only where the topic
hit at all: what then scores less, scores less in that workspace. Packs and everybody else's matches stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.models import Topic, TopicId, WorkspaceId
from bot.domain.tunings import Tuning
from bot.topics.library import Library
from bot.topics.matcher import Matcher, TopicHit, build_matcher
from bot.topics.texts import ArticleText

Tuned = tuple[tuple[WorkspaceId, float], ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Every workspace's own masks made ready; immutable, built anew when topics or tunings change."""

    matchers: Mapping[TopicId, tuple[tuple[WorkspaceId, Matcher], ...]]

    def judge(self, text: ArticleText, hit: TopicHit) -> Tuned:
        """Return the workspaces in which a hit scores less, with the score there; 0 where it is none."""
        lower = []
        for workspace, matcher in self.matchers.get(hit.topic_id, ()):
            score = max((own.score for own in matcher.match(text)), default=0.0)
            if score < hit.score:
                lower.append((workspace, score))
        return tuple(lower)


def build_overlay(library: Library, topics: Sequence[Topic], tunings: Iterable[Tuning]) -> Overlay:
    """Make masks of workspaces ready (tunings of that kind alone).

    Those of a topic that is gone, or not the workspace's to see, do nothing.
    """
    by_id = {topic.id: topic for topic in topics}
    masks: dict[tuple[TopicId, WorkspaceId], list[str]] = defaultdict(list)
    for tuning in tunings:
        topic = by_id.get(tuning.topic_id) if tuning.topic_id is not None else None
        is_seen = topic is not None and topic.owner in (None, tuning.workspace)
        if topic is not None and is_seen:
            masks[topic.id, tuning.workspace].append(tuning.rule)
    matchers: dict[TopicId, list[tuple[WorkspaceId, Matcher]]] = defaultdict(list)
    for (topic_id, workspace), own in sorted(masks.items()):
        matchers[topic_id].append((workspace, build_matcher(add_masks(library, topic_id, own), [by_id[topic_id]])))
    return Overlay({topic_id: tuple(found) for topic_id, found in matchers.items()})


def add_masks(library: Library, topic_id: TopicId, masks: Sequence[str]) -> Library:
    """Return the library with more masks for one topic."""
    if not masks:
        return library
    return replace(library, masks={**library.masks, topic_id: (*library.masks.get(topic_id, ()), *masks)})
