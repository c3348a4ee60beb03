"""What each platform shows for each element of a card, read out of the renderers' golden files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.shared_data import ROOT

GOLDEN = ROOT / "tests" / "platforms"
NOTE = "<!-- Made of the renderers' golden files: python -m tests.generated -->\n"
INTRO = """A card is one platform-neutral message: title, sections of lines, image, buttons, a last line. The excerpts
are what goes over the wire. No text of a feed can ping, link or format anything: the last rows show how it is disarmed.
What has no room loses whole lines from the end, never the title, the buttons or the last line.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a platform shows an element, and the excerpt: a golden file, the path of a text in it, and a pattern."""

    where: str
    file: str = ""
    path: str = ""
    pattern: str = r"(?s).+"

    def excerpt(self, platform: str) -> str:
        """Return the excerpt; raises LookupError where the golden file does not show it (any more)."""
        held: Any = json.loads((GOLDEN / platform / "golden" / f"{self.file}.json").read_text(encoding="utf-8"))
        for step in self.path.split("."):
            held = held[int(step)] if step.isdecimal() else held[step]
        found = re.search(self.pattern, held if isinstance(held, str) else json.dumps(held, ensure_ascii=False))
        if found is None:
            raise LookupError(f"{platform}/{self.file}.json: {self.path} does not show {self.pattern!r}")
        return found[0]


ELEMENTS: tuple[tuple[str, Shown, Shown], ...] = (
    (
        "Title with a link",
        Shown("the embed's title, linked by its `url`", "alert", "embeds.0.title"),
        Shown("a section, bold and linked", "story", "blocks.0.text.text"),
    ),
    (
        "Title without a link",
        Shown("the embed's title", "bare", "embeds.0.title"),
        Shown("a header", "answer", "blocks.0.text.text"),
    ),
    (
        "Heading of a section",
        Shown("bold, on a line of its own", "alert", "embeds.0.description", r"\*\*Why\*\*"),
        Shown("bold, on a line of its own", "story", "blocks.2.text.text", r"\*Why\*"),
    ),
    (
        "Bold words",
        Shown("bold", "alert", "embeds.0.description", r"\*\*huawei\*\*"),
        Shown("bold, where Slack would read it so", "story", "blocks.2.text.text", r"\*5G bans\*"),
    ),
    (
        "Link in a line",
        Shown("a masked link", "alert", "embeds.0.description", r"\[Der[^\n]*?/1\)"),
        Shown("a labelled link", "story", "blocks.3.text.text", r"<https[^>]*>"),
    ),
    (
        "Instant",
        Shown("in the reader's zone, relative", "alert", "embeds.0.description", r"<t:\d+:R>"),
        Shown("in the reader's zone", "story", "blocks.3.text.text", r"<!date[^>]*>"),
    ),
    (
        "Image",
        Shown("the embed's image", "alert", "embeds.0.image.url"),
        Shown("an image block, the title as its alt text", "story", "blocks.4.alt_text"),
    ),
    (
        "Button that asks something",
        Shown("a button; the command and its arguments in its id", "alert", "components.0.components.0.custom_id"),
        Shown("a button; the command in its id, the arguments in its value", "story", "blocks.5.elements.0.action_id"),
    ),
    (
        "Button with a link",
        Shown("a link button", "alert", "components.0.components.1.url"),
        Shown("a link button", "story", "blocks.5.elements.1.url"),
    ),
    (
        "Small last line",
        Shown("the embed's footer", "alert", "embeds.0.footer.text"),
        Shown("a context block", "story", "blocks.6.elements.0.text"),
    ),
    (
        "Instant in the last line",
        Shown("the embed's timestamp", "footed", "embeds.0.timestamp"),
        Shown("as in any line", "story", "blocks.6.elements.0.text", r"<!date[^>]*>"),
    ),
    (
        "Caret under a mistake",
        Shown("letters of one width", "pointed", "embeds.0.description", r"(?s)```.*?\^"),
        Shown("letters of one width", "mistake", "blocks.1.text.text", r"(?s)```.*?\^"),
    ),
    ("Notification", Shown("Discord's own, of the embed"), Shown("`text`", "story", "text")),
    (
        "A mention in feed text",
        Shown("escaped, and no ping is allowed", "alert", "embeds.0.description", r"\\\\?@everyone"),
        Shown("escaped", "hostile", "blocks.1.text.text", r"&lt;!here&gt;"),
    ),
    (
        "Markup in feed text",
        Shown("escaped", "alert", "embeds.0.title", r"\\\*a\\\*"),
        Shown("as it is; bold is left out around it", "hostile", "blocks.1.text.text", r"_so_ `it`"),
    ),
)


def write_cards() -> str:
    """Write the table."""
    rows = [f"| {name} | {_cell(discord, 'discord')} | {_cell(slack, 'slack')} |" for name, discord, slack in ELEMENTS]
    head = ["# What a card becomes\n", NOTE, INTRO, "| element | Discord | Slack |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _cell(shown: Shown, platform: str) -> str:
    return shown.where if not shown.file else f"{shown.where}: {_code(shown.excerpt(platform))}"


def _code(text: str) -> str:
    """Write a text as code in a table: one line, fenced by more backticks than it holds."""
    flat = text.replace("\n", " ⏎ ").replace("|", "\\|")
    fence = "`" * (max((len(run) for run in _runs(flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _runs(text: str) -> Iterator[str]:
    yield from re.findall(r"`+", text)
