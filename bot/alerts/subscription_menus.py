"""What menus say of commands about what is watched and followed, and of their options, by the English of each."""

from __future__ import annotations

from bot.alerts.command_words import Row

SUBSCRIPTION_MENUS: dict[str, Row] = {
    # en: nl, de, fr, es, zh
    # commands and forms
    "Everything about subscriptions": (
        "Alles over abonnementen",
        "Alles über Abos",
        "Tout sur les abonnements",
        "Todo sobre las suscripciones",
        "关于订阅",
    ),
    "Hear of a topic or a story by direct message.": (
        "Hoor over een onderwerp of verhaal per privébericht.",
        "Von einem Thema oder einer Meldung per Direktnachricht hören.",
        "Suivre un thème ou un sujet par message privé.",
        "Seguir un tema o una noticia por mensaje directo.",
        "通过私信关注某个主题或报道。",
    ),
    "Hear no more of what you follow.": (
        "Hoor niets meer over wat je volgt.",
        "Nichts mehr von dem hören, was man verfolgt.",
        "Ne plus rien recevoir de ce que vous suivez.",
        "No recibir más de lo que sigue.",
        "不再接收所关注的内容。",
    ),
    "Change a subscription.": (
        "Wijzig een abonnement.",
        "Ein Abo ändern.",
        "Modifier un abonnement.",
        "Cambiar una suscripción.",
        "更改订阅。",
    ),
    "Watch a topic here.": (
        "Volg hier een onderwerp.",
        "Hier ein Thema beobachten.",
        "Suivre un thème ici.",
        "Seguir un tema aquí.",
        "在此关注一个主题。",
    ),
    "Stop watching a topic in this channel.": (
        "Volg een onderwerp niet meer in dit kanaal.",
        "Ein Thema in diesem Kanal nicht mehr beobachten.",
        "Ne plus suivre un thème dans ce salon.",
        "Dejar de seguir un tema en este canal.",
        "在本频道停止关注某个主题。",
    ),
    "Show what this channel watches, with buttons to change it.": (
        "Toon wat dit kanaal volgt, met knoppen om het te wijzigen.",
        "Zeigen, was dieser Kanal beobachtet, mit Knöpfen zum Ändern.",
        "Montrer ce que suit ce salon, avec des boutons pour le modifier.",
        "Mostrar lo que sigue este canal, con botones para cambiarlo.",
        "显示本频道关注的内容，并可用按钮更改。",
    ),
    # options
    "Which of the topics that this channel watches": (
        "Welk onderwerp dat dit kanaal volgt",
        "Welches Thema, das dieser Kanal beobachtet",
        "Lequel des thèmes suivis par ce salon",
        "Cuál de los temas que sigue este canal",
        "本频道关注的哪个主题",
    ),
    "When and how it alerts, or what it lets through": (
        "Wanneer en hoe het meldt, of wat het doorlaat",
        "Wann und wie es meldet, oder was es durchlässt",
        "Quand et comment il alerte, ou ce qu’il laisse passer",
        "Cuándo y cómo avisa, o qué deja pasar",
        "何时如何提醒，或放行什么",
    ),
    "What to watch": ("Wat te volgen", "Was zu beobachten ist", "Quoi suivre", "Qué seguir", "关注什么"),
    "What not to watch any more": (
        "Wat niet meer te volgen",
        "Was nicht mehr zu beobachten ist",
        "Quoi ne plus suivre",
        "Qué dejar de seguir",
        "不再关注什么",
    ),
    "Live alerts, the digest, or both": (
        "Directe berichten, het overzicht, of beide",
        "Sofortmeldungen, der Überblick, oder beides",
        "Alertes en direct, récapitulatif, ou les deux",
        "Alertas en vivo, el resumen, o ambos",
        "实时提醒、摘要，或两者",
    ),
    "How sure a match must be; left out: as the topic says": (
        "Hoe zeker een treffer moet zijn; leeg: zoals het onderwerp zegt",
        "Wie sicher ein Treffer sein muss; leer: wie das Thema sagt",
        "Degré de certitude ; vide : celui du thème",
        "Cuán segura debe ser; vacío: según el tema",
        "匹配的把握程度；留空：按主题设定",
    ),
    "Wait until so many outlets cover a story": (
        "Wacht tot zoveel media een verhaal brengen",
        "Warten, bis so viele Medien berichten",
        "Attendre que tant de médias en parlent",
        "Esperar a que tantos medios la cubran",
        "等到这么多媒体报道",
    ),
    "Wait for so many origins; wire copies count as one": (
        "Wacht op zoveel bronnen; kopieën tellen als één",
        "Auf so viele Ursprünge warten; Agenturkopien zählen einmal",
        "Attendre tant d’origines ; les copies comptent pour une",
        "Esperar tantos orígenes; las copias cuentan una vez",
        "等到这么多来源；转载算一个",
    ),
    "Only articles in these languages, as nl, de": (
        "Alleen artikelen in deze talen, als nl, de",
        "Nur Artikel in diesen Sprachen, etwa nl, de",
        "Seulement dans ces langues, comme nl, de",
        "Solo en estos idiomas, como nl, de",
        "仅这些语言的文章，如 nl, de",
    ),
    "Only these outlets, with commas between them": (
        "Alleen deze media, met komma's ertussen",
        "Nur diese Medien, durch Kommas getrennt",
        "Seulement ces médias, séparés par des virgules",
        "Solo estos medios, separados por comas",
        "仅这些媒体，以逗号分隔",
    ),
    "Not these outlets": ("Niet deze media", "Nicht diese Medien", "Pas ces médias", "No estos medios", "排除这些媒体"),
    "Not what holds one of these words or phrases": (
        "Niet wat een van deze woorden bevat",
        "Nicht, was eines dieser Wörter enthält",
        "Rien qui contienne un de ces mots",
        "Nada que contenga una de estas palabras",
        "排除含有这些词语的内容",
    ),
    "A role or user group that each new story calls": (
        "Een rol die bij elk nieuw verhaal wordt opgeroepen",
        "Eine Rolle, die jede neue Meldung ruft",
        "Un rôle mentionné à chaque nouveau sujet",
        "Un rol al que avisa cada noticia nueva",
        "每条新报道提醒的身份组",
    ),
}
