"""What menus say of commands about settings and digests, and of their options, by the English of each."""

from __future__ import annotations

from bot.alerts.command_words import Row

CHANNEL_MENUS: dict[str, Row] = {
    # en: nl, de, fr, es, zh
    # commands and forms
    "Settings of this channel": (
        "Instellingen van dit kanaal",
        "Einstellungen dieses Kanals",
        "Réglages de ce salon",
        "Ajustes de este canal",
        "此频道的设置",
    ),
    "The digest of this channel": (
        "Het overzicht van dit kanaal",
        "Der Überblick dieses Kanals",
        "Le récapitulatif de ce salon",
        "El resumen de este canal",
        "此频道的摘要",
    ),
    "Everything about digests": (
        "Alles over overzichten",
        "Alles über Überblicke",
        "Tout sur les récapitulatifs",
        "Todo sobre los resúmenes",
        "关于摘要",
    ),
    "Post a digest of the last 24 hours (of a weekly digest: 7 days) here, for everyone.": (
        "Plaats hier voor iedereen een overzicht van de laatste 24 uur (wekelijks: 7 dagen).",
        "Hier für alle einen Überblick der letzten 24 Stunden posten (wöchentlich: 7 Tage).",
        "Publier ici, pour tous, un récapitulatif des dernières 24 heures.",
        "Publicar aquí, para todos, un resumen de las últimas 24 horas.",
        "在此为所有人发布过去 24 小时的摘要（每周摘要：7 天）。",
    ),
    "Set when digests come.": (
        "Stel in wanneer overzichten komen.",
        "Einstellen, wann Überblicke kommen.",
        "Régler quand viennent les récapitulatifs.",
        "Fijar cuándo llegan los resúmenes.",
        "设置摘要的发送时间。",
    ),
    "Send this channel no digest any more.": (
        "Stuur dit kanaal geen overzicht meer.",
        "Diesem Kanal keinen Überblick mehr senden.",
        "Ne plus envoyer de récapitulatif à ce salon.",
        "No enviar más resúmenes a este canal.",
        "不再向本频道发送摘要。",
    ),
    "Show what the next digest of this channel would tell by now; nobody else sees it.": (
        "Toon wat het volgende overzicht nu zou melden; niemand anders ziet het.",
        "Zeigen, was der nächste Überblick jetzt melden würde; sonst sieht es niemand.",
        "Montrer ce que dirait le prochain récapitulatif ; vous seul le voyez.",
        "Mostrar lo que diría el próximo resumen; nadie más lo ve.",
        "显示下一期摘要目前的内容；仅您可见。",
    ),
    "Show what you missed here since you last asked.": (
        "Toon wat je hier gemist hebt sinds de vorige keer.",
        "Zeigen, was man hier seit dem letzten Mal verpasst hat.",
        "Montrer ce que vous avez manqué ici depuis la dernière fois.",
        "Mostrar lo que se perdió aquí desde la última vez.",
        "显示自上次以来您错过的内容。",
    ),
    "Show or change settings.": (
        "Toon of wijzig instellingen.",
        "Einstellungen zeigen oder ändern.",
        "Montrer ou modifier les réglages.",
        "Mostrar o cambiar ajustes.",
        "显示或更改设置。",
    ),
    # options
    "Since when: 3h, 2d, 14:00, yesterday, monday, 2026-11-28; else since your last catchup": (
        "Sinds wanneer: 3h, 2d, 14:00, yesterday, 2026-11-28; anders sinds de vorige keer",
        "Seit wann: 3h, 2d, 14:00, yesterday, 2026-11-28; sonst seit dem letzten Mal",
        "Depuis quand : 3h, 2d, 14:00, yesterday, 2026-11-28 ; sinon la dernière fois",
        "Desde cuándo: 3h, 2d, 14:00, yesterday, 2026-11-28; si no, la última vez",
        "从何时起：3h、2d、14:00、yesterday、2026-11-28；否则从上次起",
    ),
    "Until when; else until now": (
        "Tot wanneer; anders tot nu",
        "Bis wann; sonst bis jetzt",
        "Jusqu’à quand ; sinon maintenant",
        "Hasta cuándo; si no, ahora",
        "到何时；否则到现在",
    ),
    "When the digest comes, such as 08:00 or 08:00 weekdays, or off": (
        "Wanneer het overzicht komt, zoals 08:00 of 08:00 weekdays, of off",
        "Wann der Überblick kommt, etwa 08:00 oder 08:00 weekdays, oder off",
        "Quand vient le récapitulatif : 08:00, 08:00 weekdays ou off",
        "Cuándo llega el resumen: 08:00, 08:00 weekdays u off",
        "摘要何时发送，如 08:00 或 08:00 weekdays，或 off",
    ),
    "The hour, such as 08:00 or 08:00 weekdays; off ends it": (
        "Het uur, zoals 08:00 of 08:00 weekdays; off beëindigt het",
        "Die Uhrzeit, etwa 08:00 oder 08:00 weekdays; off beendet ihn",
        "L’heure, par exemple 08:00 ou 08:00 weekdays ; off y met fin",
        "La hora, como 08:00 o 08:00 weekdays; off lo termina",
        "时间，例如 08:00 或 08:00 weekdays；off 表示停止",
    ),
    "daily, weekdays, mon,thu, or weekly (on Mondays)": (
        "daily, weekdays, mon,thu of weekly (maandag)",
        "daily, weekdays, mon,thu oder weekly (montags)",
        "daily, weekdays, mon,thu ou weekly (le lundi)",
        "daily, weekdays, mon,thu o weekly (los lunes)",
        "daily、weekdays、mon,thu 或 weekly（周一）",
    ),
    "Topics, a comma between them; all: those of this channel": (
        "Onderwerpen, met komma's; all: die van dit kanaal",
        "Themen, mit Kommas; all: die dieses Kanals",
        "Thèmes, séparés par des virgules ; all : ceux de ce salon",
        "Temas, separados por comas; all: los de este canal",
        "主题，以逗号分隔；all：本频道的主题",
    ),
    "The most stories in a message": (
        "Hoogstens zoveel verhalen per bericht",
        "Höchstens so viele Meldungen je Nachricht",
        "Maximum de sujets par message",
        "Máximo de noticias por mensaje",
        "每条消息最多几条报道",
    ),
    "Whether it comes, in one line, when there is nothing to tell": (
        "Of het ook komt, in één regel, als er niets te melden is",
        "Ob er auch, in einer Zeile, kommt, wenn es nichts zu melden gibt",
        "S’il vient, en une ligne, quand il n’y a rien à dire",
        "Si llega, en una línea, cuando no hay nada que contar",
        "没有内容时是否也发一行",
    ),
    "The language of our own words": (
        "De taal van onze eigen woorden",
        "Die Sprache unserer eigenen Wörter",
        "La langue de nos propres mots",
        "El idioma de nuestras palabras",
        "机器人所用的语言",
    ),
    "The time zone, such as Europe/Amsterdam": (
        "De tijdzone, zoals Europe/Amsterdam",
        "Die Zeitzone, etwa Europe/Amsterdam",
        "Le fuseau, comme Europe/Amsterdam",
        "La zona horaria, como Europe/Amsterdam",
        "时区，如 Europe/Amsterdam",
    ),
    "Hours without alerts, such as 22:00-07:00, or off": (
        "Uren zonder berichten, zoals 22:00-07:00, of off",
        "Stunden ohne Meldungen, etwa 22:00-07:00, oder off",
        "Heures sans alertes, comme 22:00-07:00, ou off",
        "Horas sin alertas, como 22:00-07:00, u off",
        "免打扰时段，如 22:00-07:00，或 off",
    ),
    "The most alerts an hour, or off; the rest becomes one message": (
        "Hoogstens zoveel per uur, of off; de rest wordt één bericht",
        "Höchstens so viele je Stunde, oder off; der Rest wird eine Nachricht",
        "Maximum d’alertes par heure, ou off ; le reste en un message",
        "Máximo de alertas por hora, u off; el resto en un mensaje",
        "每小时上限，或 off；其余合并为一条",
    ),
    "Developments in a thread, as a reply, or by an edit alone": (
        "Ontwikkelingen in een discussie, als antwoord, of alleen als bewerking",
        "Entwicklungen im Thread, als Antwort, oder nur als Bearbeitung",
        "Évolutions dans un fil, en réponse, ou par simple modification",
        "Novedades en un hilo, como respuesta, o solo por edición",
        "进展：放入子区、回复，或仅编辑",
    ),
    "Whether an announcement channel's followers get the messages too": (
        "Of volgers van een aankondigingskanaal de berichten ook krijgen",
        "Ob Follower eines Ankündigungskanals die Nachrichten auch erhalten",
        "Si les abonnés d’un salon d’annonces reçoivent aussi les messages",
        "Si los seguidores de un canal de anuncios también los reciben",
        "公告频道的关注者是否也收到消息",
    ),
    "Whether this workspace's health is told here": (
        "Of de toestand van de bot hier verteld wordt",
        "Ob der Zustand des Bots hier gemeldet wird",
        "Si l’état du bot est signalé ici",
        "Si el estado del bot se avisa aquí",
        "是否在此报告机器人的运行状况",
    ),
}
