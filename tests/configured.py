"""A configuration written for a test, and the problems that reading one tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.domain.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "topicwire.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path | None = None, **environ: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        config.load(path, environ)
    return caught.value.problems
