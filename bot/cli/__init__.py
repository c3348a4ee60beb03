"""Operator commands, a file per noun. Exit codes: 0 done, 1 found problems (each named), 2 wrong use or
configuration."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.cli import (
    backup,
    check,
    clean,
    doctor,
    feeds,
    feeds_opml,
    invite,
    links,
    people,
    run,
    slack_manifest,
    topics,
    transfer,
)
from bot.domain.errors import ConfigError, PackError, QueryError, TopicwireError

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk and a reader that went away show by then at the latest
        return code
    except QueryError as error:
        from bot.commands.pointing import point_below

        print(*point_below(error), sep="\n", file=sys.stderr)
        return WRONG_USE
    except (ConfigError, PackError) as error:
        _complain(error)
        return WRONG_USE
    except TopicwireError as error:
        _complain(error)
        return PROBLEMS
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): that is no problem of ours.
        sys.stderr.close()
        return DONE
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT) or error.filename is not None:
            raise
        print(f"topicwire: what was to be printed could not be written: {error.strerror}", file=sys.stderr)
        return PROBLEMS


def _complain(error: TopicwireError) -> None:
    for row in str(error).splitlines():
        print(f"topicwire: {row}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="topicwire", description="A news-alert bot for Discord and Slack.")
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration file (default: ./topicwire.toml)")
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="COMMAND")
    run.add_to(nouns)
    check.add_to(nouns)
    invite.add_to(nouns)
    doctor.add_to(nouns)
    backup.add_to(nouns)
    transfer.add_to(nouns)
    clean.add_to(nouns)
    people.add_to(nouns)
    links.add_to(nouns)
    feeds_opml.add_to(feeds.add_to(nouns))
    topics.add_to(nouns)
    slack_manifest.add_to(nouns)
    version = nouns.add_parser("version", help="print the version")
    version.set_defaults(run=_print_version)
    return parser


def _print_version(_: argparse.Namespace) -> int:
    print(f"topicwire {__version__}")
    return DONE
