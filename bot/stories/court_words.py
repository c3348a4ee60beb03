"""Words that tell how far a case has come, who denies or resigns, and what rises or falls; by language.

A row for a stage, a line for a language, as in stage_words.
"""

from __future__ import annotations

COURT_WORDS: dict[str, str] = {
    "investigates": """
        en: investigates, investigating, opens probe, opens investigation, launches probe, launches investigation,
            probes, raids, raided, looks into, looking into, under investigation, opens inquiry, launches inquiry,
            searched by police, searches offices, opened an investigation, opens criminal, launches inquiry into,
            investigation opened, inquiry into, probe into
        nl: begint onderzoek, start onderzoek, stelt onderzoek in, opent onderzoek, valt binnen, doet inval,
            doorzoekt, doorzocht, onderzoekt, verdenkt, onderzoek naar, justitie onderzoekt,
            strafrechtelijk onderzoek, inval bij, inval in
        de: ermittelt, ermitteln, leitet verfahren ein, leitet ermittlungen ein, eröffnet verfahren,
            nimmt ermittlungen auf, durchsucht, razzia bei, unter verdacht, nimmt unter die lupe, ermittlungen gegen,
            ermittlungen wegen, ermittlungsverfahren, durchsuchen, durchsuchung, razzia
        fr: ouvre une enquête, enquête ouverte, lance une enquête, perquisitionne, visé par une enquête, perquisition,
            perquisitions, soupçonné, soupçonnée, enquête sur, une enquête est ouverte, information judiciaire,
            perquisitionné
        es: investiga, investigan, abre una investigación, abre investigación, inicia una investigación, registra,
            allana, registran, bajo investigación, abre expediente, investigado, abre una causa, investigación a,
            investigación por, registro en, abren una investigación
        zh: 立案调查, 展开调查, 启动调查, 立案, 调查, 接受调查, 被查, 搜查, 涉嫌, 介入调查, 被调查, 彻查, 侦查
        it: indaga, apre un'inchiesta, apre un'indagine, avvia un'indagine, indagine su, inchiesta su, indagato,
            indagata, perquisizioni
        pt: investiga, abre investigação, abre inquérito, inicia investigação, inquérito, investigado, investigação a
        pl: wszczął śledztwo, wszczęto śledztwo, wszczęła śledztwo, prowadzi śledztwo, bada, śledztwo, dochodzenie,
            przeszukania
        ru: расследует, начал расследование, начала расследование, возбудил дело, возбудили дело, расследование,
            обыск*, проверку
        ja: 調査を開始, 捜査, 調査に乗り出, 家宅捜索, 調査へ
        ko: 조사 착수, 수사, 조사, 압수수색, 수사 착수
        ar: تحقق, يحقق, فتح تحقيق, فتحت تحقيق, تفتح تحقيق, تحقيق, تفتيش
    """,
    "sues": """
        en: sues, sued, files suit, filed suit, files lawsuit, charged, indicts, indicted, indictment, takes to court,
            brings case, brings charges, files charges, goes to court, takes legal action, pressed charges,
            faces charges, stands trial, goes on trial, on trial
        nl: klaagt aan, klaagde aan, aangeklaagd, daagt voor de rechter, sleept voor de rechter, spant zaak aan,
            spande zaak aan, stapt naar de rechter, naar de rechter, spant kort geding aan, terecht, voor de rechter
        de: verklagt, verklagte, verklagen, klagt gegen, klagte gegen, erhebt anklage, anklage erhoben, angeklagt,
            reicht klage ein, klage eingereicht, zieht vor gericht, vor gericht, zieht vor, erhebt klage, klagt vor
        fr: porte plainte, poursuit en justice, attaque en justice, saisit la justice, mis en examen, mise en examen,
            inculpé, inculpée, assigne, devant la justice, renvoyé devant, comparaît, comparaissent
        es: demanda a, demandó, denuncia ante, lleva a juicio, imputa, imputado, imputada, acusa formalmente,
            presenta una demanda, a juicio, lleva a los tribunales, se sienta en el banquillo, procesado, procesada
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
            penalised, penalized, hit with, ordered to pay, handed down, pleads guilty, pleaded guilty, pays fine,
            prison for, years in prison, years in jail, life in prison, sent to prison, sent to jail, goes to jail,
            goes to prison, convicted of, guilty of, guilty verdict, found liable, hands down, fine for, fined for,
            gets years
        nl: veroordeelt, veroordeeld, schuldig bevonden, beboet, legt boete op, oordeelt, oordeelde, celstraf,
            taakstraf, krijgt boete, veroordelen, moet boete, de cel in, gevangenisstraf, bestraft, cel voor,
            jaar cel, jaar celstraf, maanden cel, levenslang, naar de cel, cel in, schuldig aan, krijgt celstraf,
            boete voor, schuldig verklaard
        de: verurteilt, verurteilte, schuldig gesprochen, urteilt, urteilte, geldstrafe verhängt, bestätigt urteil,
            bewährungsstrafe, haftstrafe, muss in haft, muss zahlen, bekennt sich schuldig, schuldspruch,
            verhängt geldstrafe, zu haft, jahre haft, jahren haft, jahre gefängnis, jahre in haft, jahren gefängnis,
            lebenslang, schuldig, ins gefängnis, strafe für, muss strafe, bußgeld, hinter gitter
        fr: condamne, condamné, condamnée, reconnu coupable, juge, a jugé, inflige une amende, écope, écopent,
            prison ferme, prison avec sursis, plaide coupable, reconnue coupable, verbalise, sanctionne, sanctionné,
            amende de, condamnés, ans de prison, mois de prison, prison pour, coupable de, perpétuité, à la prison,
            amende pour, condamnation, condamnent, en prison
        es: condena, condenó, condenado, condenada, declarado culpable, multa, multó, multada, falla,
            entra en prisión, a prisión, se declara culpable, sanciona, sancionó, sancionado, multan,
            ingresa en prisión, condenan, condenados, culpable, años de cárcel, años de prisión, meses de prisión,
            a la cárcel, cadena perpetua, multa de, condenas, sentenciado, sentenciada, pena de
        zh: 判处, 判處, 判决, 裁定, 罚款, 定罪, 判刑, 获刑, 被判, 认罪, 重罚, 处罚, 开罚单, 罚没, 有期徒刑, 无期徒刑,
            入狱, 罪成, 判赔, 获罪, 宣判
        it: condanna, condannato, condannata, multa, multata, giudicato colpevole, anni di carcere,
            anni di reclusione, ergastolo, condannati, multa da
        pt: condena, condenou, condenado, condenada, multa, multou, multada, anos de prisão, prisão para, condenados,
            multa de
        pl: skazał, skazała, skazany, ukarał, ukarała, orzekł, orzekła, lat więzienia, wyrok, skazani, grzywna
        ru: приговорил*, признал виновн*, осудил*, оштрафовал*, постановил*, приговор, приговорен*, лет тюрьмы,
            лет колонии, виновным, виновной, осужден*, штраф
        ja: 有罪, 判決, 罰金, 実刑, 懲役, 有罪判決
        ko: 유죄, 판결, 벌금, 징역, 선고, 실형
        ar: أدانت, حكمت, قضت, غرمت, تغرم, السجن, حكم بالسجن, إدانة, غرامة
    """,
    "acquits": """
        en: acquits, acquitted, not guilty, cleared of, exonerated, cleared by court, conviction quashed,
            found not guilty, walks free, clears, cleared, innocent, found innocent, case dismissed, charges dismissed
        nl: vrijgesproken, spreekt vrij, sprak vrij, spreken vrij, vrijspraak, onschuldig, vrijuit
        de: freigesprochen, spricht frei, sprach frei, freispruch, sprechen frei, freispruch für, unschuldig,
            freigesprochene
        fr: acquitté, acquittée, acquitte, relaxe, relaxé, relaxée, acquittés, relaxés, blanchi, blanchie, non-lieu,
            relaxent, non coupable, innocenté, innocentée, blanchit
        es: absuelve, absolvió, absuelto, absuelta, absuelven, absueltos, exculpado, exculpa, exonerado, inocente,
            exonera, absolución, libre de cargos
        zh: 无罪, 無罪, 宣判无罪, 判决无罪, 宣告无罪, 获判无罪, 无罪释放, 改判无罪, 洗清
        it: assolto, assolta, assolve, innocente, prosciolto, prosciolta, assoluzione, assolti
        pt: absolve, absolveu, absolvido, absolvida, inocente, absolvidos, inocentado
        pl: uniewinnił, uniewinniony, uniewinniła, uniewinnia, niewinny, uniewinnieni
        ru: оправдал, оправдан, оправдала, оправдали, невиновн*, оправдательн*
        ja: 無罪, 無罪判決
        ko: 무죄, 무혐의
        ar: برأت, تبرئ, براءة, براءته, تبرئة
    """,
    "appeals": """
        en: appeals, appealed, files appeal, filed an appeal, lodges appeal, challenges ruling, will appeal,
            takes case to
        nl: gaat in beroep, in beroep gegaan, ging in beroep, gaat in hoger beroep, in hoger beroep,
            tekent beroep aan, stapt naar hof, cassatie
        de: legt berufung ein, berufung eingelegt, legt revision ein, geht in berufung, legte berufung ein, ficht an,
            zieht in die nächste instanz, revision eingelegt
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
        en: denies, denied, refutes, disputes, contradicts, rebuts, rejects claims, rejects allegations,
            pleads not guilty
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
        en: confirms, confirmed, admits, admitted, confesses, confessed, concedes, acknowledges, acknowledged
        nl: bevestigt, bevestigde, bevestigd, bekent, bekende, geeft toe, gaf toe, erkent, erkende
        de: bestätigt, bestätigte, gesteht, gestand, gibt zu, gab zu, räumt ein, räumte ein
        fr: confirme, confirment, confirmé, avoue, avoué, reconnaît, admet, admis
        es: confirma, confirman, confirmó, confiesa, confesó, reconoce, reconoció, admite, admitió
        zh: 证实, 證實, 确认, 確認, 承认
        it: conferma, confermano, confermato, confessa, ammette, ha ammesso
        pt: confirma, confirmam, confirmou, confessa, admite, admitiu, reconhece
        pl: potwierdza, potwierdził, potwierdziła, przyznaje, przyznał się, przyznała się
        ru: подтвердил*, подтверждает, признает, сознался, созналась, признался, призналась
        ja: 確認, 認めた, 認める
        ko: 확인, 시인, 인정
        ar: تؤكد, أكدت, يؤكد, أكد, اعترف, اعترفت, يعترف, أقر ب
    """,
    "resigns": """
        en: resigns, resigned, steps down, stepped down, quits, ousted, sacked, fired, dismissed as, bows out,
            stands down, removed from office, forced out, leaves post, hands in resignation, tenders resignation,
            resign, resignation, removed as, sacks, axed as, replaced as, suspended as, leaves job, steps aside,
            stepped aside, dismisses minister, gives up post
        nl: stapt op, stapte op, opgestapt, treedt af, trad af, afgetreden, ontslagen, vertrekt, stapt per direct op,
            legt functie neer, neemt ontslag, gooit handdoek in de ring, aan de kant gezet, op non-actief,
            op straat gezet, ontslag, ontslaat, geschorst als, op straat, weggestuurd, legt taken neer,
            gestopt als, moet weg, moet vertrekken, treden af, stappen op, neemt afscheid
        de: tritt zurück, trat zurück, zurückgetreten, legt amt nieder, entlassen, rücktritt erklärt,
            reicht rücktritt ein, nimmt seinen Hut, gibt auf, gibt Amt ab, muss gehen, wirft hin, räumt posten,
            abgesetzt, abberufen, gefeuert, tritt ab, rücktritt, rücktritt von, entlässt, entließ, wirft das handtuch,
            räumt stuhl, legt mandat nieder, treten zurück, feuert, muss seinen hut nehmen, freigestellt, beurlaubt
        fr: démissionne, démissionné, démission de, limogé, limogée, quitte ses fonctions, quitte son poste,
            démissionnent, claque la porte, jette l'éponge, remercié, remet sa démission, démis de ses fonctions,
            quitte la tête, démission, licencié, licenciée, évincé, évincée, révoqué, révoquée,
            quitte le gouvernement, poussé vers la sortie, rend son tablier
        es: dimite, dimitió, renuncia, renunció, destituido, destituida, cesado, cesada, deja el cargo,
            presenta su dimisión, abandona el cargo, se marcha, presenta la dimisión, apartado, apartada, dimiten,
            despedido como, dimisión, dimisiones, cesa a, despide a, echa a, relevado, relevada, deja su cargo,
            destituye, destituyen, renuncia al cargo
        zh: 辞职, 辭職, 下台, 被免职, 请辞, 卸任, 离职, 免职, 辞去, 去职, 引咎, 递交辞呈, 辞任, 撤职, 停职, 革职,
            解职, 罢免, 辞呈, 解雇
        it: si dimette, dimesso, dimessa, dimissioni di, licenziato, lascia l'incarico, rassegna le dimissioni,
            dimissioni, si è dimesso, si è dimessa, dimettono, rimosso, rimossa, esonerato
        pt: renuncia, renunciou, demite-se, demitido, demitida, demissão, demite, demitiu-se, exonerado, exonerada,
            afastado
        pl: rezygnuje ze stanowiska, podał się do dymisji, zdymisjonowany, odwołany, dymisja, dymisji,
            zrezygnował ze stanowiska, zwolniony, odchodzi, odwołano ze stanowiska
        ru: ушел в отставку, ушла в отставку, подал в отставку, уволен, отправлен в отставку, отставка, отставку,
            уволили, уволил*, отстранен*, покинул пост, покинула пост, снят с должности
        ja: 辞任, 辞職, 解任, 更迭, 退任, 引責
        ko: 사임, 사퇴, 해임, 경질, 퇴진, 사의
        ar: يستقيل, استقال, تستقيل, استقالت, أقيل, استقالة, إقالة, أقال, إعفاء
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
        en: falls, fall, fell, drop, drops, dropped, slides, slide, slips, tumbles, tumble, plunges, plunge, sinks,
            declines
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
}
