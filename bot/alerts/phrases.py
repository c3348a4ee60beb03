"""Our own words, by language: one row for a phrase, one column for a language; English where a cell is missing."""

from __future__ import annotations

from datetime import datetime

from bot.alerts.digest_phrases import DIGEST_PHRASES
from bot.alerts.page_phrases import PAGE_PHRASES
from bot.alerts.topic_phrases import TOPIC_PHRASES
from bot.alerts.trend_phrases import TREND_PHRASES

LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")

_TABLE: dict[str, tuple[str, str, str, str, str, str]] = {
    # key: en, nl, de, fr, es, zh
    "also": ("Also", "Ook bij", "Auch bei", "Aussi", "También", "另见"),
    "before": ("Before", "Eerder", "Zuvor", "Auparavant", "Antes", "此前"),
    "context": ("Context", "Context", "Kontext", "Contexte", "Contexto", "背景"),
    "developments": ("Developments", "Ontwikkelingen", "Entwicklungen", "Évolutions", "Novedades", "进展"),
    "new": ("new", "nieuw", "neu", "nouveau", "nuevo", "新增"),
    "places": ("place:", "plaats:", "Ort:", "lieu :", "lugar:", "地点："),
    "date": ("date", "datum", "Datum", "date", "fecha", "日期"),
    "stage": ("stage", "stand", "Stand", "étape", "fase", "阶段"),
    "reversal": ("reversal", "ommekeer", "Kehrtwende", "revirement", "giro", "反转"),
    "changed": ("changed", "gewijzigd", "geändert", "modifié", "modificado", "已修改"),
    "was": ("was", "was", "vorher", "avant", "antes", "原为"),
    "now": ("now", "nu", "jetzt", "maintenant", "ahora", "现为"),
    "timeline": ("Timeline", "Tijdlijn", "Zeitleiste", "Chronologie", "Cronología", "时间线"),
    "timeline_chosen": (
        "The days that mattered most; others are left out.",
        "De belangrijkste dagen; andere zijn weggelaten.",
        "Die wichtigsten Tage; andere sind ausgelassen.",
        "Les jours les plus marquants ; les autres sont omis.",
        "Los días más importantes; se omiten los demás.",
        "仅列出最重要的日期。",
    ),
    "names": ("names", "noemt", "nennt", "cite", "menciona", "提及"),
    "title": ("title", "kop", "Titel", "titre", "titular", "标题"),
    "lead": ("lead", "intro", "Vorspann", "chapeau", "entradilla", "导语"),
    "body": ("text", "tekst", "Text", "texte", "texto", "正文"),
    "outlets.one": ("{n} outlet", "{n} medium", "{n} Medium", "{n} média", "{n} medio", "{n} 家媒体"),
    "outlets": ("{n} outlets", "{n} media", "{n} Medien", "{n} médias", "{n} medios", "{n} 家媒体"),
    "origins.one": ("{n} origin", "{n} bron", "{n} Ursprung", "{n} origine", "{n} origen", "{n} 个来源"),
    "origins": ("{n} origins", "{n} bronnen", "{n} Ursprünge", "{n} origines", "{n} orígenes", "{n} 个来源"),
    "stories.one": ("{n} story", "{n} verhaal", "{n} Meldung", "{n} sujet", "{n} noticia", "{n} 条报道"),
    "stories": ("{n} stories", "{n} verhalen", "{n} Meldungen", "{n} sujets", "{n} noticias", "{n} 条报道"),
    "first_seen": ("First seen", "Eerst gezien", "Zuerst gesehen", "Vu d’abord", "Visto primero", "首次出现"),
    "since": ("since", "sinds", "seit", "depuis", "desde", "自"),
    "goes_on": (
        "Told further in:",
        "Verder verteld in:",
        "Weiter erzählt in:",
        "La suite dans :",
        "Sigue en:",
        "后续见：",
    ),
    "more": ("+{n} more", "+{n} meer", "+{n} weitere", "+{n} autres", "+{n} más", "另有 {n} 条"),
    "more_stories.one": (
        "{n} more story",
        "nog {n} verhaal",
        "{n} weitere Meldung",
        "{n} autre sujet",
        "{n} noticia más",
        "另有 {n} 条报道",
    ),
    "more_stories": (
        "{n} more stories",
        "nog {n} verhalen",
        "{n} weitere Meldungen",
        "{n} autres sujets",
        "{n} noticias más",
        "另有 {n} 条报道",
    ),
    "stopped": (
        "Nothing can be posted in channel {channel} any more",
        "In kanaal {channel} kan niets meer worden geplaatst",
        "Im Kanal {channel} kann nichts mehr veröffentlicht werden",
        "Plus rien ne peut être publié dans le canal {channel}",
        "Ya no se puede publicar nada en el canal {channel}",
        "频道 {channel} 已无法发布消息",
    ),
    "stopped_remedy": (
        "Its subscriptions have stopped. Where they do not begin again by themselves, subscribe there once more.",
        "De abonnementen daar zijn gestopt. Beginnen ze niet vanzelf weer, abonneer daar dan opnieuw.",
        "Die Abos dort sind beendet. Beginnen sie nicht von selbst wieder, dort neu abonnieren.",
        "Ses abonnements ont pris fin. S’ils ne reprennent pas d’eux-mêmes, abonnez-vous-y de nouveau.",
        "Sus suscripciones han terminado. Si no se reanudan solas, suscríbase allí de nuevo.",
        "该频道的订阅已停止。若未自动恢复，请在该频道重新订阅。",
    ),
    "latest": ("Latest", "Laatste", "Neueste", "Derniers sujets", "Últimas", "最新"),
    "found": ("Found", "Gevonden", "Gefunden", "Trouvé", "Encontrado", "找到"),
    "nothing_found": (
        "Nothing found.",
        "Niets gevonden.",
        "Nichts gefunden.",
        "Aucun résultat.",
        "Sin resultados.",
        "没有找到。",
    ),
    "feeds": ("Feeds", "Feeds", "Feeds", "Flux", "Fuentes", "订阅源"),
    "topics": ("Topics", "Onderwerpen", "Themen", "Sujets", "Temas", "主题"),
    "subscriptions": ("Subscriptions", "Abonnementen", "Abos", "Abonnements", "Suscripciones", "订阅"),
    "languages": ("languages", "talen", "Sprachen", "langues", "idiomas", "语言"),
    "from_outlets": ("only", "alleen", "nur", "seulement", "solo", "仅限"),
    "without_outlets": ("without outlets", "zonder media", "ohne Medien", "sans médias", "sin medios", "排除媒体"),
    "without_words": ("without words", "zonder woorden", "ohne Wörter", "sans les mots", "sin palabras", "排除词语"),
    "mute": ("Mute", "Dempen", "Stummschalten", "Masquer", "Silenciar", "静音"),
    "mentions": ("mentions", "roept", "ruft", "mentionne", "avisa a", "提醒"),
    "status": ("Status", "Status", "Status", "État", "Estado", "状态"),
    "help": ("Commands", "Opdrachten", "Befehle", "Commandes", "Comandos", "命令"),
    "articles": ("articles", "artikelen", "Artikel", "articles", "artículos", "文章"),
    "failing": ("failing", "mislukt", "gestört", "en échec", "con fallos", "失败"),
    "pending": ("waiting", "wachtend", "wartend", "en attente", "pendientes", "等待中"),
    "failed": ("failed", "mislukt", "fehlgeschlagen", "échoués", "fallidos", "失败"),
    "deliveries": ("Deliveries", "Bezorgingen", "Zustellungen", "Envois", "Envíos", "投递"),
    "ungathered": (
        "not yet gathered",
        "nog niet verwerkt",
        "noch nicht verarbeitet",
        "à traiter",
        "por procesar",
        "待处理",
    ),
    "oldest": (
        "oldest waiting since",
        "oudste wacht sinds",
        "älteste wartet seit",
        "plus ancien",
        "desde",
        "最早等待自",
    ),
    **DIGEST_PHRASES,
    **PAGE_PHRASES,
    **TOPIC_PHRASES,
    **TREND_PHRASES,
}

_OWN_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def say(key: str, language: str, **values: object) -> str:
    """Return a phrase in a language, in English where that has no column."""
    column = LANGUAGES.index(_primary(language)) if _primary(language) in LANGUAGES else 0
    return _TABLE[key][column].format(**values)


def say_count(key: str, count: int, language: str) -> str:
    """Return a number of things, one or several."""
    return say(f"{key}.one" if count == 1 else key, language, n=count)


def say_language(code: str) -> str:
    """Return a language's own name for itself, its code where we have none."""
    return _OWN_NAMES.get(_primary(code), code)


def is_same_language(one: str | None, other: str) -> bool:
    """Tell whether two language codes are one language, whatever the region; unknown counts as the same."""
    return not one or _primary(one) == _primary(other)


def say_day(at: datetime) -> str:
    """Return a date that reads the same in every language."""
    return at.date().isoformat()


def _primary(code: str) -> str:
    return code.replace("_", "-").split("-", 1)[0].casefold()
