"""Every trick of a server ends in one outcome word and a reason in words, and delays no other feed."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.feeds import Outcome
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import FetchSettings
from bot.feeds.fetch import HttpFetcher
from tests.feeds.fetching import open_fetcher
from tests.hostile.server import HostileServer
from tests.hostile.tricks import MAX_BYTES, SECONDS, TRICKS

PATIENCE = timedelta(seconds=SECONDS)


async def _read(fetcher: HttpFetcher, url: str) -> Reading:
    return await fetcher.read(FeedRequest(url=url))


async def _keep_asking(fetcher: HttpFetcher, url: str, waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        assert (await _read(fetcher, url)).entries
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.05)


async def test_every_trick_ends_in_a_word_and_a_reason_and_delays_no_other_feed() -> None:
    plays = {trick.path: trick.play for trick in TRICKS}
    waits: list[float] = []
    async with HostileServer(plays) as server:
        settings = FetchSettings(
            allow=(server.address,), timeout=PATIENCE, max_bytes=MAX_BYTES, concurrency=200,
            per_host=200, host_pause=timedelta(0),
        )  # fmt: skip
        async with open_fetcher(settings) as fetcher:
            await _read(fetcher, server.url("/good"))
            asking = asyncio.create_task(_keep_asking(fetcher, server.url("/good"), waits))
            readings = await asyncio.gather(*(_read(fetcher, server.url(trick.path)) for trick in TRICKS))
            asking.cancel()
            await asyncio.wait([asking])
    assert asking.cancelled()
    said = {trick.path: reading.reason for trick, reading in zip(TRICKS, readings, strict=True)}
    assert said == {trick.path: trick.reason for trick in TRICKS}
    for trick, reading in zip(TRICKS, readings, strict=True):
        assert reading.outcome is (Outcome.FAILED if trick.reason else Outcome.NEW), trick
        assert bool(reading.entries) is not bool(trick.reason), trick
    assert len(waits) > 5
    assert max(waits) < SECONDS, waits


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a key with a certificate that nobody has signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    key, signed = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=feeds.example"]
    subprocess.run([openssl, *words, "-keyout", key, "-out", signed], check=True, capture_output=True)
    both = tmp_path / "both.pem"
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both


async def test_a_server_without_tls_and_one_with_a_wrong_certificate_are_told(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with (
        HostileServer({}) as plain,
        HostileServer({}, tls=context) as unknown,
        open_fetcher(FetchSettings(allow=(plain.address, unknown.address), timeout=PATIENCE)) as fetcher,
    ):
        not_tls = await _read(fetcher, f"https://{plain.address}/good")
        self_signed = await _read(fetcher, unknown.url("/good"))
        plain_to_tls = await _read(fetcher, f"http://{unknown.address}/good")
    assert not_tls.reason == "a secure connection (TLS) could not be made"
    assert self_signed.reason == "its TLS certificate is not valid: self-signed certificate"
    assert plain_to_tls.reason == "the server closed the connection without an answer"
    assert plain.asked == unknown.asked == []
