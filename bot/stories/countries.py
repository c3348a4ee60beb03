"""Countries and capitals in thirteen languages: which of them a text names, and what they are called in a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.stories.lexicon import Lexicon

LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")

_ROWS = """
United States, U.S., =US, American*, Washington|Verenigde Staten, =VS, Amerika*|USA,
    Vereinigte Staaten, amerikanisch*|États-Unis, américain*|Estados Unidos, estadounidense*,
    EE.UU., EEUU|美国, 美國, 中美, 美中, 米中, 미중, 华盛顿, 美方|Stati Uniti, statunitens*, США, американск*,
    アメリカ, 米国, 미국, أمريكا, الولايات المتحدة, =EUA, amerykańsk*, أمريكي*, أميركا, أميركي*,
    الولايات المتحده, واشنطن, Вашингтон*, Соединенные Штаты, Соединённые Штаты, ワシントン, 워싱턴,
    Stany Zjednoczone
China, Chinese, Beijing|China, Chinees, Chinese, Peking|China, chinesisch*, Peking|Chine,
    chinois*, Pékin|China, chino, chinos, chinas, Pekín|中国, 中國, 中美, 美中, 米中, 미중, 北京, 中方|Cina,
    cines*, Pechino, Chiny, chińsk*, Китай, Китая, китайск*, 중국, chinês, chinesa, صيني*, الصين*,
    بكين, Китаю, Китаем, Китае, Пекин*, 베이징, Chinami, Pekin*, Pequim
European Union, =EU, Brussels|Europese Unie, =EU, Brussel|Europäische Union, =EU,
    Brüssel|Union européenne, =UE, Bruxelles|Unión Europea, =UE, Bruselas|欧盟, 歐盟, 布鲁塞尔|Unione
    europea, União Europeia, Unia Europejska, Евросоюз*, =ЕС, EU加盟, 欧州連合, 유럽연합, الاتحاد
    الأوروبي, Евросою*, Брюссел*, ブリュッセル, 브뤼셀, بروكسل, أوروبي*
Germany, German, Germans, Berlin|Duitsland, Duits*, Berlijn|Deutschland, deutsch*,
    Berlin|Allemagne, allemand*|Alemania, alemán, aleman*|德国, 德國, 柏林|Germania, tedesc*,
    Alemanha, Niemcy, niemieck*, немецк*, ドイツ, 독일, Германи*, германск*, Берлин*, ベルリン, 베를린,
    ألماني*, برلين, Berlino, Berlim, Niemiec
France, French, Paris|Frankrijk, Frans, Franse, Parijs|Frankreich, französisch*|France,
    français*, Paris|Francia, francés, frances*, París|法国, 法國, 巴黎|Francia, frances*, Parigi,
    França, Francja, francusk*, французск*, Париж, フランス, 프랑스, فرنسا, Франция, Франции, Францию,
    Францией, француз*, パリ, 파리, فرنسي*, باريس, Paryż*
Netherlands, Dutch, The Hague, Holland|Nederland, Nederlands*, Den Haag|Niederlande,
    niederländisch*|Pays-Bas, néerlandais*, La Haye|Países Bajos, neerland*, La Haya|荷兰, 荷蘭,
    海牙|Paesi Bassi, olandes*, Olanda, Holanda, holandes*, Holandia, オランダ, 네덜란드, هولندا,
    Нидерланд*, Голланди*, голландск*, نيدرلند*, هولندي*, لاهاي
Belgium, Belgian*|België, Belgisch*|Belgien, belgisch*|Belgique, belge, belges|Bélgica,
    belga, belgas|比利时, 比利時|Belgio, Belgia, ベルギー, 벨기에, بلجيكا, Бельги*, бельгийск*, بلجيكي*
United Kingdom, =UK, Britain, British, London|Verenigd Koninkrijk, Brits*, Groot-Brittannië,
    Londen|Großbritannien, britisch*, Vereinigtes Königreich|Royaume-Uni, britannique*,
    Londres|Reino Unido, británic*, Londres|英国, 英國, 伦敦|Regno Unito, britannic*, Londra, Wielka
    Brytania, brytyjsk*, британск*, Лондон, イギリス, ロンドン, 영국, Великобритани*, Британи*, 英政府, 런던,
    بريطاني*, لندن, Londyn*
Italy, Italian*, Rome|Italië, Italiaans*|Italien, italienisch*, Rom|Italie, italien*|Italia,
    italian*|意大利, 罗马|Italia, Roma, Itália, Włochy, イタリア, 이탈리아, Итали*, итальянск*, ローマ, 로마,
    إيطالي*, روما, włosk*, Włoch
