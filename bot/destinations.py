"""Destinations that the configuration names: each a [[destinations]], its address written there, in a file of its own
or in the environment. Addresses are secrets: never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.config_sources import NAME, Tree, say_row, say_source
from bot.domain.settings import DestinationSettings, FetchSettings
from bot.domain.settings_faults import PREFIX
from bot.platforms.webhook.addresses import find_address_fault
from bot.platforms.webhook.digests import find_digest_faults
from bot.token_pairs import Build, ReadSecret

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_destinations(
    tree: Tree,
    environ: Mapping[str, str],
    sources: dict[str, str],
    problems: list[str],
    build: Build,
    read_secret: ReadSecret,
) -> list[DestinationSettings]:
    """Read [[destinations]], taken out of the tree; addresses come from the environment, a file, or the setting."""
    rows = tree.pop("destinations", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(
            f"destinations in {say_source('', sources)}: each is written under a [[destinations]] of its own"
        )
        return []
    built = []
    for number, row in enumerate(rows, 1):
        where = _where(row.get("name"), number)
        given = _address(row, where, environ, sources, problems, read_secret)
        built.append(build(where, DestinationSettings, given))
    return [destination for destination in built if destination is not None]


def _where(name: object, number: int) -> str:
    return f"destinations.{say_row(name, number)}"


def _variable(name: object) -> str:
    return f"{PREFIX}DESTINATION_{str(name).upper().replace('-', '_')}"


def _address(
    row: Tree,
    where: str,
    environ: Mapping[str, str],
    sources: dict[str, str],
    problems: list[str],
    read_secret: ReadSecret,
) -> Tree:
    """Return a destination's settings with its address, wherever that is written."""
    variable, file = _variable(row.get("name")), row.get("url_file")
    if given := environ.get(variable):
        sources[f"{where}.url"] = variable
        return row | {"url": given.strip()}
    if isinstance(file, str):
        if row.get("url"):
            problems.append(f"{where} in {say_source('', sources)}: give url or url_file, not both")
        return row | {"url": read_secret(f"{where}.url_file", file)}
    return row


def find_destination_faults(
    destinations: Sequence[DestinationSettings], fetch: FetchSettings | None
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with destinations beyond the types of their settings, each with the setting's name."""
    allow = fetch.allow if fetch is not None else ()
    taken: set[str] = set()
    for number, it in enumerate(destinations, 1):
        where = _where(it.name, number)
        faults: dict[str, str | None] = {
            "name": None if NAME.fullmatch(it.name) else "should be small letters and digits, with - or _ between",
            "url": find_address_fault(it.kind, it.url, allow)
            if it.url
            else None
            if it.url_file
            else f"is missing; set it, url_file or {_variable(it.name)}",
            "topics": None if it.topics else "should name at least one topic",
            "language": None if _LANGUAGE.fullmatch(it.language) else "should be a language such as en or nl",
            **find_digest_faults(it),
            "min_outlets": None if it.min_outlets > 0 else f"should be 1 or more (it is {it.min_outlets})",
        }
        if _variable(it.name) in taken:
            faults["name"] = "another destination has this name (- and _ count as one)"
        taken.add(_variable(it.name))
        for setting, fault in faults.items():
            if fault is not None:
                yield f"{where}.{setting}", fault
