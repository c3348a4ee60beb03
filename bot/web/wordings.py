"""How reports were changed: every wording that was kept, and what each took out and put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.models import Article, ArticleId, FeedId, WorkspaceId
from bot.domain.records import ArticleVersion
from bot.domain.text import shorten
from bot.domain.views import ArticleLine, DevelopmentLine, StoryView
from bot.ports import Store
from bot.web.marks import Piece, compare_words, keep_changes

MOST_ARTICLES = 5
MOST_WORDINGS = 3
"""Of an article that was changed more often, the newest are shown, and those that were told."""
MOST_COMPARED = 6
"""So many texts of a page are compared: each takes some milliseconds and a kilobyte."""
LOOKED_AT = 3_000
"""So much of a text is compared."""
MOST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an article said later: its headline and its text marked, each empty where it stayed the same."""

    at: datetime
    title: Sequence[Piece]
    text: Sequence[Piece]
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """An article, which still has its first wording, and its later ones; `left_out` older ones are not shown."""

    article: ArticleLine
    wordings: Sequence[Wording]
    left_out: int


async def read_rewritten(store: Store, viewer: WorkspaceId, view: StoryView) -> list[Rewritten]:
    """Read the wordings of a story's articles as far as the viewer may see them, in the order of the coverage."""
    versions: dict[ArticleId, list[ArticleVersion]] = defaultdict(list)
    for version in await store.list_versions(viewer, [article.id for article in view.coverage]):
        versions[version.article_id].append(version)
    lines = [article for article in view.coverage if article.id in versions][:MOST_ARTICLES]
    firsts = {article.id: article for article in await store.get_articles([line.id for line in lines])}
    room = MOST_COMPARED
    found: list[Rewritten] = []
    for line in lines:
        rewritten = _compare(line, firsts[line.id], versions[line.id], view.developments, room)
        room -= sum(bool(wording.text) for wording in rewritten.wordings)
        found.append(rewritten)
    return found


def _compare(
    line: ArticleLine,
    first: Article,
    versions: Sequence[ArticleVersion],
    developments: Sequence[DevelopmentLine],
    room: int,
) -> Rewritten:
    """Hold each version against the one before it in its feed, or against the first wording."""
    told = _find_told(line.id, versions, developments)
    shown = {*range(max(len(versions) - MOST_WORDINGS, 0), len(versions)), *told}
    before: dict[FeedId, tuple[str, str]] = {}
    wordings: list[Wording] = []
    for number, version in enumerate(versions):
        title, text = before.get(version.feed_id, (first.title, first.text))
        before[version.feed_id] = (version.title, version.text)
        if number not in shown:
            continue
        has_room = text != version.text and room > 0
        room -= has_room
        wordings.append(
            Wording(
                at=version.at,
                title=_compare_titles(title, version.title),
                text=keep_changes(compare_words(text[:LOOKED_AT], version.text[:LOOKED_AT])) if has_room else (),
                is_told=number in told,
            )
        )
    return Rewritten(article=line, wordings=wordings, left_out=len(versions) - len(wordings))


def _compare_titles(before: str, after: str) -> Sequence[Piece]:
    return compare_words(shorten(before, MOST_TITLE), shorten(after, MOST_TITLE)) if before != after else ()


def _find_told(
    article: ArticleId, versions: Sequence[ArticleVersion], developments: Sequence[DevelopmentLine]
) -> set[int]:
    """Number the versions that were told: a change is judged by the newest version that there was."""
    changes = [one.at for one in developments if one.article.id == article and one.reason.startswith("changed:")]
    newest = [[n for n, version in enumerate(versions) if version.at <= at] for at in changes]
    return {numbers[-1] for numbers in newest if numbers}
