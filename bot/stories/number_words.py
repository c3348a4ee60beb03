"""How numbers are written around their digits: multipliers, units, times and numbering, by language."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


_THOUSAND = """
thousand k duizend tausend tsd mille mil mila tys tysiące tysięcy тыс тысяча тысячи тысяч ألف آلاف 千 천
"""
_MILLION = """
million millions mn mln m miljoen millionen mio millón millones milione milioni milhão milhões milion miliony milionów
milyon млн миллион миллиона миллионов مليون ملايين
"""
_MILLIARD = """
billion billions bn b miljard milliarde milliarden mrd md milliard milliards miliardo miliardi bilhão bilhões mld
miliard miliardy miliardów milyar млрд миллиард миллиарда миллиардов مليار مليارات
"""
_BILLION = """
trillion trillions tn biljoen billionen billón billones trilhão trilhões bilion bilionów trilyon трлн триллион триллиона
триллионов تريليون تريليونات 万亿 萬億 兆 조
"""
MULTIPLIERS: dict[str, float] = {
    **dict.fromkeys(_words(_THOUSAND), 1e3),
    **dict.fromkeys(_words("万 萬 만"), 1e4),
    **dict.fromkeys(_words(_MILLION), 1e6),
    **dict.fromkeys(_words("亿 億 억"), 1e8),
    **dict.fromkeys(_words(_MILLIARD), 1e9),
    "mil millones": 1e9,
    **dict.fromkeys(_words(_BILLION), 1e12),
}
"""A word after the digits, in lower case, and what it multiplies them with."""

OWN_MULTIPLIERS: dict[str, dict[str, float]] = {
    "de": {"billion": 1e12},
    "fr": {"billion": 1e12, "billions": 1e12},
}
"""Where a language means something else by the same word."""

PERCENT = (
    *_words("% ％ ٪ percent procent prozent pct процент процента процентов パーセント 퍼센트 بالمئة بالمائة 百分点"),
    *("per cent", "pour cent", "por ciento", "per cento", "por cento", "في المئة", "في المائة"),
)

_DOLLAR = "us$ $ usd dollar dollars dólares dólar dollari dolarów доллар доллара долларов ドル 달러 دولار 美元 美金"
_EURO = "€ eur euro euros евро ユーロ 유로 يورو 欧元 歐元"
_POUND = "£ gbp pound pounds pond pfund livres libras sterline ポンド 파운드 英镑 英鎊"
_YUAN = "¥ cny rmb yuan yuans yuanes renminbi юань юаня юаней 人民元 위안 يوان 人民币 人民幣 元"
_YEN = "yen jpy иен иены 엔 日元 日圆 円"
CURRENCIES: dict[str, str] = {
    **dict.fromkeys(_words(_DOLLAR), "$"),
    **dict.fromkeys(_words(_EURO), "€"),
    **dict.fromkeys(_words(_POUND), "£"),
    **dict.fromkeys(_words(_YUAN), "¥"),
    **dict.fromkeys(_words(_YEN), "jpy"),
}

CLOCK_WORDS = frozenset(
    _words(
        """
        am pm a.m p.m a.m. p.m. uur uhr h heures horas gmt utc cet cest est edt o'clock minuut minuten
        minuto minutos stunde heure hora seconde secondes
        """
    )
)
"""What follows a number that tells a time of day or a moment."""

SHORT_MOMENTS = frozenset(
    _words(
        "jan feb mar apr jun jul aug sep sept oct okt nov dec dez mon tue wed thu fri sat sun bst ist msk pst pdt mst"
    )
)
"""Months, weekdays and zones, shortened."""

PERIOD_WORDS = frozenset(
    _words(
        """
        day days dag dagen tag tage tagen jour jours día días week weeks weken woche wochen semaine semaines semana
        semanas month months maand maanden monat monate monaten mois mes meses year years jaar jaren jahr jahre jahren
        an ans année années año años hour hours minute minutes second seconds stunden
        """
    )
)
"""What follows a number that tells how long, or how long ago."""

RELATIVE_WORDS = frozenset(
    _words(
        """
        in within after last past next first ago earlier later old since every binnen na afgelopen laatste komende
        eerste geleden eerder oud sinds al vor nach innerhalb letzten nächsten ersten seit alt früher später après dans
        depuis derniers prochains tras hace desde dentro últimos próximos
        """
    )
)
"""What stands beside a period that only places something in time."""

NUMBERING_WORDS = frozenset(
    _words(
        """
        no no. nr nr. n° nummer number numéro número article articles artikel artículo section sectie paragraph
        phase fase round ronde runde ronda version versie versión part deel teil parte partie page pagina seite
        página chapter kapitel hoofdstuk chapitre capítulo vol volume room route flight vlucht flug vol. vuelo
        day dag tag jour día week woche semaine semana level niveau stage top episode aflevering folge aged
        covid
        """
    )
)
"""What stands before a number that numbers instead of counting."""

LIST_WORDS = frozenset(
    _words(
        """
        things ways reasons facts takeaways questions tips charts photos dingen redenen feiten vragen foto's
        dinge gründe fakten fragen fotos choses raisons faits questions photos cosas razones claves preguntas 件事
        个理由 個理由
        """
    )
)
"""What listicles count."""

MODIFIERS = frozenset(
    _words(
        """
        new more other further extra additional major big small large former local foreign chinese american
        european nieuwe andere grote kleine extra neue neuen weitere weiteren andere große nouveaux nouvelles
        autres grands nuevos nuevas otros otras grandes
        """
    )
)
"""Words between a number and the thing that it counts."""

_SMALL = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "pl": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "zh": "二 三 四 五 六 七 八 九 十",
}
_MORE_SMALL = {
    "pt": {"duas": 2},
    "pl": {"dwie": 2, "dwóch": 2, "dwoje": 2, "trzech": 3, "troje": 3, "czterech": 4, "pięciu": 5, "sześciu": 6},
    "ru": {"две": 2, "двое": 2, "двух": 2, "трое": 3, "трех": 3, "четверо": 4, "пятеро": 5, "шестеро": 6},
    "zh": {"两": 2, "兩": 2},
    "ar": {"ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "سبعة": 7, "ثمانية": 8,
           "تسعة": 9, "عشرة": 10},
}  # fmt: skip
SMALL_NUMBERS: dict[str, dict[str, int]] = {
    language: {word: value for value, word in enumerate(_words(_SMALL.get(language, "")), 2)}
    | _MORE_SMALL.get(language, {})
    for language in (*_SMALL, "ar")
}
"""Numbers written as words, by language: they count as said, and as new where they count people who came to harm."""

_HARM = {
    "en": "dead die killed kill injur hurt wound missing arrest detain hospital rescued evacuat trapped infected",
    "nl": "dood dode gewond vermist aangehouden opgepakt overled geëvacueerd omgekomen slachtoffer gered besmet",
    "de": "tot verletz vermisst festgenommen getötet sterb gestorben todesopfer gerettet evakuiert infiziert",
    "fr": "mort blessé tué disparu arrêt interpell hospitalis évacu décéd",
    "es": "muert herid desaparecid detenid fallecid evacuad hospitaliz rescatad",
    "it": "mort ferit dispers arrestat uccis vittime evacuat",
    "pt": "mort ferid desaparecid detid evacuad resgatad",
    "pl": "rann zabit zgin ofiar zatrzyman zaginion",
    "ru": "погиб ранен пострада задержан пропа убит спасен",
    "zh": "死 亡 伤 失踪 被捕 遇难 获救 受困 感染",
    "ar": "قتل مقتل قتيل جرح جريح إصاب مصاب مصرع وفاة",
}
HARM: dict[str, tuple[str, ...]] = {language: tuple(_words(words)) for language, words in _HARM.items()}
"""How words begin that tell of people who came to harm, by language."""

TOLL_WORDS = (
    *(
        "death toll",
        "toll",
        "dead",
        "casualties",
        "dodental",
        "slachtoffers",
        "zahl der toten",
        "todesopfer",
        "opferzahl",
    ),
    *("bilan", "nombre de morts", "balance", "cifra de muertos", "死亡人数", "遇难人数", "死者", "伤亡", "受伤人数"),
)
"""What a number that names no thing counts, where one of these stands shortly before it."""
