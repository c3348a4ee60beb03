"""Packs held to their examples: one with a failing example is left out, and what the others say stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.errors import PackError
from bot.domain.models import Topic
from bot.topics.examples import FailedExample, find_failed_examples
from bot.topics.library import Library, load_library
from bot.topics.packs import PackDocument, PackSource

REMEDY = "remedy: mend the topic or the example; `topicwire topics check` tries them"


def load_sound_packs(packs: Sequence[PackSource]) -> Library:
    """Read packs and leave out those whose examples fail: their topics become the library's `withheld`.

    `problems` names each such pack with its examples. Raises PackError where a pack cannot be read, or needs what
    stands in one that is left out.
    """
    whole = load_library(packs)
    failed = list(find_failed_examples(whole))
    if not failed:
        return whole
    faults = {pack.name: own for pack in packs if (own := _failures_of(pack, failed))}
    problems = tuple(_tell(name, own) for name, own in faults.items())
    try:
        rest = load_library([pack for pack in packs if pack.name not in faults])
    except PackError as error:
        raise PackError("\n".join((*problems, f"without it: {error}"))) from None
    return replace(rest, withheld=tuple(_empty(whole, rest)), problems=problems)


def _failures_of(pack: PackSource, failed: Iterable[FailedExample]) -> list[FailedExample]:
    names = set(PackDocument(pack).topic_names())
    return [failure for failure in failed if failure.example.topic_id in names]


def _tell(pack: str, failed: Sequence[FailedExample]) -> str:
    told = "; ".join(str(failure) for failure in failed)
    count = "an example fails" if len(failed) == 1 else f"{len(failed)} examples fail"
    return f"the pack {pack} is left out, since {count}: {told}; {REMEDY}"


def _empty(whole: Library, rest: Library) -> Iterable[Topic]:
    """Yield the topics that were left out, without their clauses: they keep their place, and reach nothing."""
    kept: Mapping[str, Topic] = {topic.id: topic for topic in rest.topics}
    return (replace(topic, clauses=()) for topic in whole.topics if topic.id not in kept)
