"""Serves a version of the corpus over loopback, one address a feed, so that no connection can be used twice.

nginx where it is installed, else a small server of our own; each in its own process, so that its cost is not ours.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from benchmarks.feeds_generator.corpus import Corpus, version_folder
from benchmarks.rounds import Round

START_SECONDS = 20.0
BACKLOG = 128
_FEEDS_PER_NET = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How it is to reach the servers: how long each answer waits, and the share of feeds that answer badly.

    With a `certificate` (and its key, in one file) they speak TLS.
    """

    delay_ms: int = 0
    broken: float = 0.0
    certificate: Path | None = None

    @property
    def is_ours(self) -> bool:
        """Tell whether only our own server makes such weather."""
        return bool(self.delay_ms or self.broken)

    @property
    def told(self) -> str:
        """Say it in words."""
        return f"{self.delay_ms} ms before each answer, {self.broken:.0%} of the feeds broken"

    def is_broken(self, number: int) -> bool:
        """Tell whether the feed with that number answers badly; they stand evenly among the others."""
        return int(number * self.broken) != int((number + 1) * self.broken)

    def broken_among(self, feeds: int) -> frozenset[int]:
        """List the feeds that answer badly."""
        return frozenset(filter(self.is_broken, range(feeds)))


CALM = Weather()


class ServerNotStartedError(RuntimeError):
    """The feed server did not begin to answer; what it said stands on standard error."""


def address_of(number: int) -> str:
    """Return the loopback address of the feed with that number."""
    return f"127.1.{number // _FEEDS_PER_NET}.{number % _FEEDS_PER_NET + 1}"


def find_port() -> int:
    """Find a port that is free now."""
    with socket.socket() as probe:
        probe.bind((address_of(0), 0))
        port: int = probe.getsockname()[1]
        return port


def list_urls(corpus: Corpus, port: int, scheme: str = "http") -> tuple[str, ...]:
    """List the feeds' addresses in their order."""
    return tuple(f"{scheme}://{address_of(number)}:{port}/{feed.file}" for number, feed in enumerate(corpus.feeds))


def find_nginx() -> str | None:
    """Find nginx, also where only root has it on the path."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def serving(corpus: Corpus, round_: Round, port: int, weather: Weather = CALM) -> Iterator[None]:
    """Serve what a round asks for while the block runs; raises ServerNotStartedError."""
    nginx = None if weather.is_ours else find_nginx()
    own = _own_command(corpus, round_, port, weather)
    command = own if nginx is None else _nginx_command(nginx, corpus, round_, port, weather.certificate)
    process = subprocess.Popen(command)
    try:
        _await_answers(process, len(corpus.feeds), port)
        yield
    finally:
        process.terminate()
        process.wait()


def _await_answers(process: subprocess.Popen[bytes], feeds: int, port: int) -> None:
    """Wait until the last address, which is the last to be opened, takes connections."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((address_of(feeds - 1), port), timeout=1.0).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise ServerNotStartedError(f"the feed server did not open port {port} within {START_SECONDS:g} seconds")


# -- nginx -----------------------------------------------------------------------------------------------------------

