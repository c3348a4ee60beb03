"""The conductor's side of the turns: starts `python -m MODULE`, lets it run rounds, and reads what it measured."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from types import TracebackType
from typing import Self, TypeVar

from pydantic import TypeAdapter

from benchmarks.rounds import Brief, FloorLap, Lap, Ready

Told = TypeVar("Told", Lap, FloorLap, Ready)


class ProcessEndedError(RuntimeError):
    """A measured process ended before its turn was over; what it said stands on standard error."""


class Measured:
    """A measured process, run by this Python or by another one; it ends with the block."""

    def __init__(self, module: str, brief: Brief, *, python: str = sys.executable) -> None:
        self._module = module
        self._process = subprocess.Popen(
            [python, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._brief = brief

    def __enter__(self) -> Self:
        self._send(json.dumps(asdict(self._brief)))
        self.ready = self._hear(Ready)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # The end of its input is the end of its work.
        self._process.communicate()

    def run(self, name: str, shape: type[Told]) -> Told:
        """Let the process run a round and return its lap; raises ProcessEndedError."""
        self._send(name)
        return self._hear(shape)

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _hear(self, shape: type[Told]) -> Told:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ProcessEndedError(f"{self._module} ended before its turn was over (exit {self._process.wait()})")
        return TypeAdapter(shape).validate_json(line)
