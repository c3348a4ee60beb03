"""Words of what the police and rescuers tell: who was arrested, freed or found, and who died; by language.

A row for a stage, a line for a language, as in stage_words.
"""

from __future__ import annotations

POLICE_WORDS: dict[str, str] = {
    "arrests": """
        en: arrested, arrests, detained, detains, in custody, in handcuffs, taken into custody, nabbed,
            jailed pending, in detention, captured, apprehended, seized by police, held over, held after,
            turns himself in, turns herself in
        nl: aangehouden, gearresteerd, houdt aan, opgepakt, vastgezet, ingerekend, pakt op, pakken op, houden aan,
            zit vast, aanhouding, arresteert, arresteren, arrestatie, gesnapt, in de boeien, in hechtenis,
            geeft zich aan, meldt zich bij politie, opgespoord
        de: festgenommen, verhaftet, nimmt fest, in Haft, festnahme, nehmen fest, in untersuchungshaft, gefasst,
            festgesetzt, verhaften, verhaftung, geschnappt, in gewahrsam, handschellen, stellt sich, stellen sich,
            geht ins netz, festnahmen
        fr: arrêté, arrêtés, interpellé, interpellés, en garde à vue, écroué, interpelle, mis en garde à vue,
            placé en détention, incarcéré, arrestation, arrêtée, arrêtées, interpellée, interpellation,
            interpellations, appréhendé, menotté, incarcérée, se rend à la police
        es: detenido, detenidos, detenida, arrestado, arrestados, detiene, detienen, arrestan, prisión preventiva,
            capturado, capturan, detenidas, arresto, arresta, capturados, captura, apresado, apresan, detención de,
            se entrega
        zh: 被捕, 逮捕, 拘留, 被扣押, 落网, 被抓, 抓获, 羁押, 归案, 被拘, 抓捕, 被抓获, 刑拘, 扣押, 自首, 拘捕
        it: arrestato, arrestati, fermato, in manette, arresto, arrestata, arresta, fermati, manette, catturato
        pt: detido, detidos, preso, presos, detida, detenção, capturado, detidas
        pl: zatrzymany, zatrzymani, zatrzymano, aresztowany, zatrzymał*, w rękach policji, aresztowan*, schwytan*
        ru: задержан, задержаны, арестован, арестованы, задержали, арест, арестовали, задержал*, задержание, пойман*
        ja: 逮捕, 拘束, 身柄, 検挙, 出頭
        ko: 체포, 구속, 검거, 붙잡
        ar: اعتقال, اعتقلت, القبض, توقيف, القبض على, ألقت القبض, اعتقل
    """,
    "freed": """
        en: rescued, freed, acquitted and freed, found alive, set free, found safe, found alive and well,
            released from custody, released on bail, walks free, pulled alive, safe and well
        nl: gered, bevrijd, vrijgelaten, op vrije voeten, ongedeerd gevonden, levend gevonden, weer vrij,
            veilig en wel, komt vrij, komen vrij, terechtgekomen
        de: gerettet, befreit, freigelassen, auf freiem Fuß, wohlbehalten gefunden, lebend gefunden, lebend geborgen,
            wieder frei, kommt frei, kommen frei, wieder aufgetaucht, aufgetaucht
        fr: secourus, sauvés, libéré, libérés, libérée, remis en liberté, retrouvé sain et sauf,
            retrouvée saine et sauve, sain et sauf, sains et saufs, retrouvé vivant, remise en liberté, relâché,
            relâchés, secouru, secourue, sauvé, sauvée, libérées, relâchée
        es: rescatados, rescatado, liberado, liberados, liberada, en libertad, hallado con vida, sano y salvo,
            sanos y salvos, a salvo, encontrado con vida, rescatan, liberan, puesto en libertad, rescatada, liberadas
        zh: 获救, 获释, 被释放, 脱险, 全部升井, 被救出, 成功救出, 平安, 找到并救, 获保释, 寻获, 生还, 安全返回, 被找到
        it: salvati, salvato, liberato, liberati, rilasciato, ritrovato, ritrovata, liberata, in salvo
        pt: resgatados, resgatado, libertado, libertados, a salvo, libertada
        pl: uratowano, uratowani, uwolniony, uwolnieni, odnaleziony, odnaleziona, cały i zdrowy
        ru: спасены, спасли, освобожден, освобождены, освободили, нашелся, нашлась
        ja: 救出, 釈放, 無事
        ko: 구조, 석방, 무사
        ar: إنقاذ, إطلاق سراح, الإفراج, أفرج
    """,
    "dies": """
        en: found dead, dies, died, body found, pronounced dead, killed, dead, die, kill, kills, deadly, fatal,
            deaths, fatalities, shot dead, death toll, succumbs, drowned, drowns
        nl: dood gevonden, dood aangetroffen, overleden, overlijdt, omgekomen, levenloos, dood, doden, dode, dodelijk,
            sterft, sterven, gestorven, om het leven, komt om, kwamen om, kost het leven, kost leven,
            slachtoffer overleden, dodental, gedood, verdronken, bezwijkt
        de: tot gefunden, tot aufgefunden, tot geborgen, stirbt, starb, gestorben, ums leben, tot, tote, toten, toter,
            sterben, starben, tödlich, getötet, todesopfer, kommt um, erliegt, ertrunken, todesfall
        fr: retrouvé mort, retrouvée morte, retrouvés morts, décède, décédé, sans vie, meurt, mort, morte, morts,
            mortes, mortel, mortelle, tué, tués, tuée, tuées, décès, meurent, noyé, succombe, perd la vie,
            perdent la vie, périt
        es: hallado muerto, hallan muerto, hallan muerta, hallan el cuerpo, encontrado muerto, muere, murió, fallece,
            falleció, sin vida, muerto, muerta, muertos, muertas, mueren, mortal, fallecido, fallecida, fallecidos,
            fallecen, murieron, pierde la vida, pierden la vida, ahogado, víctimas mortales
        zh: 遇难, 身亡, 死亡, 遗体, 去世, 死者, 丧生, 罹难, 溺亡, 致死, 身故, 不治, 遇害, 人死, 死亡人数, 致命
        it: trovato morto, trovata morta, muore, morto, morta, morti, muoiono, ucciso, uccisi, uccisa, mortale,
            perde la vita, vittime, decesso, deceduto
        pt: encontrado morto, morre, morreu, morte, morto, mortos, morta, mortas, morrem, morreram, mortal,
            vítimas mortais
        pl: znaleziono martwego, zmarł, zmarła, nie żyje, zginął, zginęła, zginęli, zginęło, zabity, zabici, śmierć,
            ofiary śmiertelne, śmiertelny, ginie, umiera
        ru: найден мертвым, найдена мертвой, погиб, погибла, скончался, умер, погибли, погибло, умерла, умерли,
            гибель, жертвы, смерть, убит, убита, убиты, смертельн*
        ja: 死亡, 遺体, 死者, 死去, 遺体で
        ko: 숨진, 사망, 사망자, 숨져, 목숨
        ar: عثر على جثة, وفاة, توفي, مقتل, قتلى, قتل, وفيات, مصرع, ضحايا, يموت, جثة
    """,
}
