import Domain

@testable import Web

// Those asked in from outside.
extension Gallery {
    private var bosk: String { say("Uitvoerder van een BOSK van buiten", "Provider of a BOSK from outside") }

    /// A package of another partnership is chosen; the first try was no package.
    var transfer: TransferPage {
        TransferPage(
            title: texts("transfer.title"), lead: texts("transfer.lead"),
            form: Form(
                action: Address.transfer.path, button: texts("transfer.open"),
                fields: [
                    FormField(
                        name: "file", label: texts("transfer.file"), kind: .file, error: texts("transfer.fault.notAPackage"),
                        accept: ".sentrum"),
                    FormField(
                        name: "kind", label: texts("transfer.kind"), kind: .choice,
                        options: [FormOption("report", say("Verslag", "Report")), FormOption("other", say("Anders", "Other"))],
                        hint: texts("transfer.kindHint")),
                ], problems: [FormProblem(texts("transfer.fault.notAPackage"), field: "file")],
                cancel: Link(texts("form.cancel"), .newDossier)))
    }

    private func askedIn(form: Form?) -> AskedInPage {
        AskedInPage(
            title: texts("askedIn.title", ["given": "Noor"]), frame: noor(.overview), lead: texts("askedIn.lead"), problems: [],
            readers: [
                .init(
                    name: "Yara Smit", kind: bosk,
                    chip: Chip(texts("askedIn.until", ["day": say("1 juni 2026", "1 June 2026")]), .ok),
                    facts: [
                        Fact(texts("askedIn.for"), say("Om mee te kijken bij rekenen.", "To look along at arithmetic.")),
                        Fact(
                            texts("askedIn.reads"), say("gegevens van het kind en groeidocument", "the child and groeidocument")),
                        Fact(
                            texts("askedIn.ground"),
                            texts(
                                "askedIn.byAgreementFor",
                                [
                                    "purpose": say("Hulp van een BOSK-specialist", "Help from a BOSK"),
                                    "recipient": "Praktijk De Brug",
                                ])),
                        Fact(
                            texts("askedIn.askedBy"),
                            texts("askedIn.askedByOn", ["who": "Sanne Mulder", "day": say("2 maart 2026", "2 March 2026")])),
                    ],
                    weighing: [
                        Fact(texts("askedIn.proportionality"), say("Alleen het groeidocument.", "The groeidocument only.")),
                        Fact(texts("askedIn.subsidiarity"), say("Bellen was te weinig.", "Calling was not enough.")),
                        Fact(texts("askedIn.effectiveness"), say("De hulp sluit aan.", "The help fits.")),
                    ],
                    prolong: Form(
                        action: Address.askedInProlong("noor", "a1").path, button: texts("askedIn.prolongButton"), scope: "a-a1",
                        fields: [
                            FormField(name: "until", label: texts("askedIn.newUntil"), kind: .date),
                            FormField(name: "reason", label: texts("askedIn.whyLonger"), kind: .text),
                        ]),
                    withdraw: Form(
                        action: Address.askedInWithdraw("noor", "a1").path, button: texts("askedIn.withdrawButton"), scope: "w-a1"
                    ),
                    handOver: Form(
                        action: Address.askedInHandOver("noor", "a1").path, button: texts("transfer.button"), scope: "h-a1",
                        fields: [
                            FormField(
                                name: "partner", label: texts("transfer.partner"), kind: .select,
                                options: [
                                    FormOption("", texts("transfer.choose"), selected: true),
                                    FormOption("0011-2233", "Samenwerkingsverband VO West"),
                                ])
                        ])
                )
            ],
            over: [
                .init(
                    name: "Bo de Wit", kind: say("Hulpverlener van buiten", "Professional from outside"),
                    chip: Chip(texts("askedIn.closed.agreementGone", ["day": say("4 februari", "4 February")])),
                    facts: [Fact(texts("askedIn.for"), say("Om samen te helpen.", "To help together."))], weighing: [],
                    prolong: nil, withdraw: nil)
            ],
            kinds: [
                .init(
                    title: bosk, text: say("Kijkt mee in de klas.", "Observes in the classroom."),
                    note: texts(
                        "askedIn.noteAgreement",
                        [
                            "parts": "groeidocument", "longest": say("3 maanden", "3 months"),
                            "purpose": say("Hulp van een BOSK-specialist", "Help from a BOSK"),
                        ]), ask: Link(texts("askedIn.ask"), "\(Address.askedIn("noor").path)?soort=bosk-provider"), missing: nil),
                .init(
                    title: say("Sociaal kernteam", "Youth team"), text: say("Denkt mee over thuis.", "Thinks about home."),
                    note: texts(
                        "askedIn.noteAgreement",
                        ["parts": "groeidocument", "longest": say("3 maanden", "3 months"), "purpose": "…"]), ask: nil,
                    missing: Link(texts("askedIn.noAgreement", ["purpose": "…"]), .family("noor"))),
            ], formTitle: form == nil ? nil : bosk,
            formText: form == nil
                ? nil : texts("askedIn.askAgreement", ["purpose": say("Hulp van een BOSK", "Help from a BOSK")]),
            form: form)
    }

    var askedIn: AskedInPage { askedIn(form: nil) }

    var askedInForm: AskedInPage {
        askedIn(
            form: Form(
                action: Address.askedIn("noor").path, button: texts("askedIn.askButton"), scope: "ask",
                fields: [
                    FormField(
                        name: "recipient", label: texts("askedIn.recipientQuestion"), kind: .select, value: "Praktijk De Brug",
                        options: [
                            FormOption("", texts("form.choose")),
                            FormOption("Praktijk De Brug", "Praktijk De Brug", selected: true),
                            FormOption("Praktijk Zuid", "Praktijk Zuid"),
                        ], hint: texts("askedIn.recipientHint")),
                    FormField(name: "name", label: texts("askedIn.name"), kind: .text, value: "Yara Smit"),
                    FormField(
                        name: "parts", label: texts("askedIn.partsQuestion"), kind: .choices,
                        options: [FormOption("groeidocument", "groeidocument", selected: true)],
                        hint: texts("askedIn.partsHint")),
                    FormField(
                        name: "proportionality", label: texts("askedIn.proportionalityQuestion"), kind: .paragraph,
                        why: texts("askedIn.weighingWhy"), rows: 2),
                ], problems: [FormProblem(texts("refusal.required"), field: "proportionality")],
                cancel: Link(texts("form.cancel"), .askedIn("noor"))))
    }
}
