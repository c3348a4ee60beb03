"""What holds for every test: no public feed is polled, and nothing leaves loopback."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from tests.network_stop import STOP


def pytest_configure() -> None:
    """Set what child processes inherit too, and stop the network before any test module is imported."""
    os.environ["TOPICWIRE_FEEDS__FILES"] = "[]"
    STOP.install()


def pytest_unconfigure() -> None:
    """Give the network back to whoever embeds the test run."""
    STOP.uninstall()


def pytest_collection_finish() -> None:
    """Leave what was imported and collected, a million objects that stay, out of each search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail a test whose code reached for the network, also where that code swallowed the refusal."""
    STOP.attempts.clear()
    yield
    assert not STOP.attempts, f"reached for the network: {STOP.attempts}"
