"""Where a folder `shared` beside the checkout holds larger sample data, and the mark for tests that need it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the folder shared/data is not beside the checkout"
)
