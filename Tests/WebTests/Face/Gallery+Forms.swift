import Domain

@testable import Web

extension Gallery {
    var error: ErrorPage {
        ErrorPage(
            title: texts("error.fault.title"), message: texts("error.fault.text"), reasons: [], written: [], writtenNote: "",
            back: nil,
            reference: "k3v9q0x7ab")
    }

    /// Somebody else took the step while this was typed.
    var errorKept: ErrorPage {
        ErrorPage(
            title: texts("error.refused.title"), message: texts("error.refused.text"), reasons: [texts("refusal.stepNotOpen")],
            written: [
                say(
                    "Noor werkt rustig als zij weet wat er komt.\nOp donderdag lukt dat minder.",
                    "Noor works calmly when she knows what comes.\nOn Thursdays that works less well.")
            ], writtenNote: texts("error.writtenText"), back: Link(texts("error.back"), .dossier("noor")), reference: nil)
    }

    var noSite: NoSitePage { NoSitePage(.unknown, wasSent: false, texts) }

    /// A form was sent to a partnership that is out of order.
    var siteOutOfOrder: NoSitePage { NoSitePage(.outOfOrder, wasSent: true, texts) }

    /// A step of a procedure was sent while the disk was full.
    var cannotSave: CannotSavePage {
        let written = say(
            "Lezen gaat moeizaam.\nWij zagen dit in de klas & thuis.", "Reading is hard.\nWe saw so in class & at home.")
        return CannotSavePage(
            title: texts("cannotSave.sent.title"),
            paragraphs: [
                texts("cannotSave.sent.text"), texts("cannotSave.why.disk.full"), texts("cannotSave.kept"),
                texts("cannotSave.files"),
            ],
            again: .init(
                action: "/leerlingen/nieuw",
                fields: [.init(name: "_csrf", value: "token"), .init(name: "toelichting", value: written)], written: [written]),
            back: nil, reference: "k3v9q0x7ab (disk.full)")
    }

    private func guardianBlock(_ number: String, legend: String, remove: String?) -> DossierFormPage.Guardian {
        .init(
            legend: legend,
            fields: [
                FormField(
                    name: "verzorger.\(number).naam", label: say("Naam", "Name"), kind: .text,
                    value: number == "1" ? "Anouk Visser" : ""),
                FormField(
                    name: "verzorger.\(number).relatie", label: say("Relatie met het kind", "Relation with the child"),
                    kind: .select,
                    options: [
                        FormOption("", say("Kies", "Choose")),
                        FormOption("moeder", say("moeder", "mother"), selected: number == "1"),
                        FormOption("vader", say("vader", "father")), FormOption("voogd", say("voogd", "guardian")),
                        FormOption("pleegouder", say("pleegouder", "foster parent")),
                    ]),
                FormField(
                    name: "verzorger.\(number).gezag",
                    label: say("Heeft deze persoon het gezag?", "Does this person have parental authority?"),
                    kind: .yesNo, value: number == "1" ? "yes" : "",
                    why: say(
                        "Alleen wie gezag heeft, kan toestemming geven. Iedere ouder mag wel weten hoe het gaat.",
                        "Only somebody with authority can give consent. Every parent may know how things are going.")),
                FormField(
                    name: "verzorger.\(number).email", label: say("E-mailadres", "E-mail address"), kind: .email,
                    hint: say(
                        "Hierheen sturen wij een uitnodiging om mee te lezen.", "We send an invitation to read along here."),
                    required: false),
            ], remove: remove)
    }

    var newDossier: DossierFormPage {
        DossierFormPage(
            title: texts("dossierForm.title.new"),
            lead: say(
                "Alleen wat nodig is. Een burgerservicenummer vragen wij niet.",
                "Only what is needed. We do not ask for a citizen service number."),
            frame: nil,
            form: Form(
                action: Address.newDossier.path, button: say("Dossier openen", "Open dossier"),
                fields: [
                    FormField(name: "voornaam", label: say("Roepnaam", "Given name"), kind: .text, value: "Noor"),
                    FormField(name: "achternaam", label: say("Achternaam", "Family name"), kind: .text, value: "van der Linden"),
                    FormField(name: "geboren", label: say("Geboortedatum", "Date of birth"), kind: .date, value: "2017-32-05"),
                    FormField(
                        name: "groep", label: say("Groep", "Group"), kind: .select,
                        options: [
                            FormOption("", say("Kies", "Choose")), FormOption("5", say("groep 5", "group 5"), selected: true),
                        ]),
                    FormField(
                        name: "leerkracht", label: say("Leerkracht", "Teacher"), kind: .select,
                        options: [FormOption("", say("Kies", "Choose")), FormOption("iris", "Iris Bakker", selected: true)],
                        required: false),
                ],
                problems: [
                    FormProblem(texts("refusal.notADay"), field: "geboren")
                ], cancel: Link(say("Terug", "Back"), .pupils), draft: Address.newDossier.path,
                draftNote: say("Wij hebben uw concept van gisteren 16.10 uur bewaard.", "We kept your draft of yesterday 16:10.")),
            guardians: [
                guardianBlock("1", legend: say("Eerste ouder of verzorger", "First parent or carer"), remove: nil),
                guardianBlock("2", legend: say("Ouder of verzorger 2", "Parent or carer 2"), remove: "2"),
            ], blank: guardianBlock("__n__", legend: say("Ouder of verzorger __n__", "Parent or carer __n__"), remove: "__n__"),
            alike: [
                Link(
                    say("Noor v.d. Linden, 5 maart 2017, De Kassenbouwer", "Noor v.d. Linden, 5 March 2017, De Kassenbouwer"),
                    .dossier("n2"))
            ])
    }

