"""«Not the same story»: taking a story apart, and making it one again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.alerts.lists import article_line, list_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import StoryNumber, read_story_number
from bot.commands.registry import command
from bot.domain.cards import Button, Call, Card, line
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import ArticleId, StoryId
from bot.domain.splits import Split, SplitId
from bot.domain.text import shorten
from bot.domain.views import ArticleLine

MOST_BUTTONS = 5
MOST_LINES = 20
MOST_LABEL = 60


@command("apart", right=Right.MANAGE_WORKSPACE)
async def part_story(
    ctx: Context,
    story: Annotated[StoryNumber, "Its number, as lists show it after #"],
    article: Annotated[int, "The number of the article that is another story; without it, they are listed"] = 0,
) -> Reply:
    """Say which article of a story tells of something else: it becomes a story of its own."""
    number = read_story_number(story)
    coverage = await _coverage(ctx, number)
    if not article:
        return Reply(card=_choices(number, coverage, (await ctx.channel()).language))
    out = next((each for each in coverage if each.id == article), None)
    if out is None:
        raise StoryNotFoundError(f"Story #{number} has no article {article}. /news apart {number} lists those it has.")
    split = await ctx.store.split_story(
        number, [ArticleId(article)], workspace=ctx.viewer, actor=ctx.asker.actor.id, now=ctx.now
    )
    ctx.bells.gather.ring()
    ctx.bells.deliver.ring()
    lines = [
        line(f"It is story #{split.parted_id} now. What is like it goes there; the two are not put together again."),
    ]
    return Reply(card=list_card(f"Another story: {out.title}", lines, buttons=(_undo_button(split),)))


@command("rejoin", right=Right.MANAGE_WORKSPACE)
async def rejoin_story(ctx: Context, split: Annotated[int, "Its number; without it, all are listed"] = 0) -> Reply:
    """Make a story that was taken apart one again, or list what was taken apart."""
    if not split:
        return await _list(ctx)
    who = ctx.asker.actor.id
    story = await ctx.store.undo_split(SplitId(split), workspace=ctx.viewer, actor=who, now=ctx.now)
    if story is None:
        raise StoryNotFoundError(f"Nothing was taken apart under number {split}. /news rejoin lists what was.")
    ctx.bells.deliver.ring()
    show = Button(label="Story", call=Call(command="story", arguments=(("story", str(story)),)))
    return Reply(card=list_card(f"Story #{story} is one again", [], buttons=(show,)))


async def _list(ctx: Context) -> Reply:
    splits = await ctx.store.list_splits(ctx.viewer)
    lines = [line(f"{split.id}: story #{split.parted_id} was taken out of story #{split.story_id}") for split in splits]
    buttons = [_undo_button(split) for split in splits[:MOST_BUTTONS]]
    return Reply(card=list_card("Taken apart", lines, empty="Nothing was taken apart here.", buttons=buttons))


async def _coverage(ctx: Context, number: StoryId) -> tuple[ArticleLine, ...]:
    try:
        return (await ctx.reader.story(ctx.viewer, number)).coverage
    except StoryNotFoundError:
        raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.") from None


def _choices(number: StoryId, coverage: Sequence[ArticleLine], language: str) -> Card:
    """Show the articles of a story, the latest first: what came last is what somebody wonders about."""
    if len(coverage) == 1:
        return list_card(f"Story #{number} has one article", [], empty="There is nothing to take apart.")
    latest = list(reversed(coverage))
    lines = [line(f"{article.id}: ", *article_line(article, language)) for article in latest[:MOST_LINES]]
    buttons = [
        Button(
            label=shorten(f"{article.outlet}: {article.title}", MOST_LABEL),
            call=Call(command="apart", arguments=(("story", str(number)), ("article", str(article.id)))),
        )
        for article in latest[:MOST_BUTTONS]
    ]
    footer = f"/news apart {number} ARTICLE takes any of them out" if len(coverage) > MOST_BUTTONS else ""
    return list_card("Which of these is another story?", lines, footer, buttons=buttons)


def _undo_button(split: Split) -> Button:
    call = Call(command="rejoin", arguments=(("split", str(split.id)),))
    return Button(label=f"Undo {split.id}", call=call)
