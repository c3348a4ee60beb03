"""What a story says, at the top of its card: its own sentences, or a machine's, which are marked as such."""

from __future__ import annotations

from bot.alerts.phrases import is_same_language, say
from bot.domain.cards import Line, Span, line
from bot.domain.views import StoryView


def summary_lines(view: StoryView, language: str) -> tuple[Line, ...]:
    """Show the summary; a machine's with its mark, and with its headline where the story's is in another language."""
    made = view.machine
    if made is None:
        return (line(view.summary),) if view.summary else ()
    mark = f"({say('machine', language)})"
    if is_same_language(view.language, made.language):
        return (line(f"{made.summary} {mark}"),)
    return line(Span(text=made.headline, is_bold=True), f" {mark}"), line(made.summary)
