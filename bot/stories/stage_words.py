"""Words that tell how far a decision has come: considers, proposes, signs, in force, struck down; by language.

A row for a stage, a line for a language. A word is compared folded and whole; with * any letters may follow. Han and
kana are found anywhere. Only forms that say that it happens or happened stand here: no infinitives.
"""

from __future__ import annotations

LAW_WORDS: dict[str, str] = {
    "considers": """
        en: considers, considering, weighs, weighing, mulls, mulling, eyes, examines, explores, reviews, is
            reviewing, looks at, looking at, floats, floated, in talks to
        nl: overweegt, overwegen, bekijkt, onderzoekt mogelijkheid, denkt aan, denkt na over, bestudeert, speelt
            met de gedachte, zint op, laat onderzoeken of
        de: erwägt, erwägen, prüft, prüfen, überlegt, denkt über, spielt mit dem Gedanken, liebäugelt, zieht in
            betracht, fasst ins auge
        fr: envisage, envisagent, étudie, étudient, réfléchit, songe à, examine, planche sur, réfléchissent, se
            penche sur
        es: considera, consideran, estudia, estudian, sopesa, baraja, valora, analiza, contempla, se plantea,
            evalúa, evalúan
        zh: 考虑, 考慮, 研究是否, 斟酌, 酝酿, 拟考虑, 探讨, 商讨, 有意
        it: valuta, valutano, considera, studia, esamina
        pt: considera, avalia, estuda, pondera, analisa
        pl: rozważa, rozważają, analizuje, zastanawia się
        ru: рассматривает, рассматривают, обдумывает, изучает, взвешивает
        ja: 検討, 見直しを検討
        ko: 검토
        ar: تدرس, يدرس, تبحث, ينظر في, تنظر في
    """,
    "proposes": """
        en: proposes, proposed, proposing, tables, tabled, drafts, drafted, unveils plan, unveils proposal, puts
            forward, submits, unveils draft, calls for, tables bill, introduces bill
        nl: stelt voor, stellen voor, voorgesteld, dient voorstel in, diende voorstel in, presenteert plan,
            dient wetsvoorstel in, komt met voorstel, komt met plan, pleit voor, legt voorstel voor
        de: schlägt vor, schlagen vor, vorgeschlagen, legt entwurf vor, legt gesetzentwurf vor, gesetzentwurf
            vorgelegt, bringt entwurf ein, bringt ins spiel, legt plan vor, legt pläne vor, stellt plan vor
        fr: propose, proposent, proposé, dépose un projet, présente un projet, projet de loi déposé, met sur la
            table, présente son plan, dévoile son plan
        es: propone, proponen, propuso, propuesto, presenta un proyecto, presentó un proyecto, presenta
            proyecto, plantea, plantean, presenta su plan
        zh: 提议, 提議, 提出方案, 提出草案, 提出法案, 提出议案, 拟定, 草拟, 提案, 提交草案, 公布草案, 建议, 提交议案,
            发布征求意见稿
        it: propone, propongono, proposto, presenta un disegno, presenta la proposta
        pt: propõe, propõem, propôs, proposto, apresenta projeto, apresenta proposta
        pl: proponuje, proponują, zaproponował*, przedstawił projekt, przedstawiła projekt, złożył projekt
        ru: предлагает, предложил, предложила, предложили, внес законопроект, внесла законопроект, внесли
            законопроект
        ja: 提案, 草案を提出, 法案を提出
        ko: 제안, 발의
        ar: تقترح, يقترح, اقترح, اقترحت
    """,
    "agrees": """
        en: agrees, agreed, reach deal, reaches deal, reached deal, reach agreement, reach an agreement, reaches
            agreement, strike deal, strikes deal, struck a deal, reached an agreement, reached a deal, clinch
            deal, clinches, settles, settled, settle, settlement reached, sign truce, signs truce, ceasefire
            agreed, agree on, agree to, seal deal, seals deal, hammer out deal, strike a deal, accepts offer,
            accept offer
        nl: akkoord bereikt, bereiken akkoord, bereikt akkoord, bereikten akkoord, worden het eens, eens
            geworden, werden het eens, sluiten akkoord, sluit akkoord, eens over, bereiken overeenstemming,
            akkoord over, schikt, schikken, geschikt voor, treft schikking, treffen schikking, sluiten
            wapenstilstand, vinden elkaar, komen eruit, zijn eruit, bereiken een akkoord, bereikt een akkoord,
            akkoord met, deal gesloten
        de: einigen sich, einigt sich, einigten sich, einigte sich, geeinigt, vereinbaren, vereinbart,
            vereinbarten, einigung erzielt, erzielen einigung, erzielt einigung, erzielten einigung, einigung
            bei, legen streit bei, legen rechtsstreit bei, legt rechtsstreit bei, schließen vergleich, schließt
            vergleich, vergleich geschlossen, verständigen sich, verständigt sich, handschlag, einig über, sind
            sich einig, nehmen angebot an
        fr: trouvent un accord, conclu un accord, concluent un accord, s'accordent, se mettent d'accord, accord
            trouvé, parviennent à un accord, accord conclu, scellent un accord, transigent, règlent à l'amiable,
            règle à l'amiable, concluent une trêve, signent une trêve, accord signé, s'entendent, s'entend avec,
            acceptent l'offre, tombent d'accord
        es: acuerdan, acordaron, acordó, alcanzan un acuerdo, alcanzan acuerdo, alcanza un acuerdo, llegan a un
            acuerdo, cierran un acuerdo, pactan, pacta, pactó, pactaron, sellan un acuerdo, llegan a un pacto,
            cierran acuerdo, logran un acuerdo, logra un acuerdo, alcanzan una tregua, acuerdo extrajudicial,
            aceptan la oferta, llegan a acuerdo
        zh: 达成协议, 達成協議, 达成一致, 达成共识, 同意, 达成和解, 和解, 签署停火, 达成停火, 谈妥, 谈成
        it: raggiungono un accordo, raggiunto un accordo, accordo raggiunto, trovano un accordo
        pt: chegam a acordo, chegaram a acordo, acordo alcançado, fecham acordo
        pl: osiągnęły porozumienie, osiągnęli porozumienie, uzgodnili, porozumieli się
        ru: договорились, достигли соглашения, согласовали
        ja: 合意
        ko: 합의
        ar: اتفق, اتفقت, توصل, توصلت, يتفقان, تتفقان
    """,
    "decides": """
        en: bans, banned, bars, barred, excludes, imposes, imposed, slaps, blocks, blocked, orders, ordered,
            decides, decided, adopts, adopted, approves, approved, passes, passed, backs, clears, cleared,
            greenlights, ratifies, ratified, vote through, votes through, voted through, green light, go-ahead,
            nod to, votes for, vote for, waves through, waved through, gives nod, outlaws, outlawed, forbids,
            endorses, endorsed, confirms appointment
        nl: verbiedt, verboden, weert, sluit uit, legt op, legde op, blokkeert, besluit, besloot, besloten,
            keurt goed, goedgekeurd, neemt aan, aangenomen, stemt in, ingestemd, keurde goed, nam aan, stemde
            in, stemt voor, neemt motie aan, stemmen in, groen licht, steunt wet, gaat akkoord met, akkoord met
            wet, verklaart verboden, keuren goed, zet door
        de: verbietet, verboten, verbannt, schließt aus, ausgeschlossen, verhängt, beschließt, beschloss,
            beschlossen, billigt, gebilligt, genehmigt, verabschiedet, stimmt zu, stimmte zu, zugestimmt,
            blockiert, nimmt an, ratifiziert, nehmen an, stimmen zu, winkt durch, winken durch, durchgewinkt,
            grünes licht, untersagt, untersagte, beschließen, billigen, segnet ab, segnete ab, gibt frei,
            freigegeben
        fr: interdit, interdisent, exclut, impose, décide, décidé, adopte, adopté, adoptée, approuve, approuvé,
            approuvée, vote la loi, valide, ratifie, bloque, votent, adoptent, approuvent, feu vert, donne son
            feu vert, autorise, autorisé, autorisée, donne son accord, entérine, entériné, tranche, ratifié
        es: prohíbe, prohibió, excluye, impone, impuso, decide, decidió, aprueba, aprobó, aprobado, aprobada,
            ratifica, bloquea, da luz verde, aprueban, prohíben, luz verde, autoriza, autorizó, avala, avaló, da
            el visto bueno, visto bueno, sale adelante, convalida
        zh: 禁止, 决定, 決定, 批准, 通过, 通過, 实行, 宣布禁, 核准, 表决通过, 批准了, 获批, 放行, 敲定, 准许, 表决同意
        it: vieta, esclude, impone, decide, ha deciso, approva, approvato, approvata, adotta, ratifica, blocca,
            approvano
        pt: proíbe, exclui, impõe, decide, decidiu, aprova, aprovou, aprovado, aprovada, adota, ratifica,
            bloqueia, aprovam
        pl: zakazuje, zakazał, zakazała, wyklucza, nakłada, nałożył*, zdecydował*, przyjął, przyjęła, uchwalił*,
            zatwierdził*, przegłosował*, ratyfikował*
        ru: запрещает, запретил, запретила, исключает, ввел, ввела, вводит, решил, решила, одобрил, одобрила,
            одобрило, принял, принята, приняла, ратифицировал*, утвердил*
        ja: 禁止, 排除, 決定, 承認, 可決, 採択, 批准
        ko: 금지, 배제, 결정, 승인, 통과, 가결, 비준
        ar: تحظر, يحظر, حظرت, حظر, تستبعد, تفرض, فرضت, قررت, قرر, تقر, يقر, أقر, أقرت, يوافق, وافق, وافقت, صادق
    """,
    "signs": """
        en: signs, signed, inks, inked, signed into law, puts pen to paper
        nl: tekent, tekende, tekenden, getekend, ondertekent, ondertekende, ondertekend, ondertekenden,
            handtekening onder, zet handtekening
        de: unterzeichnet, unterzeichnete, unterzeichneten, unterschreibt, unterschrieb, unterschrieben, setzt
            unterschrift, besiegeln, besiegelt
        fr: signe, signent, signé, signée, ont signé, promulgue, promulgué, paraphe, paraphent, appose sa
            signature
        es: firma, firman, firmó, firmaron, firmado, promulga, promulgó, rubrica, rubrican, suscribe, suscriben
        zh: 签署, 簽署, 签字, 签订, 签约
        it: firma, firmano, firmato, firmata
        pt: assina, assinam, assinou, assinado, assinada, sanciona, sancionou
        pl: podpisał, podpisała, podpisali, podpisano, podpisuje
        ru: подписал, подписала, подписали, подписано, подписывает, подписан
        ja: 署名, 調印
        ko: 서명, 체결
        ar: وقع, وقعت, يوقع, توقع اتفاق, وقّع
    """,
    "in_force": """
        en: takes effect, took effect, take effect, comes into force, came into force, enters into force,
            entered into force, in force, goes into effect, went into effect, now applies, kicks in, come into
            force, come into effect, comes into effect, came into effect, takes hold, took hold, now in effect,
            becomes law, became law, is now law, goes live, starts applying, begins at
        nl: treedt in werking, trad in werking, in werking getreden, gaat in, ging in, ingegaan, van kracht,
            geldt nu, treden in werking, gaan in, is van kracht, gelden nu, geldt vanaf nu, vanaf vandaag
        de: tritt in kraft, trat in kraft, treten in kraft, traten in kraft, in kraft getreten, in kraft, gilt
            ab sofort, gilt seit, gelten ab sofort, gilt ab, gelten ab, tritt heute in kraft, wirksam
        fr: entre en vigueur, entrent en vigueur, entré en vigueur, entrée en vigueur, en vigueur, prend effet,
            prennent effet, entre en application, entrent en application, s'applique, s'appliquent, applicable
            dès
        es: entra en vigor, entran en vigor, entró en vigor, en vigor, entraron en vigor, surte efecto, entraron
            en vigencia, entra en vigencia, entra en aplicación, ya se aplica, comienza a regir, empieza a
            regir, comienza a aplicarse, ya está en vigor
        zh: 生效, 施行, 正式实施, 开始实施, 起实施, 起施行, 正式生效, 落地实施, 开始执行, 起执行
        it: entra in vigore, entrano in vigore, entrato in vigore, entrata in vigore, in vigore
        pt: entra em vigor, entram em vigor, entrou em vigor, em vigor
        pl: wchodzi w życie, weszła w życie, weszło w życie, wszedł w życie, weszły w życie, obowiązuje od
        ru: вступил в силу, вступила в силу, вступили в силу, вступает в силу, вступило в силу
        ja: 発効, 施行
        ko: 발효, 시행
        ar: يدخل حيز التنفيذ, دخل حيز التنفيذ, دخلت حيز التنفيذ, تدخل حيز التنفيذ, حيز التنفيذ
    """,
    "struck_down": """
        en: strikes down, struck down, overturns, overturned, annuls, annulled, quashes, quashed, throws out,
            thrown out, voids, voided, invalidates, rules unlawful, ruled unlawful, ruled unconstitutional,
            strikes out, struck out, set aside by court, nullifies, nullified, declared void, conviction
            overturned
        nl: vernietigt, vernietigd, vernietigde, haalt streep door, streep door, verklaart onwettig, onwettig
            verklaard, ongeldig verklaard, onrechtmatig verklaard, vernietigd door rechter, haalt onderuit,
            schiet af, fluit terug, teruggefloten, zet streep door
        de: kippt, kippte, gekippt, hebt auf, hob auf, erklärt für nichtig, für nichtig erklärt, für ungültig
            erklärt, für verfassungswidrig, für rechtswidrig, annulliert, kassiert urteil, für unwirksam
            erklärt, erklärt für unwirksam, hebt urteil auf, aufgehoben
        fr: annule, annulent, annulé, annulée, invalide, invalidé, censure, casse, juge illégal, jugé illégal,
            retoque, retoqué, déclare inconstitutionnel, jugé contraire, invalidée
        es: anula, anulan, anuló, anulado, anulada, tumba, invalida, declara ilegal, declara inconstitucional,
            declaró inconstitucional, deja sin efecto, echa abajo, revoca, revocó, declara nulo, declara nula
        zh: 推翻, 撤销, 撤銷, 裁定违法, 裁定违宪, 判定无效, 宣告无效, 作废, 判决撤销, 裁定无效, 宣布无效
        it: annulla, annullato, annullata, boccia, dichiara illegittima, dichiara incostituzionale
        pt: anula, anulou, anulado, derruba, derrubou, invalida, declara inconstitucional
        pl: uchylił, uchyliła, uchyla, unieważnił*, uznał za niekonstytucyjn*
        ru: отменил, отменила, отменили, аннулировал*, признал незаконн*, признал неконституционн*
        ja: 無効, 取り消し, 違憲
        ko: 무효, 취소 판결, 위헌
        ar: ألغت, ألغى, تلغي, يلغي, أبطلت, أبطل
    """,
    "suspends": """
        en: suspends, suspended, halts, halted, pauses, paused, freezes, froze, frozen, puts on hold, grounds,
            grounded, stalls, stalled, shuts down, shut down
        nl: schort op, schortte op, opgeschort, stopt tijdelijk, pauzeert, gepauzeerd, bevriest, bevroren, legt
            stil, stilgelegd, ligt stil, liggen stil, legt plat, aan de grond
        de: setzt aus, setzte aus, ausgesetzt, stoppt, stoppte, gestoppt, pausiert, friert ein, eingefroren,
            legt auf eis, ruht, liegt auf eis, vorläufig gestoppt, stellt ein, eingestellt
        fr: suspend, suspendent, suspendu, suspendue, gèle, interrompt, interrompu, met en pause, cloue au sol,
            à l'arrêt, met à l'arrêt, est suspendu
        es: suspende, suspenden, suspendió, suspendido, suspendida, congela, paraliza, paralizó, pausa, deja en
            suspenso, detiene, paralizada, paralizado
        zh: 暂停, 暫停, 中止, 冻结, 叫停, 搁置, 停摆, 停飞, 停工, 暂缓
        it: sospende, sospendono, sospeso, sospesa, congela, ferma
        pt: suspende, suspendem, suspendeu, suspenso, suspensa, congela, paralisa
        pl: zawiesza, zawiesił, zawiesiła, wstrzymuje, wstrzymał, wstrzymała, zamraża
        ru: приостановил*, приостанавливает, заморозил*, замораживает
        ja: 停止, 中断, 凍結, 一時停止
        ko: 중단, 보류, 동결
        ar: تعلق, علقت, يعلق, علق, تجمد, جمدت, توقف
    """,
    "resumes": """
        en: resumes, resumed, restarts, restarted, resume, reopens, reopened, back to work, back on track,
            returns to work, return to work, revives, revived, relaunches
        nl: hervat, hervatten, hervatte, herstart, heropent, heropend, weer aan het werk, gaat weer open, pakt
            weer op, rijdt weer, weer op gang
        de: nimmt wieder auf, nehmen wieder auf, nahm wieder auf, wieder aufgenommen, setzt fort, fortgesetzt,
            öffnet wieder, nimmt arbeit wieder auf, wieder in betrieb, läuft wieder, fährt wieder, rollt wieder,
            kehrt zurück
        fr: reprend, reprennent, repris, reprise, relance, rouvre, rouvrent, reprend le travail, reprennent le
            travail, redémarre, redémarrent, repart
        es: reanuda, reanudan, reanudó, reanudaron, retoma, retoman, reabre, vuelve al trabajo, vuelven al
            trabajo, vuelve a funcionar, se reactiva, reactiva
        zh: 恢复, 恢復, 重启, 重啟, 重新开始, 重开, 重新启动, 复产, 重返, 复航, 恢复通车, 重新开放
        it: riprende, riprendono, ripreso, ripresa, riapre
        pt: retoma, retomam, retomou, reabre, reabriu
        pl: wznawia, wznowił, wznowiła, wznowiły, wznowiono
        ru: возобновил*, возобновляет, возобновляют
        ja: 再開
        ko: 재개
        ar: تستأنف, استأنفت, يستأنف, استأنف
    """,
    "rejects": """
        en: rejects, rejected, votes down, voted down, turns down, turned down, dismisses, dismissed, vetoes,
            vetoed, says no to, say no to, defeats, defeated, rebuffs, rebuffed, snubs, snubbed, throws out
            bill, voted against, blocks bill
        nl: verwerpt, verworpen, verwierp, wijst af, wees af, afgewezen, weigert, stemt tegen, stemde tegen,
            wijzen af, verwerpen, keurt af, keurde af, wil er niet aan, zegt nee tegen, stemmen tegen, houdt
            tegen, wegstemmen
        de: lehnt ab, lehnte ab, lehnen ab, abgelehnt, verwirft, verwarf, weist zurück, wies zurück, weist ab,
            zurückgewiesen, lässt durchfallen, durchgefallen, schmettert ab, erteilt absage, sagt nein, stimmt
            gegen, stimmt dagegen, stimmen gegen
        fr: rejette, rejettent, rejeté, rejetée, repousse le texte, refuse, déboute, oppose son veto, retoque le
            projet, dit non, disent non, vote contre, votent contre, recale
        es: rechaza, rechazan, rechazó, rechazado, rechazada, veta, vetó, desestima, desestimó, tumba la ley,
            tumba el decreto, dice no, vota en contra, votan en contra, no sale adelante, devuelve
        zh: 否决, 否決, 拒绝, 拒絕, 驳回, 駁回, 投票否决, 回绝, 否定了, 未获通过, 未通过
        it: respinge, respingono, respinto, respinta, rifiuta, boccia
        pt: rejeita, rejeitam, rejeitou, rejeitado, rejeitada, recusa, veta, vetou
        pl: odrzuca, odrzucił, odrzuciła, zawetował, oddalił, odmawia
        ru: отклонил, отклонила, отклонили, отвергает, отверг, отвергла, отказал*
        ja: 否決, 却下, 拒否, 棄却
        ko: 부결, 기각, 거부
        ar: ترفض, رفضت, يرفض, رفض
    """,
    "withdraws": """
        en: withdraws, withdrew, withdrawn, scraps, scrapped, drops plan, drops plans, drops bid, drops charges,
            drops case, drops lawsuit, dropped plan, dropped plans, dropped charges, is dropped, was
            dropped, abandons, abandoned, pulls out,
            backs down, backtracks, walks back, cancels, cancelled, canceled, shelves, shelved, u-turn, reverses
            course, lifts, lifted, eases, repeals, repealed, ditches, ditched, axes, axed, calls off, called
            off, rules out, ruled out, walks away, walked away, rolls back, rolled back, gives up on, revokes,
            revoked, rescinds
        nl: trekt in, trok in, ingetrokken, ziet af van, zag af van, laat varen, schrapt, geschrapt, annuleert,
            geannuleerd, komt terug op, trekt zich terug, heft op, opgeheven, van de baan, laat los, blaast af,
            afgeblazen, gaat niet door, draait terug, teruggedraaid, haalt bakzeil, ziet ervan af, stapt uit
        de: zieht zurück, zog zurück, zurückgezogen, verzichtet auf, streicht, gestrichen, rudert zurück, sagt
            ab, sagte ab, abgesagt, kassiert, nimmt zurück, nahm zurück, zurückgenommen, hebt verbot auf,
            aufgehoben, rückt ab, rückt von, gibt auf, vom tisch, bläst ab, abgeblasen, lässt fallen, kippt
            plan, stampft ein, beerdigt, hebt auf, steigt aus, verwirft plan
        fr: retire, retiré, retirée, renonce, renoncent, abandonne, abandonné, fait marche arrière, recule, lève
            l'interdiction, lève, abroge, abrogé, enterre, enterré, jette l'éponge, retire son projet, met fin,
            fait machine arrière, se retire, tire un trait
        es: retira, retiró, retirado, retirada, renuncia a, abandona, cancela, canceló, cancelado, da marcha
            atrás, levanta, levantó, deroga, derogó, descarta, descartó, desconvoca, desconvocan, desconvocada,
            levantan, da carpetazo, tira la toalla, se retira, deja sin efecto
        zh: 撤回, 放弃, 放棄, 取消, 收回, 解除, 废除, 改口, 搁浅, 叫停计划, 打消, 不再, 解禁, 撤销计划, 退出
        it: ritira, ritirato, ritirata, rinuncia, annullano, fa marcia indietro, revoca, revocato, cancella
        pt: retira, retirou, desiste, desistiu, cancela, cancelou, recua, recuou, revoga, revogou, suspende a
            proibição
        pl: wycofuje, wycofał, wycofała, rezygnuje, zrezygnował*, odwołuje, odwołał, znosi, zniósł
        ru: отозвал*, отзывает, отказался от, отказалась от, отказывается от, снял запрет, снимает, сняла
        ja: 撤回, 断念, 中止を決, 解除, 撤廃
        ko: 철회, 취소, 포기, 해제
        ar: تسحب, سحبت, يسحب, سحب, تتراجع, تراجعت, يتراجع, تراجع, ترفع الحظر
    """,
    "delays": """
        en: delays, delayed, postpones, postponed, pushes back, pushed back, puts off, extends deadline, put
            back, kicks into long grass, stays on hold, extends talks, extended until
        nl: stelt uit, stelde uit, uitgesteld, vertraagt, vertraagd, schuift door, schuift op, op de lange baan,
            later dan gepland, verschoven, verlengd
        de: verschiebt, verschob, verschoben, vertagt, verzögert, vertagte, aufgeschoben, auf später, verlängert
            frist, schiebt auf
        fr: reporte, reporté, reportée, repousse, repoussé, repoussée, retarde, ajourne, décale, décalé,
            prolonge, prolongé, remet à plus tard
        es: aplaza, aplazan, aplazó, aplazado, aplazada, pospone, pospuso, retrasa, posterga, prorroga, demora,
            demorado, prorrogado, retrasado
        zh: 推迟, 推遲, 延期, 延后, 押后, 延迟, 暂缓, 顺延, 延长
        it: rinvia, rinviato, rinviata, posticipa, rimanda, proroga
        pt: adia, adiou, adiado, adiada, prorroga, prorrogou
        pl: odkłada, odłożył*, przesuwa, przesunął, przesunięto, opóźnia
        ru: отложил*, откладывает, перенес, перенесла, отсрочил*
        ja: 延期, 先送り
        ko: 연기, 유예
        ar: تؤجل, أجلت, يؤجل, أجل, تأجيل
    """,
    "collapses": """
        en: collapses, collapsed, collapse, break down, breaks down, broke down, fall apart, falls through, end
            without, ends without, ended without, fails to agree, falls apart, fell apart, end in failure, ended
            in failure, break off talks, breaks off talks, broke off talks, deadlock, talks fail, talks failed
        nl: mislukken, mislukt, lopen stuk, loopt stuk, stukgelopen, klapt, geklapt, eindigt zonder, eindigen
            zonder, gestrand, op niets uitgelopen, lopen op niets uit, breken gesprekken af, afgebroken,
            vastgelopen, loopt vast, lopen vast
        de: scheitern, scheitert, scheiterte, scheiterten, gescheitert, platzt, geplatzt, enden ohne, endet
            ohne, endeten ohne, abgebrochen, brechen ab, bricht ab, brachen ab, ohne ergebnis, ergebnislos,
            platzen
        fr: échouent, échoue, échoué, capotent, s'achèvent sans, se terminent sans, échec des, rompent les
            négociations, rompt les négociations, dans l'impasse, tourne court, tournent court, au point mort
        es: fracasan, fracasa, fracasó, fracasaron, se rompen, terminan sin, termina sin, acaban sin, rompen las
            negociaciones, se rompe, sin acuerdo, se frustra, se frustran, en punto muerto, naufraga, naufragan
        zh: 破裂, 谈崩, 無果, 无果而终, 失败, 谈判破裂, 无果, 告吹, 流产, 陷入僵局
        it: falliscono, fallisce, fallito, falliti, si chiudono senza
        pt: fracassam, fracassa, fracassaram, terminam sem, termina sem
        pl: zerwano, zerwane, fiasko, fiaskiem, załamały się
        ru: провалились, сорвались, сорваны, зашли в тупик, завершились без
        ja: 決裂, 物別れ
        ko: 결렬
        ar: انهارت, تنهار, فشلت, تفشل, انتهت دون
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
        nl: eindigt, eindigen, eindigde, beëindigd, afgelopen, voorbij, onder controle, geblust, meester, loopt
            ten einde, van tafel, afgewend
        de: endet, enden, endete, beendet, beenden, zu Ende, unter kontrolle, gelöscht, abgewendet, vorbei, geht
            zu ende
        fr: prend fin, prennent fin, a pris fin, s'achève, se termine, maîtrisé, maîtrisée, éteint, sous
            contrôle, levée du, évitée, évité
        es: termina, terminan, terminó, finaliza, finalizó, concluye, controlado, controlada, extinguido, bajo
            control, extinguen, concluyen, acaba, desactivada
        zh: 结束, 終結, 终止, 复工, 落幕, 得到控制, 扑灭, 告终, 收官, 避免
        it: finisce, finita, termina, si conclude
        pt: termina, terminou, acaba, encerrado
        pl: zakończył, zakończyła, zakończono, kończy się
        ru: завершился, завершилась, завершились, окончен, окончена, прекращена
        ja: 終結, 終了, 閉幕
        ko: 종료, 끝나, 폐막
        ar: انتهى, انتهت, تنتهي, اختتم
    """,
}
