"""`topicwire slack-manifest`: the manifest from which Slack makes the app."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bot.platforms.slack.manifest import make_manifest

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

NEXT = """Next, all of it in docs/slack.md:
1. https://api.slack.com/apps, Create New App, From a manifest: choose the workspace and JSON, paste what stands above.
2. Install App, Install: the Bot User OAuth Token (xoxb-…) is TOPICWIRE_SLACK_BOT_TOKEN.
3. Basic Information, App-Level Tokens, Generate with connections:write: that (xapp-…) is TOPICWIRE_SLACK_APP_TOKEN.
4. Start topicwire run, type /invite @{name} in a channel, then /news subscribe huawei."""


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("slack-manifest", help="print the manifest of the Slack app: paste, install, two tokens")
    parser.add_argument("--name", default="Topicwire", help="what the app is called in Slack (at most 35 characters)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        manifest = make_manifest(options.name)
    except ValueError as error:
        print(f"topicwire: --name: {error}", file=sys.stderr)
        return 2
    print(json.dumps(manifest, indent=2, ensure_ascii=False))
    if sys.stdout.isatty():  # in a pipe or a file the manifest stands alone
        print(NEXT.format(name=manifest["features"]["bot_user"]["display_name"]), file=sys.stderr)
    return 0
