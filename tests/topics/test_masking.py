"""What "Wrong topic" may have meant: the phrases around a hit."""

from __future__ import annotations

import pytest

from bot.domain.models import Reason, Where
from bot.topics.masking import propose_masks

BINDING = {"the", "of", "de"}


def masks(text: str, found: str, *more: tuple[str, str]) -> list[str]:
    reasons = [
        Reason(term=hit, group=None, where=Where.TITLE, snippet=of, hit=(of.index(hit), of.index(hit) + len(hit)))
        for of, hit in ((text, found), *more)
    ]
    return propose_masks(reasons, BINDING)


@pytest.mark.parametrize(
    "text, found, proposed",
    [
        ("ZTE Racing Team wins", "ZTE", ["ZTE Racing", "ZTE Racing Team"]),
        ("A win for ZTE Racing", "ZTE", ["ZTE Racing", "for ZTE", "for ZTE Racing"]),
        ("The ZTE Racing", "ZTE", ["ZTE Racing"]),
        ("Talks with ZTE, Racing next", "ZTE", ["with ZTE"]),
        ("ZTE", "ZTE", []),
        ("ZTE of Malta", "ZTE", []),
        ("…a ZTE – Racing", "ZTE", []),
        ("中华为民", "华为", ["中华为", "华为民"]),
        ("Über-ZTE-Fest heute", "ZTE", ["ZTE-Fest", "Über-ZTE", "Über-ZTE-Fest", "ZTE-Fest heute"]),
    ],
)
def test_masks_hold_the_hit_and_what_stands_beside_it(text: str, found: str, proposed: list[str]) -> None:
    assert masks(text, found) == proposed


def test_each_phrase_is_offered_once_whatever_its_capitals() -> None:
    assert masks("ZTE Racing", "ZTE", ("zte racing", "zte")) == ["ZTE Racing"]


def test_a_reason_without_a_place_offers_nothing() -> None:
    source = Reason(term="lang:nl", group=None, where=Where.TITLE, snippet="A title", hit=(0, 0))
    assert propose_masks([source], BINDING) == []
