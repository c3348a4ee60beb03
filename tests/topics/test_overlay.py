"""What a workspace taught a topic holds there and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.models import Topic, TopicId, WorkspaceId
from bot.domain.tunings import Tuning, TuningId, TuningKind, TuningState
from bot.topics.library import Library
from bot.topics.matcher import build_matcher
from bot.topics.overlay import Overlay, add_masks, build_overlay
from bot.topics.texts import ArticleText
from tests.topics.making import NOW, topic

HERE, THERE = WorkspaceId("here"), WorkspaceId("there")
ZTE = topic("zte", ("zte", 0.9))
LIBRARY = Library(masks={TopicId("zte"): ("zte marathon",)})


def mask(rule: str, workspace: WorkspaceId = HERE, of: str = "zte") -> Tuning:
    return Tuning(
        id=TuningId(1), workspace=workspace, kind=TuningKind.MASK, rule=rule, topic_id=TopicId(of),
        state=TuningState.ON, actor="ann", at=NOW,
    )  # fmt: skip


def judge(title: str, overlay: Overlay, text: str = "", of: Topic = ZTE) -> dict[str, float]:
    article = ArticleText(title=title, text=text)
    (hit,) = build_matcher(LIBRARY, [of]).match(article)
    return dict(overlay.judge(article, hit))


@pytest.mark.parametrize(
    "title, text, tuned",
    [
        ("ZTE Racing wins", "", {"here": 0.0}),
        ("ZTE Racing wins", "ZTE sells phones", {"here": 0.81}),
        ("ZTE sells phones", "", {}),
        ("ZTE sells phones", "ZTE Racing", {}),
    ],
)
def test_a_hit_that_stands_in_a_wrong_sense_counts_less_there(title: str, text: str, tuned: dict[str, float]) -> None:
    overlay = build_overlay(LIBRARY, [ZTE], [mask("zte racing")])
    assert judge(title, overlay, text) == pytest.approx(tuned)


def test_every_workspace_has_its_own() -> None:
    overlay = build_overlay(LIBRARY, [ZTE], [mask("zte racing"), mask("zte fest", THERE), mask("zte gala", THERE)])
    assert judge("ZTE Racing", overlay) == {"here": 0.0}
    assert judge("ZTE Gala and ZTE Fest", overlay) == {"there": 0.0}


def test_the_packs_masks_hold_beside_a_workspaces_own() -> None:
    overlay = build_overlay(LIBRARY, [ZTE], [mask("zte racing")])
    assert judge("ZTE Racing, with a new ZTE", overlay, "ZTE marathon") == {}
    assert judge("ZTE Racing", overlay, "ZTE marathon") == {"here": 0.0}


def test_what_is_not_the_workspaces_to_teach_does_nothing() -> None:
    own = replace(ZTE, id=TopicId("own@there"), owner=THERE)
    overlay = build_overlay(LIBRARY, [ZTE, own], [mask("zte racing", HERE, "own@there"), mask("zte racing", of="gone")])
    assert overlay.matchers == {}


def test_a_library_is_not_changed_by_adding_to_it() -> None:
    more = add_masks(LIBRARY, TopicId("zte"), ["zte racing"])
    assert more.masks[TopicId("zte")] == ("zte marathon", "zte racing")
    assert LIBRARY.masks[TopicId("zte")] == ("zte marathon",)
