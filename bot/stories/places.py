"""Places that one event may be at, the same in every language, and words that take something back."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.domain.text import fold, tokens
from bot.stories.countries import list_names
from bot.stories.lexicon import Lexicon

PARTIES = frozenset({"United States", "China"})

_CITIES = """
Shanghai, Sjanghai, Shanghái, 上海, Шанхай*, شنغهاي, 상하이
Shenzhen, 深圳, Шэньчжэн*, شنتشن, 선전시
Osaka, 大阪, Осак*, أوساكا
Munich, München, Múnich, 慕尼黑, Мюнхен*, ミュンヘン, ميونخ
Hamburg, Hambourg, Hamburgo, 汉堡, Гамбург*, ハンブルク
Frankfurt, Francfort, Fráncfort, 法兰克福, Франкфурт*, フランクフルト, فرانكفورت
Rotterdam, 鹿特丹, Роттердам*, ロッテルダム, روتردام
Amsterdam, Ámsterdam, 阿姆斯特丹, Амстердам*, アムステルダム, أمستردام
Antwerp, Antwerpen, Anvers, Amberes, 安特卫普, Антверпен*
Milan, Milaan, Mailand, Milán, Milano, 米兰, Милан, ミラノ, ميلانو
Barcelona, Barcelone, 巴塞罗那, Барселон*, バルセロナ, برشلونة
New York, Nueva York, 纽约, Нью-Йорк*, ニューヨーク, نيويورك, 뉴욕
Mumbai, Bombay, 孟买, Мумба*, ムンバイ, مومباي
Istanbul, Estambul, İstanbul, 伊斯坦布尔, Стамбул*, イスタンブール, إسطنبول
Davos, 达沃斯, Давос*, ダボス, دافوس
"""
"""Cities that are no capitals; what their countries and capitals are called is known there."""
_REVERSALS = r"""
lift lifts lifted overturn overturns overturned scrap scraps scrapped repeal repeals annul annuls suspend suspends
suspended reinstates
delay delays delayed pauses paused withdraw withdraws withdrawn revokes revoked reverses
drop drops halt halts postpone postpones postponed resume resumes
heft opgeheven schrapt vernietigt vernietigd opgeschort schort uitgesteld vertraagt ingetrokken hervat hervatten
hebt aufgehoben kippt gekippt ausgesetzt aussetzt setzt verschoben verschiebt vertagt vertagen verzögert zurückgezogen
lève levé levée annule annulé annulée suspend suspendu reporte reporté repousse retarde retire retiré
levanta levantado anula anulado suspende aplaza aplazan retrasa pospone retira
"""
_HAN_REVERSALS = re.compile("解除|撤销|撤銷|取消|推翻|暂停|暫停|推迟|推遲|延期|延后|撤回|重启|恢复")
_TAKING_BACK = frozenset(fold(word) for word in _REVERSALS.split())


def find_places(text: str) -> frozenset[str]:
    """Find the countries and cities that a text names, but for the two that all news of the trade dispute names."""
    return frozenset(hit.key for hit in _lexicon().find(text)) - PARTIES


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    rows = [[word.strip() for word in row.split(",")] for row in _CITIES.strip().splitlines()]
    return Lexicon([*list_names(), *((word, row[0]) for row in rows for word in row)])


def takes_back(text: str) -> bool:
    """Tell whether a text says that something is lifted, dropped, put off or taken up again."""
    return not _TAKING_BACK.isdisjoint(tokens(text)) or _HAN_REVERSALS.search(text) is not None
