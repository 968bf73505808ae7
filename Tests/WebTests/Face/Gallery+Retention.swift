import Domain

@testable import Web

extension Gallery {
    var retention: RetentionPage {
        func row(_ key: String, _ kept: String, _ state: Chip?) -> RetentionPage.Row {
            RetentionPage.Row(
                label: texts("readLogs.dossier", ["key": key]), href: Address.kept(key).path, school: "De Kassenbouwer",
                kept: texts("retention.until", ["day": kept]), state: state)
        }
        let july = say("31 juli 2024", "31 July 2024")
        return RetentionPage(
            title: texts("retention.title"), lead: texts("retention.lead"),
            groups: [
                RetentionPage.Group(
                    title: texts("retention.group.underWay.title"), text: texts("retention.group.underWay.text"),
                    rows: [
                        row("x7k2qa", july, Chip(texts("retention.state.announced"), .wait)),
                        row(
                            "m3v9tz", july,
                            Chip(texts("retention.state.agreed", ["day": say("8 oktober", "8 October")]), .now)),
                    ]),
                RetentionPage.Group(
                    title: texts("retention.group.over.title"), text: texts("retention.group.over.text"),
                    rows: [row("p4w8ns", say("1 september 2024", "1 September 2024"), nil)]),
            ], more: nil,
            statements: [
                RetentionPage.Statement(
                    day: say("2 september 2024", "2 September 2024"),
                    what: texts(
                        "retention.statements.what",
                        [
                            "dossiers": texts.count("retention.count.dossiers", 3),
                            "events": texts.count("retention.count.events", 120),
                            "documents": texts.count("retention.count.documents", 9),
                            "people": texts.count("retention.count.people", 1),
                        ]),
                    who: texts(
                        "retention.statements.who",
                        ["announced": "Iris Vos", "agreed": "Merel de Wit", "ground": "WPO art. 18a lid 13"]))
            ])
    }

    var kept: KeptPage {
        func act(_ key: String, _ fields: [FormField], _ problems: [FormProblem] = []) -> KeptPage.Act {
            KeptPage.Act(
                title: texts("retention.act.\(key).title"), text: texts("retention.act.\(key).text"),
                form: Form(
                    action: Address.kept("x7k2qa").path, button: texts("retention.act.\(key).button"), scope: key,
                    fields: [FormField(name: "act", label: "", kind: .hidden, value: key)] + fields, problems: problems))
        }
        return KeptPage(
            title: texts("readLogs.dossier", ["key": "x7k2qa"]), lead: "De Kassenbouwer",
            back: Link(texts("retention.title"), .retention), state: Chip(texts("retention.state.announced"), .wait),
            facts: [
                Fact(
                    texts("retention.fact.ended"), say("31 juli 2021", "31 July 2021"), note: texts("retention.cause.decision")),
                Fact(
                    texts("retention.fact.kept"), say("31 juli 2024", "31 July 2024"),
                    note: texts(
                        "retention.fact.term", ["period": say("3 jaar", "3 years"), "source": "WPO art. 18a lid 13"])),
                Fact(
                    texts("retention.fact.announced"),
                    texts("retention.byOn", ["who": "Iris Vos", "day": say("2 september 2024", "2 September 2024")])),
            ], problems: [],
            acts: [
                act("agree", []),
                act(
                    "stop", [FormField(name: "reason", label: texts("retention.reason"), kind: .text)],
                    [FormProblem(texts("refusal.reasonsRequired"), field: "reason")]),
            ], quiet: nil)
    }
}
