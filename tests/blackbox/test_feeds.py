"""Feeds come in and go out in the chat: the program whole, between a site, a list and both platforms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.feeds.guard import Guard
from bot.feeds.opml import read_opml_text
from tests.blackbox.program import Program, program

SOON = 60.0


def put_site(running: Program) -> None:
    """Make a site with two feeds, and a list that names one of them and one more."""
    feeds = running.feeds
    for name in ("world", "sport", "local"):
        paper = running.papers[name] = feeds.feed(f"/{name}.xml", title=f"The {name}")
        paper.link = f"https://{name}.example"
        paper.add(title=f"{name} begins", text="A first notice to readers.")
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{n}.xml">' for n in ("world", "sport"))
    feeds.page("/", f"<html><head>{links}</head></html>", content_type="text/html")
    rows = "".join(f'<outline text="{n} & co" xmlUrl="{feeds.url(f"/{n}.xml")}"/>' for n in ("world", "local"))
    feeds.page("/mine.opml", f'<opml><outline text="Papers">{rows}</outline></opml>', content_type="text/xml")


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message["components"] for button in row["components"]]


async def test_a_sites_feed_is_chosen_read_and_listed_by_its_tag(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        put_site(running)
        asked = await running.discord.interact("news feed add", {"url": running.feeds.url("/"), "tags": "Papers"})
        offered = await asked.final()
        assert "2 feeds" in repr(offered["embeds"])
        seen = len(running.events)
        pressed = await running.discord.press(offered, buttons(offered)[0]["custom_id"])
        assert "Added the feed The world" in repr(await pressed.final())
        await running.until(lambda e: e["event"] == "poll" and e["feed"] == 2 and e["outcome"] == "new", since=seen)
        shown = await (await running.discord.interact("news feed list", {"tag": "papers"})).final()
        assert "The world" in repr(shown["embeds"])
        assert "ledger" not in repr(shown["embeds"])
        assert running.noise == []


async def test_a_list_comes_in_on_slack_and_goes_out_on_both(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        put_site(running)
        order = await running.slack.command("/news", f"feed import {running.feeds.url('/mine.opml')}")
        assert "Imported 2 feeds" in repr(await order.response(SOON))
        await running.until(lambda e: e["event"] == "poll" and e["feed"] == 3 and e["outcome"] == "new")
        order = await running.slack.command("/news", "feed export")
        await order.until(lambda: len(order.responses) == 2)
        assert "Papers" in repr(order.responses[1]["blocks"])
        asked = await running.discord.interact("news feed import", {"source": running.feeds.url("/mine.opml")})
        assert "Imported 2 feeds" in repr(await asked.final())
        asked = await running.discord.interact("news feed export")
        await asked.final()
        (sent,) = [call for call in running.discord.calls if call.files]
        listed = read_opml_text(sent.files["feeds.opml"].decode(), Guard.of([running.feeds.address]))
        assert {(feed.title, feed.tags) for feed in listed.feeds} == {
            ("world & co", ("Papers",)),
            ("local & co", ("Papers",)),
            ("ledger", ()),
        }
        assert running.noise == []
