import Domain

@testable import Web

extension Gallery {
    private func title(_ right: Right) -> String { texts("rights.right.\(right.rawValue).title") }
    private var asked: String { say("2 maart 2026", "2 March 2026") }
    private var words: String {
        say("Noor sliep slecht, maar dat is nu over.", "Noor slept badly, but that is over now.")
    }

    private var chip: Chip { Chip(say("nog 30 dagen", "30 days left")) }

    private var facts: [Fact] {
        [
            Fact(texts("rights.fact.about"), say("Waarnemen", "Observe")),
            Fact(
                texts("rights.fact.words"), words, note: texts("rights.askedBy", ["who": "Anouk Visser", "day": asked])),
            Fact(
                texts("rights.fact.due"), say("donderdag 2 april 2026", "Thursday 2 April 2026"), note: "AVG art. 12 lid 3"),
        ]
    }

    var rights: RightsPage {
        RightsPage(
            title: texts("rights.title"), frame: noor(nil),
            lead: [
                texts("rights.lead"),
                texts(
                    "rights.term",
                    [
                        "answer": say("1 maand", "1 month"), "longer": say("2 maanden", "2 months"),
                        "source": "AVG art. 12 lid 3",
                    ]),
            ].joined(separator: " "),
            rows: [
                RightsPage.Row(
                    label: title(.correction), href: Address.rightsRequest("noor", "r1").path,
                    note: texts("rights.row", ["about": say("Waarnemen", "Observe"), "day": asked]), chip: chip)
            ],
            form: Form(
                action: Address.rights("noor").path, button: texts("rights.form.button"),
                fields: [
                    FormField(
                        name: "right", label: texts("rights.form.right"), kind: .choice,
                        options: Right.allCases.map {
                            FormOption($0.rawValue, title($0), hint: texts("rights.right.\($0.rawValue).text"))
                        }),
                    FormField(
                        name: "subject", label: texts("rights.form.subject"), kind: .select, value: "all",
                        options: [
                            FormOption("all", texts("rights.subject.all"), selected: true),
                            FormOption("part:observe", say("Waarnemen", "Observe")),
                        ]),
                    FormField(
                        name: "words", label: texts("rights.form.words"), kind: .paragraph, hint: texts("rights.form.wordsHint")),
                    FormField(
                        name: "child-view", label: texts("rights.form.childView", ["given": "Noor"]), kind: .text,
                        hint: texts("rights.form.childViewHint")),
                ], problems: [FormProblem(texts("refusal.required"), field: "words")],
                cancel: Link(texts("form.cancel"), .dossier("noor"))), information: [])
    }

    var rightsInformation: RightsPage {
        RightsPage(
            title: texts("rights.title"), frame: noor(nil), lead: texts("rights.lead"), rows: [], form: nil,
            information: [
                texts("rights.information.told", ["source": "BW art. 1:377c"]), texts("rights.information.how"),
                texts("rights.information.own", ["email": "post@kassen.example"]),
            ])
    }

    var rightsRequest: RightsRequestPage {
        RightsRequestPage(
            title: title(.objection), frame: noor(nil), back: Link(texts("rights.title"), .rights("noor")),
            lead: texts("rights.said.running", ["day": say("donderdag 2 april 2026", "Thursday 2 April 2026")]), chip: chip,
            facts: facts,
            next: [
                texts("rights.next.objection"),
                texts("rights.next.who", ["who": say("functionaris gegevensbescherming", "data protection officer")]),
                texts("rights.next.resting"), texts("rights.next.free"),
            ], decision: [], against: [], files: [], filesNote: nil, kept: nil,
            add: Form(
                action: Address.rightsAdd("noor", "r1").path, button: texts("rights.add.button"), scope: "add",
                fields: [FormField(name: "words", label: texts("rights.add.words"), kind: .paragraph)]),
            withdraw: Form(
                action: Address.rightsWithdraw("noor", "r1").path, button: texts("rights.withdraw.button"), scope: "withdraw"))
    }