    var documents: DocumentsPage {
        DocumentsPage(
            title: say("Documenten van Noor", "Noor's documents"), frame: noor(.documents),
            accepted: say(
                "Pdf, Word, foto; ten hoogste 20 MB, zonder wachtwoord.", "Pdf, Word, photo; at most 20 MB, without password."),
            form: Form(
                action: Address.documents("noor").path, button: say("Toevoegen", "Add"),
                fields: [
                    FormField(name: "bestand", label: say("Bestand", "File"), kind: .file, accept: ".pdf,.docx,.jpg,.png"),
                    FormField(
                        name: "soort", label: say("Wat is het?", "What is it?"), kind: .select,
                        options: [
                            FormOption("verslag", say("Verslag", "Report")), FormOption("onderzoek", say("Onderzoek", "Study")),
                        ]),
                    FormField(
                        name: "toelichting", label: say("Toelichting", "Explanation"), kind: .paragraph, required: false, rows: 3),
                ], problems: [FormProblem(texts("document.encrypted"), field: "bestand")]),
            rows: [
                .init(
                    name: say("Verslag BOSK gedrag.pdf", "Report BOSK behaviour.pdf"), href: Address.document("noor", "d1").path,
                    kind: say("Verslag", "Report"), size: "820 kB",
                    added: say("Tom Hendriks, 20 februari 2026", "Tom Hendriks, 20 February 2026"),
                    explanation: say("vier observaties met advies", "four observations with advice"), chip: nil, remove: nil),
                .init(
                    name: say("Foto werkplek.jpg", "Photo workplace.jpg"), href: Address.document("noor", "d2").path,
                    kind: say("Anders", "Other"),
                    size: "1,4 MB", added: say("Sanne Mulder, gisteren 15.48 uur", "Sanne Mulder, yesterday 15:48"),
                    explanation: nil,
                    chip: Chip(say("alleen school", "school only")), remove: Link(say("Verwijderen", "Remove"), "#")),
            ])
    }

    var accountGiven: AccountGivenPage {
        AccountGivenPage(
            title: say("Een account voor Anouk Visser", "An account for Anouk Visser"), frame: noor(.family),
            lead: say("Geef dit aan Anouk, het liefst in een gesprek.", "Give this to Anouk, preferably in a conversation."),
            email: "anouk@example.nl", password: "tuin-lamp-fiets-42", back: Link(say("Terug", "Back"), .family("noor")))
    }

