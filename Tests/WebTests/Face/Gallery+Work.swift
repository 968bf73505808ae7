import Domain

@testable import Web

extension Gallery {
    var work: WorkPage {
        WorkPage(
            title: texts("nav.work"),
            summary: say("4 dingen wachten op u, waarvan 1 te laat.", "4 things wait for you, 1 of them late."),
            filters: [
                .init(label: say("Alles", "Everything"), href: "/", count: 4, current: true),
                .init(label: say("Voorbereiden", "Prepare"), href: "/?soort=voorbereiden", count: 2, current: false),
                .init(label: say("Advies", "Advice"), href: "/?soort=advies", count: 1, current: false),
                .init(label: say("Evaluatie", "Evaluation"), href: "/?soort=evaluatie", count: 1, current: false),
            ],
            groups: [
                .init(
                    title: say("Te laat", "Late"), late: true,
                    items: [
                        .init(
                            what: say("BOSK gedrag evalueren met ouders", "Evaluate BOSK behaviour with the parents"),
                            href: "/leerlingen/daan", who: "Daan Vermeer", place: say("groep 7", "group 7"),
                            note: say(
                                "De evaluatie hoort binnen 6 weken na de laatste observatie.",
                                "Due within 6 weeks of the last observation."),
                            chip: Chip(say("3 dagen te laat", "3 days late"), .late))
                    ]),
                .init(
                    title: say("Deze week", "This week"), late: false,
                    items: [
                        .init(
                            what: say("HIA voorbereiden", "Prepare the HIA"), href: "/leerlingen/noor",
                            who: "Noor van der Linden",
                            place: say("groep 5", "group 5"),
                            note: say(
                                "Nog 2 dingen: deel Begrijpen, en wat Noor er zelf van vindt.",
                                "2 things left: part Understand, and what Noor thinks herself."),
                            chip: Chip(say("over 6 dagen", "in 6 days"), .wait)),
                        .init(
                            what: say("Vraag van de adviseur beantwoorden", "Answer the adviser's question"),
                            href: "/leerlingen/yusuf",
                            who: "Yusuf Demir", place: say("groep 2", "group 2"),
                            note: say("Tot u antwoordt, staat de termijn stil.", "The term stands still until you answer."),
                            chip: nil),
                    ]),
                .init(
                    title: say("Later", "Later"), late: false,
                    items: [
                        .init(
                            what: say("Groeidocument jaarlijks bespreken", "Yearly talk about the groeidocument"),
                            href: "/leerlingen/lotte",
                            who: "Lotte Bos", place: say("groep 4", "group 4"), note: nil,
                            chip: Chip(say("over 5 weken", "in 5 weeks")))
                    ]),
            ],
            pending: [
                .init(
                    what: say("Advies tweede deskundige", "Advice of the second expert"), href: "/leerlingen/milan",
                    who: "Milan Jansen",
                    waitsFor: say(
                        "bij Ruud Evers, psycholoog, sinds 27 februari", "with Ruud Evers, psychologist, since 27 February"),
                    chip: Chip(say("besluit uiterlijk 20 april", "decision by 20 April")))
            ],
            changesSince: say("sinds maandag 9 maart, 16.10 uur", "since Monday 9 March, 16:10"),
            changes: [
                .init(
                    when: say("vandaag 9.12 uur", "today 9:12"),
                    sentence: say(
                        "Anouk Visser schreef wat haar thuis opvalt.", "Anouk Visser wrote down what she notices at home."),
                    href: "/leerlingen/noor", who: "Noor van der Linden"),
                .init(
                    when: say("gisteren 15.48 uur", "yesterday 15:48"),
                    sentence: say("Ruud Evers vroeg om de toets van januari.", "Ruud Evers asked for the January test."),
                    href: "/leerlingen/milan",
                    who: "Milan Jansen"),
                .init(
                    when: say("gisteren 11.05 uur", "yesterday 11:05"),
                    sentence: say(
                        "De TLV voor sbo is afgegeven, tot en met 31 juli 2029.",
                        "The TLV for sbo was granted, until 31 July 2029."),
                    href: "/leerlingen/fenna", who: "Fenna de Wit"),
            ],
            next: nil, suggestion: nil)
    }

    var workEmpty: WorkPage {
        WorkPage(
            title: texts("nav.work"), summary: say("U bent helemaal bij.", "You are all up to date."), filters: [], groups: [],
            pending: [],
            changesSince: nil, changes: [], next: nil,
            suggestion: Link(say("Naar het dossier van Noor", "To the dossier of Noor"), .dossier("noor")))
    }

