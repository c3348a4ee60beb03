"""Text files in the terminal, and what goes into a file in its place."""

from __future__ import annotations

import io
from typing import Any, cast

from rich.console import Console

from bot.commands.answers import Reply, TextFile
from bot.domain.cards import Card
from bot.platforms.console.adapter import WELCOME, ConsolePlatform


class Desk:
    """A desk whose clock stands."""

    def clock(self) -> Any:
        """Cards without instants need none."""


def test_a_file_is_printed_as_it_stands() -> None:
    written = io.StringIO()
    console = Console(file=written, width=40)
    platform = ConsolePlatform(cast(Any, Desk()), on_exit=lambda: None, console=console, is_interactive=False)
    content = "<opml>\n" + '  <outline text="[red]x[/red]" xmlUrl="https://a.example/' + "x" * 100 + '"/>\n</opml>\n'
    answer = Reply(card=Card(title="A list", text="A list"), file=TextFile(name="feeds.opml", content=content))
    platform.show_reply(answer)
    assert content in written.getvalue()
    assert written.getvalue().index("A list") < written.getvalue().index("<opml>")


async def test_what_is_said_at_the_start_stands_in_whole_lines_where_it_goes_into_a_file() -> None:
    written = io.StringIO()
    console = Console(file=written, width=40)
    platform = ConsolePlatform(cast(Any, Desk()), on_exit=lambda: None, console=console, is_interactive=False)
    platform.note(f"In the browser: http://127.0.0.1:8420/console, {'and so on' * 9}")
    await platform.start()
    assert f"{WELCOME}\nIn the browser: http://127.0.0.1:8420/console, {'and so on' * 9}\n" in written.getvalue()