Spain, Spanish, Madrid|Spanje, Spaans*|Spanien, spanisch*|Espagne, espagnol*|España,
    español*|西班牙, 马德里|Spagna, spagnol*, Espanha, Hiszpania, スペイン, 스페인, Испани*, испанск*,
    Мадрид*, マドリード, 마드리드, إسباني*, مدريد, hiszpańsk*
Portugal, Portuguese, Lisbon|Portugal, Portugees, Portugese, Lissabon|Portugal,
    portugiesisch*|Portugal, portugais*, Lisbonne|Portugal, portugués, portugues*, Lisboa|葡萄牙,
    里斯本|Portogallo, Portugalia, ポルトガル, 포르투갈, البرتغال, Португали*, português, portuguesa,
    برتغالي*
Poland, Polish, Warsaw|Polen, Pools, Poolse, Warschau|Polen, polnisch*|Pologne, polonais*,
    Varsovie|Polonia, polac*, Varsovia|波兰, 波蘭, 华沙|Polonia, Polska, Polsce, Polski, polsk*,
    Warszawa, ポーランド, 폴란드, بولندا, Польш*, польск*, Варшав*, ワルシャワ, 바르샤바, بولندي*, وارسو
Czech Republic, Czech, Czechia, Prague|Tsjechië, Tsjechisch*, Praag|Tschechien,
    tschechisch*, Prag|Tchéquie, tchèque*|República Checa, Chequia, checo, checos, Praga|捷克,
    布拉格|Cechia, Czechy, チェコ, 체코, التشيك, Чехи*, чешск*, Праг*, プラハ, 프라하, تشيكي*, براغ
Hungary, Hungarian*, Budapest|Hongarije, Hongaars*, Boedapest|Ungarn, ungarisch*|Hongrie,
    hongrois*|Hungría, húngar*|匈牙利, 布达佩斯|Ungheria, Hungria, Węgry, ハンガリー, 헝가리, المجر, Венгри*,
    венгерск*, Будапешт*, ブダペスト, مجري*, بودابست
Austria, Austrian*, Vienna|Oostenrijk, Oostenrijks*, Wenen|Österreich, österreichisch*,
    Wien|Autriche, autrichien*, Vienne|Austria, austriac*, Viena|奥地利, 维也纳|Áustria, オーストリア,
    오스트리아, النمسا, Австри*, австрийск*, =Вене, =Вена, =Вены, ウィーン, 빈에서, نمساوي*, فيينا
Switzerland, Swiss, Geneva, Zurich|Zwitserland, Zwitsers*, Genève|Schweiz, schweizer*, Genf,
    Zürich|Suisse, suisses, Genève|Suiza, suizo, suiza, Ginebra|瑞士, 日内瓦|Svizzera, Ginevra,
    Suíça, Szwajcaria, スイス, ジュネーブ, 스위스, سويسرا, Швейцари*, Женев*, 제네바, سويسري*, جنيف, Genewa,
    Genewie
Sweden, Swedish, Stockholm|Zweden, Zweeds*|Schweden, schwedisch*|Suède, suédois*|Suecia,
    suec*, Estocolmo|瑞典, 斯德哥尔摩|Svezia, Suécia, Szwecja, スウェーデン, 스웨덴, السويد, Швеци*, шведск*,
    Стокгольм*, ストックホルム, 스톡홀름, سويدي*, ستوكهولم, svedes*
Norway, Norwegian*, Oslo|Noorwegen, Noors, Noorse|Norwegen, norwegisch*|Norvège,
    norvégien*|Noruega, norueg*|挪威, 奥斯陆|Norvegia, Norwegia, ノルウェー, 노르웨이, النرويج, Норвеги*,
    норвежск*, オスロ, نرويجي*, أوسلو
Denmark, Danish, Copenhagen|Denemarken, Deens, Deense, Kopenhagen|Dänemark,
    dänisch*|Danemark, danois*, Copenhague|Dinamarca, danés, danes*|丹麦, 哥本哈根|Danimarca, Dania,
    Дания, Дании, デンマーク, 덴마크, الدنمارك, Данию, датск*, コペンハーゲン, دنماركي*
Finland, Finnish, Helsinki|Finland, Fins, Finse|Finnland, finnisch*|Finlande,
    finlandais*|Finlandia, finlandes*|芬兰, 赫尔辛基|Finlândia, フィンランド, 핀란드, فنلندا, Финлянди*,
    финск*, ヘルシンキ, فنلندي*, هلسنكي
