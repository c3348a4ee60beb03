"""Entities, document types and everything else by which XML reaches beyond its own text."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.specimens import HEAD, Specimen, item, rss, specimen

CANARY = "CANARY"
"""What stands in the file and on the server that the documents ask for; it may come out nowhere."""
_LAUGHS = ['<!ENTITY l0 "lol">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))]


def documents(canary_file: str, canary_url: str) -> Iterator[Specimen]:
    """Yield the documents; the two addresses are what they try to have read."""
    yield from _bombs()
    yield from _reaching(canary_file, canary_url)
    yield from _odd_types()


def _laughing(deep: int, *, head: str = HEAD) -> str:
    dtd = f"<!DOCTYPE rss [{''.join(_LAUGHS[: deep + 1])}]>" + ("\n" if head.endswith("\n") else "")
    return rss(item(f"&l{deep};", is_raw=True), head=head, dtd=dtd)


def _bombs() -> Iterator[Specimen]:
    for deep in (5, 6, 10):
        titles = [f"&l{deep};"]
        yield specimen(f"entities-laughs-{deep}", _laughing(deep), 1, titles=titles, words=["lollol"])
        # feedparser looks for a DOCTYPE at the start of a line only.
        one_line = _laughing(deep, head=HEAD.strip())
        yield specimen(f"entities-laughs-{deep}-one-line", one_line, 1, titles=titles, words=["lollol"])
    in_attribute = rss(
        item(extra='<media:content url="&l10;"/>'), dtd=f"<!DOCTYPE rss [{''.join(_LAUGHS)}]>\n", title="&l10;"
    )
    yield specimen("entities-laughs-in-attribute", in_attribute, 1, words=["lollol"])
    declared = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 30_000}">]>\n'
    blowup = rss(item("x", text="&a;" * 30_000, is_raw=True), dtd=declared)
    yield specimen("entities-quadratic", blowup, 1, titles=["x"], words=["AAAA"])
    short = rss(item("x", text="&a;" * 60_000, is_raw=True), dtd=f'<!DOCTYPE rss [<!ENTITY a "{"A" * 32}">]>\n')
    yield specimen("entities-many-short", short, 1, titles=["x"])
    loop = '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>\n'
    yield specimen("entities-loop", rss(item("&a;", is_raw=True), dtd=loop), 1, titles=["&a;"])
    many = "".join(f'<!ENTITY e{n} "x">' for n in range(50_000))
    yield specimen("entities-50000-declared", rss(item(), dtd=f"<!DOCTYPE rss [{many}]>\n"), 1)
    parameters = '<!DOCTYPE rss [<!ENTITY % p "&#x25;q;"><!ENTITY % q "<!ENTITY a \'boo\'>"> %p; %q;]>\n'
    yield specimen("entities-parameter", rss(item("&a;", is_raw=True), dtd=parameters), 1, titles=["&a;"])


def _reaching(file: str, url: str) -> Iterator[Specimen]:
    for kind, address in (("file", file), ("http", url)):
        dtd = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{address}">]>'
        titled = item("T &x; T", is_raw=True)
        yield specimen(f"external-{kind}", rss(titled, dtd=dtd + "\n"), 1, titles=["T &x; T"], words=[CANARY])
        one_line = rss(titled, head=HEAD.strip(), dtd=dtd)
        yield specimen(f"external-{kind}-one-line", one_line, 1, titles=["T &x; T"], words=[CANARY])
    parameter = rss(item(), dtd=f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{url}"> %p;]>\n')
    yield specimen("external-parameter-dtd", parameter, 1, words=[CANARY])
    yield specimen("external-dtd", rss(item(), dtd=f'<!DOCTYPE rss SYSTEM "{url}">\n'), 1, words=[CANARY])
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    yield specimen("external-xinclude", rss(item(extra=include)), 1, words=[CANARY])
    sheet = rss(item(), head=f'{HEAD}<?xml-stylesheet type="text/xsl" href="{url}"?>\n')
    yield specimen("external-stylesheet", sheet, 1, words=[CANARY])
    schema = item(extra=f'<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a {url}"/>')
    yield specimen("external-schema", rss(schema), 1, words=[CANARY])


def _odd_types() -> Iterator[Specimen]:
    benign = '<!DOCTYPE rss [<!ENTITY eacute "&#233;"><!ENTITY rsquo "&#8217;">]>\n'
    yield specimen(
        "doctype-own-letters", rss(item("Caf&eacute; &rsquo;s", is_raw=True), dtd=benign), 1, titles=["Café ’s"]
    )
    undeclared = rss(item("Caf&eacute; &nbsp;&hellip; &nonsense; &lang;", is_raw=True))
    yield specimen("entities-undeclared", undeclared, 1, titles=["Café … &nonsense; \u2329"])
    quoted = '<!DOCTYPE rss [<!ENTITY a "]>"><!ENTITY b \'">\'>]>\n'
    yield specimen("doctype-end-in-quotes", rss(item("Seen"), dtd=quoted), 1, titles=["Seen"])
    commented = rss(item("Seen"), dtd="<!-- <!DOCTYPE rss [ -->\n")
    yield specimen("doctype-in-comment", commented, 1, titles=["Seen"])
    yield specimen("doctype-twice", rss(item("Seen"), dtd="<!DOCTYPE rss><!DOCTYPE rss [<!ENTITY a 'b'>]>\n"), 1)
    unclosed = HEAD + "<!DOCTYPE rss [" + '<!ENTITY a "b' * 10
    yield specimen("doctype-unclosed", unclosed, 0, "it is no feed: there is no XML in it")