    var pupils: PupilsPage {
        PupilsPage(
            title: texts("nav.pupils"), query: nil, isNarrowed: false,
            narrow: .init(
                action: Address.pupils.path,
                fields: [
                    FormField(
                        name: "groep", label: texts("pupils.column.group"), kind: .select,
                        options: [
                            FormOption("", say("Alle groepen", "All groups")),
                            FormOption("5", say("Groep 5", "Group 5"), selected: true),
                        ]),
                    FormField(
                        name: "loopt", label: say("Wat loopt", "What runs"), kind: .select,
                        options: [
                            FormOption("", say("Alles", "Everything"), selected: true), FormOption("hia", "HIA"),
                            FormOption("tlv", "TLV"),
                        ]),
                ], active: [Link(say("Groep 5", "Group 5"), .pupils)]),
            summary: say("Eerste 5 leerlingen", "First 5 pupils"),
            rows: [
                row(
                    "Lotte Bos", 7, "4", Chip(say("Extra ondersteuning", "Extra support"), .ok),
                    say("bespreken over 5 weken", "talk in 5 weeks")),
                row("Yusuf Demir", 5, "2", Chip("TLV so", .wait), say("wacht op u", "waits for you")),
                row("Milan Jansen", 10, "7", Chip("TLV sbo", .wait), say("besluit uiterlijk 20 april", "decision by 20 April")),
                row(
                    "Noor van der Linden", 8, "5", Chip(say("Nu: HIA", "Now: HIA"), .now),
                    say("overleg dinsdag 17 maart", "meeting Tuesday 17 March")),
                row("Daan Vermeer", 11, "7", Chip("BOSK gedrag", .ok), nil),
            ], next: "/leerlingen?na=4phrbwrjf4f4bbgayt5mjc5btd", first: nil, found: nil, new: Address.newDossier.path)
    }

    private func row(_ name: String, _ age: Int, _ group: String, _ chip: Chip, _ next: String?) -> PupilsPage.Row {
        .init(
            name: name, href: "/leerlingen/x", age: say("\(age) jaar", "age \(age)"),
            group: say("groep \(group)", "group \(group)"),
            school: "De Kassenbouwer", standing: chip, next: next)
    }

    var pupilsNone: PupilsPage {
        PupilsPage(
            title: texts("nav.pupils"), query: "Noortje", isNarrowed: true, summary: "", rows: [], next: nil,
            first: nil, found: .init(action: Address.pupilSearch.path, query: "Noortje", next: nil, isFirst: false), new: nil)
    }

    var questions: QuestionsPage {
        QuestionsPage(
            title: texts("question.title"), lead: texts("question.lead"),
            rows: [
                .init(
                    title: texts("question.aboutGroup", ["group": say("groep 4", "group 4")]), href: "/vragen/q1",
                    school: "De Kassenbouwer", asked: say("vandaag 09.12", "today 09:12"),
                    chip: Chip(texts("question.state.open"), .wait)),
                .init(
                    title: texts("question.about"), href: "/vragen/q2", school: "De Kassenbouwer",
                    asked: say("3 maart", "3 March"), chip: Chip(texts("question.state.answered"), .ok)),
            ], ask: [Link(say("Vraag aan de ondersteuningsadviseur", "Question to the support adviser"), "/vragen/nieuw")])
    }

    var question: QuestionPage {
        QuestionPage(
            title: texts("question.aboutGroup", ["group": say("groep 4", "group 4")]),
            lead: texts(
                "question.of",
                [
                    "kind": say("Vraag aan de ondersteuningsadviseur", "Question to the support adviser"),
                    "school": "De Kassenbouwer",
                ]),
            chip: Chip(texts("question.state.answered"), .ok), back: Link(texts("question.title"), "/vragen"),
            lines: [
                .init(
                    who: "Sanne Mulder",
                    when: texts(
                        "question.when",
                        [
                            "function": say("Intern begeleider", "Support coordinator"), "when": say("9 maart", "9 March"),
                        ]),
                    text: [
                        say(
                            "Een leerling leest traag en raakt ontmoedigd. We lezen al drie keer per week samen. Wat nog meer?",
                            "A pupil reads slowly and gets discouraged. We read together three times a week. What else?")
                    ], isAnswer: false),
                .init(
                    who: "Merel de Haan",
                    when: texts(
                        "question.when",
                        ["function": say("Ondersteuningsadviseur", "Support adviser"), "when": say("10 maart", "10 March")]),
                    text: [
                        say(
                            "Laat de leerling zelf het boek kiezen, en lees om de beurt een zin.",
                            "Let the pupil choose the book, and read a sentence in turns.")
                    ], isAnswer: true),
            ],
            tell: Form(
                action: "#", button: texts("question.sendOn"), scope: "zeggen",
                fields: [
                    FormField(
                        name: "text", label: texts("question.askOn"), kind: .paragraph, hint: texts("question.noNameShort"),
                        rows: 6)
                ]), close: Form(action: "#", button: texts("question.close"), scope: "sluiten"),
            open: Link(texts("question.open"), "/leerlingen/nieuw"),
            kept: texts("question.kept", ["period": say("1 jaar", "1 year")]))
    }

    var newQuestion: NewQuestionPage {
        let problem = Refusal(.tellsName, field: "text", values: ["word": "Sam"])
        var text = FormField(
            name: "text", label: texts("question.text"), kind: .paragraph, value: say("Sam leest traag.", "Sam reads slowly."),
            hint: texts("question.textHint"), rows: 8)
        text.error = texts("refusal.tellsName", problem.values)
        return NewQuestionPage(
            title: say("Vraag aan de ondersteuningsadviseur", "Question to the support adviser"),
            lead: [
                say("De adviseur van uw school denkt mee.", "The adviser of your school thinks along."), texts("question.noName"),
            ], back: Link(texts("question.title"), "/vragen"),
            form: Form(
                action: "#", button: texts("question.ask"), fields: [text],
                problems: [FormProblem(texts("refusal.tellsName", problem.values), field: "text")]), source: nil)
    }
}