    var family: FamilyPage {
        let record: (String) -> Form = { scope in
            Form(
                action: Address.agreement("noor").path, button: say("Vastleggen", "Record"), scope: scope,
                fields: [
                    FormField(name: "doel", label: "", kind: .hidden, value: "hia"),
                    FormField(
                        name: "antwoord", label: say("Antwoord", "Answer"), kind: .choice,
                        options: [
                            FormOption("given", texts("agreement.word.given")),
                            FormOption("refused", texts("agreement.word.refused")),
                            FormOption("withdrawn", texts("agreement.word.withdrawn")),
                        ]),
                    FormField(
                        name: "wijze", label: say("Hoe gegeven?", "Given how?"), kind: .select,
                        options: [
                            FormOption("spoken", texts("agreement.way.spoken")),
                            FormOption("paper", texts("agreement.way.paper")),
                        ]),
                    FormField(name: "dag", label: say("Op welke dag?", "On which day?"), kind: .date, value: "2026-03-11"),
                ])
        }
        return FamilyPage(
            title: texts("family.title", ["given": "Noor"]), frame: noor(.family),
            childsSay: say(
                "Noor is 8 jaar. Vanaf 12 jaar beslist zij mee; nu vragen wij wat zij vindt.",
                "Noor is 8. From 12 on she decides along; now we ask what she thinks."), problems: [],
            guardians: [
                .init(
                    name: "Anouk Visser", relation: say("moeder", "mother"),
                    authority: Chip(say("met gezag", "with authority"), .ok),
                    facts: [
                        Fact("E-mail", "anouk@example.nl"),
                        Fact(say("Account", "Account"), say("leest mee sinds 12 november", "reads along since 12 November")),
                    ],
                    form: Form(
                        action: Address.guardian("noor", "g1").path, button: say("Bewaren", "Save"), scope: "g1",
                        fields: [FormField(name: "naam", label: say("Naam", "Name"), kind: .text, value: "Anouk Visser")])),
                .init(
                    name: "Joris van der Linden", relation: say("vader", "father"),
                    authority: Chip(say("met gezag", "with authority"), .ok),
                    facts: [
                        Fact("E-mail", say("niet bekend", "not known")),
                        Fact(say("Account", "Account"), say("geen; krijgt brieven", "none; gets letters")),
                    ],
                    form: nil),
            ],
            newGuardian: Form(
                action: Address.family("noor").path, button: say("Toevoegen", "Add"), scope: "nieuw",
                fields: [FormField(name: "naam", label: say("Naam", "Name"), kind: .text)]),
            purposes: [
                .init(
                    title: say("Bespreken in een HIA-overleg", "Discussing in a HIA meeting"),
                    text: say(
                        "School, ouders en adviseur zoeken samen wat Noor nodig heeft. Zij lezen daarvoor het groeidocument.",
                        "School, parents and adviser look together for what Noor needs. For that they read the groeidocument."),
                    ground: say(
                        "Nodig voor de HIA van 17 maart. Plan, deel 3, 2.2", "Needed for the HIA of 17 March. Plan, part 3, 2.2"),
                    answers: [
                        .init(
                            who: "Anouk Visser", chip: Chip(texts("agreement.word.given"), .ok),
                            recorded: say("met eigen account, 4 maart 2026", "by own account, 4 March 2026"), form: nil),
                        .init(
                            who: "Joris van der Linden", chip: Chip(texts("agreement.word.none"), .wait), recorded: nil,
                            form: record("hia-g2")),
                    ]),
                .init(
                    title: say("Bespreken met de BOSK", "Discussing with the BOSK"),
                    text: say(
                        "Een specialist kijkt mee in de klas.", "A specialist observes in the classroom."), ground: nil,
                    answers: [
                        .init(
                            who: "Anouk Visser", chip: Chip(texts("agreement.word.given"), .ok),
                            recorded: say("met eigen account, 4 maart 2026", "by own account, 4 March 2026"), form: nil)
                    ], folded: [Chip(texts("agreement.word.given"), .ok)]),
                .init(
                    title: say("Delen met het jeugdteam", "Sharing with the youth team"),
                    text: say(
                        "De schoolcontactpersoon van het kernteam komt dan mee naar het overleg.",
                        "The team's school contact then joins the meeting."),
                    ground: nil,
                    answers: [
                        .init(
                            who: "Anouk Visser", chip: Chip(texts("agreement.word.refused"), .plain),
                            recorded: say(
                                "in een gesprek, vastgelegd door Sanne Mulder op 2 maart 2026",
                                "in a conversation, recorded by Sanne Mulder on 2 March 2026"),
                            form: record("jeugd-g1"))
                    ], perRecipient: texts("family.perRecipient"),
                    recipients: [
                        .init(
                            title: texts("family.recipient", ["who": "Praktijk De Brug"]),
                            reading: texts.count("family.recipientReads", 1, ["who": "Yara Smit"]),
                            answers: [
                                .init(
                                    who: "Anouk Visser", chip: Chip(texts("agreement.word.given"), .ok),
                                    recorded: say("op papier, 3 maart 2026", "on paper, 3 March 2026"),
                                    form: record("jeugd-0-g1"))
                            ])
                    ],
                    newRecipient: Form(
                        action: Address.agreement("noor").path, button: texts("agreement.button"), scope: "jeugd-new-recipient",
                        fields: [
                            FormField(
                                name: "recipient", label: texts("agreement.recipient"), kind: .text,
                                hint: texts("agreement.recipientHint")),
                            FormField(
                                name: "guardian", label: texts("agreement.whoQuestion"), kind: .choice,
                                options: [FormOption("g1", "Anouk Visser"), FormOption("g2", "Joris van der Linden")]),
                            FormField(
                                name: "word", label: texts("agreement.saidQuestion"), kind: .choice,
                                options: ["given", "refused"].map { FormOption($0, texts("agreement.say.\($0)")) }),
                        ])),
            ])
    }

    var readLog: ReadLogPage {
        ReadLogPage(
            title: texts("readLog.title"), frame: noor(.readLog),
            lead: say(
                "Iedereen die iets van Noor las, staat hier: ook wie dit bekijkt.",
                "Everybody who read about Noor is here: also whoever looks at this."),
            rows: [
                .init(
                    when: say("vandaag 9.12 uur", "today 9:12"), who: "Sanne Mulder",
                    function: say("intern begeleider", "support coordinator"),
                    why: say("voorbereiden HIA", "preparing the HIA"),
                    what: say("overzicht, deel Begrijpen", "overview, part Understand"), chip: nil),
                .init(
                    when: say("9 maart 14.02 uur", "9 March 14:02"), who: "Merel de Haan", function: say("adviseur", "adviser"),
                    why: say("voorbereiden HIA", "preparing the HIA"), what: say("overzicht", "overview"), chip: nil),
                .init(
                    when: say("1 maart 21.40 uur", "1 March 21:40"), who: "Karel Stolk", function: say("directeur", "director"),
                    why: say("“ouder belde in nood, adviseur was er niet”", "“parent called in need, adviser was away”"),
                    what: say("overzicht, gezin", "overview, family"), chip: Chip(say("noodtoegang", "emergency access"), .late)),
            ], next: "?na=1", first: nil)
    }
}
