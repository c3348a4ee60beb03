"""Numbers as a row of small blocks: a chart that any chat and any terminal can show."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
UNKNOWN = "·"
MOST_BLOCKS = 60


def draw_sparkline(values: Sequence[int], *, highest: int | None = None, unknown: int = 0) -> str:
    """Draw numbers against the highest of them (or a `highest` shared with other rows); the first `unknown` are dots.

    More than sixty are drawn as the means of equal runs. Anything above nothing stands above the lowest block.
    """
    run = -(-len(values) // MOST_BLOCKS) or 1
    means = [sum(values[at : at + run]) / len(values[at : at + run]) for at in range(0, len(values), run)]
    top = highest if highest is not None and run == 1 else max(means, default=0)
    return "".join(
        UNKNOWN if (number + 1) * run <= unknown else _block(mean, top or 1) for number, mean in enumerate(means)
    )


def _block(value: float, top: float) -> str:
    if value <= 0:
        return BLOCKS[0]
    return BLOCKS[min(len(BLOCKS) - 1, max(1, round(value / top * (len(BLOCKS) - 1))))]
