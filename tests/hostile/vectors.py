"""Every way in which an address may lead a fetcher where it must not go; `python -m tests.hostile.vectors` lists them.

`PORT` stands for the port of a server that listens on loopback and must never be asked.
"""

from __future__ import annotations

from dataclasses import dataclass

PORT = "PORT"


@dataclass(frozen=True, slots=True)
class Vector:
    """What is tried, and the address that tries it."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


_V4 = {
    "loopback": "127.0.0.1", "loopback, far end": "127.255.255.254", "unspecified": "0.0.0.0",
    "this network": "0.1.2.3", "private 10": "10.0.0.1",
    "private 172.16": "172.16.0.1", "private 172.31": "172.31.255.255",
    "private 192.168": "192.168.0.1", "carrier's NAT": "100.64.0.1", "link-local": "169.254.0.1",
    "metadata service": "169.254.169.254", "metadata service of Azure": "168.63.129.16",
    "metadata service of Alibaba": "100.100.100.200", "metadata service of Oracle": "192.0.0.192",
    "containers' metadata": "169.254.170.2", "test net 1": "192.0.2.1", "test net 2": "198.51.100.1",
    "test net 3": "203.0.113.1", "benchmarks": "198.18.0.1", "6to4 relay": "192.88.99.1", "multicast": "224.0.0.1",
    "multicast of SSDP": "239.255.255.250", "reserved": "240.0.0.1", "broadcast": "255.255.255.255",
}  # fmt: skip
_V6 = {
    "loopback": "::1", "loopback in full": "0:0:0:0:0:0:0:1", "unspecified": "::", "link-local": "fe80::1",
    "site-local": "fec0::1", "unique local": "fc00::1", "unique local, own": "fd12:3456:789a::1",
    "metadata service": "fd00:ec2::254", "multicast": "ff02::1", "documentation": "2001:db8::1",
    "documentation, new": "3fff::1", "discard": "100::1", "ORCHID": "2001:20::1", "segment routing": "5f00::1",
    "mapped loopback": "::ffff:127.0.0.1", "mapped loopback, hex": "::ffff:7f00:1",
    "mapped loopback in full": "0:0:0:0:0:ffff:7f00:1", "mapped private": "::ffff:10.0.0.1",
    "mapped metadata": "::ffff:169.254.169.254", "compatible loopback": "::127.0.0.1", "compatible": "::7f00:1",
    "translated loopback": "::ffff:0:127.0.0.1", "NAT64 of loopback": "64:ff9b::127.0.0.1",
    "NAT64 of metadata": "64:ff9b::a9fe:a9fe", "NAT64 local": "64:ff9b:1::a00:1", "6to4 of loopback": "2002:7f00:1::",
    "6to4 of private": "2002:a00:1::1", "6to4 of public": "2002:808:808::1", "Teredo": "2001:0:7f00:1::1",
    "ISATAP of loopback": "fe80::5efe:7f00:1",
}  # fmt: skip
_NUMERIC = {
    "decimal": "2130706433", "hex": "0x7f000001", "hex, capital": "0X7F000001", "hex parts": "0x7f.0x0.0x0.0x1",
    "octal": "017700000001", "octal parts": "0177.0.0.1", "octal parts, padded": "0000177.0.0.1",
    "two parts": "127.1", "three parts": "127.0.1", "zero": "0", "mixed": "0x7f.1", "decimal metadata": "2852039166",
    "hex metadata": "0xa9fea9fe", "octal metadata": "0251.0376.0251.0376", "two parts metadata": "169.16689662",
    "zero padded": "127.000.000.001", "dot behind": "127.0.0.1.", "dot behind decimal": "2130706433.",
    "circled digits": "①②⑦.⓪.⓪.①", "full-width digits": "１２７.０.０.１", "ideographic dots": "127。0。0。1",
    "half-width dots": "127｡0｡0｡1", "soft hyphen": "127.0.0.\u00ad1", "zero-width space": "127.0.0\u200b.1",
    "escaped": "%31%32%37.0.0.1", "escaped dot": "127%2e0%2e0%2e1", "Arabic digits": "١٢٧.٠.٠.١",
}  # fmt: skip
_WHOLE = {
    "name localhost": "http://localhost:PORT/",
    "name localhost in capitals": "http://LOCALHOST:PORT/",
    "name localhost with a dot": "http://localhost.:PORT/",
    "userinfo": "http://reader:secret@127.0.0.1:PORT/",
    "userinfo like a host": "http://public.invalid@127.0.0.1:PORT/",
    "userinfo like a host and port": "http://public.invalid:80@127.0.0.1:PORT/",
    "two at signs": "http://a@127.0.0.1:PORT@public.invalid/",
    "backslash before at": "http://127.0.0.1:PORT\\@public.invalid/",
    "backslashes for slashes": "http:\\\\127.0.0.1:PORT\\",
    "fragment before at": "http://public.invalid#@127.0.0.1:PORT/",
    "question mark before at": "http://public.invalid?@127.0.0.1:PORT/",
    "tab in the host": "http://127.0.\t0.1:PORT/",
    "line break in the host": "http://127.0.0.1\r\n:PORT/",
    "space before the host": "http:// 127.0.0.1:PORT/",
    "NUL in the host": "http://127.0.0.1\0.public.invalid:PORT/",
    "three slashes": "http:///127.0.0.1:PORT/",
    "one slash": "http:/127.0.0.1:PORT/",
    "no slash": "http:127.0.0.1:PORT/",
    "no scheme": "//127.0.0.1:PORT/",
    "capital scheme": "HTTP://127.0.0.1:PORT/",
    "https": "https://127.0.0.1:PORT/",
    "zone id": "http://[fe80::1%25lo]:PORT/",
    "zone id unescaped": "http://[fe80::1%lo]:PORT/",
    "zone id on loopback": "http://[::1%25lo]:PORT/",
    "brackets around IPv4": "http://[127.0.0.1]:PORT/",
    "future address form": "http://[v1.127.0.0.1]:PORT/",
    "port 0": "http://127.0.0.1:0/",
    "port too large": "http://127.0.0.1:99999/",
    "port with plus": "http://127.0.0.1:+PORT/",
    "file": "file:///etc/passwd",
    "file on a host": "file://127.0.0.1/etc/passwd",
    "gopher": "gopher://127.0.0.1:PORT/_GET",
    "ftp": "ftp://127.0.0.1:PORT/",
    "dict": "dict://127.0.0.1:PORT/x",
    "unix socket": "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "script": "javascript:alert(1)",
    "data": "data:text/xml,<rss/>",
    "jar": "jar:http://127.0.0.1:PORT/!/",
    "nothing": "",
    "scheme alone": "http://",
}


def list_vectors() -> list[Vector]:
    """List the addresses that must not be reached."""
    return [
        *(Vector(f"IPv4 {name}", f"http://{address}:{PORT}/") for name, address in _V4.items()),
        *(Vector(f"IPv6 {name}", f"http://[{address}]:{PORT}/") for name, address in _V6.items()),
        *(Vector(f"written as {name}", f"http://{host}:{PORT}/") for name, host in _NUMERIC.items()),
        *(Vector(name, url) for name, url in _WHOLE.items()),
    ]


ANSWERS = {
    "loopback": ["127.0.0.1"],
    "loopback in IPv6": ["::1"],
    "private": ["10.0.0.1"],
    "metadata service": ["169.254.169.254"],
    "mapped": ["::ffff:127.0.0.1"],
    "NAT64": ["64:ff9b::7f00:1"],
    "6to4": ["2002:7f00:1::"],
    "with a zone": ["fe80::1%lo"],
    "several, none public": ["127.0.0.1", "::1", "10.0.0.1"],
    "unspecified": ["0.0.0.0"],
}
"""What a name server may answer for a name that looks harmless."""


if __name__ == "__main__":
    for vector in list_vectors():
        print(f"{vector.name:32} {vector.url!r}, directly and by redirect")
    for name, addresses in ANSWERS.items():
        print(f"{'a name that is ' + name:32} {', '.join(addresses)}, at once and after a public answer")
