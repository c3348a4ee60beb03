"""The desk: rights, refusals, forms, and that nothing typed breaks it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.answers import Asker, Context, FieldKind, Form, Reply, Right
from bot.commands.desk import BROKEN, WELCOME, Desk, load_registry
from bot.commands.registry import Registry
from bot.domain.alerts import AlertKind
from bot.domain.cards import Call, Card
from bot.domain.errors import StorageError
from bot.domain.models import WorkspaceId
from tests.commands.stage import HOUR, NOW, Prepared, Stage, asker_with, card_of, form_of, is_rung, on_stage, shown


def _with(stage: Stage, registry: Registry) -> Desk:
    return Desk(
        store=stage.store,
        reader=stage.desk.reader,
        fetcher=stage.fetcher,
        library=stage.desk.library,
        settings=stage.desk.settings,
        bells=stage.bells,
        clock=stage.desk.clock,
        registry=registry,
    )


@pytest.mark.parametrize(
    "line, rights, is_allowed",
    [
        ("subscribe huawei", (), False),
        ("subscribe huawei", (Right.MANAGE_CHANNEL,), True),
        ("subscribe huawei", (Right.MANAGE_WORKSPACE,), True),
        ("unsubscribe huawei", (), False),
        ("topic add chips chip*", (), False),
        ("topic remove huawei", (Right.MANAGE_CHANNEL,), False),
        ("feed add https://a.example/rss", (Right.MANAGE_CHANNEL,), False),
        ("feed add https://a.example/rss", (Right.MANAGE_WORKSPACE,), True),
        ("latest", (), True),
    ],
)
async def test_a_right_that_is_missing_is_named(
    stage: Stage, line: str, rights: tuple[Right, ...], is_allowed: bool
) -> None:
    told = await stage.told(line, asker_with(*rights))
    assert ("needs the right to manage this" in told) is not is_allowed


async def test_a_fault_of_ours_is_logged_and_told_without_its_words(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    registry = Registry()

    @registry.command("break")
    async def fail(ctx: Context) -> Reply:
        """Break something."""
        raise ZeroDivisionError("secret words")

    with caplog.at_level(logging.ERROR):
        answer = await _with(stage, registry).run_line("break", asker_with())
    assert card_of(answer).text == BROKEN
    assert "secret words" not in shown(card_of(answer))
    assert caplog.records[-1].exc_info is not None
    assert "command break failed" in caplog.text


async def test_an_error_raised_on_purpose_is_told(stage: Stage) -> None:
    registry = Registry()

    @registry.command("store")
    async def fail(ctx: Context) -> Reply:
        """Ask a store that cannot."""
        raise StorageError("the disk is full")

    answer = await _with(stage, registry).run_line("store", asker_with())
    assert "the disk is full" in shown(card_of(answer))


async def test_a_cancelled_command_stays_cancelled(stage: Stage) -> None:
    registry = Registry()

    @registry.command("wait")
    async def wait(ctx: Context) -> Reply:
        """Wait for ever."""
        await asyncio.Event().wait()
        return Reply(card=Card(title="", text=""))

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await _with(stage, registry).run_line("wait", asker_with())


async def test_replies_are_private_unless_the_command_is_declared_public(stage: Stage) -> None:
    await stage.ask("subscribe huawei")
    digest = await stage.ask("digest now")
    latest = await stage.ask("latest")
    assert isinstance(digest, Reply)
    assert isinstance(latest, Reply)
    assert (digest.is_private, latest.is_private) == (False, True)


async def test_a_refusal_of_a_public_command_is_private(stage: Stage) -> None:
    answer = await stage.ask("digest now")
    assert isinstance(answer, Reply)
    assert answer.is_private
    assert "watches nothing yet" in answer.card.text


async def test_a_mistake_in_a_query_is_pointed_at(stage: Stage) -> None:
    card = card_of(await stage.ask("search 华为 AND )"))
    rows = ["".join(span.text for span in row) for row in card.sections[0].lines]
    assert rows[0] == "华为 AND )"
    assert rows[1] == " " * 5 + "^", "Han is two columns wide, so the caret stands under AND"
    assert "AND needs something" in rows[2]


async def test_the_form_asks_for_every_parameter(stage: Stage) -> None:
    form = form_of(await stage.ask("topic add chips"))
    assert form.title == "Add a topic of your own"
    assert [(f.name, f.kind, f.value, f.is_required, f.error) for f in form.fields] == [
        ("name", FieldKind.LINE, "chips", True, ""),
        ("query", FieldKind.TEXT, "", True, ""),
        ("sensitivity", FieldKind.CHOICE, "normal", False, ""),
    ]
    assert form.fields[2].choices == ("strict", "normal", "wide")


@pytest.mark.parametrize(
    "values, field, told",
    [
        ({"name": " "}, "name", "needs name"),
        ({"query": ""}, "query", "needs query"),
        ({"query": "chip* AND )"}, "query", "▸AND )"),
        ({"query": "NOT chip"}, "query", "nearly everything"),
        ({"name": "two words"}, "name", "a space cannot be in it"),
        ({"name": "a/b"}, "name", "“/” cannot be in it"),
        ({"name": "---"}, "name", "needs a letter or a digit"),
        ({"name": "n" * 41}, "name", "at most 40"),
        ({"name": "HUAWEI"}, "name", "a pack has it"),
        ({"sensitivity": "huge"}, "sensitivity", "one of strict, normal, wide"),
    ],
)
async def test_a_form_comes_back_with_the_mistake_at_its_field_and_what_was_typed(
    stage: Stage, values: dict[str, str], field: str, told: str
) -> None:
    typed = {"name": "chips", "query": "chip* OR asml", "sensitivity": "wide"} | values
    form = form_of(await stage.fill(form_of(await stage.ask("topic add")), **typed))
    errors = {f.name: f.error for f in form.fields if f.error}
    assert list(errors) == [field]
    assert told in errors[field]
    assert "\n" not in errors[field]
    standing = {f.name: f.value for f in form.fields}
    if typed["sensitivity"] != "huge":
        assert standing == typed
    assert standing["query"] == typed["query"]
    assert await stage.store.list_topics(asker_with().place.workspace) == await stage.store.list_all_topics()
    assert len(await stage.store.list_all_topics()) == 2


async def test_completion_offers_choices_and_what_is_kept(stage: Stage) -> None:
    async def values(path: str, parameter: str, typed: str) -> list[str]:
        return [c.value for c in await stage.desk.suggest(path, parameter, typed, asker_with())]

    assert await values("subscribe", "mode", "") == ["live", "digest", "both"]
    assert await values("subscribe", "mode", "DI") == ["digest"]
    assert await values("subscribe", "topic", "TALKS") == ["trade-talks"]
    assert await values("unsubscribe", "topic", "") == []
    assert await values("topic remove", "name", "") == []
    assert await values("feed remove", "feed", "wire") == [str(stage.feed.id)]
    assert await values("help", "command", "topic a") == ["topic add"]
    assert await values("search", "query", "x") == []
    assert await values("nothing", "query", "x") == []


def test_every_suggester_meant_is_bound() -> None:
    bound = {(c.path, p.name) for c in load_registry() for p in c.parameters if p.suggest is not None}
    assert bound == {
        ("subscribe", "topic"),
        ("unsubscribe", "topic"),
        ("subscription edit", "topic"),
        ("settings", "zone"),
        ("digest set", "zone"),
        ("latest", "topic"),
        ("timeline", "what"),
        ("topic show", "name"),
        ("topic remove", "name"),
        ("feed list", "tag"),
        ("feed export", "tag"),
        ("feed remove", "feed"),
        ("feed health", "feed"),
        ("feed held", "feed"),
        ("trend", "topic"),
        ("compare", "first"),
        ("compare", "second"),
        ("story", "story"),
        ("mute", "story"),
        ("apart", "story"),
        ("follow", "what"),
        ("unfollow", "what"),
        ("unmute", "story"),
        ("topic edit", "name"),
        ("topic test", "name"),
        ("tuning wrong", "story"),
        ("tuning wrong", "topic"),
        ("help", "command"),
    }


ANY_TEXT = st.text(st.characters() | st.sampled_from('\ud800\x00\u202e"“'), max_size=60)
PATHS = ["", *load_registry().paths()]


def test_no_text_makes_the_desk_raise_or_break(tmp_path: Path, prepared: Prepared) -> None:
    with asyncio.Runner() as runner:
        opening = on_stage(tmp_path, prepared)
        stage = runner.run(opening.__aenter__())

        @settings(max_examples=150, deadline=None)
        @given(st.sampled_from(PATHS), ANY_TEXT, st.booleans())
        def check(path: str, rest: str, may_all: bool) -> None:
            runner.run(_check(stage, path, rest, asker_with(*(Right if may_all else ()))))

        try:
            check()
        finally:
            runner.run(opening.__aexit__(None, None, None))


async def _check(stage: Stage, path: str, rest: str, asker: Asker) -> None:
    answer = await stage.desk.run_line(f"{path} {rest}", asker)
    assert isinstance(answer, Form) or answer.card.text != BROKEN
    command = stage.desk.registry.find(path)
    for parameter in command.parameters if command is not None else ():
        await stage.desk.suggest(path, parameter.name, rest, asker)
        answer = await stage.desk.run(Call(command=path, arguments=((parameter.name, rest),)), asker)
        assert isinstance(answer, Form) or answer.card.text != BROKEN


async def test_a_welcome_is_told_once_in_a_workspace(stage: Stage) -> None:
    place = asker_with().place
    await stage.desk.welcome(place)
    assert await is_rung(stage.bells.deliver)
    await stage.desk.welcome(replace(place, channel="random"))
    await stage.desk.welcome(replace(place, workspace=WorkspaceId("there")))
    sent = await stage.store.claim_due_deliveries(NOW, HOUR, 10)
    assert [(d.channel.place.workspace, d.channel.place.channel, d.alert.kind) for d in sent] == [
        ("here", "general", AlertKind.NOTICE),
        ("there", "general", AlertKind.NOTICE),
    ]
    assert sent[0].alert.reason == WELCOME
