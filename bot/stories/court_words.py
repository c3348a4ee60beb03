"""Words that tell how far a case has come, who denies or resigns, and what rises or falls; by language.

A row for a stage, a line for a language. A word is compared folded and whole; with * any letters may follow. Han and
kana are found anywhere. Only forms that say that it happens or happened stand here: no infinitives.
"""

from __future__ import annotations

COURT_WORDS: dict[str, str] = {
    "investigates": """
        en: investigates, investigating, opens probe, opens investigation, launches probe, launches
            investigation, probes, raids, raided, looks into, looking into, under investigation, opens inquiry,
            launches inquiry, searched by police, searches offices
        nl: begint onderzoek, start onderzoek, stelt onderzoek in, opent onderzoek, valt binnen, doet inval,
            doorzoekt, doorzocht, onderzoekt, verdenkt
        de: ermittelt, ermitteln, leitet verfahren ein, leitet ermittlungen ein, eröffnet verfahren, nimmt
            ermittlungen auf, durchsucht, razzia bei, unter verdacht, nimmt unter die lupe
        fr: ouvre une enquête, enquête ouverte, lance une enquête, perquisitionne, visé par une enquête,
            perquisition, perquisitions, soupçonné, soupçonnée
        es: investiga, investigan, abre una investigación, abre investigación, inicia una investigación,
            registra, allana, registran, bajo investigación, abre expediente, investigado
        zh: 立案调查, 展开调查, 启动调查, 立案, 调查, 接受调查, 被查, 搜查, 涉嫌
        it: indaga, apre un'inchiesta, apre un'indagine, avvia un'indagine
        pt: investiga, abre investigação, abre inquérito, inicia investigação
        pl: wszczął śledztwo, wszczęto śledztwo, wszczęła śledztwo, prowadzi śledztwo, bada
        ru: расследует, начал расследование, начала расследование, возбудил дело, возбудили дело
        ja: 調査を開始, 捜査, 調査に乗り出
        ko: 조사 착수, 수사, 조사
        ar: تحقق, يحقق, فتح تحقيق, فتحت تحقيق, تفتح تحقيق
    """,
    "sues": """
        en: sues, sued, files suit, filed suit, files lawsuit, charged, indicts, indicted, indictment, takes to
            court, brings case, brings charges, files charges, goes to court, takes legal action, pressed
            charges, faces charges, stands trial, goes on trial, on trial
        nl: klaagt aan, klaagde aan, aangeklaagd, daagt voor de rechter, sleept voor de rechter, spant zaak aan,
            spande zaak aan, stapt naar de rechter, naar de rechter, spant kort geding aan, terecht, voor de
            rechter
        de: verklagt, verklagte, verklagen, klagt gegen, klagte gegen, erhebt anklage, anklage erhoben,
            angeklagt, reicht klage ein, klage eingereicht, zieht vor gericht, vor gericht, zieht vor, erhebt
            klage, klagt vor
        fr: porte plainte, poursuit en justice, attaque en justice, saisit la justice, mis en examen, mise en
            examen, inculpé, inculpée, assigne, devant la justice, renvoyé devant, comparaît, comparaissent
        es: demanda a, demandó, denuncia ante, lleva a juicio, imputa, imputado, imputada, acusa formalmente,
            presenta una demanda, a juicio, lleva a los tribunales, se sienta en el banquillo, procesado,
            procesada
        zh: 起诉, 起訴, 提起诉讼, 控告, 提告, 出庭受审, 受审, 提起公诉, 公诉
        it: fa causa, cita in giudizio, denuncia, incrimina, rinviato a giudizio
        pt: processa, processou, denuncia à justiça, indicia, indiciado, acusa formalmente
        pl: pozywa, pozwał, pozwała, oskarżył, oskarżyła, oskarżony, postawił zarzuty
        ru: подал в суд, подала в суд, подали в суд, предъявил обвинение, предъявили обвинение
        ja: 提訴, 起訴
        ko: 제소, 기소, 소송 제기
        ar: تقاضي, يقاضي, رفعت دعوى, رفع دعوى, تتهم رسميا
    """,
    "rules": """
        en: convicts, convicted, found guilty, sentenced, sentences, fines, fined, court rules, judge rules,
            judges rule, rules against, rules that, rules in, ruled, upholds, upheld, jailed, jails, imprisoned,
            penalised, penalized, hit with, ordered to pay, handed down, pleads guilty, pleaded guilty, pays
            fine
        nl: veroordeelt, veroordeeld, schuldig bevonden, beboet, legt boete op, oordeelt, oordeelde, celstraf,
            taakstraf, krijgt boete, veroordelen, moet boete, de cel in, gevangenisstraf, bestraft
        de: verurteilt, verurteilte, schuldig gesprochen, urteilt, urteilte, geldstrafe verhängt, bestätigt
            urteil, bewährungsstrafe, haftstrafe, muss in haft, muss zahlen, bekennt sich schuldig,
            schuldspruch, verhängt geldstrafe, zu haft
        fr: condamne, condamné, condamnée, reconnu coupable, juge, a jugé, inflige une amende, écope, écopent,
            prison ferme, prison avec sursis, plaide coupable, reconnue coupable, verbalise, sanctionne,
            sanctionné, amende de, condamnés
        es: condena, condenó, condenado, condenada, declarado culpable, multa, multó, multada, falla, entra en
            prisión, a prisión, se declara culpable, sanciona, sancionó, sancionado, multan, ingresa en prisión,
            condenan, condenados, culpable
        zh: 判处, 判處, 判决, 裁定, 罚款, 定罪, 判刑, 获刑, 被判, 认罪, 重罚, 处罚, 开罚单, 罚没
        it: condanna, condannato, condannata, multa, multata, giudicato colpevole
        pt: condena, condenou, condenado, condenada, multa, multou, multada
        pl: skazał, skazała, skazany, ukarał, ukarała, orzekł, orzekła
        ru: приговорил*, признал виновн*, осудил*, оштрафовал*, постановил*
        ja: 有罪, 判決, 罰金
        ko: 유죄, 판결, 벌금
        ar: أدانت, حكمت, قضت, غرمت, تغرم
    """,
    "acquits": """
        en: acquits, acquitted, not guilty, cleared of, exonerated, cleared by court, conviction quashed, found
            not guilty, walks free
        nl: vrijgesproken, spreekt vrij, sprak vrij, spreken vrij, vrijspraak
        de: freigesprochen, spricht frei, sprach frei, freispruch, sprechen frei, freispruch für
        fr: acquitté, acquittée, acquitte, relaxe, relaxé, relaxée, acquittés, relaxés, blanchi, blanchie,
            non-lieu
        es: absuelve, absolvió, absuelto, absuelta, absuelven, absueltos, exculpado, exculpa, exonerado
        zh: 无罪, 無罪, 宣判无罪, 判决无罪, 宣告无罪, 获判无罪
        it: assolto, assolta, assolve
        pt: absolve, absolveu, absolvido, absolvida
        pl: uniewinnił, uniewinniony, uniewinniła, uniewinnia
        ru: оправдал, оправдан, оправдала, оправдали
        ja: 無罪
        ko: 무죄
        ar: برأت, تبرئ, براءة
    """,
    "appeals": """
        en: appeals, appealed, files appeal, filed an appeal, lodges appeal, challenges ruling, will appeal,
            takes case to
        nl: gaat in beroep, in beroep gegaan, ging in beroep, gaat in hoger beroep, in hoger beroep, tekent
            beroep aan, stapt naar hof, cassatie
        de: legt berufung ein, berufung eingelegt, legt revision ein, geht in berufung, legte berufung ein,
            ficht an, zieht in die nächste instanz, revision eingelegt
        fr: fait appel, a fait appel, interjette appel, se pourvoit en cassation, se pourvoit, fait appel du
        es: apela, apeló, recurre, recurrió, presenta recurso, interpone recurso, presenta apelación
        zh: 上诉, 上訴, 提出上诉, 申诉
        it: ricorre, fa ricorso, presenta ricorso, impugna
        pt: recorre, recorreu, apela
        pl: odwołał się, odwołała się, złożył apelację
        ru: обжаловал*, подал апелляцию, подала апелляцию
        ja: 控訴, 上告
        ko: 항소, 상고
        ar: تستأنف الحكم, استأنف الحكم, تطعن, طعن
    """,
    "denies": """
        en: denies, denied, refutes, disputes, contradicts, rebuts, rejects claims, rejects allegations, pleads
            not guilty
        nl: ontkent, ontkende, ontkennen, spreekt tegen, weerspreekt, werpt verre, noemt onzin
        de: dementiert, dementierte, bestreitet, bestritt, streitet ab, widerspricht, weist vorwürfe zurück,
            dementieren
        fr: dément, démentent, démenti, nie, contredit, réfute, réfutent, conteste les accusations
        es: niega, niegan, negó, desmiente, desmintió, rechaza las acusaciones, desmienten
        zh: 否认, 否認, 辟谣, 否定, 驳斥, 澄清
        it: smentisce, smentito, nega
        pt: nega, negou, desmente, desmentiu
        pl: zaprzecza, zaprzeczył, zaprzeczyła, dementuje
        ru: опроверг, опровергла, опровергает, отрицает
        ja: 否定
        ko: 부인
        ar: تنفي, نفت, ينفي, نفى
    """,
    "confirms": """
        en: confirms, confirmed
        nl: bevestigt, bevestigde, bevestigd
        de: bestätigt, bestätigte
        fr: confirme, confirment, confirmé
        es: confirma, confirman, confirmó
        zh: 证实, 證實, 确认, 確認
        it: conferma, confermano, confermato
        pt: confirma, confirmam, confirmou
        pl: potwierdza, potwierdził, potwierdziła
        ru: подтвердил*, подтверждает
        ja: 確認, 認めた
        ko: 확인, 시인
        ar: تؤكد, أكدت, يؤكد, أكد
    """,
    "resigns": """
        en: resigns, resigned, steps down, stepped down, quits, ousted, sacked, fired, dismissed as, bows out,
            stands down, removed from office, forced out, leaves post, hands in resignation, tenders resignation
        nl: stapt op, stapte op, opgestapt, treedt af, trad af, afgetreden, ontslagen, vertrekt, stapt per
            direct op, legt functie neer, neemt ontslag, gooit handdoek in de ring, aan de kant gezet, op
            non-actief, op straat gezet, weg bij
        de: tritt zurück, trat zurück, zurückgetreten, legt amt nieder, entlassen, rücktritt erklärt, reicht
            rücktritt ein, nimmt seinen Hut, gibt auf, gibt Amt ab, muss gehen, wirft hin, räumt posten,
            abgesetzt, abberufen, gefeuert, tritt ab
        fr: démissionne, démissionné, démission de, limogé, limogée, quitte ses fonctions, quitte son poste,
            démissionnent, claque la porte, jette l'éponge, remercié, remet sa démission, démis
            de ses fonctions, quitte la tête
        es: dimite, dimitió, renuncia, renunció, destituido, destituida, cesado, cesada, deja el cargo, presenta
            su dimisión, abandona el cargo, se marcha, presenta la dimisión, apartado, apartada, dimiten,
            despedido como
        zh: 辞职, 辭職, 下台, 被免职, 请辞, 卸任, 离职, 免职, 辞去, 去职, 引咎
        it: si dimette, dimesso, dimessa, dimissioni di, licenziato, lascia l'incarico, rassegna le dimissioni
        pt: renuncia, renunciou, demite-se, demitido, demitida
        pl: rezygnuje ze stanowiska, podał się do dymisji, zdymisjonowany, odwołany
        ru: ушел в отставку, ушла в отставку, подал в отставку, уволен, отправлен в отставку
        ja: 辞任, 辞職, 解任
        ko: 사임, 사퇴, 해임
        ar: يستقيل, استقال, تستقيل, استقالت, أقيل
    """,
    "rises": """
        en: rises, rise, rose, climbs, climb, gains, jumps, jump, surges, surge, soars, rallies
        nl: stijgt, stijgen, steeg, stegen, klimt, schiet omhoog
        de: steigt, steigen, stieg, stiegen, legt zu, legen zu, klettert
        fr: monte, montent, grimpe, bondit, progresse, augmente
        es: sube, suben, subió, subieron, aumenta, crece
        zh: 上涨, 上漲, 上升, 大涨, 攀升, 增长
        it: sale, salgono, cresce, aumenta, balza
        pt: sobe, sobem, subiu, cresce, aumenta
        pl: rośnie, rosną, wzrosły, wzrósł, wzrosła
        ru: растет, растут, вырос, выросла, выросли
        ja: 上昇, 増加, 急騰
        ko: 상승, 급등, 증가
        ar: ترتفع, ارتفع, ارتفعت, يرتفع
    """,
    "falls": """
        en: falls, fall, fell, drop, drops, dropped, slides, slide, slips, tumbles, tumble, plunges,
            plunge, sinks, declines
        nl: daalt, dalen, daalde, daalden, zakt, zakken, keldert
        de: fällt, fallen, fiel, fielen, sinkt, sinken, sank, bricht ein, brechen ein
        fr: baisse, baissent, chute, chutent, recule, plonge, diminue
        es: baja, bajan, bajó, cae, caen, cayó, cayeron, desciende
        zh: 下跌, 下降, 大跌, 跌落, 下滑
        it: scende, scendono, cala, calano, crolla
        pt: cai, caem, caiu, caíram, desce, recua
        pl: spada, spadają, spadł, spadła, spadły
        ru: падает, падают, упал, упала, упали, снизился, снизились
        ja: 下落, 減少, 急落
        ko: 하락, 급락, 감소
        ar: تنخفض, انخفض, انخفضت, تهبط, هبط, تراجعت الأسهم
    """,
    "arrests": """
        en: arrested, arrests, detained, detains, in custody, in handcuffs, taken into custody, nabbed, jailed
            pending
        nl: aangehouden, gearresteerd, houdt aan, opgepakt, vastgezet, ingerekend, pakt op, pakken op, houden
            aan, zit vast
        de: festgenommen, verhaftet, nimmt fest, in Haft, festnahme, nehmen fest, in untersuchungshaft, gefasst
        fr: arrêté, arrêtés, interpellé, interpellés, en garde à vue, écroué, interpelle, mis en garde à vue,
            placé en détention, incarcéré
        es: detenido, detenidos, detenida, arrestado, arrestados, detiene, detienen, arrestan, prisión
            preventiva, capturado, capturan
        zh: 被捕, 逮捕, 拘留, 被扣押, 落网, 被抓, 抓获, 羁押, 归案
        it: arrestato, arrestati, fermato, in manette
        pt: detido, detidos, preso, presos, detida
        pl: zatrzymany, zatrzymani, zatrzymano, aresztowany
        ru: задержан, задержаны, арестован, арестованы, задержали
        ja: 逮捕, 拘束
        ko: 체포, 구속
        ar: اعتقال, اعتقلت, القبض, توقيف
    """,
    "freed": """
        en: rescued, freed, acquitted and freed, found alive, set free, found safe, found alive and well,
            released from custody, released on bail, walks free, pulled alive
        nl: gered, bevrijd, vrijgelaten, op vrije voeten, ongedeerd gevonden, levend gevonden, weer vrij, veilig
            en wel, komt vrij, komen vrij
        de: gerettet, befreit, freigelassen, auf freiem Fuß, wohlbehalten gefunden, lebend gefunden, lebend
            geborgen, wieder frei, kommt frei, kommen frei
        fr: secourus, sauvés, libéré, libérés, libérée, remis en liberté, retrouvé sain et sauf, retrouvée saine
            et sauve, sain et sauf, sains et saufs, retrouvé vivant, remise en liberté, relâché, relâchés
        es: rescatados, rescatado, liberado, liberados, liberada, en libertad, hallado con vida, sano y salvo,
            sanos y salvos, a salvo, encontrado con vida, rescatan, liberan, puesto en libertad
        zh: 获救, 获释, 被释放, 脱险, 全部升井, 被救出, 成功救出, 平安, 找到并救, 获保释
        it: salvati, salvato, liberato, liberati, rilasciato
        pt: resgatados, resgatado, libertado, libertados
        pl: uratowano, uratowani, uwolniony, uwolnieni
        ru: спасены, спасли, освобожден, освобождены
        ja: 救出, 釈放
        ko: 구조, 석방
        ar: إنقاذ, إطلاق سراح, الإفراج
    """,
}
