"""What is new in a story, said in a channel's language: «new: 25 contracts; stage: proposed → signed»."""

from __future__ import annotations

import re

from bot.alerts.phrases import LANGUAGES, say
from bot.stories.countries import say_place

_STAGES: dict[str, tuple[str, str, str, str, str, str]] = {
    # key: en, nl, de, fr, es, zh
    "considers": ("considered", "overwogen", "erwogen", "envisagé", "en estudio", "考虑中"),
    "proposes": ("proposed", "voorgesteld", "vorgeschlagen", "proposé", "propuesto", "已提出"),
    "agrees": ("agreed", "overeengekomen", "vereinbart", "convenu", "acordado", "已达成一致"),
    "decides": ("decided", "besloten", "beschlossen", "décidé", "decidido", "已决定"),
    "signs": ("signed", "ondertekend", "unterzeichnet", "signé", "firmado", "已签署"),
    "wins": ("won", "gewonnen", "gewonnen", "remporté", "ganado", "已赢得"),
    "in_force": ("in force", "van kracht", "in Kraft", "en vigueur", "en vigor", "已生效"),
    "struck_down": ("struck down", "vernietigd", "gekippt", "annulé", "anulado", "被推翻"),
    "suspends": ("suspended", "opgeschort", "ausgesetzt", "suspendu", "suspendido", "已暂停"),
    "resumes": ("resumed", "hervat", "wieder aufgenommen", "repris", "reanudado", "已恢复"),
    "rejects": ("rejected", "afgewezen", "abgelehnt", "rejeté", "rechazado", "被否决"),
    "withdraws": ("withdrawn", "ingetrokken", "zurückgenommen", "retiré", "retirado", "已撤回"),
    "delays": ("delayed", "uitgesteld", "verschoben", "reporté", "aplazado", "已推迟"),
    "collapses": ("collapsed", "mislukt", "gescheitert", "échoué", "fracasado", "已破裂"),
    "investigates": (
        "under investigation",
        "in onderzoek",
        "in Ermittlung",
        "enquête ouverte",
        "en investigación",
        "调查中",
    ),
    "sues": ("charged", "aangeklaagd", "angeklagt", "poursuivi", "demandado", "已起诉"),
    "rules": ("ruled", "uitspraak gedaan", "geurteilt", "jugé", "con fallo", "已判决"),
    "acquits": ("acquitted", "vrijgesproken", "freigesprochen", "acquitté", "absuelto", "判无罪"),
    "appeals": ("appealed", "in beroep", "in Berufung", "en appel", "recurrido", "已上诉"),
    "denies": ("denied", "ontkend", "dementiert", "démenti", "desmentido", "已否认"),
    "confirms": ("confirmed", "bevestigd", "bestätigt", "confirmé", "confirmado", "已证实"),
    "ends": ("ended", "beëindigd", "beendet", "terminé", "terminado", "已结束"),
    "arrests": ("arrest", "aanhouding", "Festnahme", "arrestation", "detención", "被捕"),
    "freed": ("freed", "vrij", "frei", "libre", "en libertad", "获释"),
    "resigns": ("resigned", "opgestapt", "zurückgetreten", "démissionné", "dimitido", "已辞职"),
    "strikes": ("work stopped", "werk neergelegd", "im Streik", "en grève", "en huelga", "罢工"),
    "dies": ("death", "overleden", "tot", "mort", "fallecimiento", "死亡"),
    "completes": ("completed", "afgerond", "abgeschlossen", "finalisé", "completado", "已完成"),
    "insolvent": ("insolvent", "failliet", "insolvent", "en faillite", "en quiebra", "破产"),
    "buys": ("takeover", "overname", "Übernahme", "rachat", "compra", "收购"),
    "retaliates": ("retaliation", "vergelding", "Gegenmaßnahmen", "riposte", "represalias", "反制"),
    "elected": ("new in office", "nieuw in het ambt", "neu im Amt", "nouveau en poste", "nuevo en el cargo", "就任"),
    "rises": ("rising", "stijgend", "steigend", "en hausse", "al alza", "上涨"),
    "falls": ("falling", "dalend", "fallend", "en baisse", "a la baja", "下跌"),
    "headline": ("headline", "kop", "Titel", "titre", "titular", "标题"),
    "number": ("number", "getal", "Zahl", "chiffre", "cifra", "数字"),
    "retraction": ("retracted", "teruggetrokken", "zurückgezogen", "rétracté", "retirado por el medio", "已撤稿"),
    "correction": ("corrected", "gecorrigeerd", "berichtigt", "corrigé", "corregido", "已更正"),
}
_PART = re.compile(r"(?P<key>new|names|places|date|stage|reversal|changed)(?P<colon>:?) (?P<rest>.+)")


def say_reason(reason: str, language: str) -> str:
    """Return a development's reason («new: 25 contracts; names ZTE») with our words of it in a language."""
    return "; ".join(_say_part(part, language) for part in reason.split("; "))


def say_stage(key: str, language: str) -> str:
    """Return what a stage is called in a language; a key that is none stays as it is."""
    primary = language.replace("_", "-").split("-", 1)[0].casefold()
    return _STAGES[key][LANGUAGES.index(primary) if primary in LANGUAGES else 0] if key in _STAGES else key


def _say_part(part: str, language: str) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        return part
    return f"{say(found['key'], language)}{found['colon']} {_say_rest(found['key'], found['rest'], language)}"


def _say_rest(key: str, rest: str, language: str) -> str:
    """Say what follows our word: stages and places have names of ours, all else is the article's."""
    if key == "places":
        return ", ".join(say_place(place, language) for place in rest.split(", "))
    if key in {"stage", "reversal", "changed"}:
        now, _, before = rest.partition(" < ")
        told = say_stage(now, language)
        return f"{say_stage(before, language)} → {told}" if before else told
    return rest
