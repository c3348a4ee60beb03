"""The guard lets nothing through that is not public, in whatever form an address comes."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TopicwireError
from bot.domain.feeds import Outcome
from bot.domain.records import FeedRequest
from bot.domain.settings import FetchSettings
from bot.feeds.guard import AllowedAddress, BlockedAddressError, Guard, GuardedResolver, find_denial
from tests.feeds.fetching import open_fetcher
from tests.servers.feeds import FeedServer

DENIED = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("100.64.0.1", "CGNAT"),
    ("100.127.255.255", "CGNAT"),
    ("169.254.0.1", "link-local"),
    ("169.254.169.254", "metadata"),
    ("168.63.129.16", "metadata"),
    ("100.100.100.200", "metadata"),
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("192.0.0.1", "reserved"),
    ("192.0.2.1", "reserved"),
    ("198.18.0.1", "reserved"),
    ("198.51.100.1", "reserved"),
    ("203.0.113.1", "reserved"),
    ("192.88.99.1", "6to4"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "link-local"),
    ("fec0::1", "site-local"),
    ("fc00::1", "private"),
    ("fd12:3456:789a::1", "private"),
    ("fd00:ec2::254", "metadata"),
    ("ff02::1", "multicast"),
    ("64:ff9b::7f00:1", "NAT64"),
    ("64:ff9b::808:808", "NAT64"),
    ("64:ff9b:1::a00:1", "NAT64"),
    ("2002:7f00:1::", "6to4"),
    ("2002:808:808::1", "6to4"),
    ("2001:0:53aa:64c::1", "Teredo"),
    ("2001:db8::1", "reserved"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:10.1.2.3", "private"),
    ("::ffff:169.254.169.254", "metadata"),
    ("::ffff:0:8.8.8.8", "reserved"),
    ("::127.0.0.1", "loopback"),
    ("::8.8.8.8", "reserved"),
    ("100::1", "reserved"),
    ("not an address", "not an address"),
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address, kind", DENIED)
def test_an_address_that_is_not_public_is_denied_by_name(address: str, kind: str) -> None:
    denial = find_denial(address)
    assert denial is not None
    assert kind in denial


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address: str) -> None:
    assert find_denial(address) is None


@given(st.ip_addresses(v=4))
def test_no_ipv6_form_reaches_more_than_the_ipv4_address_itself(address: object) -> None:
    if find_denial(str(address)) is not None:
        for form in ("::ffff:{}", "::ffff:0:{}", "::{}", "64:ff9b::{}"):
            assert find_denial(form.format(address)) is not None


@pytest.mark.parametrize("address", [address for address, _ in DENIED if address != "not an address"])
def test_no_socket_is_made_for_a_denied_address(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(BlockedAddressError):
        Guard().make_socket((family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 80)))


def test_the_message_names_the_address_and_the_remedy() -> None:
    with pytest.raises(TopicwireError) as caught:
        Guard().check("10.0.0.5", 8080, host="intranet.example")
    message = str(caught.value)
    assert "intranet.example is 10.0.0.5, a private address" in message
    assert '"intranet.example:8080" to fetch.allow' in message
    with pytest.raises(BlockedAddressError, match=r'add "\[::1\]:80" to fetch.allow'):
        Guard().check("::1", 80)


@pytest.mark.parametrize(
    "allow, host, port, expected",
    [
        ("127.0.0.1:8000", "127.0.0.1", 8000, True),
        ("127.0.0.1:8000", "127.0.0.1", 8001, False),
        ("127.0.0.1:8000", "127.0.0.2", 8000, False),
        ("[::1]:8000", "::1", 8000, True),
        ("[::1]:8000", "0:0:0:0:0:0:0:1", 8000, True),
        ("Intranet.Example:80", "intranet.example", 80, True),
        ("intranet.example:80", "intranet.example.", 80, True),
        ("intranet.example:80", "evil.intranet.example", 80, False),
        ("intranet.example", "intranet.example", 80, False),
        ("intranet.example:http", "intranet.example", 80, False),
        ("", "", 80, False),
    ],
)
def test_only_the_named_host_and_port_is_allowed(allow: str, host: str, port: int, expected: bool) -> None:
    assert Guard.of([allow]).is_allowed(host, port) is expected


class TestResolver:
    """Names, with look-ups that answer what the table says."""

    TABLE: ClassVar[dict[str, list[str]]] = {
        "public.test": ["8.8.8.8"],
        "private.test": ["10.0.0.5"],
        "mixed.test": ["10.0.0.5", "8.8.8.8", "64:ff9b::a00:5"],
        "none.test": [],
    }

    def resolver(self, *allow: str) -> GuardedResolver:
        async def look_up(host: str, port: int, family: int) -> Sequence[str]:
            return self.TABLE[host]

        return GuardedResolver(Guard.of(allow), look_up)

    async def test_public_addresses_are_handed_on(self) -> None:
        found = await self.resolver().resolve("public.test", 80)
        assert [result["host"] for result in found] == ["8.8.8.8"]

    async def test_a_name_for_a_private_address_is_refused_in_words(self) -> None:
        with pytest.raises(BlockedAddressError, match=r"private\.test is 10\.0\.0\.5"):
            await self.resolver().resolve("private.test", 80)

    async def test_of_several_addresses_only_the_public_ones_are_used(self) -> None:
        found = await self.resolver().resolve("mixed.test", 80)
        assert [result["host"] for result in found] == ["8.8.8.8"]

    async def test_a_name_without_addresses_is_an_error(self) -> None:
        with pytest.raises(OSError, match="no address"):
            await self.resolver().resolve("none.test", 80)

    async def test_the_permission_of_an_allowed_name_travels_to_the_socket(self) -> None:
        found = await self.resolver("private.test:80").resolve("private.test", 80)
        address = found[0]["host"]
        assert isinstance(address, AllowedAddress)
        Guard().check(address, 80)

    async def test_a_name_is_allowed_by_its_literal_address_too(self) -> None:
        found = await self.resolver("10.0.0.5:80").resolve("private.test", 80)
        assert [result["host"] for result in found] == ["10.0.0.5"]

    async def test_an_allowed_name_opens_nothing_for_another_name_of_the_same_address(self) -> None:
        resolver = self.resolver("private.test:80")
        await resolver.resolve("private.test", 80)
        with pytest.raises(BlockedAddressError):
            Guard.of(["private.test:80"]).check("10.0.0.5", 80)


# Each of these would dial or look up something if the guard let it: the network stop of the test run records that.
VECTORS = [
    *(f"http://{f'[{a}]' if ':' in a else a}/feed" for a, _ in DENIED if "%" not in a and " " not in a),
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://localhost/",
    "http://user:secret@127.0.0.1/",
    "http://public.example@127.0.0.1/",
    "http://127.0.0.1:80\\@public.example/",
    "https://[::ffff:7f00:1]/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "ftp://127.0.0.1/",
    "javascript:alert(1)",
    "http:///etc/passwd",
    "http://",
    "//127.0.0.1/",
    "",
]


async def test_no_vector_is_dialled() -> None:
    async with open_fetcher(FetchSettings()) as fetcher:
        readings = [(url, await fetcher.read(FeedRequest(url=url))) for url in VECTORS]
    for url, reading in readings:
        assert reading.outcome is Outcome.FAILED, url
        assert "secret" not in reading.reason
        assert "may not be fetched" in reading.reason or "cannot be used" in reading.reason, (url, reading.reason)


REDIRECTS = [
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]:9/",
    "http://127.0.0.9:9/",
    "//10.0.0.1/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://2130706433/",
    "gopher://x/",
    "http://[",
]


async def test_a_redirect_passes_the_same_guard() -> None:
    async with FeedServer() as server, open_fetcher(FetchSettings(allow=(server.address,))) as fetcher:
        for target in REDIRECTS:
            server.page("/feed", redirect=target)
            reading = await fetcher.read(FeedRequest(url=server.url("/feed")))
            assert reading.outcome is Outcome.FAILED, target
            assert any(words in reading.reason for words in ("may not be fetched", "cannot be used", "redirects to"))
    assert len(server.calls) == len(REDIRECTS)


async def test_the_allow_list_opens_one_port_of_one_host() -> None:
    async with FeedServer() as named, FeedServer() as other:
        for server in (named, other):
            server.feed("/feed").add(title="A tariff is lifted")
        async with open_fetcher(FetchSettings(allow=(named.address,))) as fetcher:
            allowed = await fetcher.read(FeedRequest(url=named.url("/feed")))
            refused = await fetcher.read(FeedRequest(url=other.url("/feed")))
    assert allowed.outcome is Outcome.NEW
    assert refused.outcome is Outcome.FAILED
    assert not other.calls


async def test_an_allowed_name_is_reached_at_its_loopback_address() -> None:
    async with FeedServer() as server:
        server.feed("/feed").add(title="A tariff is lifted")
        port = server.address.rpartition(":")[2]
        async with open_fetcher(FetchSettings(allow=(f"localhost:{port}",))) as fetcher:
            by_name = await fetcher.read(FeedRequest(url=f"http://localhost:{port}/feed"))
            by_address = await fetcher.read(FeedRequest(url=f"http://127.0.0.1:{port}/feed"))
    assert by_name.outcome is Outcome.NEW
    assert by_address.outcome is Outcome.FAILED
