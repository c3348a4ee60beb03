"""Changes of an article: what it takes back, in many languages, and what is style."""

from __future__ import annotations

import pytest

from bot.stories.changes import find_change
from bot.stories.context import find_no_names
from tests.stories.invented import article


@pytest.mark.parametrize(
    "language, before, after, kind",
    [
        ("en", "Fire kills 10 people", "Fire kills 12 people", "number"),
        ("nl", "Brand kost 10 mensen het leven", "Brand kost 12 mensen het leven", "number"),
        ("zh", "火灾造成10人死亡", "火灾造成12人死亡", "number"),
        ("en", "Norland bans Huawei", "Norland considers Huawei ban", "headline"),
        ("en", "Huawei wins order in Velmark", "Minister resigns over leaked tender papers", "headline"),
        ("de", "Norland verbietet Huawei", "Norland erwägt Verbot von Huawei", "headline"),
        ("en", "Norland bans Huawei", "Retracted: Norland bans Huawei", "retraction"),
        ("zh", "诺兰禁用华为", "诺兰禁用华为（撤稿）", "retraction"),
        ("nl", "Norland weert Huawei", "Norland weert Huawei (gecorrigeerd)", "correction"),
        ("de", "Norland verbietet Huawei", "Korrektur: Norland verbietet Huawei", "correction"),
        ("fr", "Norland interdit Huawei", "Rectificatif : Norland interdit Huawei", "correction"),
        ("es", "Norland veta a Huawei", "Corrección: Norland veta a Huawei", "correction"),
        ("en", "Norland bans Huawei", "Norland Bans Huawei!", None),
        ("en", "Norland bans Huawei", "UPDATE 2-Norland bans Huawei", None),
        ("en", "Norland bans Huawei from networks", "Norland bans Huawei from its networks", None),
        ("en", "Storm Ada: 3 things to know", "Storm Ada: 4 things to know", None),
        ("en", "Norland bans Huawei", "Norland bans Huawei, 14 comments", None),
    ],
)
def test_a_headline_is_changed_where_it_says_otherwise(
    language: str, before: str, after: str, kind: str | None
) -> None:
    found = find_change(article(before, language=language), article(after, language=language), find_no_names)
    assert (found.kind if found else None) == kind
    if found is not None:
        assert (found.before, found.after, found.reason) == (before, after, f"changed: {kind}")


@pytest.mark.parametrize(
    "before, after, kind",
    [
        ("The order covers 1,900 masts.", "The order covers 2,400 masts.", "number"),
        ("It costs 3 million euros.", "It costs 5 million euros.", "number"),
        ("The order covers 1,900 masts.", "The order covers some 1,900 masts, they said.", None),
        ("The order covers masts.", "The order covers 2,400 masts.", None),
        ("Read 30 times today.", "Read 40 times today.", None),
        ("The order covers 1,900 masts.", "A storm hit 40 towns.", None),
    ],
)
def test_a_lead_is_changed_where_a_sentence_says_another_number(before: str, after: str, kind: str | None) -> None:
    found = find_change(article("An order", before), article("An order", after), find_no_names)
    assert (found.kind if found else None) == kind
    if found is not None:
        assert (found.before, found.after) == (before, after)
