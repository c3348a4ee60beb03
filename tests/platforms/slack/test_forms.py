"""Forms as modals, within Slack's limits, and read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.commands.answers import FieldKind, Form, FormField
from bot.domain.cards import Call
from bot.domain.errors import InputError
from bot.platforms.slack.forms import find_errors, read_submission, render_form
from tests.servers.slack import block_problems
from tests.servers.slack.orders import named, view_state

FIELDS = (
    FormField(name="name", label="Name", value="chips"),
    FormField(name="query", label="Query", kind=FieldKind.TEXT, hint="Words", is_required=False),
    FormField(name="mode", label="Mode", kind=FieldKind.CHOICE, value="live", choices=("live", "digest")),
)
FORM = Form(title="Add", call=Call(command="topic add", arguments=(("owner", "us"),)), fields=FIELDS)


def sent(view: dict[str, Any], **values: str) -> dict[str, Any]:
    whole = {**view, "blocks": named(view["blocks"])}
    return {**whole, "state": view_state(whole, values)}


def test_what_is_sent_completes_the_call_of_the_form() -> None:
    read = read_submission(sent(render_form(FORM, "C1"), query="a & b", mode="digest"))
    assert read.channel == "C1"
    assert read.call == Call(
        command="topic add", arguments=(("owner", "us"), ("name", "chips"), ("query", "a & b"), ("mode", "digest"))
    )


def test_fields_left_empty_are_empty_texts() -> None:
    read = read_submission(sent(render_form(FORM, "C1")))
    assert dict(read.call.arguments)["query"] == ""


def test_errors_stand_at_their_field_and_others_at_the_first() -> None:
    wrong = (FormField(name="query", label="Query", error="bad"), FormField(name="gone", label="Gone", error="lost"))
    form = Form(title="Add", call=FORM.call, fields=wrong, error="too many")
    assert find_errors(form, ("name", "query")) == {"name": "too many lost", "query": "bad"}
    assert find_errors(form, ("query",)) == {"query": "too many lost bad"}
    assert find_errors(FORM, ("name",)) == {}


def test_a_form_opened_anew_shows_what_is_wrong() -> None:
    wrong = (FormField(name="query", label="Query", value="(", error="bad", hint="Words"),)
    view = render_form(Form(title="Add", call=FORM.call, fields=wrong, error="too many"), "C1")
    assert view["blocks"][0]["text"]["text"] == "too many"
    assert view["blocks"][1]["hint"]["text"] == "bad Words"


def test_a_form_that_carries_too_much_is_refused_in_words() -> None:
    form = Form(title="Add", call=Call(command="x", arguments=(("a", "b" * 3000),)), fields=FIELDS)
    with pytest.raises(InputError, match="too long for a form"):
        render_form(form, "C1")


def test_a_value_longer_than_slack_takes_is_cut() -> None:
    field = FormField(name="query", label="Query", value="q" * 4000)
    view = render_form(Form(title="Add", call=FORM.call, fields=(field,)), "C1")
    assert len(view["blocks"][0]["element"]["initial_value"]) == 3000


TEXTS = st.text(max_size=60).map(lambda text: text * 60)
NAMES = st.text(st.sampled_from("abcdefgh_"), min_size=1, max_size=20)
ANY_FIELDS = st.lists(
    st.builds(
        FormField,
        name=NAMES,
        label=TEXTS,
        kind=st.sampled_from(FieldKind),
        value=TEXTS,
        choices=st.lists(st.text(min_size=1, max_size=200), max_size=120, unique=True).map(tuple),
        hint=TEXTS,
        error=TEXTS,
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda field: field.name,
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, ANY_FIELDS, TEXTS)
def test_any_form_keeps_all_limits(title: str, fields: list[FormField], error: str) -> None:
    view = render_form(Form(title=title, call=FORM.call, fields=tuple(fields), error=error), "C1")
    assert not block_problems(view["blocks"], "modal")
    View(**view).validate_json()
