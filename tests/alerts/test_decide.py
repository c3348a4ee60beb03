"""Whom to tell what: one table of situations, and the promise that no channel gets a story twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.decide import SeenOutlet, SeenScore, StoryChange, TopicScores, Users, decide_alerts
from bot.domain.models import (
    EVERYONE,
    Action,
    AlertKind,
    ArticleId,
    Channel,
    ChannelId,
    Mode,
    Sensitivity,
    StoryId,
    Subscription,
    SubscriptionId,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import StoryRef
from tests.alerts.invented import channel

ALL: Users = frozenset({EVERYONE})
ONE: Users = frozenset({WorkspaceId("discord:1")})
TWO: Users = frozenset({WorkspaceId("discord:2")})
Watch = tuple[Channel, Subscription]


def topic(
    name: str = "huawei", *scores: tuple[float, Users], sensitivity: Sensitivity = Sensitivity.NORMAL
) -> TopicScores:
    seen = tuple(SeenScore(score=score, users=users) for score, users in scores or ((0.8, ALL),))
    return TopicScores(topic_id=TopicId(name), name=name, sensitivity=sensitivity, scores=seen)


CHANGE = StoryChange(
    story=StoryRef(id=StoryId(42)),
    article_id=ArticleId(9),
    outlet="Courant",
    users=ALL,
    is_silent=False,
    topics=(topic(),),
)
COVERED = replace(CHANGE, earlier=(SeenOutlet(outlet="Orlander", users=ALL),))
AGAIN = replace(CHANGE, earlier=(SeenOutlet(outlet="Courant", users=ALL),))


def watch(
    number: int = 1,
    name: str = "huawei",
    *,
    workspace: str = "discord:1",
    mode: Mode = Mode.LIVE,
    sensitivity: Sensitivity | None = None,
    min_outlets: int = 1,
) -> Watch:
    subscription = Subscription(
        id=SubscriptionId(number),
        channel_id=ChannelId(number),
        topic_id=TopicId(name),
        mode=mode,
        sensitivity=sensitivity,
        min_outlets=min_outlets,
    )
    return channel(number, workspace=workspace), subscription


def told_to(change: StoryChange, watches: Sequence[Watch], told: Sequence[int] = ()) -> list[tuple[int, str, str]]:
    alerts = decide_alerts(change, watches, frozenset(map(ChannelId, told)))
    return [(alert.channel_id, alert.action.value, alert.reason) for alert in alerts]


@pytest.mark.parametrize(
    "change, watched, posts",
    [
        pytest.param(CHANGE, watch(), True, id="a match is told"),
        pytest.param(CHANGE, watch(name="zte"), False, id="another topic is not"),
        pytest.param(CHANGE, watch(mode=Mode.DIGEST), False, id="digest subscribers hear nothing live"),
        pytest.param(CHANGE, watch(mode=Mode.BOTH), True, id="both is live too"),
        pytest.param(CHANGE, watch(sensitivity=Sensitivity.STRICT), False, id="below the subscription's threshold"),
        pytest.param(
            replace(CHANGE, topics=(topic("huawei", (0.4, ALL)),)), watch(sensitivity=Sensitivity.WIDE), True, id="wide"
        ),
        pytest.param(replace(CHANGE, topics=(topic("huawei", (0.6, ALL)),)), watch(), True, id="just at the threshold"),
        pytest.param(
            replace(CHANGE, topics=(topic(sensitivity=Sensitivity.STRICT),)),
            watch(),
            False,
            id="the topic's own threshold",
        ),
        pytest.param(replace(CHANGE, is_silent=True), watch(), False, id="a first sight is silent"),
        pytest.param(CHANGE, watch(min_outlets=2), False, id="one outlet is too few"),
        pytest.param(COVERED, watch(min_outlets=2), True, id="the second outlet is enough"),
        pytest.param(AGAIN, watch(min_outlets=2), False, id="the same outlet counts once"),
        pytest.param(
            replace(CHANGE, earlier=(SeenOutlet(outlet="Orlander", users=TWO),)),
            watch(min_outlets=2),
            False,
            id="an outlet that the workspace does not see does not count",
        ),
        pytest.param(replace(CHANGE, users=TWO), watch(), False, id="an article of another workspace's feed"),
        pytest.param(replace(CHANGE, users=ONE), watch(), True, id="an article of its own feed"),
        pytest.param(
            replace(CHANGE, topics=(topic("huawei", (0.9, TWO), (0.2, ALL)),)),
            watch(),
            False,
            id="a score it cannot see",
        ),
        pytest.param(replace(CHANGE, scope=WorkspaceId("discord:2")), watch(), False, id="another's private story"),
        pytest.param(replace(CHANGE, scope=WorkspaceId("discord:1")), watch(), True, id="its own private story"),
    ],
)
def test_a_channel_gets_a_post_when_it_should(change: StoryChange, watched: Watch, posts: bool) -> None:
    assert told_to(change, [watched]) == ([(1, "post", "huawei")] if posts else [])


@pytest.mark.parametrize(
    "change, tells",
    [
        pytest.param(COVERED, [(1, "edit", "Courant")], id="a new outlet edits"),
        pytest.param(AGAIN, [], id="a rewrite by a known outlet is silence"),
        pytest.param(
            replace(AGAIN, development="new: 40 stations"),
            [(1, "edit", "Courant"), (1, "reply", "new: 40 stations")],
            id="a development edits and replies",
        ),
        pytest.param(
            replace(COVERED, development="names ZTE"),
            [(1, "edit", "Courant"), (1, "reply", "names ZTE")],
            id="one edit for outlet and development",
        ),
        pytest.param(
            replace(COVERED, development="names ZTE", is_silent=True), [(1, "edit", "Courant")], id="history only edits"
        ),
        pytest.param(replace(COVERED, users=TWO), [], id="what it cannot see changes nothing"),
    ],
)
def test_a_told_channel_gets_edits_and_replies(change: StoryChange, tells: list[tuple[int, str, str]]) -> None:
    assert told_to(change, [watch()], told=[1]) == tells


def test_a_told_channel_that_no_longer_watches_hears_nothing() -> None:
    assert told_to(replace(COVERED, development="names ZTE"), [watch(name="storms")], told=[1]) == []


def test_a_told_channel_gets_edits_even_where_more_outlets_would_be_needed_now() -> None:
    assert told_to(COVERED, [watch(min_outlets=5)], told=[1]) == [(1, "edit", "Courant")]


def test_several_matching_subscriptions_make_one_alert_that_names_all_topics() -> None:
    change = replace(CHANGE, topics=(topic("huawei"), topic("5g-bans"), topic("zte", (0.1, ALL))))
    watches = [watch(name="5g-bans"), watch(name="huawei"), watch(name="zte")]
    assert told_to(change, watches) == [(1, "post", "huawei, 5g-bans")]


def test_only_the_topics_whose_outlets_suffice_are_named() -> None:
    change = replace(CHANGE, topics=(topic("huawei"), topic("5g-bans")))
    assert told_to(change, [watch(name="5g-bans", min_outlets=3), watch()]) == [(1, "post", "huawei")]


def test_a_development_alert_names_its_article_and_other_alerts_none() -> None:
    alerts = decide_alerts(replace(AGAIN, development="names ZTE"), [watch()], frozenset({ChannelId(1)}))
    assert [(a.kind, a.article_id) for a in alerts] == [
        (AlertKind.COVERAGE, None),
        (AlertKind.DEVELOPMENT, ArticleId(9)),
    ]


changes = st.builds(
    replace,
    st.just(CHANGE),
    outlet=st.sampled_from(["Courant", "Orlander", "Signal"]),
    users=st.sampled_from([ALL, ONE, TWO]),
    is_silent=st.booleans(),
    development=st.sampled_from([None, "names ZTE"]),
    topics=st.lists(st.builds(lambda n, s, u: topic(n, (s, u)), st.sampled_from(["huawei", "zte"]), st.floats(0, 1),
                              st.sampled_from([ALL, ONE, TWO])), max_size=3).map(tuple),
)  # fmt: skip
watches = st.builds(
    watch,
    st.integers(1, 4),
    st.sampled_from(["huawei", "zte"]),
    workspace=st.sampled_from(["discord:1", "discord:2"]),
    mode=st.sampled_from(list(Mode)),
    sensitivity=st.sampled_from([None, *Sensitivity]),
    min_outlets=st.integers(1, 3),
)


@given(st.lists(changes, max_size=8), st.lists(watches, max_size=6, unique_by=lambda w: (w[0].id, w[1].topic_id)))
def test_no_channel_gets_a_story_twice_and_none_hears_more_of_what_it_was_not_told(
    story: list[StoryChange], watched: list[Watch]
) -> None:
    told: set[ChannelId] = set()
    earlier: list[SeenOutlet] = []
    for change in story:
        alerts = decide_alerts(replace(change, earlier=tuple(earlier)), watched, frozenset(told))
        posts = [alert.channel_id for alert in alerts if alert.action is Action.POST]
        assert len(posts) == len(set(posts))
        assert told.isdisjoint(posts)
        assert all(alert.channel_id in told for alert in alerts if alert.action is not Action.POST)
        told.update(posts)
        earlier.append(SeenOutlet(outlet=change.outlet, users=change.users))
