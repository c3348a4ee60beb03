"""What menus say of commands about stories, trends and the bot, and of their options, by the English of each."""

from __future__ import annotations

from bot.alerts.command_words import Row

STORY_MENUS: dict[str, Row] = {
    # en: nl, de, fr, es, zh
    # commands and forms
    "News alerts: topics, stories, feeds and subscriptions": (
        "Nieuwsberichten: onderwerpen, verhalen, feeds en abonnementen",
        "Nachrichtenmeldungen: Themen, Meldungen, Feeds und Abos",
        "Alertes d’actualité : thèmes, sujets, flux et abonnements",
        "Alertas de noticias: temas, noticias, fuentes y suscripciones",
        "新闻提醒：主题、报道、订阅源与订阅",
    ),
    "Say which article of a story tells of something else: it becomes a story of its own.": (
        "Zeg welk artikel van een verhaal over iets anders gaat: het wordt een eigen verhaal.",
        "Sagen, welcher Artikel von etwas anderem handelt: er wird eine eigene Meldung.",
        "Dire quel article parle d’autre chose : il devient un sujet à part.",
        "Decir qué artículo trata de otra cosa: será una noticia aparte.",
        "指出哪篇文章讲的是另一件事：它将成为独立的报道。",
    ),
    "Make a story that was taken apart one again, or list what was taken apart.": (
        "Voeg een gesplitst verhaal weer samen, of toon wat gesplitst is.",
        "Eine getrennte Meldung wieder zusammenführen, oder Getrenntes auflisten.",
        "Réunir un sujet séparé, ou lister ce qui a été séparé.",
        "Reunir una noticia separada, o listar lo separado.",
        "合并拆分过的报道，或列出已拆分的内容。",
    ),
    "Show what you can ask, or explain one command.": (
        "Toon wat je kunt vragen, of leg één opdracht uit.",
        "Zeigen, was man fragen kann, oder einen Befehl erklären.",
        "Montrer ce que l’on peut demander, ou expliquer une commande.",
        "Mostrar lo que se puede pedir, o explicar un comando.",
        "显示可用命令，或解释某个命令。",
    ),
    "Hear no more of a story in this channel.": (
        "Hoor in dit kanaal niets meer over een verhaal.",
        "In diesem Kanal nichts mehr von einer Meldung hören.",
        "Ne plus rien recevoir d’un sujet dans ce salon.",
        "No recibir más de una noticia en este canal.",
        "本频道不再接收某条报道。",
    ),
    "Hear of a muted story again in this channel.": (
        "Hoor in dit kanaal weer over een gedempt verhaal.",
        "In diesem Kanal wieder von einer stummen Meldung hören.",
        "Recevoir de nouveau un sujet masqué dans ce salon.",
        "Volver a recibir una noticia silenciada en este canal.",
        "本频道重新接收已静音的报道。",
    ),
    "Find articles in the archive.": (
        "Vind artikelen in het archief.",
        "Artikel im Archiv finden.",
        "Trouver des articles dans les archives.",
        "Buscar artículos en el archivo.",
        "在存档中查找文章。",
    ),
    "Show how the bot is: feeds, stories, and what waits to be delivered.": (
        "Toon hoe het met de bot gaat: feeds, verhalen, en wat nog bezorgd moet worden.",
        "Zeigen, wie es dem Bot geht: Feeds, Meldungen, wartende Zustellungen.",
        "Montrer l’état du bot : flux, sujets, envois en attente.",
        "Mostrar cómo está el bot: fuentes, noticias y envíos pendientes.",
        "显示机器人状态：订阅源、报道和待投递内容。",
    ),
    "Show the latest stories, of one topic or of all.": (
        "Toon de nieuwste verhalen, van één onderwerp of van alle.",
        "Die neuesten Meldungen zeigen, eines Themas oder aller.",
        "Montrer les derniers sujets, d’un thème ou de tous.",
        "Mostrar las últimas noticias, de un tema o de todos.",
        "显示某个或所有主题的最新报道。",
    ),
    "Show a story: who covers it, what is new, what happened before.": (
        "Toon een verhaal: wie het brengt, wat nieuw is, wat eraan voorafging.",
        "Eine Meldung zeigen: wer berichtet, was neu ist, was zuvor geschah.",
        "Montrer un sujet : qui en parle, quoi de neuf, ce qui précède.",
        "Mostrar una noticia: quién la cubre, qué hay de nuevo, qué pasó antes.",
        "显示一条报道：谁在报道、有何新进展、此前发生了什么。",
    ),
    "Show what happened when: the days of a topic that mattered, or how a story came about.": (
        "Toon wat wanneer gebeurde: de dagen die telden, of hoe een verhaal ontstond.",
        "Zeigen, was wann geschah: die wichtigen Tage, oder wie eine Meldung entstand.",
        "Montrer ce qui s’est passé et quand, d’un thème ou d’un sujet.",
        "Mostrar qué pasó y cuándo, de un tema o una noticia.",
        "显示何时发生了什么：主题的重要日期，或报道的来龙去脉。",
    ),
    "Show how much there is on a topic day by day, and the days that stand out.": (
        "Toon hoeveel er per dag is over een onderwerp, en welke dagen opvallen.",
        "Zeigen, wie viel es je Tag zu einem Thema gibt, und welche Tage auffallen.",
        "Montrer le volume d’un thème jour par jour, et les jours marquants.",
        "Mostrar cuánto hay de un tema cada día, y los días que destacan.",
        "显示主题每天的报道量，以及突出的日子。",
    ),
    "Show two topics side by side, day by day.": (
        "Toon twee onderwerpen naast elkaar, dag voor dag.",
        "Zwei Themen nebeneinander zeigen, Tag für Tag.",
        "Montrer deux thèmes côte à côte, jour par jour.",
        "Mostrar dos temas en paralelo, día a día.",
        "逐日并列显示两个主题。",
    ),
    # options
    "Its number, as lists show it after #": (
        "Het nummer, zoals lijsten het na # tonen",
        "Die Nummer, wie Listen sie nach # zeigen",
        "Son numéro, après # dans les listes",
        "Su número, como lo muestran las listas tras #",
        "编号，即列表中 # 之后的数字",
    ),
    "The number of the article that is another story; without it, they are listed": (
        "Het nummer van het artikel dat een ander verhaal is; zonder komt een lijst",
        "Die Nummer des Artikels, der eine andere Meldung ist; ohne sie eine Liste",
        "Le numéro de l’article à part ; sans lui, une liste",
        "El número del artículo aparte; sin él, una lista",
        "属于另一报道的文章编号；留空则列出",
    ),
    "Its number; without it, all are listed": (
        "Het nummer; zonder komen alle",
        "Die Nummer; ohne sie alle",
        "Son numéro ; sans lui, tous",
        "Su número; sin él, todos",
        "编号；留空则列出全部",
    ),
    "Which page": ("Welke pagina", "Welche Seite", "Quelle page", "Qué página", "第几页"),
    "A topic's name, or a story's number as #12": (
        "Naam van een onderwerp, of nummer van een verhaal als #12",
        "Name eines Themas, oder Nummer einer Meldung wie #12",
        "Nom d’un thème, ou numéro d’un sujet comme #12",
        "Nombre de un tema, o número de una noticia como #12",
        "主题名称，或报道编号如 #12",
    ),
    "The command to explain; left out: all of them": (
        "De opdracht; leeg: alle",
        "Der Befehl; leer: alle",
        "La commande ; vide : toutes",
        "El comando; vacío: todos",
        "要解释的命令；留空：全部",
    ),
    'Such as "trade talks" OR zte NOT football since:7d': (
        'Zoals "trade talks" OR zte NOT football since:7d',
        'Etwa "trade talks" OR zte NOT football since:7d',
        'Comme "trade talks" OR zte NOT football since:7d',
        'Como "trade talks" OR zte NOT football since:7d',
        '例如 "trade talks" OR zte NOT football since:7d',
    ),
    "Only stories of this topic": (
        "Alleen verhalen van dit onderwerp",
        "Nur Meldungen dieses Themas",
        "Seulement les sujets de ce thème",
        "Solo noticias de este tema",
        "仅此主题的报道",
    ),
    "How many": ("Hoeveel", "Wie viele", "Combien", "Cuántas", "多少"),
    "Which topic": ("Welk onderwerp", "Welches Thema", "Quel thème", "Qué tema", "哪个主题"),
    "One topic": ("Een onderwerp", "Ein Thema", "Un thème", "Un tema", "一个主题"),
    "The other topic": ("Het andere onderwerp", "Das andere Thema", "L’autre thème", "El otro tema", "另一个主题"),
    "How many days back": (
        "Hoeveel dagen terug",
        "Wie viele Tage zurück",
        "Combien de jours en arrière",
        "Cuántos días atrás",
        "回溯多少天",
    ),
}
