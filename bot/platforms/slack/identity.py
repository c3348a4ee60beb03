"""Who the bot is in a workspace, and what it may do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.models import WorkspaceId

REQUIRED_SCOPES = {
    "chat:write": "to post",
    "channels:history": "to see whether a message arrived when an answer is lost",
    "users:read": "to know who may change things",
}
WANTED_SCOPES = {
    "commands": "without it there is no /news",
    "im:write": "without it nobody can follow by direct message",
    "groups:history": "without it nothing can be settled in private channels",
    "files:write": "without it charts come as text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The bot in its team, whose page is at `url`. `scopes` is None where Slack did not tell them."""

    team_id: str
    user_id: str
    bot_id: str
    name: str
    scopes: frozenset[str] | None
    url: str = ""

    @property
    def workspace(self) -> WorkspaceId:
        """The workspace that places of this team belong to."""
        return WorkspaceId(f"slack:{self.team_id}")

    def lacks(self, scopes: dict[str, str]) -> Sequence[str]:
        """Name those of the scopes that the app was not given, with what each is for."""
        if self.scopes is None:
            return ()
        return [f"{scope} ({why})" for scope, why in scopes.items() if scope not in self.scopes]


def read_identity(answer: AsyncSlackResponse) -> Identity:
    """Read the answer of auth.test; the scopes stand in a header."""
    header = next((str(v) for k, v in dict(answer.headers).items() if k.lower() == "x-oauth-scopes"), None)
    return Identity(
        team_id=str(answer["team_id"]),
        user_id=str(answer["user_id"]),
        bot_id=str(answer.get("bot_id") or ""),
        name=str(answer.get("user") or "topicwire"),
        url=str(answer.get("url") or ""),
        scopes=None if header is None else frozenset(part.strip() for part in header.split(",") if part.strip()),
    )
