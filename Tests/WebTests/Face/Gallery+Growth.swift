@testable import Web

extension Gallery {
    private func voice(_ kind: FormField.Voice.Kind) -> FormField.Voice {
        switch kind {
        case .school: .init(kind: .school, label: say("de school", "the school"))
        case .teacher: .init(kind: .teacher, label: say("de leerkracht", "the teacher"))
        case .parents: .init(kind: .parents, label: say("de ouders", "the parents"))
        case .child: .init(kind: .child, label: say("Noor zelf", "Noor herself"))
        case .other: .init(kind: .other, label: say("een deskundige", "an expert"))
        }
    }

    var growth: GrowthPage {
        GrowthPage(
            title: texts("growth.title"), frame: noor(.growth),
            lead: say("4 van de 6 delen zijn klaar voor de HIA.", "4 of the 6 parts are ready for the HIA."),
            parts: [
                growthPart(
                    say("Algemene gegevens", "General details"),
                    say("Wie Noor is en wie er om haar heen staan.", "Who Noor is and who is around her."), 6, 6, [], [.school]),
                growthPart(
                    say("Waarnemen", "Observe"),
                    say(
                        "Wat school, ouders en Noor al weten: wat helpt, wat hindert, wat al is gedaan.",
                        "What school, parents and Noor know already: what helps, what hinders, what was done."),
                    9, 10, [say("Wat Noor er zelf van vindt", "What Noor thinks herself")], [.school, .teacher, .parents, .child]),
                growthPart(
                    say("Begrijpen", "Understand"),
                    say(
                        "Wat verklaart wat we zien, en welke ondersteuning past daarbij?",
                        "What explains what we see, and which support fits?"), 4, 6,
                    [say("Uitstroomperspectief", "Expected level"), say("Vragen die er nog zijn", "Questions left")], [.school]),
                growthPart(
                    say("Strategie", "Strategy"),
                    say("Welke doelen er zijn en hoe we die bereiken.", "Which goals there are and how to reach them."), 0, 5, [],
                    [.school, .parents]),
                growthPart(say("Uitvoeren", "Carry out"), say("Hoe het gaat.", "How it goes."), 0, 3, [], [.teacher]),
                growthPart(
                    say("Evaluatie", "Evaluation"),
                    say("Wat bereikt is en wat het vervolg is.", "What was reached and what follows."), 0, 4, [],
                    [.school, .parents, .child]),
            ], lock: Link(say("Versie 4 vastzetten", "Lock version 4"), .growthLock("noor")), lockNote: nil,
            versions: [
                .init(
                    title: say("Versie 3", "Version 3"), href: Address.growthVersion("noor", "3").path,
                    locked: say(
                        "vastgezet op 27 februari 2026 door Sanne Mulder, voor het SOT",
                        "locked on 27 February 2026 by Sanne Mulder, for the SOT"),
                    signatures: [
                        .init(
                            who: say("Anouk Visser, moeder", "Anouk Visser, mother"),
                            chip: Chip(say("getekend 27 februari", "signed 27 February"), .ok)),
                        .init(
                            who: say("Joris van der Linden, vader", "Joris van der Linden, father"),
                            chip: Chip(say("nog niet", "not yet"), .wait)),
                    ], compare: Link(say("Wat veranderde er sinds?", "What changed since?"), .growthCompare("noor")), print: nil)
            ],
            compare: Form(
                action: Address.growthCompare("noor").path, button: say("Vergelijk", "Compare"),
                fields: [
                    FormField(
                        name: "van", label: say("Van", "From"), kind: .select,
                        options: [FormOption("2", say("Versie 2", "Version 2"))]),
                    FormField(
                        name: "naar", label: say("Naar", "To"), kind: .select,
                        options: [FormOption("3", say("Versie 3", "Version 3"))]),
                ]))
    }

