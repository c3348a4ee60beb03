"""Whom to tell what: one table of situations, and the promise that no channel gets a story twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.decide import SeenArticle, SeenScore, StoryChange, TopicScores, Users, decide_alerts
from bot.domain.alerts import Action, AlertKind
from bot.domain.habits import ThreadHabit
from bot.domain.models import (
    EVERYONE,
    Article,
    ArticleId,
    Channel,
    ChannelId,
    Filters,
    Mode,
    Sensitivity,
    StoryId,
    Subscription,
    SubscriptionId,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import StoryRef
from tests.alerts.invented import AT, channel

UNFILTERED = Filters()
ALL: Users = frozenset({EVERYONE})
ONE: Users = frozenset({WorkspaceId("discord:1")})
TWO: Users = frozenset({WorkspaceId("discord:2")})
Watch = tuple[Channel, Subscription]


def article(outlet: str = "Courant", title: str = "Orlanda bars Huawei", *, text: str = "", **more: object) -> Article:
    fields: dict[str, object] = {"language": "en", "published_at": AT, "seen_at": AT, "feeds": ()}
    named: dict[str, object] = {"id": ArticleId(9), "url": None, "link": None, "outlet": outlet, "title": title}
    return Article(**(named | fields | {"text": text} | more))  # type: ignore[arg-type]


NEWEST = article()


def seen_by(users: Users, newest: Article = NEWEST) -> SeenArticle:
    return SeenArticle(article=newest, users=users)


def topic(
    name: str = "huawei",
    *scores: tuple[float, Users],
    sensitivity: Sensitivity = Sensitivity.NORMAL,
    hit: Article = NEWEST,
) -> TopicScores:
    seen = tuple(SeenScore(score=score, seen=seen_by(users, hit)) for score, users in scores or ((0.8, ALL),))
    return TopicScores(topic_id=TopicId(name), name=name, sensitivity=sensitivity, scores=seen)


CHANGE = StoryChange(
    story=StoryRef(id=StoryId(42)),
    article=NEWEST,
    users=ALL,
    topics=(topic(),),
)
SILENT = article(is_silent=True)
OF_ONE, OF_TWO = article(scope=WorkspaceId("discord:1")), article(scope=WorkspaceId("discord:2"))
COVERED = replace(CHANGE, earlier=(seen_by(ALL, article("Orlander")),))
AGAIN = replace(CHANGE, earlier=(seen_by(ALL),))


def watch(
    number: int = 1,
    name: str = "huawei",
    *,
    workspace: str = "discord:1",
    mode: Mode = Mode.LIVE,
    sensitivity: Sensitivity | None = None,
    min_outlets: int = 1,
    filters: Filters = UNFILTERED,
    threads: ThreadHabit = ThreadHabit.REPLY,
) -> Watch:
    subscription = Subscription(
        id=SubscriptionId(number),
        channel_id=ChannelId(number),
        topic_id=TopicId(name),
        mode=mode,
        sensitivity=sensitivity,
        min_outlets=min_outlets,
        filters=filters,
    )
    return replace(channel(number, workspace=workspace), threads=threads), subscription


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
        pytest.param(replace(CHANGE, article=SILENT), watch(), False, id="a first sight is silent"),
        pytest.param(CHANGE, watch(min_outlets=2), False, id="one outlet is too few"),
        pytest.param(COVERED, watch(min_outlets=2), True, id="the second outlet is enough"),
        pytest.param(AGAIN, watch(min_outlets=2), False, id="the same outlet counts once"),
        pytest.param(
            replace(CHANGE, earlier=(seen_by(TWO, article("Orlander")),)),
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
        pytest.param(
            replace(CHANGE, article=article(scope=WorkspaceId("discord:2"))),
            watch(),
            False,
            id="another's private story",
        ),
        pytest.param(
            replace(CHANGE, article=article(scope=WorkspaceId("discord:1"))), watch(), True, id="its own private story"
        ),
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
            replace(COVERED, development="names ZTE", article=SILENT), [(1, "edit", "Courant")], id="history only edits"
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
    article=st.builds(article, st.sampled_from(["Courant", "Orlander", "Signal"]), is_silent=st.booleans()),
    users=st.sampled_from([ALL, ONE, TWO]),
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
    earlier: list[SeenArticle] = []
    for change in story:
        alerts = decide_alerts(replace(change, earlier=tuple(earlier)), watched, frozenset(told))
        posts = [alert.channel_id for alert in alerts if alert.action is Action.POST]
        assert len(posts) == len(set(posts))
        assert told.isdisjoint(posts)
        assert all(alert.channel_id in told for alert in alerts if alert.action is not Action.POST)
        told.update(posts)
        earlier.append(SeenArticle(article=change.article, users=change.users))


SPORT = article(title="Huawei sponsors a football cup", text="The cup begins in May.")
HAN = article("每日新闻", "华为赞助足球赛", language="zh")
WIRE_TEXT = "Orlanda will bar Huawei from its core network from May, the minister said in the capital today."


@pytest.mark.parametrize(
    "hit, filters, passes",
    [
        pytest.param(NEWEST, Filters(languages=("nl",)), False, id="another language"),
        pytest.param(NEWEST, Filters(languages=("nl", "en")), True, id="one of the languages"),
        pytest.param(article(language="en-GB"), Filters(languages=("en",)), True, id="whatever its region"),
        pytest.param(article(language=None), Filters(languages=("nl",)), True, id="an unknown language passes"),
        pytest.param(NEWEST, Filters(outlets_in=("Orlander",)), False, id="not of the outlets"),
        pytest.param(NEWEST, Filters(outlets_in=("Orlander", "COURÁNT")), True, id="an outlet is folded"),
        pytest.param(article("The Courant Online"), Filters(outlets_in=("courant",)), True, id="part of an outlet"),
        pytest.param(NEWEST, Filters(outlets_out=("cour",)), False, id="an outlet left out"),
        pytest.param(NEWEST, Filters(outlets_out=("Orlander",)), True, id="another outlet left out"),
        pytest.param(SPORT, Filters(words_out=("Football",)), False, id="a word of the title left out"),
        pytest.param(SPORT, Filters(words_out=("begins in",)), False, id="a phrase of the text left out"),
        pytest.param(SPORT, Filters(words_out=("foot", "cups")), True, id="parts of words are not words"),
        pytest.param(HAN, Filters(words_out=("足球",)), False, id="han has no word edges"),
        pytest.param(HAN, Filters(words_out=("篮球", "  ", "!")), True, id="nothing left out by nothing"),
    ],
)
def test_filters_let_through_what_they_should(hit: Article, filters: Filters, passes: bool) -> None:
    change = replace(CHANGE, article=hit, topics=(topic(hit=hit),))
    assert told_to(change, [watch(filters=filters)]) == ([(1, "post", "huawei")] if passes else [])


def test_an_earlier_article_that_passes_is_enough() -> None:
    before = article(language="nl")
    change = replace(CHANGE, topics=(topic(hit=before),), earlier=(seen_by(ALL, before),))
    assert told_to(change, [watch(filters=Filters(languages=("nl",)))]) == [(1, "post", "huawei")]


@pytest.mark.parametrize(
    "earlier, users, tells",
    [
        pytest.param(WIRE_TEXT, ALL, False, id="a wire copy is no second origin"),
        pytest.param("Operators warn that replacing the masts will cost years.", ALL, True, id="another origin"),
        pytest.param("Operators warn that replacing the masts will cost years.", TWO, False, id="one it cannot see"),
    ],
)
def test_origins_are_waited_for(earlier: str, users: Users, tells: bool) -> None:
    newest, before = article(text=WIRE_TEXT), article("Orlander", text=earlier)
    change = replace(CHANGE, article=newest, topics=(topic(hit=newest),), earlier=(seen_by(users, before),))
    assert bool(told_to(change, [watch(filters=Filters(min_origins=2))])) is tells


def test_a_channel_without_threads_gets_a_development_as_an_edit() -> None:
    change = replace(AGAIN, development="names ZTE")
    assert told_to(change, [watch(threads=ThreadHabit.EDIT)], told=[1]) == [(1, "edit", "Courant")]


@pytest.mark.parametrize("told", [[], [1]])
def test_a_muted_story_sends_nothing(told: list[int]) -> None:
    change = replace(COVERED, development="names ZTE", muted=frozenset({ChannelId(1)}))
    assert told_to(change, [watch()], told) == []
    assert told_to(change, [watch(2)], told)


def test_a_follower_hears_of_a_story_whatever_it_watches() -> None:
    change = replace(COVERED, topics=(), development="names ZTE", followers=(channel(1), channel(2)))
    assert told_to(change, [watch(name="storms")], told=[1]) == [
        (1, "edit", "Courant"),
        (1, "reply", "names ZTE"),
        (2, "post", ""),
    ]
    assert told_to(replace(change, users=TWO), [], told=[1]) == []
