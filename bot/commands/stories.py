"""Stories: the latest ones, and one with everything around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.alerts.cards import apart_button, story_card
from bot.alerts.lists import latest_card, list_card, story_line
from bot.commands.answers import Context, Reply
from bot.commands.kinds import StoryNumber, TopicName, find_topic, read_story_number
from bot.commands.registry import Between, command
from bot.domain.cards import Button, Call, Section, line
from bot.domain.errors import StoryNotFoundError


@command("latest")
async def show_latest(
    ctx: Context,
    topic: Annotated[TopicName | None, "Only stories of this topic"] = None,
    count: Annotated[int, "How many", Between(1, 20)] = 5,
) -> Reply:
    """Show the latest stories, of one topic or of all."""
    found = await find_topic(ctx, topic) if topic else None
    stories = await ctx.store.latest(ctx.viewer, found.id if found else None, count)
    channel = await ctx.channel()
    if not stories:
        about = f"No story about {found.title} yet" if found else "No story yet"
        told = "Feeds are read every few minutes; /news status tells how that goes."
        return Reply(card=list_card(about, [line(told)]))
    stories = await ctx.reader.with_pages(ctx.viewer, stories, channel.language)
    card = latest_card(stories, language=channel.language, topic=found.title if found else "")
    return Reply(card=replace(card, footer=line(f"/news story {stories[0].id} shows the first with its context")))


@command("story")
async def show_story(ctx: Context, story: Annotated[StoryNumber, "Its number, as lists show it after #"]) -> Reply:
    """Show a story: who covers it, what is new, what happened before."""
    number = read_story_number(story)
    try:
        view = await ctx.reader.story(ctx.viewer, number)
    except StoryNotFoundError:
        raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.") from None
    channel = await ctx.channel()
    card = story_card(view, channel=channel)
    # The card of an alert has a button that asks for exactly this answer.
    links = tuple(button for button in card.buttons if button.link)
    follow = Button(label="Follow", call=Call(command="follow", arguments=(("what", str(number)),)))
    others = await ctx.store.list_possibly_same(ctx.viewer, number)
    if others:
        lines = tuple(story_line(other, channel.language) for other in others)
        card = replace(card, sections=(*card.sections, Section(heading="Possibly the same", lines=lines)))
    apart = (apart_button(number, channel.language),) if len(view.coverage) > 1 else ()
    return Reply(card=replace(card, buttons=(*links, follow, *apart)))
