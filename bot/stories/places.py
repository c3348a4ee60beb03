"""Places that news tells of, as each language calls them, and words that take something back."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.domain.text import fold, is_han_or_kana, tokens

_PLACES = """
Geneva Genève Genf Ginebra 日内瓦 日內瓦
Brussels Brussel Brüssel Bruxelles Bruselas 布鲁塞尔 布魯塞爾
London Londen Londres 伦敦 倫敦
Paris Parijs París 巴黎
Berlin Berlijn Berlín 柏林
Vienna Wenen Wien Vienne Viena 维也纳 維也納
Madrid 马德里 馬德里
Stockholm Estocolmo 斯德哥尔摩 斯德哥爾摩
Hague Haag Haye Haya 海牙
Moscow Moskou Moskau Moscou Moscú 莫斯科
Tokyo Tokio 东京 東京
Seoul Seúl Séoul 首尔 首爾
Delhi 德里
Ottawa 渥太华 渥太華
Canberra 堪培拉
Taipei 台北
Shanghai Sjanghai Shanghái 上海
Shenzhen 深圳
Hongkong 香港
Singapore Singapur Singapour Singapura 新加坡
Dubai Doebai Dubái 迪拜
Lisbon Lissabon Lisbonne Lisboa 里斯本
Rome Rom Roma 罗马 羅馬
Warsaw Warschau Varsovie Varsovia 华沙 華沙
Prague Praag Prag Praga 布拉格
Copenhagen Kopenhagen Copenhague 哥本哈根
Oslo 奥斯陆 奧斯陸
Helsinki 赫尔辛基
Kyiv Kiev Kiew 基辅 基輔
Germany Duitsland Duitse Deutschland deutsche Allemagne allemand Alemania alemán German 德国 德國
France Frankrijk Franse Frankreich französische français Francia francés French 法国 法國
Netherlands Nederland Nederlandse Niederlande niederländische Pays-Bas néerlandais Holanda neerlandés Dutch 荷兰 荷蘭
Belgium België Belgische Belgien belgische Belgique belge Bélgica belga Belgian 比利时 比利時
Spain Spanje Spaanse Spanien spanische Espagne espagnol España español Spanish 西班牙
Italy Italië Italiaanse Italien italienische Italie italien Italia italiano Italian 意大利
Portugal Portugese Portuguese 葡萄牙
Austria Oostenrijk Österreich Autriche 奥地利 奧地利
Switzerland Zwitserland Zwitserse Schweiz Schweizer Suisse Suiza suizo Swiss 瑞士
Britain Groot-Brittannië Britse Großbritannien britische Royaume-Uni britannique Reino-Unido \
 británico British UK 英国 英國
Sweden Zweden Zweedse Schweden schwedische Suède suédois Suecia sueco Swedish 瑞典
Norway Noorwegen Noorse Norwegen Norvège Noruega Norwegian 挪威
Denmark Denemarken Deense Dänemark dänische Danemark danois Dinamarca danés Danish 丹麦 丹麥
Finland Finse Finnland finnische Finlande Finlandia Finnish 芬兰 芬蘭
Poland Polen Poolse polnische Pologne polonais Polonia polaco Polish 波兰 波蘭
Czechia Tsjechië Tschechien Tchéquie Chequia Czech 捷克
Hungary Hongarije Ungarn Hongrie Hungría 匈牙利
Greece Griekenland Griechenland Grèce Grecia 希腊 希臘
Turkey Turkije Türkei Turquie Turquía 土耳其
Russia Rusland Russische Russland russische Russie russe Rusia ruso Russian 俄罗斯 俄羅斯
Ukraine Oekraïne Ucrania 乌克兰 烏克蘭
Canada Canadese Kanada kanadische canadien Canadá canadiense Canadian 加拿大
Mexico Mexiko Mexique México 墨西哥
Brazil Brazilië Brasilien Brésil Brasil 巴西
Argentina Argentinië Argentinien Argentine 阿根廷
India Indien Inde Indian 印度
Japan Japanse japanische Japon Japón japonés Japanese 日本
Korea Zuid-Korea Südkorea Corée Corea 韩国 韓國
Taiwan Taiwán 台湾 台灣
Australia Australië Australien Australie Australian 澳大利亚 澳洲
Vietnam 越南
Thailand Thaïlande Tailandia 泰国 泰國
Malaysia Maleisië Malaisie Malasia 马来西亚 馬來西亞
Indonesia Indonesië Indonesien Indonésie 印尼
Kenya Kenia 肯尼亚
Nigeria 尼日利亚
Ethiopia Ethiopië Äthiopien Éthiopie Etiopía 埃塞俄比亚
Egypt Egypte Ägypten Égypte Egipto 埃及
Iran Irán 伊朗
"""
_REVERSALS = r"""
lift lifts lifted overturn overturns overturned scrap scraps scrapped repeal repeals annul annuls suspend suspends
suspended reinstates
delay delays delayed pauses paused withdraw withdraws withdrawn revokes revoked reverses
drop drops halt halts postpone postpones postponed resume resumes
heft opgeheven schrapt vernietigt vernietigd opgeschort schort uitgesteld vertraagt ingetrokken hervat hervatten
hebt aufgehoben kippt gekippt ausgesetzt aussetzt setzt verschoben verschiebt vertagt vertagen verzögert zurückgezogen
lève levé levée annule annulé annulée suspend suspendu reporte reporté repousse retarde retire retiré
levanta levantado anula anulado suspende aplaza aplazan retrasa pospone retira
"""
_HAN_REVERSALS = re.compile("解除|撤销|撤銷|取消|推翻|暂停|暫停|推迟|推遲|延期|延后|撤回|重启|恢复")
_HAN_PLACES: dict[str, str] = {}
_LATIN_PLACES: dict[str, str] = {}
for _row in _PLACES.strip().splitlines():
    _names = _row.split()
    for _name in _names:
        if is_han_or_kana(_name[0]):
            _HAN_PLACES[_name] = _names[0]
        else:
            _LATIN_PLACES["-".join(tokens(_name))] = _names[0]
_FIND_HAN = re.compile("|".join(sorted(_HAN_PLACES, key=len, reverse=True)))
_TAKING_BACK = frozenset(fold(word) for word in _REVERSALS.split())


def find_places(text: str) -> frozenset[str]:
    """Find the places that a text names, the same for a place in every language."""
    words = tokens(text)
    pairs = ("-".join(pair) for pair in pairwise(words))
    found = {_LATIN_PLACES[word] for word in (*words, *pairs) if word in _LATIN_PLACES}
    return frozenset(found | {_HAN_PLACES[name] for name in _FIND_HAN.findall(text)})


def takes_back(text: str) -> bool:
    """Tell whether a text says that something is lifted, dropped, put off or taken up again."""
    return not _TAKING_BACK.isdisjoint(tokens(text)) or _HAN_REVERSALS.search(text) is not None
