import Domain

@testable import Web

extension Gallery {
    private var contact: [Fact] {
        [Fact("Samenwerkingsverband De Kassen", lines: ["Glasweg 1", "1234 AB Kassendam", "info@dekassen.example"])]
    }

    var privacy: PrivacyPage {
        PrivacyPage(
            title: texts("privacy.title"), lead: texts("privacy.lead", ["partnership": "Samenwerkingsverband De Kassen"]),
            contents: [
                Link(texts("privacy.why.title"), "#waarom"), Link(texts("privacy.who.title"), "#wie"),
                Link(texts("privacy.rights.title"), "#rechten"),
            ], why: ["law", "agreement", "number"].map { texts("privacy.why.\($0)") },
            parts: DossierPart.allCases.map {
                Fact(texts("dossierPart.\($0.rawValue)"), texts("privacy.what.\($0.rawValue)"))
            },
            readers: [
                PrivacyPage.Reader(
                    title: say("Intern begeleider", "Special needs coordinator"), href: "/plan#functie-ib",
                    when: [say("van elk kind van de school", "of every child of the school")],
                    parts: say("gegevens van het kind, gezin en groeidocument", "child's details, family and groeidocument")),
                PrivacyPage.Reader(
                    title: say("Ouder met gezag", "Parent with authority"), href: "/plan#functie-guardian",
                    when: [
                        say("van het eigen kind", "of their own child"),
                        say("zolang een aanvraag loopt en zes weken daarna", "while a request runs and six weeks after"),
                    ], parts: texts("privacy.who.all")),
            ], figures: texts("privacy.who.figures", ["who": say("bestuur en ondersteuningsplanraad", "board and council")]),
            purposes: [
                PrivacyPage.Purpose(
                    title: say("Bespreken in het schoolondersteuningsteam", "Discussing in the school support team"),
                    about: say(
                        "De school bespreekt uw kind met mensen van buiten de school.",
                        "The school discusses your child with people from outside the school."), href: "/plan#doel-sot")
            ],
            outside: [
                PrivacyPage.Outsider(
                    title: say("Jeugdteam", "Youth team"),
                    lines: [
                        say("Helpt het gezin thuis.", "Helps the family at home."), texts("privacy.outside.agreement"),
                        texts(
                            "privacy.outside.most",
                            [
                                "period": say("3 maanden", "3 months"),
                                "parts": say("gegevens van het kind en groeidocument", "child's details and groeidocument"),
                            ]),
                    ])
            ], emergency: texts("privacy.emergency.text", ["who": say("directeur", "director")]),
            kept: texts(
                "privacy.kept.text",
                ["period": say("3 jaar", "3 years"), "source": "WPO art. 18a lid 13", "wait": say("7 dagen", "7 days")]),
            log: texts("privacy.log.text"),
            rightsLead: [
                texts("privacy.rights.lead"),
                texts(
                    "privacy.rights.term",
                    [
                        "answer": say("1 maand", "1 month"), "longer": say("2 maanden", "2 months"),
                        "source": "AVG art. 12 lid 3",
                        "who": say("functionaris gegevensbescherming", "data protection officer"),
                    ]),
            ], rights: ["see", "correct", "add", "restrict", "object", "erase"].map { texts("privacy.rights.\($0)") },
            safe: ["sealed", "factor", "journal", "mail", "third"].map { texts("privacy.safe.\($0)") }, contact: contact,
            register: Link(texts("privacy.register"), .processingRegister),
            table: Link(texts("accessTable.title"), .accessTable))
    }

    var accessTable: AccessTablePage {
        func cells(_ parts: Set<DossierPart>) -> [AccessTablePage.Cell] {
            DossierPart.allCases.map { AccessTablePage.Cell(sees: parts.contains($0)) }
        }
        return AccessTablePage(
            title: texts("accessTable.title"),
            lead: texts("accessTable.lead", ["plan": say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024")]),
            columns: DossierPart.allCases.map { texts("dossierPart.\($0.rawValue)") },
            rows: [
                .init(
                    title: say("Intern begeleider", "Support coordinator"), href: "/plan#functie-ib",
                    when: [say("van elk kind van de school", "of every child of the school")],
                    cells: cells([.child, .family, .groeidocument]), acts: texts("comparing.act.open-dossier")),
                .init(
                    title: texts("accessTable.emergency"), href: nil,
                    when: [texts("accessTable.emergencyWhen", ["who": say("directeur", "director")])], cells: cells([.child]),
                    acts: ""),
            ], always: ["minute", "replaces"].map { texts("accessTable.always.\($0)") },
            back: Link(texts("privacy.title"), .privacy))
    }

    var processingRegister: ProcessingRegisterPage {
        func activity(_ id: String) -> ProcessingRegisterPage.Activity {
            ProcessingRegisterPage.Activity(
                title: texts("privacy.activity.\(id).title"),
                facts: ["purpose", "ground", "people", "kept", "safe"].map {
                    Fact(texts("privacy.term.\($0)"), texts("privacy.activity.\(id).\($0)"))
                })
        }
        return ProcessingRegisterPage(
            title: texts("privacy.registerTitle"), lead: texts("privacy.registerLead"), contact: contact,
            activities: ["dossiers", "accounts", "reads", "versions", "post"].map(activity),
            back: Link(texts("privacy.title"), .privacy))
    }
}
