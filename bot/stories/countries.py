"""Countries and cities in thirteen languages: which of them a text names, and what they are called in a language."""

from __future__ import annotations

from functools import lru_cache

from bot.stories.lexicon import Lexicon

LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")

_ROWS = """
United States, U.S., =US, American*, Washington|Verenigde Staten, =VS, Amerika*|USA,
    Vereinigte Staaten, amerikanisch*|États-Unis, américain*|Estados Unidos,
    estadounidense*, EE.UU., EEUU|美国, 美國, 中美, 美中, 米中, 미중, 华盛顿, 美方|Stati Uniti,
    statunitens*, США, американск*, アメリカ, 米国, 미국, أمريكا, الولايات المتحدة, =EUA,
    amerykańsk*
China, Chinese, Beijing|China, Chinees, Chinese, Peking|China, chinesisch*,
    Peking|Chine, chinois*, Pékin|China, chino, chinos, chinas, Pekín|中国, 中國, 中美,
    美中, 米中, 미중, 北京, 中方|Cina, cines*, Pechino, Chiny, chińsk*, Китай, Китая,
    китайск*, 중국, الصين, chinês, chinesa
European Union, =EU, Brussels|Europese Unie, =EU, Brussel|Europäische Union, =EU,
    Brüssel|Union européenne, =UE, Bruxelles|Unión Europea, =UE, Bruselas|欧盟, 歐盟,
    布鲁塞尔|Unione europea, União Europeia, Unia Europejska, Евросоюз*, =ЕС, Брюссель,
    EU加盟, 欧州連合, 유럽연합, الاتحاد الأوروبي
Germany, German, Germans, Berlin|Duitsland, Duits*, Berlijn|Deutschland, deutsch*,
    Berlin|Allemagne, allemand*|Alemania, alemán, aleman*|德国, 德國, 柏林|Germania,
    tedesc*, Alemanha, Niemcy, niemieck*, Германия, Германии, немецк*, ドイツ, 독일,
    ألمانيا
France, French, Paris|Frankrijk, Frans, Franse, Parijs|Frankreich,
    französisch*|France, français*, Paris|Francia, francés, frances*, París|法国, 法國,
    巴黎|Francia, frances*, Parigi, França, Francja, francusk*, Франция, Франции,
    французск*, Париж, フランス, 프랑스, فرنسا
Netherlands, Dutch, The Hague, Holland|Nederland, Nederlands*, Den Haag|Niederlande,
    niederländisch*|Pays-Bas, néerlandais*, La Haye|Países Bajos, neerland*, La
    Haya|荷兰, 荷蘭, 海牙|Paesi Bassi, olandes*, Olanda, Holanda, holandes*, Holandia,
    Нидерланды, Нидерландов, オランダ, 네덜란드, هولندا
Belgium, Belgian*|België, Belgisch*|Belgien, belgisch*|Belgique, belge,
    belges|Bélgica, belga, belgas|比利时, 比利時|Belgio, Belgia, Бельгия, Бельгии, ベルギー,
    벨기에, بلجيكا
United Kingdom, =UK, Britain, British, London|Verenigd Koninkrijk, Brits*,
    Groot-Brittannië, Londen|Großbritannien, britisch*, Vereinigtes
    Königreich|Royaume-Uni, britannique*, Londres|Reino Unido, británic*,
    Londres|英国, 英國, 伦敦|Regno Unito, britannic*, Londra, Wielka Brytania, brytyjsk*,
    Великобритания, Великобритании, британск*, Лондон, イギリス, ロンドン, 영국, بريطانيا
Italy, Italian*, Rome|Italië, Italiaans*|Italien, italienisch*, Rom|Italie,
    italien*|Italia, italian*|意大利, 罗马|Italia, Roma, Itália, Włochy, Италия, Италии,
    イタリア, 이탈리아, إيطاليا
Spain, Spanish, Madrid|Spanje, Spaans*|Spanien, spanisch*|Espagne, espagnol*|España,
    español*|西班牙, 马德里|Spagna, spagnol*, Espanha, Hiszpania, Испания, Испании, スペイン,
    스페인, إسبانيا
Portugal, Portuguese, Lisbon|Portugal, Portugees, Portugese, Lissabon|Portugal,
    portugiesisch*|Portugal, portugais*, Lisbonne|Portugal, portugués, portugues*,
    Lisboa|葡萄牙, 里斯本|Portogallo, Portugalia, Португалия, ポルトガル, 포르투갈, البرتغال
Poland, Polish, Warsaw|Polen, Pools, Poolse, Warschau|Polen, polnisch*|Pologne,
    polonais*, Varsovie|Polonia, polac*, Varsovia|波兰, 波蘭, 华沙|Polonia, Polska,
    Polsce, Polski, polsk*, Warszawa, Польша, Польши, ポーランド, 폴란드, بولندا
Czech Republic, Czech, Czechia, Prague|Tsjechië, Tsjechisch*, Praag|Tschechien,
    tschechisch*, Prag|Tchéquie, tchèque*|República Checa, Chequia, checo, checos,
    Praga|捷克, 布拉格|Cechia, Czechy, Чехия, Чехии, チェコ, 체코, التشيك
Hungary, Hungarian*, Budapest|Hongarije, Hongaars*, Boedapest|Ungarn,
    ungarisch*|Hongrie, hongrois*|Hungría, húngar*|匈牙利, 布达佩斯|Ungheria, Hungria,
    Węgry, Венгрия, Венгрии, ハンガリー, 헝가리, المجر
Austria, Austrian*, Vienna|Oostenrijk, Oostenrijks*, Wenen|Österreich,
    österreichisch*, Wien|Autriche, autrichien*, Vienne|Austria, austriac*,
    Viena|奥地利, 维也纳|Áustria, Австрия, Австрии, オーストリア, 오스트리아, النمسا
Switzerland, Swiss, Geneva, Zurich|Zwitserland, Zwitsers*, Genève|Schweiz,
    schweizer*, Genf, Zürich|Suisse, suisses, Genève|Suiza, suizo, suiza,
    Ginebra|瑞士, 日内瓦|Svizzera, Ginevra, Suíça, Szwajcaria, Швейцария, Швейцарии,
    Женева, スイス, ジュネーブ, 스위스, سويسرا
Sweden, Swedish, Stockholm|Zweden, Zweeds*|Schweden, schwedisch*|Suède,
    suédois*|Suecia, suec*, Estocolmo|瑞典, 斯德哥尔摩|Svezia, Suécia, Szwecja, Швеция,
    Швеции, スウェーデン, 스웨덴, السويد
Norway, Norwegian*, Oslo|Noorwegen, Noors, Noorse|Norwegen, norwegisch*|Norvège,
    norvégien*|Noruega, norueg*|挪威, 奥斯陆|Norvegia, Norwegia, Норвегия, Норвегии,
    ノルウェー, 노르웨이, النرويج
Denmark, Danish, Copenhagen|Denemarken, Deens, Deense, Kopenhagen|Dänemark,
    dänisch*|Danemark, danois*, Copenhague|Dinamarca, danés, danes*|丹麦,
    哥本哈根|Danimarca, Dania, Дания, Дании, デンマーク, 덴마크, الدنمارك
Finland, Finnish, Helsinki|Finland, Fins, Finse|Finnland, finnisch*|Finlande,
    finlandais*|Finlandia, finlandes*|芬兰, 赫尔辛基|Finlândia, Финляндия, Финляндии,
    フィンランド, 핀란드, فنلندا
Greece, Greek, Greeks, Athens|Griekenland, Grieks*, Athene|Griechenland,
    griechisch*|Grèce, grec, grecque*, Athènes|Grecia, grieg*, Atenas|希腊, 雅典|Grécia,
    Grecja, Греция, Греции, ギリシャ, 그리스, اليونان
Ireland, Irish, Dublin|Ierland, Iers, Ierse|Irland, irisch*|Irlande,
    irlandais*|Irlanda, irlandes*|爱尔兰, 都柏林|Irlandia, Ирландия, Ирландии, アイルランド,
    아일랜드, أيرلندا
Romania, Romanian*, Bucharest|Roemenië, Roemeens*|Rumänien, rumänisch*|Roumanie,
    roumain*|Rumanía, rumano*|罗马尼亚|Romênia, Rumunia, Румыния, Румынии, ルーマニア, 루마니아,
    رومانيا
Ukraine, Ukrainian*, Kyiv, Kiev|Oekraïne, Oekraïens*|Ukraine, ukrainisch*,
    Kiew|Ukraine, ukrainien*|Ucrania, ucranian*|乌克兰, 基辅|Ucraina, Ucrânia, Ukraina,
    Украина, Украины, Украине, Киев*, украинск*, ウクライナ, 우크라이나, أوكرانيا
Russia, Russian*, Moscow, Kremlin|Rusland, Russisch*, Moskou|Russland, russisch*,
    Moskau|Russie, russe, russes, Moscou|Rusia, ruso, rusos, rusa, Moscú|俄罗斯, 俄羅斯,
    莫斯科|Russia, russ*, Mosca, Rússia, Rosja, Россия, России, российск*, Москва,
    Москве, ロシア, 러시아, روسيا
Turkey, Turkish, Türkiye, Ankara|Turkije, Turks, Turkse|Türkei, türkisch*|Turquie,
    turc, turque*|Turquía, turco, turcos, turca|土耳其, 安卡拉|Turchia, Turquia, Turcja,
    Турция, Турции, トルコ, 튀르키예, 터키, تركيا
Israel, Israeli*, Jerusalem, Tel Aviv|Israël, Israëlisch*|Israel,
    israelisch*|Israël, israélien*|Israel, israelí*|以色列, 耶路撒冷|Israele, Izrael,
    Израиль, Израиля, イスラエル, 이스라엘, إسرائيل
Gaza, Palestinian*, West Bank|Gaza, Palestijn*|Gaza, palästinens*|Gaza,
    palestinien*|Gaza, palestin*|加沙, 巴勒斯坦|Strefa Gazy, Газа, Газы, ガザ, 가자, غزة
Iran, Iranian*, Tehran|Iran, Iraans*, Teheran|Iran, iranisch*|Iran, iranien*,
    Téhéran|Irán, iran*, Teherán|伊朗, 德黑兰|Irã, Иран*, イラン, 이란, إيران
Iraq, Iraqi*, Baghdad|Irak, Iraaks*|Irak, irakisch*|Irak, irakien*|Irak, iraqu*|伊拉克,
    巴格达|Iraque, Ирак*, イラク, 이라크, العراق
Saudi Arabia, Saudi, Riyadh|Saoedi-Arabië, Saoedisch*|Saudi-Arabien,
    saudisch*|Arabie saoudite, saoudien*|Arabia Saudí, saudí*|沙特, 沙烏地, 利雅得|Arabia
    Saudita, Саудовск*, サウジ*, 사우디, السعودية
Egypt, Egyptian*, Cairo|Egypte, Egyptisch*, Caïro|Ägypten, ägyptisch*, Kairo|Égypte,
    égyptien*|Egipto, egipci*|埃及, 开罗|Egitto, Egito, Egipt, Египет, Египта, エジプト,
    이집트, مصر
Japan, Japanese, Tokyo|Japan, Japans, Japanse, Tokio|Japan, japanisch*|Japon,
    japonais*|Japón, japonés, japones*|日本, 东京|Giappone, Japão, Japonia, Япония,
    Японии, японск*, 東京, 일본, اليابان
South Korea, South Korean*, Seoul|Zuid-Korea, Zuid-Koreaans*|Südkorea,
    südkoreanisch*|Corée du Sud, sud-coréen*, Séoul|Corea del Sur, surcorean*,
    Seúl|韩国, 韓國, 首尔|Corea del Sud, Coreia do Sul, Korea Południowa, Южная Корея,
    Южной Кореи, 韓国, 한국, 서울, كوريا الجنوبية
North Korea, North Korean*, Pyongyang|Noord-Korea, Noord-Koreaans*|Nordkorea,
    nordkoreanisch*|Corée du Nord, nord-coréen*|Corea del Norte, norcorean*|朝鲜,
    平壤|Corea del Nord, Coreia do Norte, КНДР, Северная Корея, 北朝鮮, 북한, كوريا
    الشمالية
Taiwan, Taiwanese, Taipei|Taiwan, Taiwanees, Taiwanese|Taiwan, taiwanisch*|Taïwan,
    taïwanais*|Taiwán, taiwanes*|台湾, 台灣, 台北|Tajwan, Тайвань, Тайваня, 대만, تايوان
Hong Kong|Hongkong|Hongkong|Hong Kong|Hong Kong|香港|Гонконг*, 홍콩, هونغ كونغ
India, Indian*, New Delhi|India, Indiaas*|Indien, indisch*, Neu-Delhi|Inde,
    indien*|India, indio*, Nueva Delhi|印度, 新德里|Índia, Indie, Индия, Индии, インド, 인도,
    الهند
Pakistan, Pakistani*, Islamabad|Pakistan, Pakistaans*|Pakistan,
    pakistanisch*|Pakistan, pakistanais*|Pakistán, pakistan*|巴基斯坦|Paquistão,
    Пакистан*, パキスタン, 파키스탄, باكستان
Indonesia, Indonesian*, Jakarta|Indonesië, Indonesisch*|Indonesien,
    indonesisch*|Indonésie, indonésien*|Indonesia, indonesi*|印尼, 印度尼西亚,
    雅加达|Indonésia, Indonezja, Индонезия, インドネシア, 인도네시아, إندونيسيا
Vietnam, Vietnamese, Hanoi|Vietnam, Vietnamees, Vietnamese|Vietnam,
    vietnamesisch*|Vietnam, vietnamien*|Vietnam, vietnamita*|越南, 河内|Wietnam,
    Вьетнам*, ベトナム, 베트남, فيتنام
Singapore, Singaporean*|Singapore|Singapur|Singapour|Singapur|新加坡|Singapura,
    Сингапур*, シンガポール, 싱가포르, سنغافورة
Malaysia, Malaysian*, Kuala Lumpur|Maleisië|Malaysia|Malaisie|Malasia|马来西亚,
    吉隆坡|Malásia, Малайзия, マレーシア, 말레이시아, ماليزيا
Thailand, Thai, Bangkok|Thailand|Thailand, thailändisch*|Thaïlande|Tailandia|泰国,
    曼谷|Tailândia, Tajlandia, Таиланд*, タイ政府, 태국, تايلاند
Philippines, Philippine, Filipino*,
    Manila|Filipijnen|Philippinen|Philippines|Filipinas|菲律宾, 马尼拉|Filippine,
    Филиппины, フィリピン, 필리핀, الفلبين
Australia, Australian*, Canberra, Sydney|Australië, Australisch*|Australien,
    australisch*|Australie, australien*|Australia, australian*|澳大利亚, 澳洲|Austrália,
    Австралия, Австралии, オーストラリア, 호주, أستراليا
New Zealand, Wellington|Nieuw-Zeeland|Neuseeland|Nouvelle-Zélande|Nueva
    Zelanda|新西兰|Nova Zelândia, Новая Зеландия, ニュージーランド, 뉴질랜드, نيوزيلندا
Canada, Canadian*, Ottawa, Toronto|Canada, Canadees, Canadese|Kanada,
    kanadisch*|Canada, canadien*|Canadá, canadiens*|加拿大, 渥太华|Canadá, Канада, Канады,
    カナダ, 캐나다, كندا
Mexico, Mexican*, Mexico City|Mexico, Mexicaans*|Mexiko, mexikanisch*|Mexique,
    mexicain*|México, mexican*, Méjico|墨西哥|Messico, Meksyk, Мексика, Мексики, メキシコ,
    멕시코, المكسيك
Brazil, Brazilian*, Brasília, São Paulo|Brazilië, Braziliaans*|Brasilien,
    brasilianisch*|Brésil, brésilien*|Brasil, brasileñ*|巴西|Brasile, Brasil,
    brasileir*, Бразилия, Бразилии, ブラジル, 브라질, البرازيل
Argentina, Argentine*, Buenos Aires|Argentinië, Argentijns*|Argentinien,
    argentinisch*|Argentine, argentin*|Argentina, argentin*|阿根廷|Argentyna,
    Аргентина, アルゼンチン, 아르헨티나, الأرجنتين
Chile, Chilean*|Chili|Chile|Chili|Chile, chilen*|智利|Cile, Чили, チリ政府, 칠레, تشيلي
Venezuela, Venezuelan*, Caracas|Venezuela|Venezuela|Venezuela|Venezuela,
    venezolan*|委内瑞拉|Wenezuela, Венесуэла, ベネズエラ, 베네수엘라, فنزويلا
South Africa, South African*, Pretoria, Johannesburg|Zuid-Afrika,
    Zuid-Afrikaans*|Südafrika, südafrikanisch*|Afrique du Sud,
    sud-africain*|Sudáfrica, sudafrican*|南非|Sudafrica, África do Sul, ЮАР, 南アフリカ,
    남아프리카, جنوب أفريقيا
Nigeria, Nigerian*, Lagos, Abuja|Nigeria|Nigeria|Nigeria,
    nigérian*|Nigeria|尼日利亚|Nigéria, Нигерия, ナイジェリア, 나이지리아, نيجيريا
Kenya, Kenyan*, Nairobi|Kenia|Kenia|Kenya|Kenia|肯尼亚|Quênia, Кения, ケニア, 케냐, كينيا
"""


def find_places(text: str) -> list[str]:
    """List the countries that a text names (or a capital, or a people of), each once, by their English name."""
    return list(dict.fromkeys(hit.key for hit in _lexicon().find(text)))


def say_place(name: str, language: str) -> str:
    """Return what a place is called in a language, in English where we do not know."""
    primary = language.replace("_", "-").split("-")[0].casefold()
    return _called().get(name, {}).get(primary, name)


@lru_cache(maxsize=1)
def _called() -> dict[str, dict[str, str]]:
    return {row[0][0]: {code: words[0] for code, words in zip(LANGUAGES, row, strict=False)} for row in _read_rows()}


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon((word, row[0][0]) for row in _read_rows() for words in row for word in words)


def _read_rows() -> list[list[list[str]]]:
    """Read the rows as columns of words; the first word of a column is what the place is called."""
    lines = _ROWS.strip().replace("\n    ", " ").splitlines()
    return [[[word.strip() for word in part.split(",") if word.strip()] for part in line.split("|")] for line in lines]
