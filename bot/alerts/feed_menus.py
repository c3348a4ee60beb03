"""What menus say of commands about feeds and of their options, by the English of each."""

from __future__ import annotations

from bot.alerts.command_words import Row

FEED_MENUS: dict[str, Row] = {
    # en: nl, de, fr, es, zh
    # commands and forms
    "Everything about feeds": (
        "Alles over feeds",
        "Alles über Feeds",
        "Tout sur les flux",
        "Todo sobre las fuentes",
        "关于订阅源",
    ),
    "Show how a feed is, or which feeds are in trouble, and what to do about it.": (
        "Toon hoe het met een feed gaat, of welke feeds haperen, en wat eraan te doen is.",
        "Zeigen, wie es um einen Feed steht, oder welche gestört sind, und was hilft.",
        "Montrer l’état d’un flux, ou ceux en difficulté, et que faire.",
        "Mostrar cómo está una fuente, o cuáles fallan, y qué hacer.",
        "显示订阅源的状况或有问题的订阅源，以及处理办法。",
    ),
    "Decide over articles that a feed brought all at once and that were held back.": (
        "Beslis over artikelen die een feed ineens bracht en die zijn opgehouden.",
        "Über Artikel entscheiden, die ein Feed auf einmal brachte und die warten.",
        "Décider des articles arrivés d’un coup et retenus.",
        "Decidir sobre artículos que llegaron de golpe y quedaron retenidos.",
        "处理订阅源一次性涌入而被暂扣的文章。",
    ),
    "Show the feeds that are read here, and how that goes.": (
        "Toon de feeds die hier gelezen worden, en hoe dat gaat.",
        "Die hier gelesenen Feeds zeigen, und wie es damit steht.",
        "Montrer les flux lus ici, et leur état.",
        "Mostrar las fuentes que se leen aquí, y cómo van.",
        "显示此处读取的订阅源及其状况。",
    ),
    "Stop reading a feed for this workspace.": (
        "Stop met het lezen van een feed.",
        "Einen Feed nicht mehr lesen.",
        "Ne plus lire un flux.",
        "Dejar de leer una fuente.",
        "停止读取某个订阅源。",
    ),
    "Read a feed for this workspace.": (
        "Lees een feed.",
        "Einen Feed lesen.",
        "Lire un flux.",
        "Leer una fuente.",
        "读取一个订阅源。",
    ),
    "Read the feeds of a list.": (
        "Lees de feeds van een lijst.",
        "Die Feeds einer Liste lesen.",
        "Lire les flux d’une liste.",
        "Leer las fuentes de una lista.",
        "读取列表中的订阅源。",
    ),
    "Give the feeds that are read here as OPML, for another reader.": (
        "Geef de feeds van hier als OPML, voor een andere lezer.",
        "Die hiesigen Feeds als OPML geben, für einen anderen Leser.",
        "Donner les flux d’ici en OPML, pour un autre lecteur.",
        "Dar las fuentes de aquí en OPML, para otro lector.",
        "以 OPML 导出此处的订阅源，供其他阅读器使用。",
    ),
    # options
    "Its number, address or name; left out: those in trouble": (
        "Nummer, adres of naam; leeg: wat hapert",
        "Nummer, Adresse oder Name; leer: die gestörten",
        "Numéro, adresse ou nom ; vide : ceux en difficulté",
        "Número, dirección o nombre; vacío: las que fallan",
        "编号、地址或名称；留空：有问题的",
    ),
    "Its number, address or name": (
        "Nummer, adres of naam",
        "Nummer, Adresse oder Name",
        "Numéro, adresse ou nom",
        "Número, dirección o nombre",
        "编号、地址或名称",
    ),
    "Show them as news, or drop them: kept as context, not told": (
        "Toon ze als nieuws, of laat ze vallen: bewaard als context, niet verteld",
        "Als Nachrichten zeigen, oder fallen lassen: bleiben nur Kontext",
        "Les montrer, ou les laisser : gardés comme contexte",
        "Mostrarlos, o descartarlos: quedan como contexto",
        "作为新闻显示，或放弃：仅留作背景",
    ),
    "Only feeds with this tag": (
        "Alleen feeds met dit label",
        "Nur Feeds mit diesem Etikett",
        "Seulement les flux avec cette étiquette",
        "Solo fuentes con esta etiqueta",
        "仅带此标签的订阅源",
    ),
    "Only feeds with this tag; left out: all": (
        "Alleen feeds met dit label; leeg: alle",
        "Nur Feeds mit diesem Etikett; leer: alle",
        "Seulement avec cette étiquette ; vide : tous",
        "Solo con esta etiqueta; vacío: todas",
        "仅带此标签；留空：全部",
    ),
    "Which page of a long list": (
        "Welke pagina van een lange lijst",
        "Welche Seite einer langen Liste",
        "Quelle page d’une longue liste",
        "Qué página de una lista larga",
        "长列表的第几页",
    ),
    "The address of a feed, or of a site whose feeds are then found": (
        "Het adres van een feed, of van een site waarvan de feeds gezocht worden",
        "Die Adresse eines Feeds oder einer Site, deren Feeds gesucht werden",
        "L’adresse d’un flux, ou d’un site dont on cherche les flux",
        "La dirección de una fuente, o de un sitio cuyas fuentes se buscan",
        "订阅源地址，或网站地址（自动查找）",
    ),
    "What to call it; left out: what it calls itself": (
        "Hoe hij heet; leeg: zoals hij zichzelf noemt",
        "Wie er heißen soll; leer: wie er sich nennt",
        "Comment l’appeler ; vide : son propre nom",
        "Cómo llamarla; vacío: su propio nombre",
        "名称；留空：用其自身名称",
    ),
    "Words to find it by in the list, with commas": (
        "Woorden om hem te vinden, met komma's",
        "Wörter zum Wiederfinden, mit Kommas",
        "Des mots pour le retrouver, avec des virgules",
        "Palabras para encontrarla, con comas",
        "便于查找的词语，以逗号分隔",
    ),
    "Words to find all of them by, with commas": (
        "Woorden om ze te vinden, met komma's",
        "Wörter zum Wiederfinden aller, mit Kommas",
        "Des mots pour les retrouver, avec des virgules",
        "Palabras para encontrarlas, con comas",
        "便于查找它们的词语，以逗号分隔",
    ),
    "The address of an OPML file, or its text, or addresses of feeds": (
        "Adres van een OPML-bestand, de tekst ervan, of adressen van feeds",
        "Adresse einer OPML-Datei, ihr Text, oder Adressen von Feeds",
        "Adresse d’un fichier OPML, son texte, ou adresses de flux",
        "Dirección de un archivo OPML, su texto, o direcciones de fuentes",
        "OPML 文件的地址或内容，或订阅源地址",
    ),
}
