"""Words that tell how far a decision has come: considers, proposes, signs, in force, struck down; by language.

A row for a stage, a line for a language. A word is compared folded and whole; with * any letters may follow. Han and
kana are found anywhere. Only forms that say that it happens or happened stand here: no infinitives.
"""

from __future__ import annotations

LAW_WORDS: dict[str, str] = {
    "considers": """
        en: considers, considering, weighs, weighing, mulls, mulling, eyes, examines, explores, reviews, is reviewing,
            looks at, looking at, floats, floated, in talks to, ponders, pondering, toys with, under consideration
        nl: overweegt, overwegen, bekijkt, onderzoekt mogelijkheid, denkt aan, denkt na over, bestudeert,
            speelt met de gedachte, zint op, laat onderzoeken of, beraadt zich, peinst over, buigt zich over,
            in overweging
        de: erwägt, erwägen, prüft, prüfen, überlegt, denkt über, spielt mit dem Gedanken, liebäugelt,
            zieht in betracht, fasst ins auge, denkt nach, sondiert, denkt an
        fr: envisage, envisagent, étudie, étudient, réfléchit, songe à, examine, planche sur, réfléchissent,
            se penche sur, à l'étude, plancher
        es: considera, consideran, estudia, estudian, sopesa, baraja, valora, analiza, contempla, se plantea, evalúa,
            evalúan, medita, se plantean, en estudio
        zh: 考虑, 考慮, 研究是否, 斟酌, 酝酿, 拟考虑, 探讨, 商讨, 有意, 拟议
        it: valuta, valutano, considera, studia, esamina, allo studio, ragiona su
        pt: considera, avalia, estuda, pondera, analisa, em estudo
        pl: rozważa, rozważają, analizuje, zastanawia się, pracuje nad
        ru: рассматривает, рассматривают, обдумывает, изучает, взвешивает
        ja: 検討, 見直しを検討
        ko: 검토
        ar: تدرس, يدرس, تبحث, ينظر في, تنظر في, قيد الدراسة
    """,
    "proposes": """
        en: proposes, proposed, proposing, tables, tabled, drafts, drafted, unveils plan, unveils proposal,
            puts forward, submits, unveils draft, calls for, tables bill, introduces bill, put forward, presents plan,
            presents bill, presents draft, unveils bill, publishes draft, draft law presented, lays out plan
        nl: dient in, diende in, stelt voor, stellen voor, voorgesteld, dient voorstel in, diende voorstel in,
            presenteert plan, dient wetsvoorstel in, komt met voorstel, komt met plan, pleit voor, legt voorstel voor,
            presenteert wetsvoorstel, wetsvoorstel ingediend, dient plan in, voorstel ingediend, legt plan voor,
            oppert, komt met wetsvoorstel, presenteert voorstel, stuurt wetsvoorstel, wetsvoorstel naar
        de: schlägt vor, schlagen vor, vorgeschlagen, legt entwurf vor, legt gesetzentwurf vor,
            gesetzentwurf vorgelegt, bringt entwurf ein, bringt ins spiel, legt plan vor, legt pläne vor,
            stellt plan vor, legt vor, vorgelegt, präsentiert entwurf, präsentiert plan, entwurf liegt vor,
            bringt gesetz ein, plädiert für, gesetzentwurf eingebracht
        fr: propose, proposent, proposé, dépose un projet, présente un projet, projet de loi déposé, met sur la table,
            présente son plan, dévoile son plan, présente un plan, présente un texte, présente le projet,
            dépose une proposition, présente son projet, dévoile un projet, dévoile un plan, suggère
        es: propone, proponen, propuso, propuesto, presenta un proyecto, presentó un proyecto, presenta proyecto,
            plantea, plantean, presenta su plan, presenta un plan, presenta el proyecto, presenta una propuesta,
            presenta su propuesta, lleva al congreso, registra una proposición, anuncia un plan, presenta la ley,
            presenta el plan
        zh: 提议, 提議, 提出方案, 提出草案, 提出法案, 提出议案, 拟定, 草拟, 提案, 提交草案, 公布草案, 建议, 提交议案,
            发布征求意见稿, 拟出台, 公布方案, 公布计划, 提出计划, 提交法案, 提出建议, 征求意见, 提请审议
        it: propone, propongono, proposto, presenta un disegno, presenta la proposta, presenta il piano,
            presenta un piano, deposita, presenta il disegno di legge
        pt: propõe, propõem, propôs, proposto, apresenta projeto, apresenta proposta, apresenta plano,
            apresenta projeto de lei, apresenta o plano
        pl: proponuje, proponują, zaproponował*, przedstawił projekt, przedstawiła projekt, złożył projekt,
            przedstawia projekt, złożyła projekt, złożyli projekt, zaproponowała, skierował projekt
        ru: предлагает, предложил, предложила, предложили, внес законопроект, внесла законопроект,
            внесли законопроект, внесло законопроект, вносит законопроект, представил законопроект,
            представило законопроект, выдвинул*, предложило, внесен законопроект
        ja: 提案, 草案を提出, 法案を提出, 国会に提出, 案を提示
        ko: 제안, 발의, 법안 제출
        ar: تقترح, يقترح, اقترح, اقترحت, تقدم مشروع, يقدم مشروع, طرحت, مشروع قانون
    """,
    "agrees": """
        en: agrees, agreed, reach deal, reaches deal, reached deal, reach agreement, reach an agreement,
            reaches agreement, strike deal, strikes deal, struck a deal, reached an agreement, reached a deal,
            clinch deal, clinches, settles, settled, settle, settlement reached, sign truce, signs truce,
            ceasefire agreed, agree on, agree to, seal deal, seals deal, hammer out deal, strike a deal,
            accepts offer, accept offer, tentative deal, preliminary deal, deal in principle, agreement in principle,
            accord reached, deal reached, make a deal, come to terms, broker truce, accepts, accepted
        nl: akkoord bereikt, bereiken akkoord, bereikt akkoord, bereikten akkoord, worden het eens, eens geworden,
            werden het eens, sluiten akkoord, sluit akkoord, eens over, bereiken overeenstemming, akkoord over,
            schikt, schikken, geschikt voor, treft schikking, treffen schikking, sluiten wapenstilstand,
            vinden elkaar, komen eruit, zijn eruit, bereiken een akkoord, bereikt een akkoord, akkoord met,
            deal gesloten, principeakkoord, onderhandelingsakkoord, onderhandelaarsakkoord, deelakkoord, loonakkoord,
            cao-akkoord, wapenstilstand bereikt, overeenstemming bereikt, bereiken wapenstilstand, deal bereikt,
            sluiten deal, sluit deal, sluiten een akkoord, sluit een akkoord, stemt in met
        de: einigen sich, einigt sich, einigten sich, einigte sich, geeinigt, vereinbaren, vereinbart, vereinbarten,
            einigung erzielt, erzielen einigung, erzielt einigung, erzielten einigung, einigung bei, legen streit bei,
            legen rechtsstreit bei, legt rechtsstreit bei, schließen vergleich, schließt vergleich,
            vergleich geschlossen, verständigen sich, verständigt sich, handschlag, einig über, sind sich einig,
            nehmen angebot an, grundsatzeinigung, tarifeinigung, tarifabschluss, einigung im, einigung in,
            kompromiss gefunden, finden kompromiss, waffenruhe vereinbart, vergleich erzielt, erzielen durchbruch,
            verständigten sich, handelseinig, einig sich
        fr: trouvent un accord, conclu un accord, concluent un accord, s'accordent, se mettent d'accord,
            accord trouvé, parviennent à un accord, accord conclu, scellent un accord, transigent,
            règlent à l'amiable, règle à l'amiable, concluent une trêve, signent une trêve, accord signé, s'entendent,
            s'entend avec, acceptent l'offre, tombent d'accord, accord de principe, préaccord, pré-accord,
            accord provisoire, terrain d'entente, ont trouvé un accord, trouve un accord, cessez-le-feu conclu,
            se sont entendus, compromis trouvé, trouvent un compromis
        es: acuerdan, acordaron, acordó, alcanzan un acuerdo, alcanzan acuerdo, alcanza un acuerdo,
            llegan a un acuerdo, cierran un acuerdo, pactan, pacta, pactó, pactaron, sellan un acuerdo,
            llegan a un pacto, cierran acuerdo, logran un acuerdo, logra un acuerdo, alcanzan una tregua,
            acuerdo extrajudicial, aceptan la oferta, llegan a acuerdo, principio de acuerdo, preacuerdo,
            acuerdo preliminar, acercan posturas y pactan, ha acordado, han acordado, llega a un acuerdo,
            llegaron a un acuerdo, cierra un acuerdo, acuerdo alcanzado, sella un acuerdo, consensúan
        zh: 达成协议, 達成協議, 达成一致, 达成共识, 同意, 达成和解, 和解, 签署停火, 达成停火, 谈妥, 谈成, 初步协议,
            原则协议, 原则性协议, 达成妥协, 达成停战, 握手言和, 签署和解
        it: raggiungono un accordo, raggiunto un accordo, accordo raggiunto, trovano un accordo, accordo di principio,
            intesa raggiunta, raggiunge un accordo, trovata l'intesa, trovato l'accordo, accordo fatto, si accordano
        pt: chegam a acordo, chegaram a acordo, acordo alcançado, fecham acordo, acordo de princípio, alcançam acordo,
            chega a acordo, fecha acordo, entram em acordo
        pl: osiągnęły porozumienie, osiągnęli porozumienie, uzgodnili, porozumieli się, zawarto porozumienie,
            zawarli porozumienie, doszli do porozumienia, zawarły porozumienie, jest porozumienie
        ru: договорились, достигли соглашения, согласовали, достигнуто соглашение, пришли к соглашению,
            заключили соглашение, заключили перемирие, договорилась, договорился
        ja: 合意, 妥結, 大筋合意
        ko: 합의, 타결
        ar: اتفق, اتفقت, توصل, توصلت, يتفقان, تتفقان, اتفاق مبدئي, توصلا
    """,
    "decides": """
        en: bans, banned, bars, barred, excludes, imposes, imposed, slaps, blocks, blocked, orders, ordered, decides,
            decided, adopts, adopted, approves, approved, passes, passed, backs, clears, cleared, greenlights,
            ratifies, ratified, vote through, votes through, voted through, green light, go-ahead, nod to, votes for,
            vote for, waves through, waved through, gives nod, outlaws, outlawed, forbids, endorses, endorsed,
            confirms appointment, gives approval, gives green light, wins approval, approval for, enacts, enacted,
            introduces ban, votes to, voted to, agrees to ban, rubber-stamps, signs off on, gives go-ahead,
            says yes to, mandates, mandated
        nl: verbiedt, verboden, weert, sluit uit, legt op, legde op, blokkeert, besluit, besloot, besloten,
            keurt goed, goedgekeurd, neemt aan, aangenomen, stemt in, ingestemd, keurde goed, nam aan, stemde in,
            stemt voor, neemt motie aan, stemmen in, groen licht, steunt wet, gaat akkoord met, akkoord met wet,
            verklaart verboden, keuren goed, zet door, geeft groen licht, krijgt groen licht, aanvaardt, aanvaard,
            bekrachtigt, bekrachtigd, voert in, ingevoerd, stelt vast, vastgesteld, hakt knoop door, knoop doorgehakt,
            ja tegen, zegt ja, keurt plan goed
        de: verbietet, verboten, verbannt, schließt aus, ausgeschlossen, verhängt, beschließt, beschloss, beschlossen,
            billigt, gebilligt, genehmigt, verabschiedet, stimmt zu, stimmte zu, zugestimmt, blockiert, nimmt an,
            ratifiziert, nehmen an, stimmen zu, winkt durch, winken durch, durchgewinkt, grünes licht, untersagt,
            untersagte, beschließen, billigen, segnet ab, segnete ab, gibt frei, freigegeben, führt ein, eingeführt,
            gibt grünes licht, gibt grünes licht für, ja zu, stimmt für, stimmen für, billigte, genehmigte,
            verabschiedete, nahm an, angenommen, macht weg frei, erlässt, setzt durch
        fr: interdit, interdisent, exclut, impose, décide, décidé, adopte, adopté, adoptée, approuve, approuvé,
            approuvée, vote la loi, valide, ratifie, bloque, votent, adoptent, approuvent, feu vert,
            donne son feu vert, autorise, autorisé, autorisée, donne son accord, entérine, entériné, tranche, ratifié,
            a voté, voté, votée, ont voté, donne le feu vert, dit oui, vote pour, entérinent, valident, adoptés,
            met en place, instaure, instaurent, validé, validée, ont adopté, a adopté
        es: prohíbe, prohibió, excluye, impone, impuso, decide, decidió, aprueba, aprobó, aprobado, aprobada,
            ratifica, bloquea, da luz verde, aprueban, prohíben, luz verde, autoriza, autorizó, avala, avaló,
            da el visto bueno, visto bueno, sale adelante, convalida, ha aprobado, han aprobado, vota a favor,
            votan a favor, implanta, dan luz verde, dice sí, ha decidido, deciden, validan, aprobados, aprobadas,
            acuerda prohibir, sanciona la ley, da vía libre
        zh: 禁止, 决定, 決定, 批准, 通过, 通過, 实行, 宣布禁, 核准, 表决通过, 批准了, 获批, 放行, 敲定, 准许,
            表决同意, 通过了, 拍板, 出台, 颁布, 审议通过, 高票通过, 正式批准, 下令, 定案
        it: vieta, esclude, impone, decide, ha deciso, approva, approvato, approvata, adotta, ratifica, blocca,
            approvano, via libera, dà il via libera, approvati, ha approvato, hanno approvato, vota sì, dice sì,
            varato, vara
        pt: proíbe, exclui, impõe, decide, decidiu, aprova, aprovou, aprovado, aprovada, adota, ratifica, bloqueia,
            aprovam, aprovados, luz verde, dá luz verde, aprovadas, votam a favor
        pl: zakazuje, zakazał, zakazała, wyklucza, nakłada, nałożył*, zdecydował*, przyjął, przyjęła, uchwalił*,
            zatwierdził*, przegłosował*, ratyfikował*, przyjęto, uchwalono, przegłosowano, przyjęła ustawę,
            zgodził się, dał zielone światło, zdecydowała, uchwaliła
        ru: запрещает, запретил, запретила, исключает, ввел, ввела, вводит, решил, решила, одобрил, одобрила,
            одобрило, принял, принята, приняла, ратифицировал*, утвердил*, одобрили, приняли, ввели, утвердили,
            одобрена, одобрен, поддержал*, решено
        ja: 禁止, 排除, 決定, 承認, 可決, 採択, 批准, 閣議決定, 成立, 認可
        ko: 금지, 배제, 결정, 승인, 통과, 가결, 비준, 의결, 결의, 확정
        ar: تحظر, يحظر, حظرت, حظر, تستبعد, تفرض, فرضت, قررت, قرر, تقر, يقر, أقر, أقرت, يوافق, وافق, وافقت, صادق,
            اعتمد, أقر البرلمان, مرر
    """,
    "signs": """
        en: signs, signed, inks, inked, signed into law, puts pen to paper, put pens to paper, treaty signed,
            ink deal, ink, deal inked, sign deal, sign treaty, sign agreement, sign accord, sign pact
        nl: tekent, tekende, tekenden, getekend, ondertekent, ondertekende, ondertekend, ondertekenden,
            handtekening onder, zet handtekening, zetten handtekening, gesigneerd, handtekeningen gezet, ondertekenen,
            tekenen akkoord, tekenen verdrag, tekenen contract, tekenen overeenkomst, bezegelen
        de: unterzeichnet, unterzeichnete, unterzeichneten, unterschreibt, unterschrieb, unterschrieben,
            setzt unterschrift, besiegeln, besiegelt, unterzeichnen, unterschreiben, setzen unterschrift,
            unterzeichnung von, vertrag unterschrieben
        fr: signe, signent, signé, signée, ont signé, promulgue, promulgué, paraphe, paraphent, appose sa signature,
            ont paraphé, signés, signées, signature de, a signé, actent la signature
        es: firma, firman, firmó, firmaron, firmado, promulga, promulgó, rubrica, rubrican, suscribe, suscriben,
            han firmado, ha firmado, firmada, estampan su firma, sellan con su firma, rubricado
        zh: 签署, 簽署, 签字, 签订, 签约, 签了, 签定, 签署了, 正式签
        it: firma, firmano, firmato, firmata, hanno firmato, ha firmato, siglano, siglato
        pt: assina, assinam, assinou, assinado, assinada, sanciona, sancionou, assinaram, assinados
        pl: podpisał, podpisała, podpisali, podpisano, podpisuje, podpisały, podpisują, podpisana, podpisane
        ru: подписал, подписала, подписали, подписано, подписывает, подписан, подписывают, подписана
        ja: 署名, 調印, 締結
        ko: 서명, 체결, 협정 체결
        ar: وقع, وقعت, يوقع, توقع اتفاق, وقّع, وقعا, توقيع, يوقعان, وقعتا
    """,
    "in_force": """
        en: takes effect, took effect, take effect, comes into force, came into force, enters into force,
            entered into force, in force, goes into effect, went into effect, now applies, kicks in, come into force,
            come into effect, comes into effect, came into effect, takes hold, took hold, now in effect, becomes law,
            became law, is now law, goes live, starts applying, begins at, is in force, now in force,
            effective from today, come into operation, came into operation, comes into operation, starts to apply,
            began to apply, begin to apply, enter into force, go into effect, apply from today
        nl: treedt in werking, trad in werking, in werking getreden, gaat in, ging in, ingegaan, van kracht, geldt nu,
            treden in werking, gaan in, is van kracht, gelden nu, geldt vanaf nu, vanaf vandaag, ingevoerd per,
            geldt vanaf, gelden vanaf, nu van kracht, wordt van kracht, werd van kracht, is ingegaan, gaat vandaag in
        de: tritt in kraft, trat in kraft, treten in kraft, traten in kraft, in kraft getreten, in kraft,
            gilt ab sofort, gilt seit, gelten ab sofort, gilt ab, gelten ab, tritt heute in kraft, wirksam,
            ist in kraft, gilt nun, gelten nun, gilt jetzt, gelten jetzt, gilt ab heute, seit heute gilt,
            wird wirksam, wurde wirksam, greift ab, greift jetzt, gilt seit heute
        fr: entre en vigueur, entrent en vigueur, entré en vigueur, entrée en vigueur, en vigueur, prend effet,
            prennent effet, entre en application, entrent en application, s'applique, s'appliquent, applicable dès,
            est entré en vigueur, est entrée en vigueur, sont entrés en vigueur, a pris effet, effectif depuis,
            effective depuis
        es: entra en vigor, entran en vigor, entró en vigor, en vigor, entraron en vigor, surte efecto,
            entraron en vigencia, entra en vigencia, entra en aplicación, ya se aplica, comienza a regir,
            empieza a regir, comienza a aplicarse, ya está en vigor, ya en vigor, ha entrado en vigor, rige desde,
            rige ya, entraba en vigor, ya rige
        zh: 生效, 施行, 正式实施, 开始实施, 起实施, 起施行, 正式生效, 落地实施, 开始执行, 起执行, 开始生效, 今起实施,
            今起生效, 正式施行, 已生效, 起生效
        it: entra in vigore, entrano in vigore, entrato in vigore, entrata in vigore, in vigore, è in vigore
        pt: entra em vigor, entram em vigor, entrou em vigor, em vigor, já está em vigor, passa a valer,
            passou a valer, começa a valer
        pl: wchodzi w życie, weszła w życie, weszło w życie, wszedł w życie, weszły w życie, obowiązuje od,
            wchodzą w życie, zaczyna obowiązywać, zaczęła obowiązywać, zaczęły obowiązywać, obowiązuje
        ru: вступил в силу, вступила в силу, вступили в силу, вступает в силу, вступило в силу, вступают в силу,
            начал действовать, начала действовать, начали действовать, действует с
        ja: 発効, 施行, 施行された, 適用開始
        ko: 발효, 시행, 시행 들어가, 발효됐
        ar: يدخل حيز التنفيذ, دخل حيز التنفيذ, دخلت حيز التنفيذ, تدخل حيز التنفيذ, حيز التنفيذ, دخول حيز التنفيذ,
            بدأ سريان, سريان
    """,
    "struck_down": """
        en: strikes down, struck down, overturns, overturned, annuls, annulled, quashes, quashed, throws out,
            thrown out, voids, voided, invalidates, rules unlawful, ruled unlawful, ruled unconstitutional,
            strikes out, struck out, set aside by court, nullifies, nullified, declared void, conviction overturned,
            strike down, overturn ruling, rules against ban, declares illegal, declared illegal,
            declares unconstitutional, declared unconstitutional, unconstitutional, court scraps, court blocks,
            court overturns, court kills, ruled illegal, rules illegal, finds illegal, invalidated, nixes, nixed
        nl: vernietigt, vernietigd, vernietigde, haalt streep door, streep door, verklaart onwettig,
            onwettig verklaard, ongeldig verklaard, onrechtmatig verklaard, vernietigd door rechter, haalt onderuit,
            schiet af, fluit terug, teruggefloten, zet streep door, nietig verklaard, verklaart nietig, schrapt wet,
            onwettig, ongrondwettig, onrechtmatig, in strijd met de grondwet, veegt van tafel, van tafel geveegd,
            zet een streep door, haalt een streep door
        de: kippt, kippte, gekippt, hebt auf, hob auf, erklärt für nichtig, für nichtig erklärt, für ungültig erklärt,
            für verfassungswidrig, für rechtswidrig, annulliert, kassiert urteil, für unwirksam erklärt,
            erklärt für unwirksam, hebt urteil auf, aufgehoben, verfassungswidrig, rechtswidrig, unzulässig, nichtig,
            erklärt für verfassungswidrig, kippen, hebt gesetz auf, verwirft gesetz, hebt verbot auf
        fr: annule, annulent, annulé, annulée, invalide, invalidé, censure, casse, juge illégal, jugé illégal,
            retoque, retoqué, déclare inconstitutionnel, jugé contraire, invalidée, inconstitutionnel,
            inconstitutionnelle, censurée, censuré, cassé, cassée, invalident, retoquée, jugée illégale,
            jugée contraire, déclaré illégal, censurent
        es: anula, anulan, anuló, anulado, anulada, tumba, invalida, declara ilegal, declara inconstitucional,
            declaró inconstitucional, deja sin efecto, echa abajo, revoca, revocó, declara nulo, declara nula,
            inconstitucional, tumban, tumbó, tumbada, tumbado, invalidado, invalidada, anuladas, declaran ilegal,
            deroga
        zh: 推翻, 撤销, 撤銷, 裁定违法, 裁定违宪, 判定无效, 宣告无效, 作废, 判决撤销, 裁定无效, 宣布无效, 违宪,
            宣布违宪, 判违宪, 判违法, 宣告违宪, 被撤销, 判无效
        it: annulla, annullato, annullata, boccia, dichiara illegittima, dichiara incostituzionale, incostituzionale,
            bocciato, bocciata, illegittimo, illegittima, annullati
        pt: anula, anulou, anulado, derruba, derrubou, invalida, declara inconstitucional, inconstitucional, anulada,
            derrubado, derrubada, invalidado
        pl: uchylił, uchyliła, uchyla, unieważnił*, uznał za niekonstytucyjn*, niekonstytucyjn*,
            niezgodn* z konstytucją, uchylono, unieważniono
        ru: отменил, отменила, отменили, аннулировал*, признал незаконн*, признал неконституционн*, отменено,
            отменена, признана незаконн*, признан незаконн*, неконституционн*, незаконным, незаконной
        ja: 無効, 取り消し, 違憲, 違憲判決, 無効とした
        ko: 무효, 취소 판결, 위헌, 위헌 결정, 무효화
        ar: ألغت, ألغى, تلغي, يلغي, أبطلت, أبطل, غير دستوري, غير دستورية, بطلان, إبطال
    """,
    "suspends": """
        en: suspends, suspended, halts, halted, pauses, paused, freezes, froze, frozen, puts on hold, grounds,
            grounded, stalls, stalled, shuts down, shut down, halt, suspended from
        nl: schort op, schortte op, opgeschort, stopt tijdelijk, pauzeert, gepauzeerd, bevriest, bevroren, legt stil,
            stilgelegd, ligt stil, liggen stil, legt plat, aan de grond, geschorst, schorst, stopgezet, zet stop
        de: setzt aus, setzte aus, ausgesetzt, stoppt, stoppte, gestoppt, pausiert, friert ein, eingefroren,
            legt auf eis, ruht, liegt auf eis, vorläufig gestoppt, stellt ein, eingestellt, suspendiert, suspendierte,
            gesperrt, sperrt, gesperrte, legt lahm, lahmgelegt, stoppen
        fr: suspend, suspendent, suspendu, suspendue, gèle, interrompt, interrompu, met en pause, cloue au sol,
            à l'arrêt, met à l'arrêt, est suspendu, suspendus, gelé, gelée, stoppe, stoppé, stoppée, fermé, fermée
        es: suspende, suspenden, suspendió, suspendido, suspendida, congela, paraliza, paralizó, pausa,
            deja en suspenso, detiene, paralizada, paralizado, suspendidos, detenida la
        zh: 暂停, 暫停, 中止, 冻结, 叫停, 搁置, 停摆, 停飞, 停工, 暂缓, 关闭, 停运, 停课, 停业, 停产, 封闭, 停职, 停牌
        it: sospende, sospendono, sospeso, sospesa, congela, ferma, sospesi
        pt: suspende, suspendem, suspendeu, suspenso, suspensa, congela, paralisa, suspensos
        pl: zawiesza, zawiesił, zawiesiła, wstrzymuje, wstrzymał, wstrzymała, zamraża, wstrzymano, zamknięto,
            zamknięty, zamyka
        ru: приостановил*, приостанавливает, заморозил*, замораживает, приостановлен*, закрыл*, закрыт*
        ja: 停止, 中断, 凍結, 一時停止, 停職, 閉鎖, 休止
        ko: 중단, 보류, 동결, 폐쇄, 운행 중단
        ar: تعلق, علقت, يعلق, علق, تجمد, جمدت, توقف, إغلاق, أغلقت, تغلق, مغلقة
    """,
    "resumes": """
        en: resumes, resumed, restarts, restarted, resume, reopens, reopened, back to work, back on track,
            returns to work, return to work, revives, revived, relaunches
        nl: hervat, hervatten, hervatte, herstart, heropent, heropend, weer aan het werk, gaat weer open,
            pakt weer op, rijdt weer, weer op gang
        de: nimmt wieder auf, nehmen wieder auf, nahm wieder auf, wieder aufgenommen, setzt fort, fortgesetzt,
            öffnet wieder, nimmt arbeit wieder auf, wieder in betrieb, läuft wieder, fährt wieder, rollt wieder,
            kehrt zurück
        fr: reprend, reprennent, repris, reprise, relance, rouvre, rouvrent, reprend le travail,
            reprennent le travail, redémarre, redémarrent, repart
        es: reanuda, reanudan, reanudó, reanudaron, retoma, retoman, reabre, vuelve al trabajo, vuelven al trabajo,
            vuelve a funcionar, se reactiva, reactiva
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
        en: rejects, rejected, votes down, voted down, turns down, turned down, dismisses, dismissed, vetoes, vetoed,
            says no to, say no to, defeats, defeated, rebuffs, rebuffed, snubs, snubbed, throws out bill,
            voted against, blocks bill, rejection of, shoots down, shot down, knocks back, knocked back,
            defeated in vote, fails to pass, failed to pass, kills bill
        nl: verwerpt, verworpen, verwierp, wijst af, wees af, afgewezen, weigert, stemt tegen, stemde tegen,
            wijzen af, verwerpen, keurt af, keurde af, wil er niet aan, zegt nee tegen, stemmen tegen, houdt tegen,
            wegstemmen, weggestemd, stemt weg, stemde weg, haalt het niet, sneuvelt, sneuvelde, geen meerderheid,
            zegt nee, houdt voet bij stuk, wijst voorstel af, weigert in te stemmen
        de: lehnt ab, lehnte ab, lehnen ab, abgelehnt, verwirft, verwarf, weist zurück, wies zurück, weist ab,
            zurückgewiesen, lässt durchfallen, durchgefallen, schmettert ab, erteilt absage, sagt nein, stimmt gegen,
            stimmt dagegen, stimmen gegen, fällt durch, fiel durch, fallen durch, lehnten ab, sagt nein zu, blockt ab,
            votiert gegen, keine mehrheit, verfehlt mehrheit
        fr: rejette, rejettent, rejeté, rejetée, repousse le texte, refuse, déboute, oppose son veto,
            retoque le projet, dit non, disent non, vote contre, votent contre, recale, rejetés, ont rejeté, a rejeté,
            votent non, vote non, refusent, refusé, refusée, oppose un refus, retoqué, balaie
        es: rechaza, rechazan, rechazó, rechazado, rechazada, veta, vetó, desestima, desestimó, tumba la ley,
            tumba el decreto, dice no, vota en contra, votan en contra, no sale adelante, devuelve, tumba, tumban la,
            han rechazado, ha rechazado, rechazo a, no prospera, frena la ley, vota no
        zh: 否决, 否決, 拒绝, 拒絕, 驳回, 駁回, 投票否决, 回绝, 否定了, 未获通过, 未通过, 投反对票, 未能通过, 被否,
            遭否决, 不予批准, 不同意
        it: respinge, respingono, respinto, respinta, rifiuta, boccia, bocciato, bocciata, bocciano, vota no, dice no,
            affossa, no alla
        pt: rejeita, rejeitam, rejeitou, rejeitado, rejeitada, recusa, veta, vetou, chumba, chumbado, derruba veto,
            rejeitados
        pl: odrzuca, odrzucił, odrzuciła, zawetował, oddalił, odmawia, odrzucili, odrzucono, nie przeszła,
            nie zgadza się
        ru: отклонил, отклонила, отклонили, отвергает, отверг, отвергла, отказал*, не поддержал*, отклонено,
            отклонен*, наложил вето, проголосовали против
        ja: 否決, 却下, 拒否, 棄却, 反対多数, 不承認
        ko: 부결, 기각, 거부, 반려, 불승인
        ar: ترفض, رفضت, يرفض, رفض, رفضا, يصوت ضد, رفضوا
    """,
}
