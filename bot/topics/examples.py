"""A pack's examples are its tests: run them and tell which fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.topics.library import Library
from bot.topics.matcher import TopicHit, build_matcher
from bot.topics.packs import Example
from bot.topics.texts import ArticleText


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedExample:
    """An example that its topic judges wrongly; `hit` is what it reached, if anything."""

    example: Example
    hit: TopicHit | None

    def __str__(self) -> str:
        must = "must match" if self.example.is_expected else "must not match"
        fired = ", ".join(f"{r.term} (@{r.group})" if r.group else r.term for r in self.hit.reasons) if self.hit else ""
        reached = f"it reaches {self.hit.score} by {fired}" if self.hit else "it reaches nothing"
        return f"{self.example.place}: “{self.example.title}” {must} {self.example.topic_id}, but {reached}"


def find_failed_examples(library: Library) -> Iterator[FailedExample]:
    """Yield every example that does not come out as the pack says, at its topic's own sensitivity."""
    matcher = build_matcher(library, library.topics)
    thresholds = {topic.id: topic.sensitivity.threshold for topic in library.topics}
    for example in library.examples:
        text = ArticleText(title=example.title, text=example.body, language=example.language)
        hit = next((h for h in matcher.match(text) if h.topic_id == example.topic_id), None)
        is_match = hit is not None and hit.score >= thresholds[example.topic_id]
        if is_match != example.is_expected:
            yield FailedExample(example=example, hit=hit)