_NGINX = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 15000; }}
http {{
    types {{ application/xml xml; }}
    charset utf-8;
    access_log off;
    tcp_nodelay on;
    gzip_static always;
    {validators}
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    server {{
        {listen}
        {keys}
        root {root};
    }}
}}
"""


def _nginx_command(nginx: str, corpus: Corpus, round_: Round, port: int, certificate: Path | None) -> list[str]:
    file = corpus.folder / "nginx.conf"
    file.write_text(_configure_nginx(corpus, round_, port, certificate), encoding="utf-8")
    return [nginx, "-e", "stderr", "-c", str(file)]


def _configure_nginx(corpus: Corpus, round_: Round, port: int, certificate: Path | None) -> str:
    listening, keys = "", ""
    if certificate is not None:
        listening, keys = " ssl", f"ssl_certificate {certificate}; ssl_certificate_key {certificate};"
    without = 'etag off; if_modified_since off; add_header Last-Modified "";'
    return _NGINX.format(
        # Started by root, nginx would read the files as somebody who may not.
        user="user root;" if os.geteuid() == 0 else "",
        folder=corpus.folder,
        validators="" if round_.has_validators else without,
        listen="\n        ".join(
            f"listen {address_of(number)}:{port}{listening};" for number in range(len(corpus.feeds))
        ),
        keys=keys,
        root=version_folder(corpus.folder, round_.version),
    )


# -- our own ---------------------------------------------------------------------------------------------------------


def _own_command(corpus: Corpus, round_: Round, port: int, weather: Weather) -> list[str]:
    folder = version_folder(corpus.folder, round_.version)
    command = [sys.executable, "-m", "benchmarks.feed_server", str(folder), str(port)]
    command += ["--delay", str(weather.delay_ms), "--broken", str(weather.broken)]
    command += [] if weather.certificate is None else ["--certificate", str(weather.certificate)]
    return command if round_.has_validators else [*command, "--no-validators"]


_PAGE = b"<html><head><title>Just a moment</title></head><body><p>It will be back soon.</p></body></html>"
BAD_ANSWERS = (
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
    % (len(_PAGE), _PAGE),
    b"",
)
"""What a broken feed answers; nothing: the connection is cut."""


class Answers:
    """The answers of a folder, made once: head and packed body by path, and a 304 for who has it already."""

    def __init__(self, folder: Path, *, has_validators: bool, weather: Weather = CALM) -> None:
        self._has_validators = has_validators
        self.delay = weather.delay_ms / 1000
        self._full: dict[str, bytes] = {}
        self._unchanged: dict[str, bytes] = {}
        self._etags: dict[str, str] = {}
        for file in sorted(folder.glob("*.xml.gz")):
            self._add(file)
        for number, path in enumerate(self._full):
            if weather.is_broken(number):
                self._full[path] = self._unchanged[path] = BAD_ANSWERS[number % len(BAD_ANSWERS)]

    def answer(self, path: str, headers: Mapping[str, str]) -> bytes:
        """Return the whole answer to a request; header names are in small letters."""
        if path not in self._full:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        if self._has_validators and headers.get("if-none-match") == self._etags[path]:
            return self._unchanged[path]
        return self._full[path]

    def _add(self, file: Path) -> None:
        path, body, status = f"/{file.name.removesuffix('.gz')}", file.read_bytes(), file.stat()
        self._etags[path] = f'"{int(status.st_mtime):x}-{status.st_size:x}"'
        modified = format_datetime(datetime.fromtimestamp(status.st_mtime, UTC), usegmt=True)
        validators = f"ETag: {self._etags[path]}\r\nLast-Modified: {modified}\r\n" if self._has_validators else ""
        end = f"{validators}Connection: close\r\n\r\n"
        self._unchanged[path] = f"HTTP/1.1 304 Not Modified\r\n{end}".encode()
        kind = "Content-Type: application/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        self._full[path] = f"HTTP/1.1 200 OK\r\n{kind}Content-Length: {len(body)}\r\n{end}".encode() + body


class _Connection(asyncio.Protocol):
    """One connection: one request, one answer."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        head, end, _ = self._asked.partition(b"\r\n\r\n")
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        answer = self._answers.answer(first.split()[1], headers)
        if self._answers.delay:
            asyncio.get_running_loop().call_later(self._answers.delay, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: bytes) -> None:
        if answer:
            self._transport.write(answer)
            self._transport.close()
        else:
            self._transport.abort()


async def _serve(answers: Answers, feeds: int, port: int, certificate: Path | None) -> None:
    hosts = [address_of(number) for number in range(feeds)]
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(answers), hosts, port, backlog=BACKLOG, ssl=context
    )
    async with server:
        await server.serve_forever()


def main() -> None:
    """Serve a folder until terminated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--no-validators", action="store_true", help="no ETag, no Last-Modified, never 304")
    parser.add_argument("--delay", type=int, default=0, help="milliseconds before each answer")
    parser.add_argument("--broken", type=float, default=0.0, help="share of feeds that answer badly")
    parser.add_argument("--certificate", type=Path, help="speak TLS with this certificate and key")
    asked = parser.parse_args()
    weather = Weather(delay_ms=asked.delay, broken=asked.broken)
    answers = Answers(asked.folder, has_validators=not asked.no_validators, weather=weather)
    asyncio.run(_serve(answers, sum(1 for _ in asked.folder.glob("*.xml.gz")), asked.port, asked.certificate))


if __name__ == "__main__":
    main()
