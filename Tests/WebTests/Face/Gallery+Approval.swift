@testable import Web

extension Gallery {
    var planVersions: PlanVersionsPage {
        func row(_ title: String, _ about: String, _ chip: Chip?, waits: String? = nil) -> PlanVersionsPage.Row {
            .init(title: title, href: "/plan/versies/kassen/2024-2028", about: about, waits: waits, chip: chip)
        }
        return PlanVersionsPage(
            title: texts("approval.list"), lead: texts("approval.listLead"),
            groups: [
                .init(
                    title: texts("approval.groups.inForce"),
                    rows: [
                        row(
                            say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"),
                            texts("approval.since", ["day": say("1 augustus 2020", "1 August 2020")]),
                            Chip(texts("approval.state.inForce"), .ok))
                    ]),
                .init(
                    title: texts("approval.groups.making"),
                    rows: [
                        row(
                            say("Ondersteuningsplan 2024–2028", "Support plan 2024–2028"),
                            texts("approval.amends", ["version": "kassen/2020-2024"]),
                            Chip(texts("approval.state.submitted"), .wait),
                            waits: texts(
                                "approval.waitsFor", ["who": say("voorzitter van de raad", "chair of the council")]))
                    ]),
            ])
    }

    var planVersion: PlanVersionPage {
        let day = FormField(name: "day", label: texts("approval.day"), kind: .date, value: "2024-03-12")
        var paper = FormField(name: "file", label: texts("approval.file"), kind: .file)
        paper.required = false
        var note = FormField(name: "note", label: texts("approval.note"), kind: .paragraph)
        note.required = false
        var form = Form(
            action: "/plan/versies/kassen/2024-2028/instemmen", button: texts("approval.do.instemmen.button"),
            scope: "instemmen", fields: [day, paper, note])
        form.refuse([FormProblem(texts("refusal.questionsOpen", ["count": "1"]))])
        let reason = FormField(name: "note", label: texts("approval.reason"), kind: .paragraph)
        func entry(_ day: String, _ who: String, party: String? = nil, paper: Link? = nil) -> PlanVersionPage.Entry {
            .init(day: day, party: party, who: texts("approval.recordedBy", ["who": who]), note: nil, paper: paper)
        }
        return PlanVersionPage(
            title: say("Ondersteuningsplan 2024–2028", "Support plan 2024–2028"),
            chip: Chip(texts("approval.state.submitted"), .wait), lead: texts("approval.submittedLead"),
            back: Link(texts("approval.list"), .planVersions),
            remarks: [texts("approval.refused", ["day": say("1 maart 2024", "1 March 2024")])],
            faults: [
                DraftPage.Line(
                    text: say("‘drie’ is geen duur", "‘drie’ is no duration"),
                    note: "kassen/2024-2028/procedures/tlv.yaml, "
                        + texts("draftPlan.lineNumber", ["n": "12"]),
                    place: Link(
                        texts("draftPlan.to", ["thing": "TLV"]), "/plan/concepten/kassen/2024-2028/deel?pad=procedures.tlv"))
            ],
            actions: [
                .init(
                    title: texts("approval.do.instemmen.title"), text: texts("approval.do.instemmen.text"), form: form,
                    isGrave: false),
                .init(
                    title: texts("approval.do.niet-instemmen.title"), text: texts("approval.do.niet-instemmen.text"),
                    form: Form(
                        action: "/plan/versies/kassen/2024-2028/niet-instemmen",
                        button: texts("approval.do.niet-instemmen.button"), scope: "niet-instemmen", fields: [reason]),
                    isGrave: true),
            ],
            stages: [
                .init(
                    title: texts("approval.stage.submitted"), state: .done,
                    entries: [
                        entry(
                            say("12 februari 2024", "12 February 2024"), "Wil Bos",
                            paper: Link("oplegger.pdf (80 kB)", "/plan/versies/kassen/2024-2028/stukken/d1"))
                    ], note: nil),
                .init(
                    title: texts("approval.stage.consented"), state: .now, entries: [],
                    note: texts("approval.by", ["who": say("voorzitter van de raad", "chair of the council")])),
                .init(
                    title: texts("approval.stage.agreed"), state: .ahead,
                    entries: [entry(say("20 maart 2024", "20 March 2024"), "Jo Tuin", party: "Kasdrecht")], note: "Lierveen"),
            ],
            changes: [
                Fact(
                    say("TLV › Besluiten", "TLV › Decide"),
                    say("De termijn gaat van 6 weken naar 5 weken.", "The term goes from 6 weeks to 5 weeks."))
            ],
            chapters: [
                .init(
                    title: "1.7.4",
                    questions: [
                        .init(
                            paragraphs: [say("Waarom zes weken?", "Why six weeks?")],
                            by: say("Werkgroep ouders, Bas Vos, 1 maart 2024", "Parents' group, Bas Vos, 1 March 2024"),
                            chip: Chip(texts("approval.question.answered"), .ok),
                            answer: [say("Zo staat het in de wet.", "The law says so.")],
                            answered: texts(
                                "approval.answeredBy", ["who": "Wil Bos", "day": say("4 maart 2024", "4 March 2024")]),
                            form: nil,
                            settle: Form(
                                action: "/plan/versies/kassen/2024-2028/afronden",
                                button: texts("approval.do.afronden.button"), scope: "afronden-q1",
                                fields: [FormField(name: "id", label: "", kind: .hidden, value: "q1")]))
                    ])
            ],
            votes: [Fact(texts("approval.vote.for"), say("Bestuur Kasboog", "Board Kasboog"), note: "1")],
            earlier: [
                Fact(
                    texts("approval.stage.submitted"), say("8 januari 2024, Wil Bos", "8 January 2024, Wil Bos"),
                    note: say("Hoofdstuk 2 is veranderd.", "Chapter 2 changed."))
            ], links: [Link(texts("approval.readPlan"), "/plan?versie=kassen/2024-2028")])
    }
}
