"""The settings of one Slack workspace."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """A Slack app that is installed in a workspace."""

    bot_token: str = field(default="", repr=False)
    """The Bot User OAuth Token (xoxb-…) of the installed app; never logged."""
    app_token: str = field(default="", repr=False)
    """The app-level token (xapp-…) with the scope connections:write, for Socket Mode; never logged."""
    name: str = "slack"
    """What this workspace is called in logs."""
    members_manage: bool = True
    """Whether every full member may change what a channel watches; guests never may, admins and owners always."""
