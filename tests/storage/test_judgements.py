"""What pages tell of the bot: judgements by buttons, what was not delivered, and how late messages were."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain.alerts import AlertKind, DeliveryStatus
from bot.domain.errors import PermanentError, PlatformRefusedError
from bot.domain.judgements import Judged, Lag
from bot.domain.models import TopicId, WorkspaceId
from tests.newsroom import WORKSPACE, newsroom

MONTH = timedelta(days=30)


async def test_a_story_counts_as_wrong_in_the_workspace_that_says_so(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        for workspace in ("test", "other"):
            await room.subscribe("huawei", workspace=WorkspaceId(workspace))
            await room.subscribe("huawei", workspace=WorkspaceId(workspace), channel="second")
        room.publish("Ledger", "Norland bans Huawei", "Norland bans Huawei from its networks.")
        room.publish("Ledger", "Palmtree sells Huawei telephones", "The shops of Palmtree sell them from Monday on.")
        await room.tick()
        number = (await room.store.latest(WORKSPACE, None, 1))[0].id
        await room.ask(f"tuning wrong {number}", rights=())
        since = room.clock() - MONTH
        counted = {
            workspace: await room.store.count_judged(WorkspaceId(workspace), TopicId("huawei"), since=since)
            for workspace in ("test", "other", "nobody")
        }
        later = await room.store.count_judged(WORKSPACE, TopicId("huawei"), since=room.clock() + MONTH)
    assert counted == {
        "test": Judged(told=2, wrong=1), "other": Judged(told=2, wrong=0), "nobody": Judged(told=0, wrong=0),
    }  # fmt: skip
    assert counted["test"].precision == 0.5
    assert later.precision is None


async def test_what_failed_stands_before_what_waits(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        await room.subscribe("huawei", channel="second")
        room.publish("Ledger", "Norland bans Huawei", "Norland bans Huawei from its networks.")
        room.platform.errors += [PlatformRefusedError("busy"), PermanentError("no such channel")]
        await room.tick()
        found = await room.store.list_undelivered(10)
        one = await room.store.list_undelivered(1)
    assert [(d.status, d.reason) for d in found] == [
        (DeliveryStatus.FAILED, "no such channel"), (DeliveryStatus.PENDING, "busy"),
    ]  # fmt: skip
    assert one == found[:1]


async def test_the_last_that_was_told_of_a_kind_is_the_workspaces_own(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        await room.subscribe("huawei", workspace=WorkspaceId("other"))
        for title in ("Norland bans Huawei", "Palmtree sells Huawei telephones"):
            room.publish("Ledger", title, f"{title}, it is told.")
            await room.tick()
        found = await room.store.find_last_told(WORKSPACE, AlertKind.NEW)
        last = (await room.store.latest(WORKSPACE, None, 1))[0].id
        assert found is not None
        assert (found[0].alert.story_id, found[0].channel.place.workspace) == (last, WORKSPACE)
        assert found[1] == room.clock()
        assert await room.store.find_last_told(WORKSPACE, AlertKind.DIGEST) is None


async def test_lag_is_from_the_decision_to_the_answer(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        assert await room.store.measure_lag(since=room.clock() - MONTH) == Lag(messages=0)
        room.publish("Ledger", "Norland bans Huawei", "Norland bans Huawei from its networks.")
        room.clock.move(timedelta(hours=1))
        await room.poller.poll_due()
        await room.gatherer.gather_all()
        room.clock.move(timedelta(seconds=40))
        await room.deliverer.deliver_due()
        lag = await room.store.measure_lag(since=room.clock() - MONTH)
    assert lag == Lag(messages=1, middle=timedelta(seconds=40), slowest_twentieth=timedelta(seconds=40))
