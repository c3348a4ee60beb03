"""Forms as Discord's modals: every limit kept in every script, and what was typed kept as it is."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.answers import FieldKind, Form, FormField
from bot.domain.cards import Call
from bot.platforms.discord.forms import make_modal, read_submission
from bot.platforms.discord.markdown import units

SIGNS = ("a", "字", "🦊", "e\u0301", "👩\u200d🚀", "ا\u0651")


async def payload(form: Form, key: str = "key") -> dict[str, Any]:
    """Make the modal in a loop, as the library wants it."""
    return make_modal(form, key).to_dict()


@pytest.mark.parametrize("sign", SIGNS)
async def test_every_limit_of_a_form_holds_at_its_edge(sign: str) -> None:
    for number in (1, 20, 45, 46, 99, 100, 101, 2000, 4000, 4001):
        text = sign * number
        fields = tuple(FormField(name=n, label=text, hint=text, error=text, value=text) for n in "abcdefg")
        made = await payload(Form(title=text, call=Call(command="topic add"), fields=fields))
        assert 0 < units(made["title"]) <= 45
        assert len(made["components"]) == 5
        for label in made["components"]:
            assert 0 < units(label["label"]) <= 45
            assert 0 < units(label["description"]) <= 100
            value = label["component"]["value"]
            assert units(value) <= 4000
            assert text.startswith(value)
            assert value == text or units(value) > 3990


@pytest.mark.parametrize("arguments", [(), (("topic", "a&b=c:d %"),), (("query", "🦊" * 40),)])
async def test_a_form_carries_its_call_where_that_fits(arguments: tuple[tuple[str, str], ...]) -> None:
    call = Call(command="topic add", arguments=arguments)
    choice = FormField(name="mode", label="Mode", kind=FieldKind.CHOICE, choices=("live", "digest"), value="live")
    made = await payload(Form(title="Add", call=call, fields=(choice,)))
    assert units(made["custom_id"]) <= 100
    picked = {"type": 18, "component": {"type": 3, "custom_id": "mode", "values": ["digest"]}}
    sent = read_submission({"custom_id": made["custom_id"], "components": [picked]})
    assert sent is not None
    assert (sent.key, sent.typed) == ("key", {"mode": "digest"})
    assert sent.call == (None if arguments and len(arguments[0][1]) == 40 else call)


def test_a_modal_of_somebody_else_is_none_of_ours() -> None:
    assert read_submission({"custom_id": "another", "components": []}) is None