Greece, Greek, Greeks, Athens|Griekenland, Grieks*, Athene|Griechenland, griechisch*|Grèce,
    grec, grecque*, Athènes|Grecia, grieg*, Atenas|希腊, 雅典|Grécia, Grecja, ギリシャ, 그리스, اليونان,
    Греци*, греческ*, アテネ, يوناني*, أثينا
Ireland, Irish, Dublin|Ierland, Iers, Ierse|Irland, irisch*|Irlande, irlandais*|Irlanda,
    irlandes*|爱尔兰, 都柏林|Irlandia, アイルランド, 아일랜드, أيرلندا, Ирланди*, ирландск*, إيرلندا, أيرلندي*
Romania, Romanian*, Bucharest|Roemenië, Roemeens*|Rumänien, rumänisch*|Roumanie,
    roumain*|Rumanía, rumano*|罗马尼亚|Romênia, Rumunia, ルーマニア, 루마니아, Румыни*, румынск*, روماني*
Ukraine, Ukrainian*, Kyiv, Kiev|Oekraïne, Oekraïens*|Ukraine, ukrainisch*, Kiew|Ukraine,
    ukrainien*|Ucrania, ucranian*|乌克兰, 基辅|Ucraina, Ucrânia, Ukraina, Киев*, украинск*, ウクライナ,
    우크라이나, Украин*, キーウ, 키이우, أوكراني*, كييف
Russia, Russian*, Moscow, Kremlin|Rusland, Russisch*, Moskou|Russland, russisch*,
    Moskau|Russie, russe, russes, Moscou|Rusia, ruso, rusos, rusa, Moscú|俄罗斯, 俄羅斯, 莫斯科|Russia,
    russ*, Mosca, Rússia, Rosja, российск*, ロシア, 러시아, Россия, России, Россию, Россией, россиян*,
    Москв*, Кремл*, モスクワ, 모스크바, روسي*, موسكو, rosyjsk*, Rosji
Turkey, Turkish, Türkiye, Ankara|Turkije, Turks, Turkse|Türkei, türkisch*|Turquie, turc,
    turque*|Turquía, turco, turcos, turca|土耳其, 安卡拉|Turchia, Turquia, Turcja, トルコ, 튀르키예, 터키,
    Турци*, турецк*, Анкар*, アンカラ, تركي*, أنقرة
Israel, Israeli*, Jerusalem, Tel Aviv|Israël, Israëlisch*|Israel, israelisch*|Israël,
    israélien*|Israel, israelí*|以色列, 耶路撒冷|Israele, Izrael, イスラエル, 이스라엘, إسرائيل, Израил*,
    израильск*, إسرائيلي*
Gaza, Palestinian*, West Bank|Gaza, Palestijn*|Gaza, palästinens*|Gaza, palestinien*|Gaza,
    palestin*|加沙, 巴勒斯坦|Strefa Gazy, Газа, Газы, ガザ, 가자, غزة
Iran, Iranian*, Tehran|Iran, Iraans*, Teheran|Iran, iranisch*|Iran, iranien*, Téhéran|Irán,
    iran*, Teherán|伊朗, 德黑兰|Irã, Иран*, イラン, 이란, إيران, テヘラン, إيراني*, طهران
Iraq, Iraqi*, Baghdad|Irak, Iraaks*|Irak, irakisch*|Irak, irakien*|Irak, iraqu*|伊拉克,
    巴格达|Iraque, Ирак*, イラク, 이라크, العراق, عراقي*, بغداد
Saudi Arabia, Saudi, Riyadh|Saoedi-Arabië, Saoedisch*|Saudi-Arabien, saudisch*|Arabie
    saoudite, saoudien*|Arabia Saudí, saudí*|沙特, 沙烏地, 利雅得|Arabia Saudita, Саудовск*, サウジ*, 사우디,
    Эр-Рияд*, リヤド, 리야드, السعودي*, سعودي*, الرياض
Egypt, Egyptian*, Cairo|Egypte, Egyptisch*, Caïro|Ägypten, ägyptisch*, Kairo|Égypte,
    égyptien*|Egipto, egipci*|埃及, 开罗|Egitto, Egito, Egipt, Египет, エジプト, 이집트, مصر, Египт*,
    египетск*, Каир*, カイロ, 카이로, مصري*, القاهرة