    private func growthPart(
        _ title: String, _ about: String, _ filled: Int, _ total: Int, _ open: [String], _ voices: [FormField.Voice.Kind]
    ) -> GrowthPage.Part {
        .init(
            title: title, href: Address.growthPart("noor", "begrijpen").path, about: about,
            chip: filled == total
                ? Chip(say("klaar", "ready"), .ok)
                : filled == 0 ? Chip(say("nog niet nodig", "not needed yet")) : Chip(say("mee bezig", "under way"), .wait),
            filled: filled, total: total, progress: say("\(filled) van \(total) ingevuld", "\(filled) of \(total) filled in"),
            open: open,
            voices: voices.map(voice),
            changed: filled == 0 ? nil : say("Sanne Mulder, gisteren 15.48 uur", "Sanne Mulder, yesterday 15:48"))
    }

    private var partFields: [FormField] {
        [
            FormField(
                name: "helpt", label: say("Wat helpt Noor?", "What helps Noor?"), kind: .paragraph,
                value: say(
                    "Een vaste plek vooraan, en een kaartje op tafel met wat eerst komt.\nDe dag kort doorspreken met juf Iris.",
                    "A fixed place in front, and a card on the table with what comes first.\nTalking "
                        + "through the day with teacher Iris."
                ),
                why: say("Zo hoeft niemand opnieuw uit te vinden wat werkt.", "So that nobody has to find out again what works."),
                voice: voice(.teacher), revision: "12",
                changed: say("Iris Bakker, 3 maart 10.42 uur", "Iris Bakker, 3 March 10:42")),
            FormField(
                name: "thuis", label: say("Hoe gaat het thuis?", "How are things at home?"), kind: .shown,
                value: say(
                    "Na school is ze moe en snel boos. In het weekend gaat het beter.",
                    "After school she is tired and quickly angry. At weekends it is better."), voice: voice(.parents),
                changed: say("Anouk Visser, vandaag 9.02 uur", "Anouk Visser, today 9:02")),
            FormField(
                name: "perspectief", label: say("Uitstroomperspectief", "Expected level"), kind: .choice,
                options: [
                    FormOption("vmbo-bk", "vmbo basis / kader"), FormOption("vmbo-t", "vmbo-t"), FormOption("havo", "havo / vwo"),
                    FormOption(
                        "later", say("Nog niet te zeggen", "Too early to say"),
                        fields: [
                            FormField(
                                name: "perspectief.waarom", label: say("Waarom nog niet?", "Why not yet?"), kind: .paragraph,
                                rows: 2)
                        ]),
                ],
                why: say(
                    "De wet vraagt waar een kind naartoe groeit, met de reden.",
                    "The law asks what a child is growing towards, with the reason."),
                voice: voice(.school), revision: "0"),
            FormField(
                name: "vragen", label: say("Welke vragen zijn er nog?", "Which questions are left?"), kind: .paragraph,
                hint: say(
                    "Schrijf ze als vraag: wat willen we te weten komen?", "Write them as questions: what do we want to find out?"
                ), voice: voice(.school),
                required: false, revision: "0"),
        ]
    }

    private var growthTabs: [Tab] {
        [
            Tab(label: say("Algemene gegevens", "General details"), href: "#1", current: false),
            Tab(label: say("Waarnemen", "Observe"), href: "#2", current: false),
            Tab(label: say("Begrijpen", "Understand"), href: "#3", current: true),
            Tab(label: say("Strategie", "Strategy"), href: "#4", current: false),
            Tab(label: say("Uitvoeren", "Carry out"), href: "#5", current: false),
            Tab(label: say("Evaluatie", "Evaluation"), href: "#6", current: false),
        ]
    }

    var part: GrowthPartPage {
        GrowthPartPage(
            title: say("Begrijpen", "Understand"), frame: noor(.growth),
            about: say(
                "Wat verklaart wat we zien, en welke ondersteuning past daarbij?",
                "What explains what we see, and which support fits?"), parts: growthTabs,
            form: Form(action: Address.growthPart("noor", "begrijpen").path, button: say("Bewaren", "Save"), fields: partFields),
            mayWrite: true,
            readOnly: nil, presence: say("Iris Bakker schrijft nu ook in dit deel.", "Iris Bakker is writing in this part too."),
            conflicts: [],
            saved: say("Bewaard om 10.42 uur", "Saved at 10:42"),
            next: Link(say("Verder met Strategie", "Continue with Strategy"), "#4"))
    }

