"""Words of turns that come at any time: work stopped, a death, a deal completed, insolvency; by language.

A row for a stage, a line for a language, as in stage_words.
"""

from __future__ import annotations

TURN_WORDS: dict[str, str] = {
    "strikes": """
        en: walk out, walks out, walked out, down tools, go on strike, goes on strike, went on strike, strike
            begins, on strike, begin strike
        nl: legt werk neer, leggen werk neer, legt het werk neer, leggen het werk neer, gaat staken, staakt,
            staken, staking begonnen, in staking
        de: legen arbeit nieder, legt arbeit nieder, legen die arbeit nieder, streikt, streiken, treten in
            streik, in den streik
        fr: cessent le travail, cesse le travail, en grève, débrayent, débrayage, entament une grève
        es: paran, en huelga, van a la huelga, inician la huelga, inicia la huelga, arranca la huelga, secundan
            la huelga
        zh: 罢工, 停工抗议
        it: in sciopero, scioperano, incrociano le braccia
        pt: em greve, entram em greve, param
        pl: strajkują, rozpoczęli strajk
        ru: бастуют, забастовали, начали забастовку
        ja: スト突入, ストライキ
        ko: 파업
        ar: يضربون عن العمل, إضراب
    """,
    "dies": """
        en: found dead, dies, died, body found, pronounced dead, killed
        nl: dood gevonden, dood aangetroffen, overleden, overlijdt, omgekomen, levenloos
        de: tot gefunden, tot aufgefunden, tot geborgen, stirbt, starb, gestorben, ums leben
        fr: retrouvé mort, retrouvée morte, retrouvés morts, décède, décédé, sans vie, meurt
        es: hallado muerto, hallan muerto, hallan muerta, hallan el cuerpo, encontrado muerto, muere, murió,
            fallece, falleció, sin vida
        zh: 遇难, 身亡, 死亡, 遗体, 去世
        it: trovato morto, trovata morta, muore, morto
        pt: encontrado morto, morre, morreu
        pl: znaleziono martwego, zmarł, zmarła, nie żyje
        ru: найден мертвым, найдена мертвой, погиб, погибла, скончался, умер
        ja: 死亡, 遺体
        ko: 숨진, 사망
        ar: عثر على جثة, وفاة, توفي
    """,
    "completes": """
        en: completes, completed, closes deal, closes takeover, closes acquisition, finalises, finalizes,
            finalised, finalized, seals takeover
        nl: rondt af, rond met, afgerond, voltooit, voltooid, overname rond, deal rond
        de: schließt übernahme ab, schließt ab, abgeschlossen, vollzieht, vollzogen, perfekt, unter dach und
            fach
        fr: boucle, bouclé, finalise, finalisé, finalisée, conclut, parachève
        es: cierra la compra, cierra la venta, completa, completó, completada, culmina, ultima la compra
        zh: 完成收购, 完成交易, 完成并购, 交割
        it: completa, completato, perfeziona
        pt: conclui, concluiu, finaliza
        pl: finalizuje, sfinalizował, zakończył przejęcie
        ru: завершил сделку, завершила сделку, закрыл сделку
        ja: 買収完了, 完了
        ko: 인수 완료, 마무리
        ar: أتمت, أكملت, تستكمل
    """,
    "insolvent": """
        en: files for bankruptcy, filed for bankruptcy, bankrupt, goes bust, went bust, insolvency, into
            administration, goes under
        nl: failliet, faillissement, vraagt faillissement aan, surseance
        de: insolvenz, insolvent, meldet insolvenz an, pleite
        fr: redressement judiciaire, liquidation judiciaire, dépose le bilan, en faillite, faillite
        es: concurso de acreedores, en quiebra, quiebra, se declara en bancarrota, bancarrota
        zh: 破产, 申请破产, 破产清算
        it: fallimento, bancarotta
        pt: falência, recuperação judicial
        pl: upadłość, bankrutuje
        ru: банкротство, банкротом, обанкротил*
        ja: 破産, 経営破綻, 倒産
        ko: 파산, 법정관리
        ar: إفلاس, أفلست
    """,
}
