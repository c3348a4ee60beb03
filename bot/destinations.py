"""Destinations that the configuration names: each a [[destinations]], its address written there, in a file of its own
or in the environment. Addresses are secrets: never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.config_sources import NAME, Build, Given, Tree, say_row
from bot.domain.settings import DestinationSettings, FetchSettings
from bot.domain.settings_faults import PREFIX
from bot.platforms.webhook.addresses import find_address_fault
from bot.platforms.webhook.digests import find_digest_faults

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_destinations(given: Given, build: Build) -> list[DestinationSettings]:
    """Read [[destinations]], taken out of the tree; addresses come from the environment, a file, or the setting."""
    rows = given.tree.pop("destinations", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        given.add_faults([("destinations", "each is written under a [[destinations]] of its own")])
        return []
    built = []
    for number, row in enumerate(rows, 1):
        where = _where(row.get("name"), number)
        built.append(build(given, where, DestinationSettings, _address(given, row, where)))
    return [destination for destination in built if destination is not None]


def _where(name: object, number: int) -> str:
    return f"destinations.{say_row(name, number)}"


def _variable(name: object) -> str:
    return f"{PREFIX}DESTINATION_{str(name).upper().replace('-', '_')}"


def _address(given: Given, row: Tree, where: str) -> Tree:
    """Return a destination's settings with its address, wherever that is written."""
    variable, file = _variable(row.get("name")), row.get("url_file")
    if address := given.environ.get(variable):
        given.places[f"{where}.url"] = variable
        return row | {"url": address.strip()}
    if isinstance(file, str):
        if row.get("url"):
            given.add_faults([(where, "give url or url_file, not both")])
        return row | {"url": given.read_secret(f"{where}.url_file", file)}
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
