"""The settings of one Slack workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

OWN_NAME = "slack"
"""The name of the workspace whose tokens stand in the variables without a name."""
_HEAD = "TOPICWIRE_SLACK_"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """A Slack app that is installed in a workspace; [[slack]], with a name each, for several."""

    bot_token: str = field(default="", repr=False)
    """The Bot User OAuth Token (xoxb-…) of the installed app; never logged."""
    app_token: str = field(default="", repr=False)
    """The app-level token (xapp-…) with the scope connections:write, for Socket Mode; never logged."""
    bot_token_file: Path | None = None
    """A file that holds the bot token instead."""
    app_token_file: Path | None = None
    """A file that holds the app-level token instead."""
    name: str = OWN_NAME
    """What this workspace is called in logs, and in the variables of its tokens: small letters, digits, - and _."""
    members_manage: bool = True
    """Whether every full member may change what a channel watches; guests never may, admins and owners always."""
    unfurl: bool = False
    """Whether the links of alerts unfold below them."""
    broadcast: bool = False
    """Whether a development, which is a reply in its story's thread, is shown in the channel too."""


def name_variable(variable: str, name: str) -> str:
    """Return the variable of a workspace's token: TOPICWIRE_SLACK_BOT_TOKEN, TOPICWIRE_SLACK_ACME_BOT_TOKEN."""
    if name == OWN_NAME:
        return variable
    return f"{_HEAD}{name.upper().replace('-', '_')}_{variable.removeprefix(_HEAD)}"
