"""What Slack's refusals mean, also where something in between answers in its place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import (
    EditRefusedError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.platforms.slack.refusals import ask, explain


def refusal(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="https://slack.example/api/chat.postMessage",
        req_args={},
        data=data,
        headers=headers or {},
        status_code=status,
    )
    make: Any = SlackApiError  # untyped in slack_sdk
    return cast(SlackApiError, make("refused", response))


@pytest.mark.parametrize(
    "data, status, expected, said",
    [
        ({}, 429, RetryLaterError, "429"),
        ({}, 503, UnknownOutcomeError, "503"),
        ({"error": "service_unavailable"}, 503, RetryLaterError, "service_unavailable"),
        ({}, 502, UnknownOutcomeError, "502"),
        ({"error": "some_error"}, 500, UnknownOutcomeError, "some_error"),
        ("<html>", 404, UnknownOutcomeError, "404"),
        ({"error": "edit_window_closed"}, 200, EditRefusedError, "so old"),
        ({"error": "missing_scope", "needed": "groups:history"}, 200, PlatformRefusedError, "scope groups:history"),
        ({"error": "token_revoked"}, 200, PlatformRefusedError, "set the new token in TOPICWIRE_SLACK_BOT_TOKEN"),
        ({"error": "external_channel_migrating"}, 200, RetryLaterError, "asks to wait"),
        ({"error": "no_permission"}, 200, PlatformRefusedError, "ask an admin"),
        ({"error": "restricted_action_thread_only_channel"}, 200, PermanentError, "let an admin"),
        ({"error": "odd", "response_metadata": {"messages": ["[ERROR] why"]}}, 200, MessageRefusedError, "odd; .*why"),
    ],
)
def test_a_refusal_becomes_an_error_of_ours(data: Any, status: int, expected: type[PlatformError], said: str) -> None:
    error = explain(refusal(data, status), channel="C1")
    assert type(error) is expected
    with pytest.raises(PlatformError, match=said):
        raise error


@pytest.mark.parametrize("value, expected", [("30", timedelta(seconds=30)), ("", None), ("soon", None)])
def test_the_wait_that_slack_asks_for_is_kept(value: str, expected: timedelta | None) -> None:
    error = explain(refusal({"error": "ratelimited"}, 429, {"Retry-After": value}))
    assert cast(RetryLaterError, error).retry_after == expected


async def test_a_plain_text_in_place_of_an_answer_leaves_the_outcome_unknown() -> None:
    async def answer() -> AsyncSlackResponse:
        response: Any = refusal("please log in to the hotel").response
        return cast(AsyncSlackResponse, response.validate())

    with pytest.raises(UnknownOutcomeError, match="between here and Slack"):
        await ask(answer())
