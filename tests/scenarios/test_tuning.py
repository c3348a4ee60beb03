"""A wrong alert is taught once, and that workspace hears no more of its kind; everybody else does."""

from __future__ import annotations

from pathlib import Path

from bot.commands.answers import Answer, Reply, Right
from bot.domain.cards import Call
from bot.domain.models import WorkspaceId
from bot.pipeline.rematch import Rematcher
from tests.newsroom import WORKSPACE, Newsroom, newsroom

OTHER = WorkspaceId("other")
WRONG = ("ZTE Racing wins lap {n} in Orlanda", "ZTE Racing has a fast car in lap {n}.")
STORM = "A storm stops ZTE Racing at the harbour of Westmark"


def _race(room: Newsroom, outlet: str, number: int) -> None:
    title, text = WRONG
    room.publish(outlet, title.format(n=number), text.format(n=number))


async def _press(room: Newsroom, call: Call | None, *, rights: tuple[Right, ...] = tuple(Right)) -> Answer:
    assert call is not None
    words = [call.command, *(value for _, value in call.arguments)]
    return await room.ask(" ".join(words), rights=rights)


async def _rematch(room: Newsroom) -> None:
    await Rematcher(store=room.store, library=room.library, bells=room.bells).rematch_all()


async def _teach(room: Newsroom) -> None:
    """Press Wrong topic on the first alert, and the first phrase that is offered."""
    [button] = [b for b in room.platform.shown[0].card.buttons if b.label == "Wrong topic"]
    offered = await _press(room, button.call)
    assert isinstance(offered, Reply)
    await _press(room, offered.card.buttons[0].call)


async def test_what_was_taught_is_not_told_there_again(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        here = await room.subscribe("zte")
        there = await room.subscribe("zte", workspace=OTHER)
        _race(room, "Ledger", 1)
        await room.tick()
        assert len(room.platform.shown) == 2
        await _teach(room)
        room.publish("Wire", STORM, "Waves came over the pier; nobody was hurt.")
        room.publish("Wire", "ZTE appoints a chair for its network business", "The maker has a new head.")
        await room.tick()
        told = [(m.place.workspace, m.card.title) for m in room.platform.shown[2:]]
        assert (here.place.workspace, STORM) not in told
        assert (there.place.workspace, STORM) in told
        assert len([one for one in told if "chair" in one[1]]) == 2


async def test_an_earlier_article_that_was_tuned_out_brings_no_alert_later(tmp_path: Path) -> None:
    """The story goes on after the lesson; its first article matched, for others it still does."""
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        await room.subscribe("zte", outlets=2)
        await room.subscribe("zte", outlets=1, workspace=OTHER)
        room.publish("Ledger", "ZTE Racing wins lap 1 in Orlanda", "A fast car in lap 1.")
        await room.tick()
        await _teach_by_number(room)
        await _rematch(room)
        room.publish("Wire", "ZTE Racing wins lap 1 in Orlanda", "A fast car in lap 1, says the driver.")
        await room.tick()
        assert [m.place.workspace for m in room.platform.shown] == [OTHER]


async def _teach_by_number(room: Newsroom) -> None:
    [story] = await room.store.latest(WORKSPACE, None, 1)
    offered = await room.ask(f"tuning wrong {story.id}")
    assert isinstance(offered, Reply)
    await _press(room, offered.card.buttons[0].call)


async def test_a_restart_forgets_no_lesson(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("zte")
        _race(room, "Ledger", 1)
        await room.tick()
        await _teach(room)
        fetcher, clock, outlets = room.fetcher, room.clock, room.outlets
    async with newsroom(tmp_path, fetcher=fetcher, clock=clock) as room:
        room.outlets = outlets
        assert len(await room.store.list_rematches()) == 1, "a stop in between loses nothing"
        await _rematch(room)
        assert await room.store.latest(WORKSPACE, None, 9) == []
        for number in (27, 88):
            _race(room, "Ledger", number)
            await room.tick()
        assert room.platform.titles() == []


async def test_the_living_message_names_only_the_topics_that_count(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("zte")
        await room.subscribe("huawei")
        room.publish("Ledger", "ZTE Racing meets Huawei in Orlanda court", "Huawei sues over a name.")
        await room.tick()
        [story] = await room.store.latest(WORKSPACE, None, 1)
        assert [t.name for t in (await room.reader.story(WORKSPACE, story.id)).topics] == ["huawei", "zte"]
        offered = await room.ask(f"tuning wrong {story.id} zte")
        assert isinstance(offered, Reply)
        await _press(room, offered.card.buttons[0].call)
        await _rematch(room)
        assert [t.name for t in (await room.reader.story(WORKSPACE, story.id)).topics] == ["huawei"]
        assert len((await room.reader.story(OTHER, story.id)).topics) == 2
