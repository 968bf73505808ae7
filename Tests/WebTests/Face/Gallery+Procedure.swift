@testable import Web

extension Gallery {
    private var milan: DossierFrame {
        DossierFrame(
            id: "milan", name: "Milan Jansen", given: "Milan",
            lead: say(
                "Groep 7 · basisschool De Kassenbouwer · 10 jaar · adviseur Merel de Haan",
                "Group 7 · primary school De Kassenbouwer · 10 years old · adviser Merel de Haan"),
            parts: DossierFrame.Part.allCases, current: nil, texts: texts)
    }

    private var known: [FactGroup] {
        [
            FactGroup(
                say("Het kind", "The child"),
                [
                    Fact(say("Naam", "Name"), "Milan Jansen"), Fact(say("Geboren", "Born"), say("4 mei 2015", "4 May 2015")),
                    Fact(say("Groep", "Group"), "7"),
                ],
                link: Link(say("Verbeteren", "Correct"), .childData("milan"))),
            FactGroup(
                say("Groeidocument, versie 5", "Groeidocument, version 5"),
                [
                    Fact(
                        say("Uitstroomperspectief", "Expected level"), "vmbo basis / kader",
                        note: say("vastgezet 2 maart 2026", "locked 2 March 2026"))
                ]),
        ]
    }

