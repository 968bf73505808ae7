@testable import Web

extension Gallery {
    var noorsFan: Fan {
        Fan(
            [
                Fan.Tier(
                    say("licht", "light"),
                    [
                        Fan.Form(say("Basisondersteuning", "Basic support"), .past),
                        Fan.Form(say("Extra ondersteuning", "Extra support"), .past, href: "/plan/extra"),
                        Fan.Form("SOT", .past, href: "/plan/sot"),
                        Fan.Form("PAG"),
                    ]),
                Fan.Tier(
                    say("arrangement", "arrangement"),
                    [
                        Fan.Form("BOSK gedrag", .past, href: "/plan/bosk"), Fan.Form("BOSK autisme"),
                        Fan.Form("BOSK leren en welbevinden"),
                        Fan.Form("BOSK medisch"),
                    ]),
                Fan.Tier(
                    say("zwaar", "heavy"),
                    [
                        Fan.Form("HIA", .now, href: "/plan/hia"),
                        Fan.Form(say("Zware ondersteuning", "Intensive support"), .possible, href: "/plan/zwaar"),
                        Fan.Form("TLV sbo", .possible, href: "/plan/tlv"), Fan.Form("TLV so"),
                    ]),
            ], child: "Noor", texts: texts)
    }

    var dossier: DossierPage {
        DossierPage(
            title: say("Noor · dossier", "Noor · dossier"), frame: noor(.overview),
            asks: [
                .init(
                    title: say("Nu aan u: de HIA voorbereiden", "Your turn: prepare the HIA"),
                    text: say("Het overleg is op dinsdag 17 maart, 15.30 uur.", "The meeting is on Tuesday 17 March, 15:30."),
                    remaining: say("Nog 2 dingen vóór vrijdag.", "2 things left before Friday."), late: false,
                    items: [
                        .init(
                            label: say("Groeidocument, deel Begrijpen", "Groeidocument, part Understand"),
                            note: say("wat verklaart wat we zien?", "what explains what we see?"), done: false,
                            state: say("2 velden open", "2 fields open"), href: "/leerlingen/noor/groeidocument/begrijpen"),
                        .init(
                            label: say("Wat Noor er zelf van vindt", "What Noor thinks herself"),
                            note: say("haar stem hoort erbij", "her voice belongs here"), done: false,
                            state: say("nog niet gevraagd", "not asked yet"),
                            href: "/leerlingen/noor/groeidocument/waarnemen"),
                        .init(
                            label: say("Ouders akkoord met bespreken", "Parents agree to the meeting"), note: nil, done: true,
                            state: say("beiden, 4 maart", "both, 4 March"), href: nil),
                        .init(
                            label: say("Verslag BOSK gedrag", "Report of BOSK behaviour"), note: nil, done: true,
                            state: say("overgenomen", "taken over"), href: nil),
                    ],
                    primary: Link(
                        say("Verder met Begrijpen", "Continue with Understand"), "/leerlingen/noor/groeidocument/begrijpen"),
                    secondary: Link(say("Wie komen er, en waarom?", "Who comes, and why?"), .invitation("noor", "hia1")))
            ], quiet: nil, fan: noorsFan, fanSources: [Link(say("Plan, deel 2, 1.7.3", "Plan, part 2, 1.7.3"), "/plan/hia")],
            running: [
                .init(
                    title: "HIA", href: "/leerlingen/noor/procedures/hia1", chip: Chip(say("Voorbereiden", "Preparing"), .wait),
                    sentence: say(
                        "Het overleg is gepland; Merel de Haan leidt het.", "The meeting is planned; Merel de Haan leads it."),
                    days: [
                        Fact(say("Gevraagd", "Asked"), say("27 februari", "27 February")),
                        Fact(say("Compleet", "Complete"), say("nog niet", "not yet")),
                        Fact(say("Overleg", "Meeting"), say("17 maart", "17 March")),
                    ])
            ],
            startable: [
                .init(
                    title: say("Thuiszitten melden", "Report absence"), href: "/leerlingen/noor/procedures/nieuw/thuiszitten",
                    note: say("als Noor langer dan 4 weken niet naar school gaat", "when Noor is out of school for over 4 weeks"))
            ],
            startableBeside: [
                .init(
                    title: say("Overstap naar een andere basisschool", "Change to another primary school"),
                    href: "/leerlingen/noor/procedures/nieuw/overstap", note: nil)
            ],
            timeline: [
                .init(
                    when: say("dinsdag 17 maart 2026", "Tuesday 17 March 2026"), title: say("HIA-overleg", "HIA meeting"),
                    ahead: true, text: nil,
                    quote: nil, chip: Chip(say("over 6 dagen", "in 6 days"), .wait), href: "/leerlingen/noor/procedures/hia1"),
                .init(
                    when: say("27 februari", "27 February"),
                    title: say("SOT: in school kon niet meer genoeg", "SOT: the school could not do enough any more"),
                    ahead: false,
                    text: say(
                        "Besluit: HIA. Aanwezig: moeder, vader, juf Iris, ib, adviseur.",
                        "Outcome: HIA. Present: mother, father, teacher Iris, coordinator, adviser."), quote: nil, chip: nil,
                    href: "/leerlingen/noor/procedures/sot1"),
                .init(
                    when: say("9 januari – 20 februari", "9 January – 20 February"), title: "BOSK gedrag", ahead: false,
                    text: say("4 observaties, advies, evaluatie.", "4 observations, advice, evaluation."),
                    quote: say("Het hielp in de klas, thuis nog niet.", "It helped in class, not at home yet."), chip: nil,
                    href: nil),
                .init(
                    when: say("12 november 2025", "12 November 2025"),
                    title: say("Sanne Mulder begon het groeidocument", "Sanne Mulder began the groeidocument"), ahead: false,
                    text: nil, quote: nil,
                    chip: nil, href: nil),
            ], earlier: Link(say("Eerder", "Earlier"), "/leerlingen/noor?voor=1"),
            circles: [
                .init(
                    title: say("Ouders met gezag", "Parents with authority"),
                    people: [.init(name: "Anouk Visser", note: nil), .init(name: "Joris van der Linden", note: nil)]),
                .init(title: say("Juf", "Teacher"), people: [.init(name: "Iris Bakker", note: nil)]),
                .init(title: say("Intern begeleider", "Support coordinator"), people: [.init(name: "Sanne Mulder", note: nil)]),
                .init(
                    title: say("Meegevraagd tot 31 maart", "Asked along until 31 March"),
                    people: [
                        .init(
                            name: "Tom Hendriks, BOSK gedrag",
                            note: say("leest: Waarnemen, Begrijpen", "reads: Observe, Understand"))
                    ]),
            ], familyLink: Link(say("Gezin en toestemming", "Family and consent"), .family("noor")),
            readers: [
                .init(
                    when: say("vandaag 9.12 uur", "today 9:12"), who: say("U", "You"),
                    why: say("voorbereiden HIA", "preparing the HIA")),
                .init(
                    when: say("9 maart", "9 March"), who: say("Merel de Haan, adviseur", "Merel de Haan, adviser"),
                    why: say("voorbereiden HIA", "preparing the HIA")),
                .init(when: say("4 maart", "4 March"), who: "Anouk Visser", why: say("moeder", "mother")),
            ], readLogLink: Link(say("Alles · ook de ouders zien dit", "All of it · the parents see this too"), .readLog("noor")),
            documents: [
                .init(
                    name: say("Verslag BOSK gedrag.pdf", "Report BOSK behaviour.pdf"), href: "/leerlingen/noor/documenten/d1",
                    chip: nil),
                .init(
                    name: say("Groeidocument, versie 3", "Groeidocument, version 3"),
                    href: "/leerlingen/noor/groeidocument/versies/3",
                    chip: Chip(say("vastgezet", "locked"), .ok)),
            ], addDocument: Link(say("Document toevoegen", "Add a document"), .documents("noor")), presence: nil)
    }
}
