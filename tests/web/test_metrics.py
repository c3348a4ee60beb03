"""The metrics page: what a story leaves in it, and that dashboard and alert rules ask for nothing that is not there."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import aiohttp
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.domain.settings import WebSettings
from bot.ports.measures import MEASURES
from bot.web.keys import Access
from bot.web.metrics import MetricsPart
from bot.web.server import WebServer
from tests.newsroom import Newsroom, newsroom
from tests.shared_data import ROOT

DASHBOARD = ROOT / "docs" / "grafana-dashboard.json"
RULES = ROOT / "docs" / "alert-rules.yml"


async def scrape(room: Newsroom) -> dict[tuple[str, tuple[str, ...]], float]:
    """Ask for the page; returns the values by name and labels."""
    server = WebServer(
        "127.0.0.1:0", [MetricsPart(Access(WebSettings()), room.store, lambda: ["gather"], ["test"], room.clock)]
    )
    address = await server.start()
    try:
        async with aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as answer:
            assert answer.status == 200
            text = await answer.text()
    finally:
        await server.close()
    families: list[Metric] = list(text_string_to_metric_families(text))
    return {(s.name, tuple(s.labels.values())): s.value for family in families for s in family.samples}


async def test_a_story_is_counted_from_its_poll_to_its_message(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Wire")
        await room.subscribe("huawei")
        before = await scrape(room)
        room.publish("Wire", "Huawei is told to leave the 5G network")
        await room.tick()
        after = await scrape(room)
        grown = {key: value - before.get(key, 0) for key, value in after.items() if value != before.get(key, 0)}
    for key in (
        ("topicwire_polls_total", ("new",)),
        ("topicwire_articles_total", ()),
        ("topicwire_stories_total", ()),
        ("topicwire_alerts_total", ()),
        ("topicwire_matches_total", ("huawei",)),
        ("topicwire_deliveries_total", ("sent", "test")),
        ("topicwire_gather_seconds_count", ()),
    ):
        assert grown.get(key) == 1, key
    assert after["topicwire_loops_down", ()] == 1
    assert after["topicwire_feeds", ()] == 1
    assert after["topicwire_database_bytes", ()] > 0


async def test_what_waits_is_told_with_its_age(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Wire")
        await room.subscribe("huawei")
        room.publish("Wire", "Huawei is told to leave the 5G network")
        room.clock.move(timedelta(minutes=20))
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        room.clock.move(timedelta(minutes=3))
        waiting = await scrape(room)
        await room.deliverer.deliver_due()
        done = await scrape(room)
    assert waiting["topicwire_deliveries_pending", ("test",)] == 1
    assert waiting["topicwire_oldest_pending_seconds", ()] == 180
    assert done["topicwire_deliveries_pending", ("test",)] == 0
    assert done["topicwire_oldest_pending_seconds", ()] == 0


def test_dashboard_and_alert_rules_ask_only_for_what_is_measured() -> None:
    known = set()
    for family in MEASURES.collect():
        kinds = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}
        known |= {family.name + ending for ending in kinds.get(family.type, ("",))}
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    named = {path.name: set(re.findall(r"\btopicwire_\w+", text)) for path, text in (
        (DASHBOARD, asked), (RULES, " ".join(re.findall(r"expr: (.*)", RULES.read_text(encoding="utf-8")))),
    )}  # fmt: skip
    for name, used in named.items():
        assert len(used) > 5, name
        assert used - known == set(), name
    shown = named[DASHBOARD.name]
    assert {n for n in known - shown if not n.endswith(("_count", "_sum"))} == set(), (
        "the dashboard leaves something out"
    )
