"""The middle tier: `make chaos` over two hundred kills, in all weathers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_data import ROOT

KILLS = 200


@pytest.mark.slow
def test_two_hundred_kills_lose_and_repeat_nothing() -> None:
    command = ["make", "--no-print-directory", "chaos", f"KILLS={KILLS}", f"PY={sys.executable}"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    report = json.loads(Path(ROOT, "chaos-report.json").read_text(encoding="utf-8"))
    assert (report["kills"], report["lost"], report["duplicated"]) == (KILLS, 0, 0)
    assert report["seen"] == report["expected"] > 0
