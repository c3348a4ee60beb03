"""Invented stories, channels and lines for the tests of alerts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.models import ArticleId, Channel, ChannelId, DevelopmentId, Place, Reason, StoryId, TopicId, Where
from bot.domain.models import WorkspaceId as W
from bot.domain.views import ArticleLine, DevelopmentLine, StoryLine, StoryView, TopicWhy

AT = datetime(2026, 11, 3, 8, tzinfo=UTC)


def channel(number: int = 1, *, workspace: str = "discord:1", language: str = "en", zone: str = "UTC") -> Channel:
    place = Place(platform="discord", workspace=W(workspace), channel=str(number))
    return Channel(id=ChannelId(number), place=place, language=language, zone=zone)


def article_line(number: int, outlet: str, title: str, *, language: str = "en", hours: int = 0) -> ArticleLine:
    return ArticleLine(
        id=ArticleId(number),
        title=title,
        link=f"https://{outlet.casefold()}.example/{number}",
        outlet=outlet,
        language=language,
        published_at=AT + timedelta(hours=hours),
    )


def story_line(number: int, headline: str, *, outlets: int = 1, hours: int = 0, topic: str = "huawei") -> StoryLine:
    first = article_line(number, "Courant", headline, hours=hours)
    return StoryLine(
        id=StoryId(number),
        headline=headline,
        first=first,
        outlets=outlets,
        topics=(TopicId(topic),),
        updated_at=first.published_at,
    )


def why(term: str = "Huawei") -> TopicWhy:
    snippet = "Orlanda bars Huawei from its 5G core network"
    reason = Reason(term=term.casefold(), group="huawei", where=Where.TITLE, snippet=snippet, hit=(13, 19))
    return TopicWhy(topic_id=TopicId("huawei"), name="huawei", title="Huawei", score=0.9, reasons=(reason, reason))


LEAD = article_line(1, "Courant", "Orlanda bars Huawei from its 5G core network")
COVERAGE = (
    LEAD,
    article_line(2, "Wereldblad", "Orlanda weert Huawei", language="nl", hours=1),
    article_line(3, "Orlander", "Huawei shut out of Orlanda's 5G core", hours=2),
    article_line(4, "Courant", "Orlanda's Huawei ban: 40 stations affected", hours=3),
    article_line(5, "Signal", "Orlanda turns from Huawei", hours=4),
    article_line(6, "Depesche", "Orlanda verbannt Huawei", language="de", hours=5),
)
DEVELOPMENT = DevelopmentLine(
    id=DevelopmentId(7), reason="new: 40 stations; names ZTE", at=AT + timedelta(hours=3), article=COVERAGE[3]
)


def view(
    coverage: tuple[ArticleLine, ...] = COVERAGE[:1],
    *,
    developments: tuple[DevelopmentLine, ...] = (),
    context: tuple[StoryLine, ...] = (),
    summary: str = "Operators must act by 2028.",
) -> StoryView:
    return StoryView(
        id=StoryId(42),
        headline=LEAD.title,
        link=LEAD.link,
        summary=summary,
        language="en",
        topics=(why(),),
        coverage=coverage,
        outlets=len({line.outlet for line in coverage}),
        origins=2,
        developments=developments,
        context=context,
        image_url="https://courant.example/1.jpg",
        first_seen_at=AT,
        updated_at=AT,
    )
