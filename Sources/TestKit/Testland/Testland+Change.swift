import Domain

extension Testland {
    /// Key of a change of school in the stories.
    package static let changeInstance = InstanceID("i-change")

    /// The route by which a child goes to another school.
    package static func change(_ rule: MovesToRule = MovesToRule(field: "to-school", source: "Testland, 5")) -> ProcedureRule {
        ProcedureRule(
            id: "change", title: words("Overstap", "Change"), why: words("Een andere school", "Another school"), form: nil,
            start: StartRule(by: ["ib"], asks: [Ask(field: "to-school", anew: true)], opens: ["begin"]),
            steps: [
                StepRule(
                    id: "begin", title: words("Begin", "Begin"), by: ActorRule(functions: ["ib"]),
                    choices: [
                        ChoiceRule(id: "begun", title: words("Begonnen", "Begun"), then: .end(outcome: "moved")),
                        ChoiceRule(id: "stop", title: words("Niet", "Not"), then: .end(outcome: "stopped")),
                    ])
            ], clocks: [],
            outcomes: [
                OutcomeRule(id: "moved", title: words("Overgestapt", "Changed"), movesTo: rule),
                OutcomeRule(id: "stopped", title: words("Niet doorgegaan", "Did not go on")),
            ], source: "Testland, 5")
    }

    /// The route that is due each school year for every entry that ends in it.
    package static let renewal = ProcedureRule(
        id: "renewal", title: words("Opnieuw kijken", "Looking again"), why: words("Past het nog?", "Does it still fit?"),
        form: nil,
        start: StartRule(
            by: ["ib"], asks: [Ask(field: "ends", anew: true), Ask(field: "school-type", anew: true)], opens: ["look"],
            inventory: InventoryRule(
                title: words("Wat dit jaar afloopt", "What ends this year"), of: [.init(procedure: "entry", outcome: "granted")],
                fills: "ends", shows: "look", source: "Testland, 6")),
        steps: [
            StepRule(
                id: "look", title: words("Kijken", "Look"), by: ActorRule(functions: ["ib"]),
                choices: [
                    ChoiceRule(id: "conform", title: words("Volgens verwachting", "As expected"), then: .end(outcome: "stays"))
                ])
        ], clocks: [], outcomes: [OutcomeRule(id: "stays", title: words("Blijft", "Stays"))], source: "Testland, 6")

    /// The invented plan with both, whose school people read on two weeks after the child left.
    package static func planWithChange(_ rule: MovesToRule = MovesToRule(field: "to-school", source: "Testland, 5")) -> PlanRules
    {
        var fields = Testland.fields
        fields["to-school"] = Field(
            id: "to-school", title: words("Naar welke school?", "To which school?"), kind: .school(kinds: ["bo"]), required: false
        )
        fields["ends"] = Field(id: "ends", title: words("Loopt af op", "Ends on"), kind: .day)
        let functions = Testland.functions.map { function in
            guard function.id == "ib" else { return function }
            return FunctionRule(
                id: function.id, title: function.title, explanation: function.explanation, place: function.place,
                sight: function.sight + [.left(afterwards: Period(2, .weeks))], reads: function.reads, may: function.may,
                source: function.source)
        }
        return plan(functions: functions, fields: fields, procedures: [talk, entry, change(rule), renewal])
    }
}
