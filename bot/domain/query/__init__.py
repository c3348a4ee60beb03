"""The one query language: text to a frozen tree and back.

`huawei OR zte` · `"trade talks"` · `*overleg` · `heffing*` · `=VS` · `(huawei OR zte) AND ban* NOT football` ·
`us NEAR/8 china` · `title:5g` · `lang:nl` · `outlet:reuters` · `feed:heise` · `since:7d` · `@us`
"""

from __future__ import annotations

from bot.domain.query.parser import parse_query, parse_term
from bot.domain.query.tree import (
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
    walk,
)

__all__ = [
    "And",
    "DateSide",
    "Dated",
    "Group",
    "InPart",
    "Near",
    "Not",
    "Or",
    "Part",
    "Query",
    "Since",
    "Source",
    "SourceField",
    "Term",
    "anchor",
    "format_query",
    "join_all",
    "join_any",
    "parse_query",
    "parse_term",
    "walk",
]
