"""The app manifest: what is pasted at api.slack.com/apps to make the app, with everything that it needs switched on.

https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from typing import Any

from bot.platforms.slack.needs import COMMAND, EVENTS, SCOPES, SHORTCUT, WATCH

MAX_NAME = 35
BLURB = "News alerts on the topics that you choose, each story once"


def make_manifest(name: str = "Topicwire") -> dict[str, Any]:
    """Return the manifest of an app of this name (1 to 35 characters); raises ValueError for a name of another length.

    The app is for one workspace and speaks over Socket Mode: nothing of it is reached from outside.
    """
    shown = " ".join(name.split())
    if not 1 <= len(shown) <= MAX_NAME:
        raise ValueError(f"an app's name has 1 to {MAX_NAME} characters, not {len(shown)}")
    return {
        "display_information": {"name": shown, "description": BLURB},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": shown, "always_online": True},
            "shortcuts": [
                {"name": SHORTCUT, "type": "message", "callback_id": WATCH, "description": "Watch what this is about"}
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "News alerts on your topics",
                    "usage_hint": "subscribe huawei, search …, help",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": [scope.name for scope in SCOPES]}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