    var rightsAnswered: RightsRequestPage {
        RightsRequestPage(
            title: title(.copy), frame: noor(nil), back: Link(texts("rights.title"), .rights("noor")),
            lead: texts("rights.said.decided", ["day": say("9 maart 2026", "9 March 2026")]),
            chip: Chip(texts("rights.outcome.partly"), .ok), facts: facts, next: [],
            decision: [
                Fact(texts("rights.fact.outcome"), texts("rights.outcome.partly"), note: say("9 maart 2026", "9 March 2026")),
                Fact(
                    texts("rights.fact.reason"),
                    say("Eén zin ging over een ander kind.", "One sentence was about another child.")),
                Fact(
                    texts("rights.fact.ground"), say("Het zou een ander schaden", "It would harm somebody else"),
                    note: "AVG art. 15 lid 4"),
            ],
            against: [
                texts(
                    "rights.object",
                    ["partnership": "De Kassen", "address": "Kasweg 1", "email": "post@kassen.example"]),
                texts("rights.complain", ["source": "AVG art. 77"]),
            ],
            files: [
                Link(texts("rights.files.paper"), .rightsPaper("noor", "r2")),
                Link(texts("rights.files.program"), .rightsFile("noor", "r2")),
            ], filesNote: texts("rights.files.until", ["day": say("6 april 2026", "6 April 2026")]), kept: nil, add: nil,
            withdraw: nil)
    }

    private func keyed(_ right: Right) -> String { "\(texts("readLogs.dossier", ["key": "x7k2qa"])): \(title(right))" }

    var handledRequests: HandledRequestsPage {
        func row(_ right: Right, _ chip: Chip) -> HandledRequestsPage.Row {
            HandledRequestsPage.Row(
                label: keyed(right), href: Address.handledRequest("x7k2qa", "r1").path,
                note: "De Kassenbouwer, \(texts("rights.handled.asked", ["day": asked]))", chip: chip)
        }
        return HandledRequestsPage(
            title: texts("rights.handled.title"), lead: texts("rights.handled.lead"),
            groups: [
                HandledRequestsPage.Group(
                    title: texts("rights.handled.group.late"), late: true,
                    rows: [row(.access, Chip(say("3 dagen te laat", "3 days late"), .late))]),
                HandledRequestsPage.Group(
                    title: texts("rights.handled.group.running"), late: false, rows: [row(.correction, chip)]),
                HandledRequestsPage.Group(
                    title: texts("rights.handled.group.telling"), late: false,
                    rows: [row(.restriction, Chip(texts("rights.handled.tell"), .wait))]),
            ])
    }

