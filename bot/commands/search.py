"""Search in everything that was kept, in the one query language.

query -> words that every hit must hold -> the store's full text -> each candidate verified as topics are matched
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.alerts.lists import list_card, search_card
from bot.commands.answers import Context, Reply
from bot.commands.registry import QueryText, command
from bot.domain.cards import line
from bot.domain.models import Article
from bot.domain.query import Query
from bot.domain.text import shorten
from bot.domain.views import ArticleLine
from bot.topics.matcher import ArticleText, build_query_matcher
from bot.topics.search import search_terms

MOST_LOOKED_AT = 500
MOST_SHOWN = 10
MAX_TITLE = 120


@command("search")
async def search(
    ctx: Context, query: Annotated[QueryText, 'Such as "trade talks" OR zte NOT football since:7d']
) -> Reply:
    """Find articles in the archive.

    huawei zte: both words; huawei OR zte: either; NOT football: without it; ( ) hold parts together
    "trade talks": words side by side; handel*: a word's beginning; *overleg: its end; =VS: capitals count
    us NEAR/8 china: within eight words; @us: a group of terms that a topic pack names
    title:5g, lang:nl, outlet:reuters, feed:heise, since:7d, after:2026-11-01, before:2026-11-20
    """
    asked = ctx.library.read_query(query)
    terms = search_terms(asked, ctx.library)
    candidates = await ctx.store.search(ctx.viewer, terms, MOST_LOOKED_AT)
    found = await _verify(ctx, asked, candidates)
    shown = shorten(query, MAX_TITLE)
    is_cut = len(candidates) == MOST_LOOKED_AT
    if not found:
        told = "Nothing that was kept matches it. Fewer words, another spelling or a * at a word's end find more."
        among = f" ({MOST_LOOKED_AT} newest candidates were looked at)" if is_cut else ""
        return Reply(card=list_card(f"Nothing found: {shown}", [line(f"{told}{among}")]))
    channel = await ctx.channel()
    card = search_card(shown, found[:MOST_SHOWN], language=channel.language)
    return Reply(
        card=replace(card, text=f"{_count(len(found))}: {shown}", footer=line(_tell_count(len(found), is_cut=is_cut)))
    )


async def _verify(ctx: Context, asked: Query, candidates: Sequence[ArticleLine]) -> list[ArticleLine]:
    """Keep the candidates that the query hits, in their order."""
    matcher = build_query_matcher(asked, ctx.library, now=ctx.now)
    articles = {a.id: a for a in await ctx.store.get_articles([c.id for c in candidates])}
    feeds = {feed.id: feed.name for feed in await ctx.store.list_feeds(ctx.viewer)}

    def is_hit(article: Article | None) -> bool:
        return article is not None and matcher.matches(ArticleText.of_article(article, feeds))

    # Long texts take a while: the loop must go on meanwhile.
    return await asyncio.to_thread(lambda: [c for c in candidates if is_hit(articles.get(c.id))])


def _count(found: int) -> str:
    return "1 article" if found == 1 else f"{found} articles"


def _tell_count(found: int, *, is_cut: bool) -> str:
    told = f"At least {_count(found)}" if is_cut else _count(found)
    return f"{told}, the newest {MOST_SHOWN} shown" if found > MOST_SHOWN else told