    var partConflict: GrowthPartPage {
        GrowthPartPage(
            title: say("Begrijpen", "Understand"), frame: noor(.growth), about: part.about, parts: growthTabs, form: part.form,
            mayWrite: true,
            readOnly: nil, presence: nil,
            conflicts: [
                .init(
                    name: "helpt", label: say("Wat helpt Noor?", "What helps Noor?"),
                    mine: say(
                        "Een vaste plek vooraan.\nEen koptelefoon bij het werken.",
                        "A fixed place in front.\nHeadphones while working."),
                    theirs: say(
                        "Een vaste plek vooraan, en een kaartje op tafel.", "A fixed place in front, and a card on the table."),
                    theirsBy: say("Iris Bakker, vandaag 10.40 uur", "Iris Bakker, today 10:40"),
                    merged: say(
                        "Een vaste plek vooraan, en een kaartje op tafel.\nEen koptelefoon bij het werken.",
                        "A fixed place in front, and a card on the table.\nHeadphones while working."), revision: "13")
            ], saved: nil, next: nil)
    }

    var version: GrowthVersionPage {
        GrowthVersionPage(
            title: say("Groeidocument, versie 3", "Groeidocument, version 3"), frame: noor(.growth),
            lead: say(
                "Vastgezet op 27 februari 2026 door Sanne Mulder, voor het SOT.",
                "Locked on 27 February 2026 by Sanne Mulder, for the SOT."),
            signatures: growth.versions[0].signatures,
            parts: [
                .init(
                    title: say("Waarnemen", "Observe"),
                    fields: [
                        FormField(
                            name: "helpt", label: say("Wat helpt Noor?", "What helps Noor?"), kind: .shown,
                            value: say("Een vaste plek vooraan.", "A fixed place in front."), voice: voice(.teacher)),
                        FormField(
                            name: "stem", label: say("Wat vindt Noor zelf?", "What does Noor think?"), kind: .shown,
                            voice: voice(.child)),
                    ])
            ], sign: Link(say("Ondertekenen", "Sign"), .growthSign("noor", "3")), compare: nil)
    }

    var compare: GrowthComparePage {
        GrowthComparePage(
            title: texts("compare.title"), frame: noor(.growth), choice: growth.compare ?? Form(action: "", button: ""),
            summary: say("2 velden veranderd, in 1 deel.", "2 fields changed, in 1 part."),
            parts: [
                .init(
                    title: say("Begrijpen", "Understand"),
                    fields: [
                        .init(
                            label: say("Wat helpt Noor?", "What helps Noor?"),
                            segments: [
                                .init(say("Een vaste plek vooraan", "A fixed place in front")),
                                .init(say(", en een kaartje op tafel", ", and a card on the table"), .added),
                                .init(". "), .init(say("Eerder naar buiten.", "Going outside earlier."), .removed),
                            ], note: say("gewijzigd door Iris Bakker, 3 maart", "changed by Iris Bakker, 3 March"))
                    ])
            ])
    }

    var lock: ConfirmPage {
        ConfirmPage(
            title: say("Versie 4 vastzetten?", "Lock version 4?"), frame: noor(.growth),
            lead: say(
                "Daarna leest iedereen in het overleg precies dezelfde tekst.",
                "After that everybody in the meeting reads exactly the same text."),
            facts: [
                Fact(say("Voor", "For"), say("HIA-overleg, 17 maart", "HIA meeting, 17 March")),
                Fact(say("Veranderd sinds versie 3", "Changed since version 3"), say("6 velden", "6 fields")),
            ],
            consequences: [
                say(
                    "Schrijven kan gewoon door; dat komt in een volgende versie.",
                    "Writing can go on; it will be in a next version."),
                say(
                    "Anouk en Joris krijgen bericht dat zij kunnen lezen en tekenen.",
                    "Anouk and Joris are told that they can read and sign."),
            ],
            form: Form(
                action: Address.growthLock("noor").path, button: say("Vastzetten", "Lock"),
                cancel: Link(say("Nog niet", "Not yet"), .growth("noor"))), isGrave: false)
    }
}