    var handledRequest: HandledRequestPage {
        func act(_ key: String, _ fields: [FormField], _ problems: [FormProblem] = []) -> HandledRequestPage.Act {
            HandledRequestPage.Act(
                title: texts("rights.act.\(key).title"),
                text: texts(
                    "rights.act.\(key).text",
                    ["day": say("2 juni 2026", "2 June 2026"), "due": say("2 april 2026", "2 April 2026")]),
                form: Form(
                    action: Address.handledRequest("x7k2qa", "r1").path, button: texts("rights.act.\(key).button"), scope: key,
                    fields: [FormField(name: "act", label: "", kind: .hidden, value: key)] + fields, problems: problems))
        }
        return HandledRequestPage(
            title: keyed(.correction), lead: texts("rights.right.correction.handling", ["source": "AVG art. 16"]),
            back: Link(texts("rights.handled.title"), .handledRequests), chip: chip, facts: facts,
            places: [Link(texts("rights.handled.place"), .growthPart("x7k2qa", "observe"))],
            onPaper: nil, files: [], filesNote: nil, problems: [],
            acts: [
                act(
                    "correct",
                    [
                        FormField(
                            name: "sleep", label: say("Hoe slaapt het kind?", "How does the child sleep?"), kind: .paragraph,
                            value: say("Slaapt slecht.", "Sleeps badly."), required: false, revision: "4")
                    ]),
                act(
                    "decide",
                    [
                        FormField(
                            name: "outcome", label: texts("rights.form.outcome"), kind: .choice,
                            options: ["granted", "partly", "refused"].map { FormOption($0, texts("rights.outcome.\($0)")) }),
                        FormField(
                            name: "ground", label: texts("rights.form.ground"), kind: .select,
                            options: [FormOption("", texts("rights.form.noGround"), selected: true)],
                            hint: texts("rights.form.groundHint"), required: false),
                        FormField(
                            name: "reason", label: texts("rights.form.decisionReason"), kind: .paragraph,
                            hint: texts("rights.form.decisionReasonHint"), required: false),
                    ], [FormProblem(texts("refusal.required"), field: "outcome")]),
                act("prolong", [FormField(name: "reason", label: texts("rights.form.reason"), kind: .text)]),
                act(
                    "further",
                    [
                        FormField(
                            name: "way", label: texts("recording.further.way"), kind: .choice,
                            options: ["paper", "spoken"].map { FormOption($0, texts("recording.way.\($0)")) }),
                        FormField(
                            name: "received", label: texts("recording.further.received"), kind: .date, value: "2026-03-04",
                            least: "2026-03-02", most: "2026-03-04"),
                        FormField(name: "words", label: texts("recording.form.words"), kind: .paragraph, rows: 4),
                        FormField(name: "withdraws", label: texts("recording.further.withdraws"), kind: .tick),
                    ]),
            ], quiet: nil)
    }

    /// A copy that was asked in a letter and is ready to be handed over.
    var handedOver: HandledRequestPage {
        HandledRequestPage(
            title: keyed(.copy), lead: texts("rights.right.copy.handling", ["source": "AVG art. 15 lid 3"]),
            back: Link(texts("rights.handled.title"), .handledRequests), chip: Chip(texts("rights.outcome.granted"), .ok),
            facts: [
                Fact(texts("rights.fact.about"), texts("rights.subject.all")),
                Fact(
                    texts("rights.fact.words"), say("Graag een kopie van alles.", "A copy of everything, please."),
                    note: texts(
                        "recording.askedBy.paper",
                        [
                            "guardian": "Joris van der Linden", "day": asked, "who": "Sanne Mulder",
                            "on": say("4 maart 2026", "4 March 2026"),
                        ])),
                Fact(texts("rights.fact.outcome"), texts("rights.outcome.granted"), note: say("9 maart 2026", "9 March 2026")),
            ], places: [], onPaper: texts("recording.onPaper.notice"),
            files: [
                Link(texts("recording.onPaper.letter"), .handedLetter("x7k2qa", "r3")),
                Link(texts("rights.files.paper"), .handedPaper("x7k2qa", "r3")),
                Link(texts("rights.files.program"), .handedFile("x7k2qa", "r3")),
            ], filesNote: texts("recording.onPaper.until", ["day": say("6 april 2026", "6 April 2026")]), problems: [], acts: [],
            quiet: nil)
    }

