"""The pages as a browser gets them: what stands on each, and what no headline can do to it."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from bot.domain.errors import PlatformRefusedError
from bot.domain.models import Mode, StoryId, TopicId, WorkspaceId
from bot.domain.settings import WebSettings
from bot.domain.troubles import Trouble
from bot.web.marks import HEIGHT, WIDTH, compare_words, draw_bars
from bot.web.templates import environment
from tests.newsroom import INTERVAL, WORKSPACE, Newsroom, newsroom
from tests.web.site import visit

BAN = "Norland bans Huawei from its 5G networks"
TEXT = "Norland will exclude Huawei from its 5G networks, minister Per Aasgaard said. The order covers 1,900 masts."
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"'><svg onload=alert(3)> {{ 7 * 7 }} Huawei in Norland"
)
MOST_BYTES = 60_000


async def tell(room: Newsroom) -> StoryId:
    """Tell one story that two outlets carry word for word, that grows and is taken back in part."""
    await room.open_outlets("Ledger", "Courier")
    await room.subscribe("huawei")
    room.publish("Ledger", BAN, TEXT)
    room.publish("Courier", BAN, TEXT)
    await room.tick()
    room.publish(
        "Courier", "Norland's ban on Huawei in its 5G networks covers 2,400 masts", "The order covers 2,400 masts."
    )
    await room.tick()
    return (await room.store.latest(WORKSPACE, None, 1))[0].id


async def test_a_story_page_shows_why_how_it_grew_and_who_has_it_from_whom(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        async with visit(room) as visitor:
            answer = await visitor.get(visitor.story(number))
    assert answer.status == 200
    assert "<mark>Huawei</mark>" in answer.text
    assert "New: 2,400 masts" in answer.text
    assert "2 outlets, 2 origins" in answer.text
    origins = answer.text.split('id="covers"')[1].split("</section>")[0]
    assert origins.count('class="outlet"') == 3
    assert len(re.findall(r"<ul>\s*<li>", origins)) == 1, "the copy stands under what it is a copy of"


async def test_a_changed_headline_is_shown_as_a_difference(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        entries = room.fetcher.entries[room.outlets["Ledger"]]
        entries[0] = replace(entries[0], title="Norland considers ban on Huawei in 5G networks")
        room.publish("Ledger", "A quiet day at the museum")
        await room.tick()
        async with visit(room) as visitor:
            page = (await visitor.get(visitor.story(number))).text
    assert "<del>bans</del>" in page
    assert "<ins>considers" in page


async def test_every_wording_that_was_kept_is_shown_and_those_that_were_told_are_marked(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        entries = room.fetcher.entries[room.outlets["Ledger"]]
        for title, text in (
            ("Norland bans Huawei from 5G networks", TEXT),
            ("Norland bans Huawei from 5G networks", TEXT.replace("1,900", "2,900")),
        ):
            entries[0] = replace(entries[0], title=title, text=text)
            room.publish("Ledger", f"A quiet day at museum {len(entries)}")
            await room.tick()
        async with visit(room) as visitor:
            page = (await visitor.get(visitor.story(number))).text
    style, told = page.split('id="wordings"')[1].split("</section>")[0].split("<li>")[1:]
    assert "headline changed" in style
    assert "told as news" not in style, "nobody was told of a change of style"
    assert "text changed, headline the same" in told
    assert "told as news" in told
    assert "<del>1,900</del>" in told
    assert '<p class="difference" dir="auto" lang="en">' in told


async def test_a_page_speaks_the_language_of_its_link_else_of_the_browser(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        async with visit(room, base="https://news.example") as visitor:
            (dutch,) = (await visitor.addresses.stories(WORKSPACE, [number], "nl")).values()
            story = visitor.story(number)
            linked = (await visitor.get(dutch.removeprefix("https://news.example"), Accept_Language="de")).text
            asked = await visitor.get(story, Accept_Language="xx, fr;q=0.3, zh-Hans-CN;q=0.7, nl;q=x")
            odd = (await visitor.get(f"{story}?lang=%22%3E%3Cscript%3E", Accept_Language=";;,q=,")).text
            gone = await visitor.get(f"{visitor.here()}/story/999?lang=es")
    assert '<html lang="nl">' in linked
    assert "Waarom het past" in linked
    assert '/topic/huawei?lang=nl"' in linked, "the next page speaks Dutch too"
    assert '<html lang="zh">' in asked.text
    assert "Accept-Language" in asked.headers["Vary"]
    assert '?lang=zh"' not in asked.text.replace('href="?lang=zh"', ""), "nobody chose it for good"
    assert '<html lang="en">' in odd
    assert "script" not in odd
    assert gone.status == 404
    assert "No existe esa página" in gone.text


@pytest.mark.parametrize(
    "before, after, shown",
    [
        ("The order covers 1,900 masts.", "The order covers 2,400 masts.", "The order covers -1,900-+2,400+ masts."),
        ("ZTE raises count of East Island contracts", "Retraction: ZTE contracts in East Island contracts",
         "-ZTE raises count of-+Retraction: ZTE contracts in+ East Island contracts"),
        ("诺兰宣布禁止华为", "诺兰考虑禁止华为和中兴", "诺兰-宣布-+考虑+禁止华为+和中兴+"),
        ("", "New", "+New+"),
        ("Gone", "", "-Gone-"),
    ],
)  # fmt: skip
def test_wordings_are_compared_by_what_people_read_as_one(before: str, after: str, shown: str) -> None:
    marks = {"same": "", "gone": "-", "new": "+"}
    pieces = compare_words(before, after)
    assert "".join(f"{marks[piece.kind]}{piece.text}{marks[piece.kind]}" for piece in pieces) == shown


async def test_a_topic_page_explains_counts_and_judges(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        async with visit(room) as visitor:
            before = (await visitor.get(f"{visitor.here()}/topic/huawei")).text
            await room.ask(f"tuning wrong {number}", rights=())
            after = (await visitor.get(f"{visitor.here()}/topic/huawei")).text
    assert "<b>100.0 %</b>: 1 story told in these days, “Wrong topic” pressed for 0 of them" in before
    assert "<b>0.0 %</b>: 1 story told in these days, “Wrong topic” pressed for 1 of them" in after
    assert "Looks for" in before
    assert 'aria-label="Articles a day: 3 in 90 days"' in before


def test_days_that_stand_out_have_the_number_of_their_note() -> None:
    bars = draw_bars([1.0, 9.0, 2.0], ["", "", ""])
    shown = [replace(bar, mark="1" if number == 1 else "") for number, bar in enumerate(bars)]
    parts = environment().from_string(
        '{% from "parts.html" import bars %}{{ bars(shown, width, height, "Articles", "volume", 14) }}'
    )
    drawn = parts.render(shown=shown, width=WIDTH, height=HEIGHT)
    (label,) = re.findall(r'<text x="50.0%" y="14.0%" dy="-3">(.*?)</text>', drawn)
    assert label == "1"
    assert drawn.count("<rect") == 3
    assert drawn.count('class="spike"') == 1


async def test_a_topics_days_are_counted_once_a_minute_however_many_look(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell(room)
        room.clock.move(INTERVAL * 1.2)
        async with visit(room) as visitor:
            page = f"{visitor.here()}/topic/huawei"
            first = await asyncio.gather(*(visitor.get(page) for _ in range(4)))
            room.publish("Ledger", "Huawei opens a shop in Grenna", "Huawei has a new shop there.")
            await room.tick(timedelta(seconds=30))
            soon = await visitor.get(page)
            room.clock.move(timedelta(minutes=1))
            later = await visitor.get(page)
    counted = [re.findall(r"Articles a day: (\d+) in", answer.text) for answer in (*first, soon, later)]
    assert counted == [["3"]] * 5 + [["4"]]


async def test_feeds_of_a_topic_are_read_by_feed_readers(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        number = await tell(room)
        async with visit(room, WebSettings(public_url="https://news.example")) as visitor:
            atom = await visitor.get(f"{visitor.here()}/topic/huawei/atom.xml")
            feed = json.loads((await visitor.get(f"{visitor.here()}/topic/huawei/feed.json")).text)
    story = f"https://news.example{visitor.here()}/story/{number}"
    read = feedparser.parse(atom.text)
    assert not read.bozo
    assert [(entry.title, entry.link) for entry in read.entries] == [(BAN, story)]
    assert re.fullmatch(rf"{re.escape(TEXT)} \((Ledger|Courier) \+1\)", read.entries[0].summary)
    assert {read.feed.id[:9], read.entries[0].id[:9]} == {"urn:uuid:"}
    assert read.feed.updated == read.entries[0].updated
    root = ElementTree.fromstring(atom.text)  # noqa: S314 - our own feed
    needed = {f"{{http://www.w3.org/2005/Atom}}{name}" for name in ("id", "title", "updated", "author")}
    assert needed <= {child.tag for child in root}, "RFC 4287, 4.1.1"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["id"], item["url"], item["title"]) for item in feed["items"]] == [(read.entries[0].id, story, BAN)]
    assert feed["feed_url"] == f"https://news.example{visitor.here()}/topic/huawei/feed.json"


async def test_today_lists_what_most_outlets_tell_first_and_searches(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell(room)
        room.publish("Ledger", "Huawei opens a shop in Grenna", "Huawei has a new shop there.")
        await room.tick()
        async with visit(room) as visitor:
            today = (await visitor.get(f"{visitor.here()}/")).text
            found = (await visitor.get(f"{visitor.here()}/?q=shop")).text
            wrong = (await visitor.get(f"{visitor.here()}/?q=zte+AND")).text
    assert today.index(BAN) < today.index("opens a shop")
    assert "1 article" in found
    assert "AND needs something on its right" in wrong
    assert 'class="section pointed"' in wrong
    assert 'value="zte AND"' in wrong


async def test_a_day_without_news_shows_what_came_before_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell(room)
        room.clock.move(timedelta(days=3))
        async with visit(room) as visitor:
            page = (await visitor.get(f"{visitor.here()}/")).text
    assert "Nothing in the last 24 hours" in page
    assert BAN in page


async def test_today_shows_the_last_digest_as_it_was_posted(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Courier", "Gazette")
        await room.subscribe("huawei", mode=Mode.DIGEST)
        await room.ask("digest set 18:00")
        await room.tick()
        room.publish("Ledger", BAN, TEXT)
        room.publish("Courier", BAN, TEXT)
        await room.tick()
        await room.tick(timedelta(hours=6))
        room.publish("Gazette", BAN, TEXT)
        await room.tick()
        (digest,) = [shown.card for shown in room.platform.shown if shown.card.title.startswith("Digest")]
        async with visit(room, base="https://news.example") as visitor:
            page = (await visitor.get(f"{visitor.here()}/")).text
            other = (await visitor.get(f"{visitor.here(WorkspaceId('nobody'))}/")).status
    told = page.split('id="digest"')[1]
    assert f'<h3 dir="auto">{digest.title}</h3>' in told
    assert BAN in told
    assert "2 outlets, 1 origin" in told, "what came afterwards was not in it"
    assert f'href="https://news.example{visitor.here()}/story/1"' in told
    assert other == 404


async def test_health_puts_failing_feeds_first_and_says_what_waits(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await tell(room)
        room.fetcher.fail[room.outlets["Ledger"]] = "404 Not Found"
        room.fetcher.trouble = Trouble.GONE
        room.publish("Courier", "ZTE and Huawei quarrel over antennas", "They do.")
        room.platform.errors.append(PlatformRefusedError("busy", retry_after=timedelta(minutes=5)))
        await room.tick()
        async with visit(room) as visitor:
            page = (await visitor.get("/health")).text
    assert page.index(">Ledger<") < page.index(">Courier<")
    assert "404 Not Found" in page
    assert 'class="remedy"' in page
    assert "<b>1</b> messages waiting" in page
    assert "busy" in page


async def test_many_feeds_come_in_pages_with_the_failing_ones_first(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets(*(f"Outlet {number:03}" for number in range(90)))
        room.fetcher.fail[room.outlets["Outlet 077"]] = f"404 Not Found {'at the harbour ' * 20}"
        await room.tick(INTERVAL * 2)
        async with visit(room) as visitor:
            pages = [
                (await visitor.get(f"/health?page={number}")).text for number in ("1", "2", "3", "99", "x", "%D9%A3")
            ]
    listed = [re.findall(r">(Outlet \d+)<", page) for page in pages]
    assert [len(names) for names in listed] == [40, 40, 10, 10, 40, 40]
    assert listed[0][0] == "Outlet 077"
    assert len(set(listed[0] + listed[1] + listed[2])) == 90
    assert "<b>90</b> feeds" in pages[1]
    assert "1 failing" in pages[1]
    assert all(len(page.encode()) < MOST_BYTES for page in pages)


async def test_feeds_that_all_fail_alike_point_at_the_machine(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Courier", "Herald", "Wire")
        room.fetcher.fail |= dict.fromkeys([*room.outlets.values()][:3], "its host name is unknown (DNS)")
        room.clock.move(INTERVAL * 2)
        await room.poller.poll_due()
        async with visit(room) as visitor:
            few = (await visitor.get("/health")).text
            room.fetcher.fail |= dict.fromkeys(room.outlets.values(), "its host name is unknown (DNS)")
            room.clock.move(INTERVAL * 30)
            await room.poller.poll_due()
            many = (await visitor.get("/health")).text
    assert "fail alike" not in few
    assert "4 feeds fail alike" in many


async def test_hostile_titles_stay_text_on_every_page(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("<b onclick=alert(4)>Ledger</b>")
        await room.subscribe("huawei")
        room.publish(next(iter(room.outlets)), HOSTILE, f"{HOSTILE} {TEXT}")
        await room.tick()
        number = (await room.store.latest(WORKSPACE, None, 1))[0].id
        async with visit(room) as visitor:
            here = visitor.here()
            paths = [f"{here}/", visitor.story(number), f"{here}/topic/huawei", f"{here}/?q=Huawei", "/health"]
            pages = {
                path: (await visitor.get(path)).text
                for path in [*paths, f"{here}/?q=%3Cscript%3Ealert(1)%3C/script%3E"]
            }
    for path, page in pages.items():
        assert not set(re.findall(r"<(\w+)", page)) & {"script", "img", "iframe", "object", "style"}, path
        assert not re.search(r"<[^>]+\son\w+=", page), path
        assert not re.search(r'\sstyle="', page), path
        assert "{{ 7 * 7 }}" in page or path == "/health", path


async def test_pages_are_small_and_asked_for_again_only_where_they_changed(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets(*(f"Outlet {number}" for number in range(70)))
        await room.subscribe("huawei")
        for number, outlet in enumerate(room.outlets):
            room.publish(outlet, BAN, f"{TEXT} Seen by outlet {number} at the harbour of town {number}.")
        await room.tick()
        number = (await room.store.latest(WORKSPACE, None, 1))[0].id
        async with visit(room) as visitor:
            paths = [visitor.story(number), f"{visitor.here()}/", f"{visitor.here()}/topic/huawei"]
            for path in paths:
                first = await visitor.get(path)
                again = await visitor.get(path, If_None_Match=first.headers["ETag"])
                assert len(first.text.encode()) < MOST_BYTES, path
                assert (again.status, again.text) == (304, "")
                assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.slow
async def test_the_longest_of_everything_stays_small(tmp_path: Path) -> None:
    long = " ".join(f"{word} and" for word in (BAN * 12).split())
    async with newsroom(tmp_path) as room:
        await room.open_outlets(*(f"Outlet {number}" for number in range(60)))
        await room.subscribe("huawei")
        for number, outlet in enumerate(room.outlets):
            link = f"https://wire.example/{'p' * 300}/{number}"
            room.publish(outlet, f"{BAN} {number} {long}", f"{TEXT} {long}", link=link)
        await room.tick()
        for step in range(4):
            for number, (outlet, url) in enumerate([*room.outlets.items()][:12]):
                first, *rest = room.fetcher.entries[url]
                told = replace(first, title=f"{BAN} {number} {step} {long}", text=f"{step} {TEXT[step:]} {long}")
                room.fetcher.entries[url] = [told, *rest]
                room.publish(outlet, f"Quiet day {number} at museum {step}")
            await room.tick()
        number = (await room.store.latest(WORKSPACE, TopicId("huawei"), 1))[0].id
        async with visit(room) as visitor:
            page = (await visitor.get(visitor.story(number))).text
    assert page.count('class="outlet"') > 20, "the story is long"
    assert page.count("headline changed") > 10
    assert "earlier developments" in page
    assert "later reports" in page
    assert len(page.encode()) < MOST_BYTES


async def test_titles_say_their_language_and_find_their_own_direction(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Sahifa")
        await room.subscribe("huawei")
        room.publish(
            "Sahifa", "نورلاند تحظر هواوي من شبكات الجيل الخامس", "قالت نورلاند إنها تحظر هواوي.", language="ar"
        )
        await room.tick()
        number = (await room.store.latest(WORKSPACE, None, 1))[0].id
        async with visit(room) as visitor:
            page = (await visitor.get(visitor.story(number))).text
    assert '<h1 dir="auto" lang="ar">' in page
