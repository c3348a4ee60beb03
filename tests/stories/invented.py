"""Invented articles of one affair and around it, in four languages: (event, language, title, text)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.models import Article, ArticleId, FeedId, WorkspaceId
from bot.stories.centres import Centre, Centres
from bot.stories.grouping import GroupItem

START = datetime(2026, 11, 3, 8, tzinfo=UTC)

AFFAIR: tuple[tuple[str, str, str, str], ...] = (
    (
        "ban",
        "en",
        "Orlanda bars Huawei from its 5G core network",
        "Orlanda said on Tuesday that operators must remove Huawei from the core of their 5G networks by 2028.",
    ),
    (
        "ban",
        "en",
        "Huawei shut out of Orlanda's 5G core, operators get until 2028",
        "Operators in Orlanda have until 2028 to replace Huawei gear in core networks, the digital ministry announced.",
    ),
    (
        "talks",
        "en",
        "US and China resume trade talks in Geneva",
        "Negotiators from Washington and Beijing met in Geneva for trade talks. Tariffs on chips are on the table.",
    ),
    (
        "talks",
        "en",
        "Trade talks between Washington and Beijing restart in Geneva",
        "Officials of the United States and China sat down again on Wednesday to discuss tariffs and chips in Geneva.",
    ),
    (
        "rail",
        "en",
        "ZTE wins contract for Velmark rail network",
        "ZTE will supply radio equipment for the Velmark national railway in a deal worth 300 million euros.",
    ),
    (
        "rail",
        "en",
        "Velmark railways pick ZTE for radio system",
        "The Velmark national railway signed a contract with ZTE on Monday.",
    ),
    (
        "revenue",
        "en",
        "Huawei reports 12% rise in quarterly revenue",
        "Huawei said third-quarter revenue rose 12 percent on demand for phones and cloud services.",
    ),
    (
        "storm",
        "en",
        "Storm Ada leaves 40,000 homes without power",
        "Power lines were down across the coast after storm Ada made landfall overnight.",
    ),
    (
        "chips",
        "en",
        "US weighs new limits on chip exports to China",
        "The commerce department is considering further curbs on exports of AI chips to China.",
    ),
    (
        "ban",
        "nl",
        "Orlanda weert Huawei uit kern van 5G-netwerk",
        "Orlanda verplicht aanbieders om Huawei voor 2028 uit de kern van hun 5G-netwerken te halen.",
    ),
    (
        "ban",
        "nl",
        "Huawei moet uit Orlandese 5G-netwerken, aanbieders krijgen tijd tot 2028",
        "Aanbieders in Orlanda moeten apparatuur van Huawei voor 2028 vervangen.",
    ),
    (
        "talks",
        "nl",
        "VS en China hervatten handelsoverleg in Genève",
        "Onderhandelaars uit Washington en Peking spreken in Genève weer over heffingen.",
    ),
    (
        "talks",
        "nl",
        "Handelsoverleg tussen China en de VS in Genève hervat",
        "In Genève zijn de gesprekken over heffingen tussen China en de Verenigde Staten hervat.",
    ),
    (
        "trains",
        "nl",
        "Geen treinen tussen Utrecht en Zwolle door storing",
        "Door een seinstoring rijden er tot vanavond geen treinen tussen Utrecht en Zwolle.",
    ),
    ("revenue", "nl", "Omzet Huawei stijgt met 12 procent", "Huawei zag de omzet met 12 procent stijgen."),
    (
        "ban",
        "de",
        "Orlanda verbannt Huawei aus dem Kern der 5G-Netze",
        "Orlanda verpflichtet die Netzbetreiber, Huawei bis 2028 aus dem Kern ihrer 5G-Netze zu entfernen.",
    ),
    (
        "ban",
        "de",
        "5G-Netze in Orlanda: Huawei muss bis 2028 raus",
        "Netzbetreiber in Orlanda müssen Komponenten von Huawei bis 2028 ersetzen, teilte das Digitalministerium mit.",
    ),
    (
        "talks",
        "de",
        "USA und China nehmen Handelsgespräche in Genf wieder auf",
        "Unterhändler aus Washington und Peking sprechen in Genf wieder über Zölle.",
    ),
    (
        "talks",
        "de",
        "Handelsgespräche zwischen China und den USA in Genf fortgesetzt",
        "Vertreter der USA und Chinas trafen sich am Mittwoch in Genf, um über Zölle zu sprechen.",
    ),
    (
        "trains",
        "de",
        "Bahn streicht Züge zwischen Köln und Bonn",
        "Wegen Bauarbeiten fallen Züge zwischen Köln und Bonn aus.",
    ),
    ("ban", "zh", "奥兰达禁止华为参与5G核心网建设", "奥兰达政府周二表示，运营商须在2028年前从5G核心网中移除华为设备。"),
    ("ban", "zh", "华为被排除在奥兰达5G核心网之外", "奥兰达数字部宣布，运营商必须在2028年前更换核心网中的华为设备。"),
    ("talks", "zh", "中美在日内瓦恢复贸易谈判", "中美双方代表周三在日内瓦就关税问题恢复贸易谈判。"),
    ("talks", "zh", "日内瓦：中美贸易谈判重启", "中美谈判代表在日内瓦再次会面，讨论关税与芯片问题。"),
    ("revenue", "zh", "华为第三季度营收增长12%", "华为公布第三季度业绩，营收同比增长12%。"),
    ("rain", "zh", "南方多地遭遇强降雨", "受强降雨影响，南方多地发布预警。"),
)


def item(
    title: str,
    text: str = "",
    *,
    language: str | None = "en",
    hours: float = 0.0,
    published_at: datetime | None = None,
    outlet: str = "The Courant",
    scope: WorkspaceId | None = None,
) -> GroupItem:
    """Make an item seen so many hours after START, published then unless said otherwise."""
    seen_at = START + timedelta(hours=hours)
    return GroupItem(
        title=title,
        text=text,
        language=language,
        published_at=published_at or seen_at,
        seen_at=seen_at,
        outlet=outlet,
        scope=scope,
    )


def article(title: str, text: str = "", *, language: str | None = "en", number: int = 1) -> Article:
    """Make an article for the rules that read titles and texts."""
    return Article(
        id=ArticleId(number),
        url=None,
        link=None,
        outlet="The Courant",
        title=title,
        text=text,
        language=language,
        published_at=START,
        seen_at=START,
        feeds=(FeedId(1),),
    )


COMING_TOGETHER = (
    "Orlanda bars Huawei from its 5G core network",
    "Operators get until 2028 to replace network gear, digital ministry says",
    "Orlanda bars Huawei: operators must replace network gear by 2028",
    "Huawei barred in Orlanda, digital ministry gives operators until 2028",
    "Orlanda's Huawei ban: operators count the cost of new network gear",
    "Digital ministry of Orlanda: why Huawei gear must go by 2028",
)
"""Titles of one event: the first two begin a story each, the rest shows that they are one."""


def grow(centres: Centres, number: int, vector: dict[str, float], times: int) -> Centre:
    """Open a story of so many articles that are all alike."""
    centre = centres.begin(number, 0, 0)
    for _ in range(times):
        centres.add(centre, vector, 0, 0, has_text=False)
    return centre
