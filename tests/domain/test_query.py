"""The query language: what it reads, how it complains, and the way back to text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import QueryError
from bot.domain.query import (
    And,
    Dated,
    DateSide,
    Group,
    InPart,
    Near,
    Not,
    Or,
    Part,
    Query,
    Since,
    Source,
    SourceField,
    Term,
    anchor,
    format_query,
    join_all,
    join_any,
    parse_query,
    parse_term,
)

A, B, C = Term("a"), Term("b"), Term("c")


@pytest.mark.parametrize(
    "text,tree",
    [
        ("huawei", Term("huawei")),
        ("huawei OR zte", Or((Term("huawei"), Term("zte")))),
        ('a "or" b', And((A, Term("or"), B))),
        ("b or", And((B, Term("or")))),
        ("（a ＯＲ b）　ｚｚ＊", And((Or((A, B)), Term("zz*")))),
        ("「trade talks」 OR 『华为』", Or((Term("trade talks"), Term("华为")))),
        ("title：华为", InPart(Part.TITLE, Term("华为"))),
        ("\u200fهواوي\u200f\x00 -“a”", And((Term("هواوي"), Not(A)))),
        ("after:2026-2-3", Dated(DateSide.AFTER, date(2026, 2, 3))),
        (
            '"!a" OR "a?b" OR "a,b" OR "not" OR "\'a"',
            Or((Term("!a"), Term("a?b"), Term("a,b"), Term("not"), Term("'a"))),
        ),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("((a) b) c", And((A, B, C))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("NOT (a OR b)", Not(Or((A, B)))),
        ("a OR b AND c NOT a", Or((A, And((B, C, Not(A)))))),
        ("a OR NOT b c", Or((A, And((Not(B), C))))),
        ("NOT a b", And((Not(A), B))),
        ("-(a OR b) c", And((Not(Or((A, B))), C))),
        ('-"a b"', Not(Term("a b"))),
        ("-@us", Not(Group("us"))),
        ("+a +b", And((A, B))),
        ("a OR (+b)", Or((A, B))),
        ("a NEAR/3 b c", And((Near(A, B, 3), C))),
        ("a NEAR/3 b OR c", Or((Near(A, B, 3), C))),
        ("a NEAR/999 b", Near(A, B, 999)),
        ("title:a b", And((InPart(Part.TITLE, A), B))),
        ("title:a OR b", Or((InPart(Part.TITLE, A), B))),
        ("title:=VS", InPart(Part.TITLE, Term("VS", is_exact=True))),
        ('body:="a b"', InPart(Part.BODY, Term("a b", is_exact=True))),
        ("Sino-*", Term("Sino-*")),
        ("lang:nl -outlet:wire", And((Source(SourceField.LANGUAGE, "nl"), Not(Source(SourceField.OUTLET, "wire"))))),
        ("(" * 12 + "a" + ")" * 12, A),
        ("NOT NOT a", Not(Not(A))),
        ("5G-netwerken", Term("5G-netwerken")),
        ('"trade  talks"', Term("trade talks")),
        ("“trade talks”", Term("trade talks")),
        ("„Zölle“ «heffing»", And((Term("Zölle"), Term("heffing")))),
        ('"AND"', Term("AND")),
        ("*overleg", Term("*overleg")),
        ("Strafz*ll**", Term("Strafz*ll*")),
        ("=VS", Term("VS", is_exact=True)),
        ('="Witte Huis"', Term("Witte Huis", is_exact=True)),
        ("@us", Group("us")),
        ("@Trade-War", Group("trade-war")),
        ("us NEAR/8 china", Near(Term("us"), Term("china"), 8)),
        ("NOT a NEAR/2 (b OR @c)", Not(Near(A, Or((B, Group("c"))), 2))),
        ("title:5g", InPart(Part.TITLE, Term("5g"))),
        ('Title: "5g core"', InPart(Part.TITLE, Term("5g core"))),
        ("body:(a b)", InPart(Part.BODY, And((A, B)))),
        ("a NOT title:@us", And((A, Not(InPart(Part.TITLE, Group("us")))))),
        ("lang:zh-Hans", Source(SourceField.LANGUAGE, "zh-Hans")),
        ('outlet:"The Daily Planet"', Source(SourceField.OUTLET, "The Daily Planet")),
        ("feed:heise", Source(SourceField.FEED, "heise")),
        ("after:2026-11-01", Dated(DateSide.AFTER, date(2026, 11, 1))),
        ("before:2026-11-01", Dated(DateSide.BEFORE, date(2026, 11, 1))),
        ("since:7d", Since(timedelta(days=7))),
        ("since:12H", Since(timedelta(hours=12))),
        ("since:2w", Since(timedelta(weeks=2))),
        ("since:2026-11-01", Dated(DateSide.AFTER, date(2026, 11, 1))),
        ("12:30", Term("12:30")),
        ("https://example.org/x", Term("https://example.org/x")),
        ("美国 关税", And((Term("美国"), Term("关税")))),
    ],
)
def test_a_query_is_read_as_it_looks(text: str, tree: Query) -> None:
    assert parse_query(text) == tree
    assert parse_query(str(tree)) == tree


@pytest.mark.parametrize(
    "text,column,message",
    [
        ("", 0, "the query is empty"),
        ("   ", 0, "the query is empty"),
        ("(huawei OR zte", 14, "missing ) after “huawei OR zte”"),
        ("a AND (b OR (c) d", 17, "missing ) after “b OR (c) d”"),
        ("a)", 1, "this ) closes nothing"),
        ("a ()", 2, "nothing between ( and )"),
        ("a (", 2, "( needs something after it"),
        ("a AND", 2, "AND needs something on its right"),
        ("a OR )", 2, "OR needs something on its right"),
        ("a AND OR b", 2, "AND needs something on its right"),
        ("OR b", 0, "OR needs something on its left"),
        ("(AND b)", 1, "AND needs something on its left"),
        ("NOT", 0, "NOT needs something on its right"),
        ("a - b", 2, "a lone - means nothing"),
        ("= a", 0, "= needs a word right after it"),
        ("a @ b", 2, "@ needs the name of a term group"),
        ('say "trade talks', 4, "missing closing quote after “trade talks”"),
        ("a || b", 2, "write OR"),
        ("a && b", 2, "write AND"),
        ("titel:x", 0, "did you mean title:?"),
        ("b colour:x", 2, "there is no field “colour:”"),
        ("title:", 0, "title: needs something"),
        ("title:body:x", 0, "cannot hold another"),
        ("title:NOT x", 6, "write NOT before title:"),
        ("lang:(nl OR de)", 5, "takes one word"),
        ("lang:=nl", 5, "takes one word"),
        ("a lang:english", 7, "lang: takes a language's code, as in lang:nl"),
        ("lang:zh-*", 5, "lang: takes a language's code"),
        ("since:soon", 6, "since:7d"),
        ("since:0d", 6, "reaches from an hour"),
        ("since:99999w", 6, "reaches from an hour"),
        ("after:2026-13-01", 6, "year-month-day"),
        ("us NEAR china", 3, "NEAR needs a number"),
        ("us NEAR/0 china", 3, "NEAR needs a number"),
        ("us NEAR/1000 china", 3, "NEAR needs a number of words, 1 to 999"),
        ("us NEAR/ china", 3, "NEAR needs a number"),
        ("us NEAR/two china", 3, "NEAR needs a number"),
        ("us NEAR/٣ china", 3, "NEAR needs a number"),
        ("a NEAR/2 title:b", 9, "NEAR joins words"),
        ("NEAR/2 b", 0, "NEAR/2 needs something on its left"),
        ("+", 0, "+ needs a word right after it"),
        ("a (+AND b)", 3, "+ needs something on its right"),
        ("(a AND) b", 3, "AND needs something on its right"),
        ("a -)", 2, "a lone -"),
        ('=""', 0, "no letter or digit"),
        ("=*", 0, "a * alone"),
        ("outlet:*", 7, "needs a name"),
        ("before:2026-11", 7, "year-month-day"),
        ("before:2026-1-32", 7, "there is no day 2026-01-32"),
        ("since:7", 6, "as in since:12h"),
        ("huawei or zte", 7, "write OR, or put it in quotes"),
        ("(a and b)", 3, "write AND"),
        ("not a", 0, "write NOT"),
        ("a not b", 2, "write NOT"),
        ("a !bcd", 2, "write NOT bcd or -bcd"),
        ("title :bcd", 6, "write the field and its word together"),
        ("=title:VS", 0, "write title:=VS"),
        ("a 'trade talks'", 2, 'double quotes, as in "trade talks"'),
        ("colo?r", 0, "write colo*r"),
        ("huawei,zte", 0, "write OR between them"),
        ("华为，中兴", 0, "write OR between them"),
        ("body:title:(a)", 0, "cannot hold another"),
        ("NOT " * 13 + "a", 48, "nested more than 12 deep"),
        ("us NEAR/4", 3, "NEAR/4 needs something on its right"),
        ("us NEAR/4 (a b)", 10, "NEAR joins words"),
        ("a NEAR/4 NOT b", 9, "NOT cannot stand here"),
        ("a NEAR/2 b NEAR/2 c", 11, "NEAR joins two things"),
        ("a *", 2, "a * alone"),
        ('"trade * talks"', 0, "a * alone"),
        ("*a*", 0, "nearly everything"),
        ("a*b*c*d*e*f", 0, "at most 4 stars"),
        ("a " + "b" * 101, 2, "at most 100 characters"),
        ("a OR " * 500 + "a", 2000, "characters; at most 2000"),
        ("(" * 13 + "a" + ")" * 13, 12, "nested more than 12 deep"),
        ("a " * 201, 400, "at most 200 terms"),
    ],
)
def test_a_mistake_is_pointed_at_with_its_mend(text: str, column: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert message in caught.value.message
    assert caught.value.column == column


def test_a_lone_han_character_may_carry_a_star() -> None:
    assert parse_query("美*") == Term("美*")


def test_since_counts_back_from_now_wherever_it_stands() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    anchored = anchor(parse_query("a (b OR NOT since:1d)"), now)
    assert isinstance(anchored, And)
    assert anchored == And((A, Or((B, Not(Since(timedelta(days=1), now - timedelta(days=1)))))))


@pytest.mark.parametrize(
    "text,term",
    [("trade talk*", Term("trade talk*")), ("=VS", Term("VS", is_exact=True)), ("title:x", Term("title:x"))],
)
def test_a_pack_writes_terms_without_quotes(text: str, term: Term) -> None:
    assert parse_term(text) == term


# -- properties --------------------------------------------------------------------------------------------------------

WORDS = st.text(alphabet="abczäЖ华화5-'.:=@+()*/é", min_size=1, max_size=8).map(lambda w: "ab" + w)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def _try(text: str) -> Query | QueryError:
    try:
        return parse_query(text)
    except QueryError as error:
        return error


def _is_readable(text: str) -> bool:
    try:
        return parse_term(f"={text}").text == text
    except QueryError:
        return False


TERMS = st.builds(Term, st.one_of(WORDS, PHRASES).filter(_is_readable), st.booleans())
OPERATOR_WORDS = st.sampled_from(["AND", "OR", "NOT", "NEAR/3", "NEAR", "-x", "title:x"]).map(Term)
GROUPS = st.builds(Group, st.sampled_from(["us", "trade-war", "5g_x"]))
NEAR_SIDES = st.one_of(TERMS, GROUPS, st.lists(st.one_of(TERMS, GROUPS), min_size=2, max_size=3).map(join_any))
LEAVES = st.one_of(
    TERMS,
    OPERATOR_WORDS,
    GROUPS,
    st.builds(Near, NEAR_SIDES, NEAR_SIDES, st.integers(1, 999)),
    st.builds(Source, st.sampled_from((SourceField.OUTLET, SourceField.FEED)), PHRASES),
    st.builds(Source, st.just(SourceField.LANGUAGE), st.from_regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", fullmatch=True)),
    st.builds(Dated, st.sampled_from(DateSide), st.dates(min_value=date(1000, 1, 1))),
    st.builds(Since, st.integers(1, 24 * 3660).map(lambda hours: timedelta(hours=hours))),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(join_all),
        st.lists(inner, min_size=2, max_size=3).map(join_any),
        st.builds(Not, inner),
        st.builds(
            InPart, st.sampled_from(Part), st.one_of(TERMS, st.lists(TERMS, min_size=2, max_size=3).map(join_all))
        ),
    ),
    max_leaves=8,
)


@given(TREES)
def test_every_tree_is_read_back_from_its_text(tree: Query) -> None:
    assert parse_query(format_query(tree)) == tree


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*'()"-=@*:“ ', "AND ", "OR ", "NOT ", "NEAR/3 ", "title:", "a", "since:"]))
    )
)
def test_whatever_is_typed_is_read_or_complained_about(typed: str | list[str]) -> None:
    text = "".join(typed)
    found = _try(text)
    if isinstance(found, QueryError):
        assert 0 <= found.column <= len(text)
        assert found.message
    else:
        assert parse_query(format_query(found)) == found
