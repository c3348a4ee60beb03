"""Words of turns that come at any time: a plan dropped, talks failed, work stopped, a deal, insolvency; by language.

A row for a stage, a line for a language, as in stage_words.
"""

from __future__ import annotations

TURN_WORDS: dict[str, str] = {
    "withdraws": """
        en: withdraws, withdrew, withdrawn, scraps, scrapped, drops plan, drops plans, drops bid, drops charges,
            drops case, drops lawsuit, dropped plan, dropped plans, dropped charges, is dropped, was dropped,
            abandons, abandoned, pulls out, backs down, backtracks, walks back, cancels, cancelled, canceled, shelves,
            shelved, u-turn, reverses course, lifts, lifted, eases, repeals, repealed, ditches, ditched, axes, axed,
            calls off, called off, rules out, ruled out, walks away, walked away, rolls back, rolled back,
            gives up on, revokes, revoked, rescinds, scrapping, u-turn on, reverses, reversed, backs away, kills,
            backpedals, abandon, reinstates, will not go ahead, no longer plans, bows to pressure, climbs down,
            strike called off, ends ban, ban lifted
        nl: trekt in, trok in, ingetrokken, ziet af van, zag af van, laat varen, schrapt, geschrapt, annuleert,
            geannuleerd, komt terug op, trekt zich terug, heft op, opgeheven, van de baan, laat los, blaast af,
            afgeblazen, gaat niet door, draait terug, teruggedraaid, haalt bakzeil, ziet ervan af, stapt uit,
            trekken in, laat vallen, komt terug van, gaat toch niet door, zien af van, heft verbod op,
            verbod opgeheven, maakt bocht, trekt plan in, u-bocht, schrappen, herroept, herroepen
        de: zieht zurück, zog zurück, zurückgezogen, verzichtet auf, streicht, gestrichen, rudert zurück, sagt ab,
            sagte ab, abgesagt, kassiert, nimmt zurück, nahm zurück, zurückgenommen, hebt verbot auf, aufgehoben,
            rückt ab, rückt von, gibt auf, vom tisch, bläst ab, abgeblasen, lässt fallen, kippt plan, stampft ein,
            beerdigt, hebt auf, steigt aus, verwirft plan, ziehen zurück, nehmen zurück, verzichten auf, kehrtwende,
            rolle rückwärts, stoppt plan, doch nicht, lässt plan fallen, lassen fallen, streichen, hob auf, heben auf,
            sagen ab, cancelt
        fr: retire, retiré, retirée, renonce, renoncent, abandonne, abandonné, fait marche arrière, recule,
            lève l'interdiction, lève, abroge, abrogé, enterre, enterré, jette l'éponge, retire son projet, met fin,
            fait machine arrière, se retire, tire un trait, annule son projet, retirent, volte-face, rétropédale,
            rétropédalage, fait volte-face, renoncé, enterrent, abandonnent, abandonnée, levée, levé, lèvent,
            retire sa, déprogramme
        es: retira, retiró, retirado, retirada, renuncia a, abandona, cancela, canceló, cancelado, da marcha atrás,
            levanta, levantó, deroga, derogó, descarta, descartó, desconvoca, desconvocan, desconvocada, levantan,
            da carpetazo, tira la toalla, se retira, deja sin efecto, retiran, retira su, rectifica, renuncian a,
            renuncia al, desiste, desisten, abandonan, cancelan, suprime, anula su plan, se echa atrás
        zh: 撤回, 放弃, 放棄, 取消, 收回, 解除, 废除, 改口, 搁浅, 叫停计划, 打消, 不再, 解禁, 撤销计划, 退出, 撤销,
            叫停, 收回成命, 反悔, 不再推行, 撤销禁令, 解除禁令, 取消计划, 搁置计划, 宣布放弃
        it: ritira, ritirato, ritirata, rinuncia, annullano, fa marcia indietro, revoca, revocato, cancella, ritirano,
            dietrofront, marcia indietro, revocano, revocata, rinunciano, abbandona, stop a
        pt: retira, retirou, desiste, desistiu, cancela, cancelou, recua, recuou, revoga, revogou,
            suspende a proibição, retiram, volta atrás, desistem, revogado, revogada, cancelado, recuam, levanta
        pl: wycofuje, wycofał, wycofała, rezygnuje, zrezygnował*, odwołuje, odwołał, znosi, zniósł, wycofują,
            wycofali, zrezygnowała, anuluje, anulował*, odwołano, zniesiono, odstąpił*
        ru: отозвал*, отзывает, отказался от, отказалась от, отказывается от, снял запрет, снимает, сняла,
            отказались от, отказалось от, отменяет, отменяют, отозвали, сняли, снят*, отзывают, передумал*
        ja: 撤回, 断念, 中止を決, 解除, 撤廃, 見送り, 白紙撤回, 取りやめ, 中止
        ko: 철회, 취소, 포기, 해제, 백지화, 취소하
        ar: تسحب, سحبت, يسحب, سحب, تتراجع, تراجعت, يتراجع, تراجع, ترفع الحظر, سحبوا, إلغاء, رفع الحظر, تخلت عن,
            تخلى عن
    """,
    "delays": """
        en: delays, delayed, postpones, postponed, pushes back, pushed back, puts off, extends deadline, put back,
            kicks into long grass, stays on hold, extends talks, extended until, slips to, slips, slipped, pushed to,
            held up, rescheduled, moves back, deferred, defers, runs late, behind schedule, extends, extended
        nl: stelt uit, stelde uit, uitgesteld, vertraagt, vertraagd, schuift door, schuift op, op de lange baan,
            later dan gepland, verschoven, verlengd, vertraging, loopt vertraging op, doorgeschoven, opgeschoven,
            stelt weer uit, uitstel, verlengt
        de: verschiebt, verschob, verschoben, vertagt, verzögert, vertagte, aufgeschoben, auf später,
            verlängert frist, schiebt auf, verzögert sich, verzögern sich, verzug, verlegt, hinausgezögert,
            verlängert, verlängern, vertagen
        fr: reporte, reporté, reportée, repousse, repoussé, repoussée, retarde, ajourne, décale, décalé, prolonge,
            prolongé, remet à plus tard, du retard, prend du retard, retardé, retardée, reportés, reportent, ajourné,
            ajournée, différé, différée
        es: aplaza, aplazan, aplazó, aplazado, aplazada, pospone, pospuso, retrasa, posterga, prorroga, demora,
            demorado, prorrogado, retrasado, se retrasa, se retrasan, aplazados, pospuesto, pospuesta, se aplaza,
            se pospone, se demora, retrasada, prórroga, amplía el plazo
        zh: 推迟, 推遲, 延期, 延后, 押后, 延迟, 暂缓, 顺延, 延长, 推后, 延宕, 改期, 展期, 拖延, 暂缓执行
        it: rinvia, rinviato, rinviata, posticipa, rimanda, proroga, slitta, slittano, ritarda, in ritardo,
            posticipato, prorogato
        pt: adia, adiou, adiado, adiada, prorroga, prorrogou, adiados, atrasa, atrasado, adiam
        pl: odkłada, odłożył*, przesuwa, przesunął, przesunięto, opóźnia, przełożono, opóźnienie, przekłada,
            odroczono, odroczył*
        ru: отложил*, откладывает, перенес, перенесла, отсрочил*, перенесен*, перенесли, отложен*, задерживается,
            сдвинул*
        ja: 延期, 先送り, 遅れ, 見送る
        ko: 연기, 유예, 지연, 늦춰
        ar: تؤجل, أجلت, يؤجل, أجل, تأجيل, تأجل, تأخير, تأخر, أرجأت, أرجأ
    """,
    "collapses": """
        en: collapses, collapsed, collapse, break down, breaks down, broke down, fall apart, falls through,
            end without, ends without, ended without, fails to agree, falls apart, fell apart, end in failure,
            ended in failure, break off talks, breaks off talks, broke off talks, deadlock, talks fail, talks failed,
            broken off, break up, breaks up, broke up, failed to reach, fail to reach, fails to reach, no deal,
            walk out of talks, walks out of talks, walked out of talks, reach impasse, stalemate
        nl: mislukken, mislukt, lopen stuk, loopt stuk, stukgelopen, klapt, geklapt, eindigt zonder, eindigen zonder,
            gestrand, op niets uitgelopen, lopen op niets uit, breken gesprekken af, afgebroken, vastgelopen,
            loopt vast, lopen vast, mislukten, mislukte, klappen, breekt af, afgeketst, ketst af, ketsen af,
            breken af, geen akkoord, spaak, zonder akkoord
        de: scheitern, scheitert, scheiterte, scheiterten, gescheitert, platzt, geplatzt, enden ohne, endet ohne,
            endeten ohne, abgebrochen, brechen ab, bricht ab, brachen ab, ohne ergebnis, ergebnislos, platzen,
            gescheiterten, abbruch, ohne einigung, keine einigung, scheitern an, für gescheitert, festgefahren,
            sackgasse
        fr: échouent, échoue, échoué, capotent, s'achèvent sans, se terminent sans, échec des,
            rompent les négociations, rompt les négociations, dans l'impasse, tourne court, tournent court,
            au point mort, rompues, rompu, l'échec, capote, sans accord, rupture des, aucun accord, à l'arrêt,
            ont échoué, a échoué
        es: fracasan, fracasa, fracasó, fracasaron, se rompen, terminan sin, termina sin, acaban sin,
            rompen las negociaciones, se rompe, sin acuerdo, se frustra, se frustran, en punto muerto, naufraga,
            naufragan, fracaso de, ruptura, encalladas, se estancan, colapsan, colapsa, naufragio
        zh: 破裂, 谈崩, 無果, 无果而终, 失败, 谈判破裂, 无果, 告吹, 流产, 陷入僵局, 谈不拢, 不欢而散, 未达成一致,
            未达成协议, 未能达成, 终止谈判, 中断谈判, 无疾而终, 僵局
        it: falliscono, fallisce, fallito, falliti, si chiudono senza, rottura, fallite, fallita la trattativa,
            nessun accordo
        pt: fracassam, fracassa, fracassaram, terminam sem, termina sem, fracasso, rompem, sem acordo, rompidas
        pl: zerwano, zerwane, fiasko, fiaskiem, załamały się, bez porozumienia, fiasko rozmów, zerwali, zerwały
        ru: провалились, сорвались, сорваны, зашли в тупик, завершились без, провал, провалилась, прерваны, прервали,
            без соглашения, не договорились
        ja: 決裂, 物別れ, 交渉決裂, 不調
        ko: 결렬, 무산, 파행
        ar: انهارت, تنهار, فشلت, تفشل, انتهت دون, انهيار, فشل, تعثر, تعثرت
    """,
    "wins": """
        en: wins, won, lands, landed, secures, secured, awarded, bags
        nl: wint, won, gewonnen, haalt binnen, sleept binnen, krijgt, kreeg
        de: gewinnt, gewann, gewonnen, erhält, erhielt, sichert sich, bekommt
        fr: remporte, remportent, remporté, décroche, décroché, obtient, obtenu
        es: gana, ganan, ganó, ganado, logra, logró, obtiene, obtuvo, se adjudica
        zh: 赢得, 贏得, 中标, 获得, 拿下
        it: vince, vinto, ottiene, si aggiudica
        pt: vence, venceu, ganha, ganhou, obtém
        pl: wygrywa, wygrał, wygrała, zdobył, zdobyła
        ru: выиграл, выиграла, выигрывает, получил, получила
        ja: 受注, 落札, 獲得
        ko: 수주, 따내, 낙찰
        ar: تفوز, فازت, يفوز, فاز
    """,
    "ends": """
        en: ends, ended, end, is over, called off, under control, contained, averted, wraps up, comes to an end,
            draws to a close
        nl: eindigt, eindigen, eindigde, beëindigd, afgelopen, voorbij, onder controle, geblust, meester,
            loopt ten einde, van tafel, afgewend
        de: endet, enden, endete, beendet, beenden, zu Ende, unter kontrolle, gelöscht, abgewendet, vorbei,
            geht zu ende
        fr: prend fin, prennent fin, a pris fin, s'achève, se termine, maîtrisé, maîtrisée, éteint, sous contrôle,
            levée du, évitée, évité
        es: termina, terminan, terminó, finaliza, finalizó, concluye, controlado, controlada, extinguido,
            bajo control, extinguen, concluyen, acaba, desactivada
        zh: 结束, 終結, 终止, 复工, 落幕, 得到控制, 扑灭, 告终, 收官, 避免
        it: finita, termina, si conclude, finisce lo, finisce la, finisce il
        pt: termina, terminou, acaba, encerrado
        pl: zakończył, zakończyła, zakończono, kończy się, koniec
        ru: завершился, завершилась, завершились, окончен, окончена, прекращена
        ja: 終結, 終了, 閉幕
        ko: 종료, 끝나, 폐막
        ar: انتهى, انتهت, تنتهي, اختتم
    """,
    "strikes": """
        en: walk out, walks out, walked out, down tools, go on strike, goes on strike, went on strike, strike begins,
            on strike, begin strike, strike call, calls strike, call strike, strike called, strike action, walkout,
            stoppage
        nl: legt werk neer, leggen werk neer, legt het werk neer, leggen het werk neer, gaat staken, staakt, staken,
            staking begonnen, in staking, staking, roept op tot staking, roepen op tot staking, werkonderbreking,
            werkonderbrekingen, legt het werk, kondigt staking, stakingen
        de: legen arbeit nieder, legt arbeit nieder, legen die arbeit nieder, streikt, streiken, treten in streik,
            in den streik, streik, warnstreik*, ruft zu warnstreik* auf, streikaufruf, arbeitskampf,
            arbeitsniederlegung*
        fr: cessent le travail, cesse le travail, en grève, débrayent, débrayage, entament une grève, grève,
            appel à la grève, préavis de grève, mouvement social
        es: paran, en huelga, van a la huelga, inician la huelga, inicia la huelga, arranca la huelga,
            secundan la huelga, huelga, convoca huelga
        zh: 罢工, 停工抗议, 停工, 罢工行动
        it: in sciopero, scioperano, incrociano le braccia, sciopero, scioperi, proclamato lo sciopero
        pt: em greve, entram em greve, param, greve, paralisação, paralisam
        pl: strajkują, rozpoczęli strajk, strajk, strajku, strajki
        ru: бастуют, забастовали, начали забастовку, забастовка, забастовку, забастовки
        ja: スト突入, ストライキ
        ko: 파업, 총파업
        ar: يضربون عن العمل, إضراب, الإضراب
    """,
    "completes": """
        en: completes, completed, closes deal, closes takeover, closes acquisition, finalises, finalizes, finalised,
            finalized, seals takeover, wraps up, wrapped up, done deal, takeover complete, deal done, sale completed
        nl: rondt af, rond met, afgerond, voltooit, voltooid, overname rond, deal rond, afgesloten, rondt deal af
        de: schließt übernahme ab, schließt ab, abgeschlossen, vollzieht, vollzogen, perfekt, unter dach und fach,
            abgeschlossene, fertiggestellt, abschluss der
        fr: boucle, bouclé, finalise, finalisé, finalisée, conclut, parachève, terminé la vente
        es: cierra la compra, cierra la venta, completa, completó, completada, culmina, ultima la compra,
            cierra la operación
        zh: 完成收购, 完成交易, 完成并购, 交割, 竣工, 正式完成
        it: completa, completato, perfeziona, chiude l'acquisizione, ultimato
        pt: conclui, concluiu, finaliza, concluído
        pl: finalizuje, sfinalizował, zakończył przejęcie, zakończono, sfinalizowano
        ru: завершил сделку, завершила сделку, закрыл сделку
        ja: 買収完了, 完了
        ko: 인수 완료, 마무리
        ar: أتمت, أكملت, تستكمل, إتمام, اكتمال
    """,
    "insolvent": """
        en: files for bankruptcy, filed for bankruptcy, bankrupt, goes bust, went bust, insolvency,
            into administration, goes under, files for insolvency, collapses into, collapses into administration,
            bankruptcy, receivership, chapter 11, liquidation, creditors protection, goes bankrupt, insolvent,
            winds up
        nl: failliet, faillissement, vraagt faillissement aan, surseance, failliet verklaard, uitstel van betaling,
            faillissement aangevraagd, failliete, over de kop, bankroet
        de: insolvenz, insolvent, meldet insolvenz an, pleite, insolvenzantrag, insolvenzverfahren, zahlungsunfähig,
            bankrott, konkurs, gläubigerschutz
        fr: redressement judiciaire, liquidation judiciaire, dépose le bilan, en faillite, faillite,
            placé en redressement, placée en redressement, en liquidation, liquidée, liquidé, cessation de paiement,
            cessation de paiements, faillites, placé en liquidation
        es: concurso de acreedores, en quiebra, quiebra, se declara en bancarrota, bancarrota, concurso, insolvente,
            preconcurso, en concurso, liquidación, suspensión de pagos
        zh: 破产, 申请破产, 破产清算, 破产保护, 清盘, 破产重整, 资不抵债
        it: fallimento, bancarotta, fallita, fallito, dichiarata fallita, dichiarato fallito, insolvenza, concordato
        pt: falência, recuperação judicial, insolvência, insolvente, falida, falido
        pl: upadłość, bankrutuje, upadłości, bankructwo, niewypłacaln*
        ru: банкротство, банкротом, обанкротил*, банкротства, банкрот
        ja: 破産, 経営破綻, 倒産, 民事再生, 破綻
        ko: 파산, 법정관리, 부도, 회생절차
        ar: إفلاس, أفلست, الإفلاس, إعسار
    """,
    "buys": """
        en: buys, bought, acquires, acquired, takes over, took over, snaps up, snapped up, takeover of, takes stake,
            took stake, bids for, bid for, merges with, merge, sold to, swallows
        nl: koopt, kocht, gekocht, neemt over, nam over, overgenomen, verkocht aan, doet bod op, neemt belang,
            fuseert met, fuseren, lijft in
        de: kauft, kaufte, gekauft, übernimmt, übernahm, übernommen, steigt ein, stieg ein, schluckt, beteiligt sich,
            bietet für, verkauft an, fusioniert mit, fusionieren, erwirbt
        fr: rachète, racheté, rachetée, rachètent, acquiert, s'offre, reprend l'entreprise, avale, vendu à, vendue à,
            entre au capital, fusionne avec, fusionnent, met la main sur
        es: compró, adquiere, adquirió, se hace con, absorbe, comprada por, vendida a, vendido a, entra en el capital,
            se fusiona, se fusionan, lanza una opa, toma el control
        zh: 收购, 买下, 并购, 入股, 接手, 合并, 控股
        it: acquista, acquisisce, rileva, si fonde, entra nel capitale
        pt: comprou, adquire, adquiriu, funde-se
        pl: kupuje, kupił, kupiła, przejmuje, przejął, przejęła
        ru: покупает, купил*, приобрел*, поглотил*, выкупил*
        ja: 買収, 出資, 子会社化
        ko: 인수, 매입, 합병
        ar: تستحوذ, استحوذت, تشتري, اشترت, استحواذ
    """,
    "retaliates": """
        en: retaliates, retaliated, hits back, hit back, strikes back, countermeasures, counter-tariffs, retaliation,
            retaliatory, fights back, tit-for-tat
        nl: slaat terug, sloeg terug, tegenmaatregelen, vergelding, vergeldingsmaatregelen, neemt wraak, represailles
        de: schlägt zurück, schlug zurück, gegenmaßnahmen, vergeltung, vergeltungszölle, gegenzölle, kontert,
            revanchiert sich
        fr: riposte, ripostent, riposté, représailles, contre-mesures, réplique, répliquent, contre-attaque
        es: contraataca, represalias, contramedidas, toma represalias, devuelve el golpe
        zh: 反制, 报复, 还击, 反击, 回击
        it: ritorsioni, contromisure, contrattacca
        pt: retalia, retaliou, retaliação, contramedidas, responde com
        pl: odwet, odwecie, środki odwetowe
        ru: ответные меры, ответил*, контрмеры
        ja: 報復, 対抗措置
        ko: 보복, 맞대응
        ar: رد انتقامي, انتقام
    """,
    "elected": """
        en: elected, re-elected, reelected, wins election, wins vote, wins presidency, wins re-election, voted in,
            sworn in, takes office, appointed, appoints, named as, names new
        nl: verkozen, herkozen, gekozen tot, wint verkiezingen, wint de verkiezingen, wint verkiezing, benoemd,
            benoemt, beëdigd, aangesteld, stelt aan, aangesteld als, treedt aan
        de: gewählt, wiedergewählt, gewinnt wahl, gewinnt die wahl, wahlsieger, wahlsieg, ernennt, ernannt, vereidigt,
            ins amt, neuer chef
        fr: élu, élue, réélu, réélue, remporte l'élection, remporte les élections, nommé, nommée, nomme, investi,
            investie, prend la tête, intronisé
        es: elegido, elegida, reelegido, reelegida, gana las elecciones, ganan las elecciones, nombrado, nombrada,
            nombra, designa, designado, designada, toma posesión, investido, investida, gana la presidencia
        zh: 当选, 连任, 胜选, 就任, 获任, 任命, 出任, 宣誓就职, 上任
        it: eletto, eletta, rieletto, rieletta, nominato, nominata, nomina, vince le elezioni
        pt: eleito, eleita, reeleito, reeleita, nomeado, nomeada, vence eleição, toma posse
        pl: wybrany, wybrana, wygrał wybory, wygrała wybory, mianowany, powołany, zaprzysiężony
        ru: избран, избрана, переизбран*, победил на выборах, победила на выборах, назначен*, назначил*
        ja: 当選, 就任, 再選, 任命
        ko: 당선, 취임, 임명, 재선
        ar: انتخاب, تعيين, انتخب, فاز
    """,
}