Japan, Japanese, Tokyo|Japan, Japans, Japanse, Tokio|Japan, japanisch*|Japon,
    japonais*|Japón, japonés, japones*|日本, 东京|Giappone, Japão, Japonia, японск*, 東京, 일본,
    اليابان, Япони*, Токио, 도쿄, ياباني*, طوكيو, giappones*
South Korea, South Korean*, Seoul|Zuid-Korea, Zuid-Koreaans*|Südkorea, südkoreanisch*|Corée
    du Sud, sud-coréen*, Séoul|Corea del Sur, surcorean*, Seúl|韩国, 韓國, 首尔|Corea del Sud, Coreia
    do Sul, Korea Południowa, Южная Корея, Южной Кореи, 韓国, 한국, 서울, Южную Корею, южнокорейск*,
    Сеул*, ソウル, سول
North Korea, North Korean*, Pyongyang|Noord-Korea, Noord-Koreaans*|Nordkorea,
    nordkoreanisch*|Corée du Nord, nord-coréen*|Corea del Norte, norcorean*|朝鲜, 平壤|Corea del
    Nord, Coreia do Norte, КНДР, Северная Корея, 北朝鮮, 북한, كوريا الشمالية
Taiwan, Taiwanese, Taipei|Taiwan, Taiwanees, Taiwanese|Taiwan, taiwanisch*|Taïwan,
    taïwanais*|Taiwán, taiwanes*|台湾, 台灣, 台北|Tajwan, 대만, تايوان, Тайван*, 臺灣, تايواني*
Hong Kong|Hongkong|Hongkong|Hong Kong|Hong Kong|香港|Гонконг*, 홍콩, هونغ كونغ
India, Indian, Indians, New Delhi|India, Indiaas*|Indien, indisch*, Neu-Delhi|Inde,
    indien*|India, indio*, Nueva Delhi|印度, 新德里|Índia, Indie, Индия, Индии, インド, 인도, الهند,
    Индию, Индией, индийск*, =Дели, ニューデリー, هندي*, نيودلهي
Pakistan, Pakistani*, Islamabad|Pakistan, Pakistaans*|Pakistan, pakistanisch*|Pakistan,
    pakistanais*|Pakistán, pakistan*|巴基斯坦|Paquistão, Пакистан*, パキスタン, 파키스탄, باكستان
Indonesia, Indonesian*, Jakarta|Indonesië, Indonesisch*|Indonesien, indonesisch*|Indonésie,
    indonésien*|Indonesia, indonesi*|印尼, 印度尼西亚, 雅加达|Indonésia, Indonezja, インドネシア, 인도네시아,
    Индонези*, إندونيسي*
Vietnam, Vietnamese, Hanoi|Vietnam, Vietnamees, Vietnamese|Vietnam, vietnamesisch*|Vietnam,
    vietnamien*|Vietnam, vietnamita*|越南, 河内|Wietnam, Вьетнам*, ベトナム, 베트남, فيتنام, وييتنام,
    فيتنامي*
Singapore, Singaporean*|Singapore|Singapur|Singapour|Singapur|新加坡|Singapura, Сингапур*,
    シンガポール, 싱가포르, سنغافورة
Malaysia, Malaysian*, Kuala Lumpur|Maleisië|Malaysia|Malaisie|Malasia|马来西亚, 吉隆坡|Malásia,
    マレーシア, 말레이시아, Малайзи*, ماليزي*
Thailand, Thai, Bangkok|Thailand|Thailand, thailändisch*|Thaïlande|Tailandia|泰国,
    曼谷|Tailândia, Tajlandia, Таиланд*, タイ政府, 태국, تايلاند
Philippines, Philippine, Filipino*, Manila|Filipijnen|Philippinen|Philippines|Filipinas|菲律宾,
    马尼拉|Filippine, Филиппины, フィリピン, 필리핀, الفلبين
Australia, Australian*, Canberra, Sydney|Australië, Australisch*|Australien,
    australisch*|Australie, australien*|Australia, australian*|澳大利亚, 澳洲|Austrália, オーストラリア, 호주,
    Австрали*, австралийск*, أسترالي*
New Zealand, Wellington|Nieuw-Zeeland|Neuseeland|Nouvelle-Zélande|Nueva Zelanda|新西兰|Nova
    Zelândia, Новая Зеландия, ニュージーランド, 뉴질랜드, نيوزيلندا, Новую Зеландию, Новой Зеландии
