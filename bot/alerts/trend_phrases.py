"""Our own words about trends and machine help: the columns are those of `phrases`."""

from __future__ import annotations

TREND_PHRASES: dict[str, tuple[str, str, str, str, str, str]] = {
    # key: en, nl, de, fr, es, zh
    "trend.unit": (
        "articles a day", "artikelen per dag", "Artikel pro Tag", "articles par jour", "artículos por día",
        "每日文章数",
    ),
    "trend.usual": ("usual", "gewoonlijk", "üblich", "habituel", "habitual", "常态"),
    "trend.days": ("{n} days", "{n} dagen", "{n} Tage", "{n} jours", "{n} días", "{n} 天"),
    "trend.articles.one": ("{n} article", "{n} artikel", "{n} Artikel", "{n} article", "{n} artículo", "{n} 篇文章"),
    "trend.articles": ("{n} articles", "{n} artikelen", "{n} Artikel", "{n} articles", "{n} artículos", "{n} 篇文章"),
    "trend.today": (
        "today so far", "vandaag tot nu toe", "heute bisher", "aujourd’hui jusqu’ici", "hoy hasta ahora", "今日至今",
    ),
    "trend.unread": (
        "before reading began", "vóór het lezen begon", "vor Beginn des Lesens", "avant le début de la lecture",
        "antes de empezar a leer", "开始抓取之前",
    ),
    "trend.out": ("Stands out", "Valt op", "Fällt auf", "Se distingue", "Destaca", "异常高峰"),
    "trend.none": (
        "No day stands out against the weeks before it.", "Geen dag valt op tegen de weken ervoor.",
        "Kein Tag fällt gegenüber den Wochen davor auf.", "Aucun jour ne se distingue des semaines précédentes.",
        "Ningún día destaca frente a las semanas anteriores.", "没有哪一天明显高于此前几周。",
    ),
    "trend.early": (
        "What is usual is not known yet: that takes {n} days of reading.",
        "Wat gewoon is, is nog niet bekend: daarvoor is {n} dagen lezen nodig.",
        "Was üblich ist, ist noch nicht bekannt: dazu braucht es {n} Tage des Lesens.",
        "L’habituel n’est pas encore connu : il faut {n} jours de lecture.",
        "Aún no se sabe qué es habitual: hacen falta {n} días de lectura.",
        "尚不知常态水平：需要 {n} 天的抓取。",
    ),
    "trend.of_them": (
        "{n} of them in this story", "{n} daarvan in dit verhaal", "{n} davon zu dieser Meldung",
        "dont {n} sur ce sujet", "{n} de ellos en esta noticia", "其中 {n} 篇属于此报道",
    ),
    "trend.nothing": (
        "Nothing in these days.", "Niets in deze dagen.", "Nichts in diesen Tagen.", "Rien pendant ces jours.",
        "Nada en estos días.", "这些天没有内容。",
    ),
    "trend.both": (
        "stories that tell of both: {n}", "verhalen over beide: {n}", "Meldungen zu beiden: {n}",
        "sujets qui parlent des deux : {n}", "noticias sobre ambos: {n}", "同时涉及两者的报道：{n}",
    ),
    "trend.peak": ("most: {n} on {day}", "meeste: {n} op {day}", "am meisten: {n} am {day}", "maximum : {n} le {day}",
        "máximo: {n} el {day}", "最多：{n} 篇，{day}",
    ),
    "trend.silent": (
        "{topic} has fallen silent", "{topic} is stilgevallen", "Um {topic} ist es still geworden",
        "Plus rien sur {topic}", "{topic} ha quedado en silencio", "{topic} 没有新消息了",
    ),
    "trend.silent_days.one": (
        "No article in the last 24 hours, where about {usual} are usual.",
        "Geen artikel in de laatste 24 uur; gewoonlijk zijn het er ongeveer {usual}.",
        "Kein Artikel in den letzten 24 Stunden; üblich sind etwa {usual}.",
        "Aucun article ces dernières 24 heures ; l’habituel est d’environ {usual}.",
        "Ningún artículo en las últimas 24 horas; lo habitual son unos {usual}.",
        "过去 24 小时没有文章；通常约有 {usual} 篇。",
    ),
    "trend.silent_days": (
        "No article in the last {n} days, where about {usual} are usual.",
        "Geen artikel in de laatste {n} dagen; gewoonlijk zijn het er ongeveer {usual}.",
        "Kein Artikel in den letzten {n} Tagen; üblich sind etwa {usual}.",
        "Aucun article ces {n} derniers jours ; l’habituel est d’environ {usual}.",
        "Ningún artículo en los últimos {n} días; lo habitual son unos {usual}.",
        "过去 {n} 天没有文章；通常约有 {usual} 篇。",
    ),
    "trend.silent_look": (
        "It may be so, or something is wrong: /news feed health tells of the feeds, /news topic test of the topic.",
        "Dat kan kloppen, of er is iets mis: zie /news feed health voor de feeds, /news topic test voor het onderwerp.",
        "Das kann stimmen, oder etwas ist gestört: /news feed health zeigt die Feeds, /news topic test das Thema.",
        "C’est possible, ou quelque chose ne va pas : /news feed health pour les flux, /news topic test pour le sujet.",
        "Puede ser cierto, o algo falla: /news feed health muestra las fuentes, /news topic test el tema.",
        "可能确实如此，也可能出了问题：/news feed health 查看订阅源，/news topic test 查看主题。",
    ),
    "machine": (
        "machine-made", "door een machine gemaakt", "maschinell erstellt", "produit par une machine",
        "hecho por una máquina", "机器生成",
    ),
}  # fmt: skip