    var clock: Clock {
        Clock(
            title: say("Besluit binnen 6 weken", "Decision within 6 weeks"), chip: Chip(say("over 5 weken", "in 5 weeks"), .ok),
            due: say("maandag 27 april 2026", "Monday 27 April 2026"),
            sentence: say("De aanvraag is compleet sinds 11 maart.", "The application has been complete since 11 March."),
            days: [
                Fact(say("Ontvangen", "Received"), say("2 maart", "2 March")),
                Fact(say("Stilgestaan", "Paused"), say("5 dagen", "5 days")),
                Fact(say("Compleet", "Complete"), say("11 maart", "11 March")),
            ],
            counts: [
                .init(
                    day: say("ma 2 maart", "Mon 2 March"), what: say("aanvraag ontvangen", "application received"), days: nil,
                    source: nil),
                .init(
                    day: say("di 3 – wo 11 maart", "Tue 3 – Wed 11 March"),
                    what: say("gewacht op de toets van januari", "waited for the January test"),
                    days: "+ 9", source: "Awb 4:15"),
                .init(
                    day: say("do 12 maart", "Thu 12 March"), what: say("de termijn begint", "the term starts"), days: "42",
                    source: say("plan, deel 2, 1.7.4", "plan, part 2, 1.7.4")),
                .init(
                    day: say("ma 27 april", "Mon 27 April"),
                    what: say("Koningsdag is een feestdag, dus dinsdag 28 april", "King's Day is a holiday, so Tuesday 28 April"),
                    days: "+ 1", source: say("Algemene termijnenwet 1", "General Extension of Terms Act 1")),
            ], source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv"), gone: 12, paused: false, late: false)
    }

    var procedure: ProcedurePage {
        ProcedurePage(
            title: "TLV sbo", frame: milan, chip: Chip(say("advies", "advice"), .wait),
            sentence: say(
                "Wacht op het advies van de tweede deskundige, Ruud Evers.",
                "Waits for the advice of the second expert, Ruud Evers."), asks: [],
            steps: [
                .init(title: say("Aanvragen", "Apply"), state: .done, who: "Sanne Mulder, 2 maart", note: nil, href: nil),
                .init(
                    title: say("Compleet?", "Complete?"), state: .done, who: "Els Prins, 11 maart",
                    note: say("toets van januari toegevoegd", "January test added"), href: nil),
                .init(
                    title: say("Eerste advies", "First advice"), state: .done, who: "Merel de Haan, orthopedagoog",
                    note: say("sbo past", "sbo fits"), href: nil),
                .init(
                    title: say("Tweede advies", "Second advice"), state: .now, who: "Ruud Evers, psycholoog",
                    note: say("tot 25 maart", "until 25 March"), href: nil),
                .init(title: say("Besluiten", "Decide"), state: .ahead, who: "Karel Stolk", note: nil, href: nil),
                .init(title: say("Plaatsen", "Place"), state: .ahead, who: nil, note: nil, href: nil),
            ], clocks: [clock], outcome: nil, outcomeSource: nil, known: known,
            timeline: [
                .init(
                    when: say("11 maart", "11 March"), title: say("De aanvraag is compleet", "The application is complete"),
                    ahead: false, text: nil, quote: nil, chip: nil, href: nil),
                .init(
                    when: say("3 maart", "3 March"),
                    title: say("Els Prins vroeg om de toets van januari", "Els Prins asked for the January test"), ahead: false,
                    text: say("De termijn stond stil.", "The term stood still."), quote: nil, chip: nil, href: nil),
            ],
            circles: [
                .init(
                    title: say("Deskundigen", "Experts"),
                    people: [
                        .init(name: "Merel de Haan", note: say("orthopedagoog", "special needs educationalist")),
                        .init(
                            name: "Ruud Evers",
                            note: say("psycholoog · leest tot 25 maart", "psychologist · reads until 25 March")),
                    ])
            ], documents: [], source: Link(say("TLV in het plan", "TLV in the plan"), .planProcedure("tlv")),
            why: Link(texts("why.linkRunning"), .why("milan", "tlv1")), planNote: nil,
            invitation: nil,
            withdraw: Link(say("Aanvraag intrekken", "Withdraw the application"), "#"))
    }

    /// A week as it is asked: a question for each part of each day.
    private var weekField: FormField {
        let places = [
            ("own", say("de eigen groep", "their own group")), ("unit", say("de behandelgroep", "the treatment group")),
        ]
        let days = [
            ("mon", say("Maandag", "Monday")), ("tue", say("Dinsdag", "Tuesday")), ("wed", say("Woensdag", "Wednesday")),
            ("thu", say("Donderdag", "Thursday")), ("fri", say("Vrijdag", "Friday")),
        ]
        let parts = [("morning", say("ochtend", "morning")), ("afternoon", say("middag", "afternoon"))]
        var field = FormField(
            name: "week", label: say("Waar is Milan wanneer?", "Where is Milan when?"), kind: .week,
            options: days.map { day, name in
                FormOption(
                    day, name,
                    fields: parts.map { part, label in
                        FormField(
                            name: "week.\(day).\(part)", label: label, kind: .select, value: part == "morning" ? "unit" : "",
                            options: [FormOption("", texts("week.free"), selected: part != "morning")]
                                + places.map { FormOption($0.0, $0.1, selected: part == "morning" && $0.0 == "unit") })
                    })
            })
        field.hint = "\(texts("week.hint")) \(texts("week.most", ["most": "60"]))"
        field.error = say("Er is 100% elders; ten hoogste 60% mag.", "100% is elsewhere; 60% is the most.")
        return field
    }

    var week: StartPage {
        StartPage(
            title: say("Een deel van de week in een andere groep", "A part of the week in another group"), frame: milan,
            about: [
                say("U spreekt af welke dagdelen Milan waar is.", "You agree which parts of the week Milan is where.")
            ], source: Link(say("Plan, 2.1", "Plan, 2.1"), "/plan/week"), items: [], blocked: nil, known: [], next: [],
            readers: nil,
            form: Form(
                action: Address.newProcedure("milan", "week").path, button: say("Afspreken", "Agree"), fields: [weekField],
                problems: weekField.error.map { [FormProblem($0, field: "week")] } ?? []))
    }

    var start: StartPage {
        StartPage(
            title: say("Een TLV aanvragen", "Apply for a TLV"), frame: milan,
            about: [
                say(
                    "Met een toelaatbaarheidsverklaring (TLV) kan Milan naar het speciaal basisonderwijs "
                        + "(sbo) of het speciaal onderwijs (so). De school vraagt hem aan, samen met de ouders.",
                    "With a TLV Milan can go to special primary education (sbo) or special education "
                        + "(so). The school applies, together with the parents."
                )
            ], source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv"),
            items: [
                .init(
                    label: say("Groeidocument, vijf delen", "Groeidocument, five parts"), note: nil, done: true,
                    state: say("versie 5, 2 maart", "version 5, 2 March"), href: nil),
                .init(
                    label: say("Handtekening van beide ouders", "Signature of both parents"),
                    note: say("zij lezen zo wat wij vragen", "so that they read what we ask"),
                    done: false, state: say("moeder tekende, vader nog niet", "mother signed, father not yet"), href: "#"),
            ], blocked: nil, known: known,
            next: [
                say("Het secretariaat kijkt of alles er is.", "The office checks that all is there."),
                say("Twee deskundigen schrijven elk een advies.", "Two experts each write an advice."),
                say("Binnen 6 weken is er een besluit.", "Within 6 weeks there is a decision."),
            ],
            readers: say(
                "De adviseur van de school, twee deskundigen en wie besluit. De ouders lezen alles mee.",
                "The school's adviser, two experts and whoever decides. The parents read along."),
            form: Form(
                action: Address.newProcedure("milan", "tlv").path, button: say("Aanvragen", "Apply"),
                fields: [
                    FormField(
                        name: "soort", label: say("Welk onderwijs past bij Milan?", "Which education fits Milan?"), kind: .choice,
                        options: [
                            FormOption(
                                "sbo", say("Speciaal basisonderwijs (sbo)", "Special primary education (sbo)"),
                                hint: say("kleinere groepen, dezelfde vakken", "smaller groups, same subjects"), selected: true),
                            FormOption(
                                "so", say("Speciaal onderwijs (so)", "Special education (so)"),
                                fields: [
                                    FormField(
                                        name: "categorie", label: say("Categorie", "Category"), kind: .select,
                                        options: [
                                            FormOption("1", say("1 laag", "1 low")), FormOption("2", say("2 midden", "2 middle")),
                                            FormOption("3", say("3 hoog", "3 high")),
                                        ],
                                        why: say(
                                            "Hiervan hangt af welk bedrag de school krijgt.",
                                            "The amount the school gets depends on this.")),
                                    FormField(
                                        name: "traject",
                                        label: say("Bewijs van een intensief traject", "Proof of intensive support"),
                                        kind: .select, options: [FormOption("d1", "Verslag.pdf")]),
                                ]),
                        ]),
                    FormField(
                        name: "begin", label: say("Vanaf wanneer?", "From when?"), kind: .date, value: "2026-08-01",
                        hint: say("Vaak na een vakantie.", "Often after a holiday.")),
                ], cancel: Link(say("Terug naar Milan", "Back to Milan"), .dossier("milan")), draft: "#"))
    }

    /// Somebody else took the step that the reader had begun.
    var stepLeft: StepPage {
        StepPage(
            title: say("Besluiten over de TLV van Milan", "Decide on Milan's TLV"), frame: milan,
            procedure: Link("TLV sbo", .procedure("milan", "tlv1")),
            position: texts("step.position", ["n": "5", "of": "6"]), about: [],
            source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv"), clock: nil, items: [], known: [],
            form: nil,
            left: StepPage.Left(
                written: [
                    say(
                        "Milan leert het best in een kleine groep.\nDat zeggen school en ouders allebei.",
                        "Milan learns best in a small group.\nSchool and parents both say so.")
                ],
                drop: Form(
                    action: Address.stepDraft("milan", "tlv1", "besluit").path, button: texts("step.left.drop"),
                    fields: [FormField(name: "opnieuw", label: "", kind: .hidden, value: "ja")])),
            waiting: texts("refusal.stepNotOpen"), readers: nil)
    }

    var step: StepPage {
        let deviation = FormField(
            name: "afwijken.reden", label: say("Waarom een andere einddatum?", "Why another end date?"), kind: .paragraph, rows: 3
        )
        return StepPage(
            title: say("Besluiten over de TLV van Milan", "Decide on Milan's TLV"), frame: milan,
            procedure: Link("TLV sbo", .procedure("milan", "tlv1")),
            position: texts("step.position", ["n": "5", "of": "6"]),
            about: [
                say(
                    "Beide deskundigen vinden dat sbo past. U besluit; leg het zo uit dat ouders het begrijpen.",
                    "Both experts find that sbo fits. You decide; explain it so that parents understand.")
            ],
            source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv"), clock: clock, items: [], known: known,
            form: Form(
                action: Address.step("milan", "tlv1", "besluit").path, button: say("Besluit nemen", "Decide"),
                fields: [
                    FormField(
                        name: "keuze", label: say("Wat besluit u?", "What do you decide?"), kind: .choice,
                        options: [
                            FormOption(
                                "granted", say("Toekennen", "Grant"),
                                hint: say("van 1 augustus 2026 tot en met 31 juli 2028", "from 1 August 2026 until 31 July 2028"),
                                selected: true,
                                fields: [
                                    FormField(
                                        name: "granted.einde", label: say("Andere einddatum", "Another end date"), kind: .date,
                                        required: false), deviation,
                                ]),
                            FormOption(
                                "refused", say("Afwijzen", "Refuse"),
                                fields: [
                                    FormField(
                                        name: "refused.reden", label: say("Waarom niet?", "Why not?"), kind: .paragraph,
                                        why: say(
                                            "Ouders en school moeten kunnen begrijpen en tegenspreken.",
                                            "Parents and school must be able to understand and object."))
                                ]),
                            FormOption(
                                "asked", say("Eerst iets vragen", "Ask something first"),
                                fields: [
                                    FormField(
                                        name: "asked.vraag", label: say("Wat wilt u weten?", "What do you want to know?"),
                                        kind: .paragraph, rows: 3)
                                ]),
                        ]),
                    FormField(
                        name: "motivering", label: say("Motivering", "Reasons"), kind: .paragraph,
                        hint: say("Dit komt in de brief.", "This goes into the letter."), rows: 5),
                ],
                problems: [
                    FormProblem(texts("refusal.required"), field: "motivering"),
                    FormProblem(texts("refusal.reasonsRequired"), field: "afwijken.reden"),
                ]),
            waiting: nil, readers: say("De ouders, de school en beide deskundigen.", "The parents, the school and both experts."))
    }

    var invitation: InvitationPage {
        InvitationPage(
            title: say("Uitnodiging voor het HIA-overleg over Noor", "Invitation to the HIA meeting about Noor"),
            frame: noor(nil), procedure: Link("HIA", .procedure("noor", "hia1")),
            when: say("dinsdag 17 maart 2026, 15.30 – 16.30 uur", "Tuesday 17 March 2026, 15:30 – 16:30"),
            place: say("Basisschool De Kassenbouwer, lokaal 4", "Primary school De Kassenbouwer, room 4"),
            why: [
                say(
                    "Noor raakt op school steeds vaker vast. Wat de school zelf kon doen, hielp maar een beetje.",
                    "Noor gets stuck more and more often. What the school could do itself helped only a little."),
                say(
                    "In dit overleg zoeken we samen wat we weten, hoe we het kunnen verklaren en wat nodig is.",
                    "In this meeting we look together at what we know, how to explain it and what is needed."),
            ],
            guests: [
                .init(
                    name: "Anouk Visser en Joris van der Linden", role: say("ouders", "parents"),
                    why: say("u kent Noor het best", "you know Noor best"), chip: nil),
                .init(
                    name: "Iris Bakker", role: say("juf van groep 5", "teacher of group 5"),
                    why: say("ziet Noor elke dag in de klas", "sees Noor in class every day"), chip: nil),
                .init(
                    name: "Sanne Mulder", role: say("intern begeleider", "support coordinator"),
                    why: say("houdt overzicht over de hulp op school", "keeps an overview of the help at school"), chip: nil),
                .init(
                    name: "Merel de Haan",
                    role: say("ondersteuningsadviseur van het samenwerkingsverband", "support adviser of the partnership"),
                    why: say("leidt het overleg en denkt mee als deskundige", "leads the meeting and thinks along as an expert"),
                    chip: Chip(say("leidt", "leads"))),
            ],
            outcomes: [
                .init(
                    title: say("Verder in de eigen klas", "On in the same class"),
                    text: say("met wat de school zelf kan bieden", "with what the school itself can offer")),
                .init(title: say("Extra ondersteuning van de school", "Extra support from the school"), text: nil),
                .init(
                    title: say("Hulp van het samenwerkingsverband", "Help from the partnership"),
                    text: say("zoals een BOSK, zware ondersteuning of een TLV", "such as a BOSK, intensive support or a TLV")),
            ],
            questions: [
                say(
                    "Waar is Noor thuis blij mee, en waar loopt het vast?",
                    "What makes Noor happy at home, and where does it get stuck?"),
                say("Wat hielp eerder, ook al was het klein?", "What helped before, however small?"),
                say("Wat zou Noor zelf willen?", "What would Noor want herself?"),
            ],
            bring: [
                say(
                    "U mag iemand meenemen die u vertrouwt. Ook het ouder- en jeugdsteunpunt denkt met u mee: dat kost niets.",
                    "You may bring somebody you trust. The support point for parents and young people "
                        + "thinks along too: it is free."
                )
            ],
            contact: say(
                "Bel Sanne Mulder op school, of schrijf het hieronder.", "Call Sanne Mulder at school, or write it below."),
            form: Form(
                action: Address.invitation("noor", "hia1").path, button: say("Versturen", "Send"),
                fields: [
                    FormField(
                        name: "komt", label: say("Komt u?", "Will you come?"), kind: .choice,
                        options: [
                            FormOption("ja", say("Ja, ik kom", "Yes, I will come")),
                            FormOption(
                                "samen", say("Ja, en ik neem iemand mee", "Yes, and I bring somebody"),
                                fields: [FormField(name: "wie", label: say("Wie?", "Who?"), kind: .text, required: false)]),
                            FormOption("nee", say("Nee, liever een andere dag", "No, rather another day")),
                        ])
                ]),
            source: Link(say("Zo staat het in het plan, deel 2, 1.7.3", "As written in the plan, part 2, 1.7.3"), "/plan/hia"))
    }

    var why: WhyPage {
        let source = SourceNote([.init(text: say("deel 2, 1.7.4", "part 2, 1.7.4"), href: "/plan/bron#1.7.4")])
        let group = WhyPage.Clause(
            question: say("In welke groep zit het kind?", "In which group is the child?"),
            told: texts(
                "why.clause",
                ["value": say("groep 7", "group 7"), "wanted": say("groep 3 of hoger", "group 3 or higher")]), holds: true)
        return WhyPage(
            title: texts("why.title"), frame: milan, procedure: Link("TLV sbo", .procedure("milan", "tlv1")),
            lead: texts(
                "why.outcome",
                ["outcome": say("toegekend, op 25 maart 2026", "granted, on 25 March 2026")]),
            meaning: say("Milan kan naar een school voor sbo.", "Milan can go to a school for sbo."),
            plan: Link(say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"), .plan), source: source,
            known: [Fact(say("Groep", "Group"), "7")],
            rows: [
                .init(
                    title: texts("why.applies"), matched: true, clauses: [group],
                    notes: [say("Tot en met het einde van groep 8.", "Until the end of group 8.")], source: source),
                .init(
                    title: texts("why.doesNotApply"), matched: false,
                    clauses: [
                        .init(
                            question: group.question,
                            told: texts(
                                "why.clause",
                                ["value": say("groep 7", "group 7"), "wanted": say("groep 1 of 2", "group 1 or 2")]),
                            holds: false)
                    ], notes: [], source: nil),
            ], counted: [say("Het schooljaar eindigt op 31 juli 2027.", "The school year ends on 31 July 2027.")],
            steps: [Fact(say("Twee deskundigen adviseerden.", "Two experts advised."), "WPO art. 18a lid 11")],
            otherwise: [
                .init(
                    change: say("Groep: 2", "Group: 2"),
                    outcome: say("toegekend, tot en met 31 juli 2027", "granted, until 31 July 2027"))
            ], waysTitle: texts("why.waysThen"),
            ways: [
                .init(
                    title: say("Afwijzen: niet toelaatbaar", "Refuse: not admissible"), chip: Chip(texts("why.could"), .ok),
                    clauses: [], source: source)
            ], ahead: [])
    }

    var decision: DecisionPage {
        DecisionPage(
            title: say("Toelaatbaarheidsverklaring", "Declaration of admissibility (TLV)"), frame: milan,
            procedure: Link("TLV sbo", .procedure("milan", "tlv1")),
            chip: Chip(say("toegekend", "granted"), .ok), number: "PO2803-2025-2026-0017-SBO",
            facts: [
                Fact(say("Van", "From"), say("1 augustus 2026", "1 August 2026")),
                Fact(say("Tot en met", "Until"), say("31 juli 2028", "31 July 2028")),
                Fact(say("Soort onderwijs", "School type"), "sbo"),
                Fact(say("Categorie", "Category"), say("n.v.t.", "n/a")),
                Fact(say("Besloten op", "Decided on"), say("25 maart 2026", "25 March 2026")),
                Fact(say("Door", "By"), "Karel Stolk", note: say("namens het bestuur", "on behalf of the board")),
            ],
            reasons: [
                say(
                    "Milan leert beter in een kleine groep met veel herhaling. Op de basisschool is dat, "
                        + "ook met extra ondersteuning, niet genoeg gebleken.",
                    "Milan learns better in a small group with much repetition. At primary school that "
                        + "has proved not enough, even with extra support."
                )
            ],
            experts: [
                .init(
                    name: "Merel de Haan", discipline: say("orthopedagoog", "special needs educationalist"),
                    date: say("12 maart 2026", "12 March 2026"),
                    advice: [say("Het sbo sluit aan bij wat Milan nodig heeft.", "The sbo fits what Milan needs.")]),
                .init(
                    name: "Ruud Evers", discipline: say("psycholoog", "psychologist"),
                    date: say("20 maart 2026", "20 March 2026"),
                    advice: [say("Ik onderschrijf het advies.", "I support the advice.")]),
            ],
            explanations: [
                .init(
                    title: say("Waarom tot en met 31 juli 2028?", "Why until 31 July 2028?"),
                    sentence: say(
                        "Milan zit nu in groep 7. Vanaf groep 4 geldt een TLV tot het einde van groep 8; "
                            + "met een jaar langer is dat 31 juli 2028.",
                        "Milan is in group 7 now. From group 4 on a TLV is valid until the end of group 8."),
                    rows: [
                        .init(
                            when: say("EMB", "EMB"),
                            then: say("einde schooljaar waarin het kind 14 wordt", "end of the school year of age 14"),
                            source: source(say("deel 2, 1.7.5", "part 2, 1.7.5")), matched: false),
                        .init(
                            when: say("groep 4 of hoger", "group 4 or higher"), then: say("einde van groep 8", "end of group 8"),
                            source: source("addendum, 1"), matched: true),
                        .init(
                            when: say("groep 3, tijdelijk", "group 3, temporary"),
                            then: say("gekozen, ten hoogste einde groep 3", "chosen, at most end of group 3"),
                            source: source("addendum, 1"), matched: false),
                    ], conflict: nil, source: Link(say("Deze tabel in het plan", "This table in the plan"), "/plan/tlv"))
            ],
            objection: [
                say(
                    "U kunt bezwaar maken bij het bestuur van het samenwerkingsverband. Hoe dat gaat, staat in de brief.",
                    "You can object to the board of the partnership. The letter says how.")
            ],
            objectUntil: say("tot en met woensdag 6 mei 2026", "until Wednesday 6 May 2026"),
            file: Link(say("Brief als pdf", "Letter as pdf"), .decisionFile("milan", "tlv1")),
            source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv?versie=x/2020#uitkomst-granted"),
            version: Link(say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"), "/plan?versie=x/2020"),
            next: [
                Link(say("Een plek zoeken op het sbo", "Find a place at the sbo"), "#"),
                Link(say("Terug naar Milan", "Back to Milan"), .dossier("milan")),
            ])
    }

    var letter: LetterPage {
        LetterPage(
            title: say(
                "Besluit: toelaatbaarheidsverklaring voor Milan Jansen", "Decision: declaration of admissibility for Milan Jansen"
            ),
            sender: "Samenwerkingsverband De Kassen",
            body: say(
                "<p>Beste ouders van Milan,</p><h2>Het "
                    + "besluit</h2><dl><dt>Nummer</dt><dd>PO0000-2025-2026-0017</dd></dl><p>Milan kan naar het "
                    + "speciaal basisonderwijs.</p>",
                "<p>Dear parents of Milan,</p><h2>The "
                    + "decision</h2><dl><dt>Number</dt><dd>PO0000-2025-2026-0017</dd></dl><p>Milan can go to "
                    + "special primary education.</p>"
            ),
            source: Link(say("Plan, deel 2, 1.7.4", "Plan, part 2, 1.7.4"), "/plan/tlv?versie=x/2020#uitkomst-granted"),
            version: say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"), style: "../letter.css")
    }
}