    var recordRequest: RecordRequestPage {
        RecordRequestPage(
            title: texts("recording.title"), frame: noor(.family),
            lead: texts("recording.lead", ["answer": say("1 maand", "1 month"), "source": "AVG art. 12 lid 3"]),
            rows: [
                RecordRequestPage.Row(
                    label: title(.copy),
                    note: texts(
                        "recording.row",
                        [
                            "guardian": "Joris van der Linden", "way": texts("recording.way.paper"), "day": asked,
                            "who": "Sanne Mulder",
                        ]), chip: chip)
            ],
            form: Form(
                action: Address.recordRequest("noor").path, button: texts("recording.form.button"),
                fields: [
                    FormField(
                        name: "guardian", label: texts("recording.form.guardian"), kind: .choice,
                        options: [
                            FormOption("g1", "Anouk Visser", hint: say("moeder", "mother")),
                            FormOption("g2", "Joris van der Linden", hint: say("vader", "father"), selected: true),
                        ]),
                    FormField(
                        name: "way", label: texts("recording.form.way"), kind: .choice,
                        options: ["paper", "spoken"].map { FormOption($0, texts("recording.way.\($0)")) },
                        error: texts("refusal.required")),
                    FormField(
                        name: "received", label: texts("recording.form.received"), kind: .date, value: "2026-03-02",
                        hint: texts("recording.form.receivedHint"), least: "2025-09-01", most: "2026-03-04"),
                    FormField(
                        name: "right", label: texts("recording.form.right"), kind: .choice,
                        options: Right.allCases.map { FormOption($0.rawValue, title($0)) }),
                    FormField(
                        name: "subject", label: texts("rights.form.subject"), kind: .select, value: "all",
                        options: [FormOption("all", texts("rights.subject.all"), selected: true)]),
                    FormField(
                        name: "words", label: texts("recording.form.words"), kind: .paragraph,
                        hint: texts("recording.form.wordsHint"), rows: 5),
                ], problems: [FormProblem(texts("refusal.required"), field: "way")],
                cancel: Link(texts("form.cancel"), .family("noor"))))
    }

    private var told: String {
        say("Zit naast [hier is iets weggelaten] in de kring.", "Sits beside [something was left out here] in the circle.")
    }

    private var leftOut: String { say("Dit gaat over een ander kind.", "This is about another child.") }

    var copyPreview: CopyPreviewPage {
        let action = Address.handledCopy("x7k2qa", "r2").path
        return CopyPreviewPage(
            title: texts("rights.preview.title"), lead: texts("rights.preview.lead"),
            back: Link(keyed(.copy), .handledRequest("x7k2qa", "r2")), problems: [],
            leftOut: [
                CopyPreviewPage.LeftOut(
                    what: "Kees de Boer", reason: leftOut,
                    form: Form(
                        action: action, button: texts("rights.preview.back"), scope: "back-0",
                        fields: [FormField(name: "terug", label: "", kind: .hidden, value: "0")]))
            ],
            sections: [
                CopyPreviewPage.Section(
                    title: texts("copy.growth.title"), lead: nil,
                    passages: [
                        CopyPreviewPage.Passage(
                            title: say("Waarnemen: wat valt op?", "Observe: what stands out?"), lines: [told],
                            note: texts("copy.writtenBy", ["who": "Sanne Mulder", "day": asked]), leftOut: leftOut,
                            form: Form(
                                action: action, button: texts("rights.preview.button"), scope: "p1",
                                fields: [
                                    FormField(name: "place", label: "", kind: .hidden, value: "field:signal"),
                                    FormField(
                                        name: "words", label: texts("rights.preview.words"), kind: .text,
                                        hint: texts("rights.preview.wordsHint"), required: false),
                                    FormField(
                                        name: "reason", label: texts("rights.preview.reason"), kind: .text,
                                        hint: texts("rights.preview.reasonHint")),
                                ], problems: [FormProblem(texts("refusal.required"), field: "reason")]))
                    ])
            ])
    }

    var copyPaper: CopyPaperPage {
        CopyPaperPage(
            title: texts("copy.title", ["child": "Noor van der Linden"]), sender: "Samenwerkingsverband De Kassen",
            lead: [texts("copy.lead", ["day": asked]), texts("copy.leftOutLead")],
            sections: [
                CopyPaperPage.Section(
                    title: texts("copy.growth.title"), lead: nil,
                    passages: [
                        CopyPaperPage.Passage(
                            title: say("Waarnemen: wat valt op?", "Observe: what stands out?"), lines: [told],
                            note: texts("copy.writtenBy", ["who": "Sanne Mulder", "day": asked]), leftOut: leftOut)
                    ])
            ], checkpoint: ["sentrum.example/kassen", "1204", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="],
            style: "../letter.css")
    }
}
