"""News agencies, and where a report says that it is theirs: the outlet, a dateline, a credit at the end."""

from __future__ import annotations

import re

_SPELLINGS: dict[str, str] = {
    "Reuters": "Reuters|路透社?|ロイター|로이터(?:통신)?|رويترز|Рейтер|Рейтерс",
    "AP": "AP|A\\.P\\.|Associated Press|AP News|apnews|The Associated Press|美联社|美聯社|AP通信|أسوشيتد برس|أ ب",
    "AFP": "AFP|Agence France-Presse|法新社|AFP通信|AFP時事|أ ?ف ?ب|فرانس برس|АФП",
    "ANP": "ANP|Algemeen Nederlands Persbureau",
    "Belga": "Belga",
    "dpa": "dpa(?:-AFX)?|Deutsche Presse-Agentur|德新社|د ب أ",
    "APA": "APA|Austria Presse Agentur",
    "SDA": "Keystone-SDA|Keystone-ATS|SDA-ATS",
    "Xinhua": "Xinhua|Xinhua News Agency|新华社|新華社|新华网|신화(?:통신)?|شينخوا|Синьхуа",
    "CNS": "中新社|中新网|China News Service",
    "CNA": "中央社",
    "EFE": "EFE|Agencia EFE|Efe|埃菲社",
    "Europa Press": "Europa Press|EUROPA PRESS",
    "ANSA": "ANSA|Ansa",
    "Adnkronos": "Adnkronos",
    "Lusa": "Lusa",
    "PAP": "PAP",
    "TASS": "TASS|ТАСС|塔斯社|タス通信|타스(?:통신)?|تاس",
    "RIA Novosti": "RIA Novosti|РИА Новости",
    "Interfax": "Interfax|Интерфакс",
    "Ukrinform": "Ukrinform|Укринформ|Укрінформ",
    "Kyodo": "Kyodo|Kyodo News|共同通信社?|共同社|共同|교도(?:통신)?",
    "Jiji": "Jiji|Jiji Press|時事通信社?|時事",
    "Yonhap": "Yonhap|Yonhap News|聯合ニュース|韩联社|韓聯社|연합뉴스",
    "Anadolu": "Anadolu|Anadolu Agency|Anadolu Ajansı|الأناضول",
    "SPA": "واس",
    "QNA": "قنا",
    "PTI": "PTI|Press Trust of India",
    "ANI": "ANI",
    "UPI": "UPI",
    "Bloomberg": "Bloomberg|彭博社?|ブルームバーグ|블룸버그|Блумберг",
    "NTB": "NTB",
    "TT": "TT",
    "Ritzau": "Ritzau",
    "STT": "STT",
    "PA": "PA Media|Press Association",
    "CP": "The Canadian Press|La Presse Canadienne",
    "AAP": "AAP|Australian Associated Press",
}
"""What an agency is called in reports, by the name that we give it; alternatives of a regular expression."""

_ANY = "|".join(f"(?P<a{number}>{spelling})" for number, spelling in enumerate(_SPELLINGS.values()))
_NAMES = tuple(_SPELLINGS)
HEAD_CHARS = 160
TAIL_CHARS = 240
MOST_BEFORE = 70
"""A dateline names the place and the day before the agency; more than so many characters are a sentence."""

# (Reuters) -, [AFP], 【共同】, /TASS/, — AP:  somewhere in the first characters; 新华社北京11月3日电 at the very start.
_DATELINE = re.compile(
    rf"^[^.!?。！？]{{0,{MOST_BEFORE}}}?(?:[(（\[［【/-]\s?(?:[^()（）\[\]【】/]{{0,24}}[\s=/]|[\u3040-\u30ff\u4e00-\u9fff]{{1,10}})?(?:{_ANY})"
    r"(?:\s?[/,][^()（）]{0,24})?\s?[)）\]］】/-])",
)
_DATELINE_AFTER_PLACE = re.compile(rf"^[^!?。！？()]{{0,40}}[-–—,/.]\s?/?(?:{_ANY})(?:\s?[-–—:.]|\.?/\.?)\s")
_START = re.compile(
    rf"^(?:(?:Von|Door|By|Par|Por|Di|据|據)\s?)?(?:{_ANY})"
    r"(?:\s?[-–—:：]\s|[\u4e00-\u9fff]{2,8}\d{1,2}月|报道|報道|報導)"
)
_CREDIT = re.compile(
    rf"(?:[(（\[]|\b(?:Source|Bron|Quelle|Fuente|Fonte|Източник|Источник|By|Van|Von)\s?:?\s|来源[:：]\s?|出典[:：]\s?|"
    rf"Reporting (?:by|for) )(?:with\s|avec\s|mit\s|met\s|con\s)?(?:{_ANY})"
    r"(?:\s?[/,&+和、]\s?[^()（）\[\]]{1,24})?\s?"
    r"(?:[)）\]]|[.。]?$)"
)

_WHOLE = re.compile(rf"(?:{_ANY})(?:\s(?:News|Agency|World|Online|中文|中文网))?", re.IGNORECASE)
_DOMAIN = re.compile(r"^www\.|\.(?:com|org|net|de|nl|es|it|fr|cn|ru)$", re.IGNORECASE)


def find_agency(outlet: str, text: str) -> str | None:
    """Find the agency that a report says it comes from, None where it names none (or only in passing)."""
    name = _WHOLE.fullmatch(_DOMAIN.sub("", outlet).strip())
    if name is not None:
        return _named(name)
    head = text[:HEAD_CHARS].lstrip()
    for pattern in (_DATELINE, _DATELINE_AFTER_PLACE, _START):
        found = pattern.match(head)
        if found is not None:
            return _named(found)
    credited = list(_CREDIT.finditer(text[-TAIL_CHARS:].rstrip()))
    return _named(credited[-1]) if credited and len(text) > HEAD_CHARS else None


def _named(found: re.Match[str]) -> str:
    return next(_NAMES[number] for number in range(len(_NAMES)) if found[f"a{number}"] is not None)