Canada, Canadian*, Ottawa, Toronto|Canada, Canadees, Canadese|Kanada, kanadisch*|Canada,
    canadien*|Canadá, canadiens*|加拿大, 渥太华|Canadá, カナダ, 캐나다, كندا, Канада, Канаде, Канаду,
    Канадой, Канады, канадск*, Оттав*, オタワ, كندي*, أوتاوا
Mexico, Mexican*, Mexico City|Mexico, Mexicaans*|Mexiko, mexikanisch*|Mexique,
    mexicain*|México, mexican*, Méjico|墨西哥|Messico, Meksyk, メキシコ, 멕시코, المكسيك, Мексик*,
    мексиканск*, مكسيكي*
Brazil, Brazilian*, Brasília, São Paulo|Brazilië, Braziliaans*|Brasilien,
    brasilianisch*|Brésil, brésilien*|Brasil, brasileñ*|巴西|Brasile, Brasil, brasileir*, ブラジル,
    브라질, البرازيل, Бразили*, бразильск*, برازيلي*
Argentina, Argentine*, Buenos Aires|Argentinië, Argentijns*|Argentinien,
    argentinisch*|Argentine, argentin*|Argentina, argentin*|阿根廷|Argentyna, アルゼンチン, 아르헨티나,
    الأرجنتين, Аргентин*, أرجنتيني*
Chile, Chilean*|Chili|Chile|Chili|Chile, chilen*|智利|Cile, Чили, チリ政府, 칠레, تشيلي
Venezuela, Venezuelan*, Caracas|Venezuela|Venezuela|Venezuela|Venezuela,
    venezolan*|委内瑞拉|Wenezuela, Венесуэла, ベネズエラ, 베네수엘라, فنزويلا
South Africa, South African*, Pretoria, Johannesburg|Zuid-Afrika, Zuid-Afrikaans*|Südafrika,
    südafrikanisch*|Afrique du Sud, sud-africain*|Sudáfrica, sudafrican*|南非|Sudafrica, África do
    Sul, ЮАР, 南アフリカ, 남아프리카, جنوب أفريقيا, южноафриканск*
Nigeria, Nigerian*, Lagos, Abuja|Nigeria|Nigeria|Nigeria, nigérian*|Nigeria|尼日利亚|Nigéria,
    ナイジェリア, 나이지리아, Нигери*, نيجيري*
Kenya, Kenyan*, Nairobi|Kenia|Kenia|Kenya|Kenia|肯尼亚|Quênia, ケニア, 케냐, Кения, Кении, Кению,
    Кенией, кенийск*, كيني*
United Arab Emirates, =UAE, Emirati*, Dubai, Abu Dhabi|Verenigde Arabische Emiraten, =VAE,
    Doebai|Vereinigte Arabische Emirate, Dubai|Émirats arabes unis, Dubaï|Emiratos Árabes
    Unidos, Dubái|阿联酋, 迪拜, 阿布扎比|ОАЭ, Дубай*, ドバイ, アラブ首長国, 두바이, الإمارات, إماراتي*, دبي, أبوظبي
Ethiopia, Ethiopian*, Addis Ababa|Ethiopië, Ethiopisch*|Äthiopien, äthiopisch*|Éthiopie,
    éthiopien*|Etiopía, etíope*|埃塞俄比亚|Etiopia, Эфиопи*, エチオピア, 에티오피아, إثيوبيا
"""


def find_places(text: str) -> list[str]:
    """List the countries that a text names (or a capital, or a people of), each once, by their English name."""
    return list(dict.fromkeys(hit.key for hit in _lexicon().find(text)))


def list_names() -> Iterator[tuple[str, str]]:
    """List what countries are called, each with the country's English name."""
    return ((word, row[0][0]) for row in _read_rows() for words in row for word in words)


def say_place(name: str, language: str) -> str:
    """Return what a place is called in a language, in English where we do not know."""
    primary = language.replace("_", "-").split("-")[0].casefold()
    return _called().get(name, {}).get(primary, name)


@lru_cache(maxsize=1)
def _called() -> dict[str, dict[str, str]]:
    return {row[0][0]: {code: words[0] for code, words in zip(LANGUAGES, row, strict=False)} for row in _read_rows()}


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon(list_names())


def _read_rows() -> list[list[list[str]]]:
    """Read the rows as columns of words; the first word of a column is what the place is called."""
    lines = _ROWS.strip().replace("\n    ", " ").splitlines()
    return [[[word.strip() for word in part.split(",") if word.strip()] for part in line.split("|")] for line in lines]
