"""Packs held to their examples: one that is not sound gives way to its last good text, and what the others say stays.

each pack as its file has it -> read them together -> who is at fault gives way -> until what is left is sound
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.domain.errors import PackError
from bot.domain.models import Topic
from bot.topics.examples import FailedExample, find_failed_examples
from bot.topics.library import Library, load_library
from bot.topics.packs import PackDocument, PackSource

REMEDY = "remedy: mend the topic or the example; `topicwire topics check` tries them"
NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})
Faults = dict[str, str]
"""What is wrong, by the name of the pack."""


def load_sound_packs(
    packs: Sequence[PackSource], kept: Mapping[str, str] = NOTHING_KEPT, *, is_checked: bool = True
) -> Library:
    """Read packs; in place of one that cannot be read, or whose examples fail, comes its last good text.

    `kept` are the last good texts by name; a pack that has none is left out. `problems` names every pack that gave way
    with the place and the remedy, `sources` is what was read in the end. Examples are tried where `is_checked`. Raises
    PackError with every problem where nothing is left and not even the topics can be told.
    """
    chosen = {pack.name: pack for pack in packs}
    faults: Faults = {}
    while True:
        library, found = _read(list(chosen.values()), is_checked=is_checked)
        if library is not None:
            break
        for name, reason in _blame(found, chosen, kept).items():
            faults.setdefault(name, reason)
            last = PackSource(name, kept.get(name, ""))
            if name in kept and chosen[name] != last:
                chosen[name] = last
            else:
                del chosen[name]
    problems = tuple(_tell(name, reason, is_kept=name in chosen) for name, reason in faults.items())
    withheld, is_whole = _withhold([pack for pack in packs if pack.name not in chosen])
    if not chosen and not is_whole:
        raise PackError("\n".join(problems))
    return replace(library, withheld=withheld, is_whole=is_whole, problems=problems)


def _read(packs: Sequence[PackSource], *, is_checked: bool) -> tuple[Library | None, Faults]:
    """Read packs together; returns the library, or what is wrong."""
    try:
        library = load_library(packs)
    except PackError as error:
        return None, {error.pack: str(error)}
    failed = list(find_failed_examples(library)) if is_checked else []
    if not failed:
        return library, {}
    return None, {pack.name: _count(own) for pack in packs if (own := _failures_of(pack, failed))}


def _failures_of(pack: PackSource, failed: Iterable[FailedExample]) -> list[FailedExample]:
    names = set(PackDocument(pack).topic_names())
    return [failure for failure in failed if failure.example.topic_id in names]


def _count(failed: Sequence[FailedExample]) -> str:
    count = "an example fails" if len(failed) == 1 else f"{len(failed)} examples fail"
    return f"{count}: {'; '.join(map(str, failed))}; {REMEDY}"


def _blame(found: Faults, chosen: Mapping[str, PackSource], kept: Mapping[str, str]) -> Faults:
    """Say who gives way. A pack that was good as it stands is not at fault while another, which has changed, may be."""
    changed = [name for name, pack in chosen.items() if name in kept and kept[name] != pack.text]
    innocent = {name for name in found if kept.get(name) == chosen[name].text}
    if not changed or innocent != found.keys():
        return {name: reason for name, reason in found.items() if name not in innocent} or found
    told = "; ".join(found.values())
    return dict.fromkeys(changed, f"it does not go with what the other packs say: {told}")


def _tell(name: str, reason: str, *, is_kept: bool) -> str:
    if is_kept:
        return f"the pack {name} does not load, and its last good text stays in force, since {reason}"
    return f"the pack {name} is left out, since {reason}"


def _withhold(left_out: Iterable[PackSource]) -> tuple[tuple[Topic, ...], bool]:
    """List the topics of packs that are left out, without their clauses: they keep their place, and reach nothing.

    Says as well whether all of them can be told.
    """
    topics: list[Topic] = []
    is_whole = True
    for pack in left_out:
        try:
            document = PackDocument(pack)
            topics += [replace(document.topic(name, str), clauses=()) for name in document.topic_names()]
        except PackError:
            is_whole = False
    return tuple(topics), is_whole
