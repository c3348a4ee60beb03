"""Who the bot is in a workspace, and what it may do there."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.models import WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The bot in its team (called `team`, with its page at `url`). `scopes`: None where Slack did not tell them.

    `workspace` is the one that places of this team belong to: its own, or the home of its community.
    """

    team_id: str
    user_id: str
    bot_id: str
    name: str
    scopes: frozenset[str] | None
    workspace: WorkspaceId
    url: str = ""
    team: str = ""

    @property
    def native(self) -> WorkspaceId:
        """The workspace as Slack knows it, whatever community it is in."""
        return name_workspace(self.team_id)


def name_workspace(team_id: str) -> WorkspaceId:
    """Return the workspace of a team that is in no community."""
    return WorkspaceId(f"slack:{team_id}")


def read_identity(answer: AsyncSlackResponse) -> Identity:
    """Read the answer of auth.test; the scopes stand in a header."""
    header = next((str(v) for k, v in dict(answer.headers).items() if k.lower() == "x-oauth-scopes"), None)
    return Identity(
        team_id=str(answer["team_id"]),
        workspace=name_workspace(str(answer["team_id"])),
        user_id=str(answer["user_id"]),
        bot_id=str(answer.get("bot_id") or ""),
        name=str(answer.get("user") or "topicwire"),
        url=str(answer.get("url") or ""),
        team=str(answer.get("team") or ""),
        scopes=None if header is None else frozenset(part.strip() for part in header.split(",") if part.strip()),
    )
