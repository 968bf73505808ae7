import Domain

extension PlanReader {
    /// The written names of the kinds of example.
    private enum KindWord: String, CaseIterable {
        case validity, term, route, says
        case sight, tasks, form, paragraphs, plan
    }

    /// Paths of the examples that a file takes out of the version that is amended: `promise: ~`.
    static func dropped(_ file: String, _ node: PlanNode) -> [String] {
        node.entries.filter { $0.value.content == .removed }.map { "\(PlanExample.file(file)).\($0.key)" }
    }

    /// The examples of one file.
    ///
    /// - Parameter isAmending: whether the version may take out examples of the one that it amends.
    func examples(_ file: String, _ node: PlanNode, isAmending: Bool = false) -> [PlanExample] {
        let name = PlanExample.file(file)
        var node = node
        if isAmending, node.isMap {
            node.content = .map(node.entries.filter { $0.value.content != .removed })
            if node.entries.isEmpty { return [] }
        }
        return reading.things(node, path: "examples.\(name)") { id, section in
            let why = section.text("why")
            let source = section.optionalString("source")
            let kind: PlanExample.Kind
            switch section.needed("kind").flatMap({ section.word($0, section.path("kind")) as KindWord? }) {
            case .validity: kind = .validity(validity(section))
            case .term: kind = .term(term(section))
            case .route: kind = .route(route(section))
            case .says: kind = .says(says(section))
            case .sight: kind = .card(sight(section))
            case .tasks: kind = .card(tasks(section))
            case .form: kind = .card(form(section))
            case .paragraphs: kind = .card(card(.paragraphs, section))
            case .plan: kind = .card(card(.plan, section))
            case nil:
                section.giveUp()
                return nil
            }
            return PlanExample(id: id, why: why, source: source, kind: kind, place: section.node.place)
        }
    }

    private func says(_ section: PlanSection) -> SaysExample {
        guard let node = section.needed("says") else { return SaysExample(sayings: []) }
        let path = section.path("says")
        guard node.isMap else {
            reading.expected(node, path, nl: "onderdelen met hun regels", en: "subjects with their lines")
            return SaysExample(sayings: [])
        }
        return SaysExample(
            sayings: node.entries.map { entry in
                let path = "\(path).\(entry.key)"
                guard case .list(let nodes) = entry.value.content else {
                    reading.expected(entry.value, path, nl: "een lijst", en: "a list")
                    return SaysExample.Saying(subject: entry.key, lines: [])
                }
                return SaysExample.Saying(subject: entry.key, lines: nodes.compactMap { section.scalar($0, path) })
            })
    }

    private func validity(_ section: PlanSection) -> ValidityExample {
        let (procedure, outcome) = pair(section, "decision")
        let expected = section.needed("expect").map { node in
            reading.section(node, path: section.path("expect"), expectation)
        }
        return ValidityExample(
            procedure: procedure, outcome: outcome, group: section.string("group"), born: section.day("born"),
            decided: section.day("decided"), begin: section.day("begin"), answers: answers(section),
            expected: expected?.0 ?? .end(.earliest, deviates: false), row: expected?.1)
    }

    func answers(_ section: PlanSection) -> Answers {
        guard let node = section.value("answers") else { return [:] }
        let path = section.path("answers")
        guard node.isMap else {
            reading.expected(node, path, nl: "velden met hun antwoord", en: "fields with their answer")
            return [:]
        }
        let pairs = node.entries.compactMap { entry -> (String, Answer)? in
            let path = "\(path).\(entry.key)"
            if case .list(let nodes) = entry.value.content {
                return (entry.key, .list(nodes.compactMap { section.scalar($0, path) }))
            }
            return section.scalar(entry.value, path).map { (entry.key, .text($0)) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private func expectation(_ section: PlanSection) -> (ValidityExample.Expected, row: String?) {
        let words = ["end", "conflict", "refused"]
        let given = words.filter(section.has)
        let row = section.optionalString("row")
        switch given.count == 1 ? given[0] : "" {
        case "end": return (.end(section.day("end"), deviates: section.flag("deviates")), row)
        case "conflict":
            let days = section.inner("conflict") { ($0.day("table"), $0.day("law")) }
            return (.conflict(table: days?.0 ?? .earliest, law: days?.1 ?? .earliest), row)
        case "refused": return (.refused(section.word("refused", else: Refusal.Code.required)), row)
        default:
            if section.node.isMap {
                section.bad(
                    section.node, section.path, nl: "hier hoort precies één van deze: \(words.joined(separator: ", "))",
                    en: "exactly one of these belongs here: \(words.joined(separator: ", "))",
                    hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
            }
            return (.end(.earliest, deviates: false), row)
        }
    }

    private func term(_ section: PlanSection) -> TermExample {
        let subject: TermExample.Subject
        if section.has("clock") == section.has("term") {
            section.bad(
                section.node, section.path, nl: "hier hoort precies één van deze: clock, term",
                en: "exactly one of these belongs here: clock, term",
                hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
        }
        if section.has("clock") {
            let (procedure, clock) = pair(section, "clock")
            subject = .clock(procedure: procedure, clock: clock)
        } else {
            subject = .term(section.optionalTerm("term") ?? Term(Period(0, .days), countsBy: .calendar))
        }
        let pauses = section.list("pauses") { node, path in
            reading.section(node, path: path) { Pause(from: $0.day("from"), to: $0.optionalDay("to")) }
        }
        let from = section.day("from")
        let due = section.needed("expect").map { node in
            reading.section(node, path: section.path("expect")) { section in
                section.flag("stands-still") ? nil : section.day("due")
            }
        }
        return TermExample(subject: subject, from: from, pauses: pauses, isExtended: section.flag("extended"), due: due ?? nil)
    }

    private func route(_ section: PlanSection) -> RouteExample {
        let after = section.has("after") ? pair(section, "after") : nil
        let start = sent(section)
        let steps = section.list("steps") { node, path -> RouteExample.Taken? in
            if let text = node.scalar {
                guard let (step, choice) = pair(text, section, node, path) else { return nil }
                return RouteExample.Taken(step: step, choice: choice, form: .init(by: nil, answers: [:], lacks: [], day: nil))
            }
            return reading.section(node, path: path) { section in
                let (step, choice) = pair(section, "take")
                return RouteExample.Taken(step: step, choice: choice, form: sent(section))
            }
        }
        let words = ["outcome", "open", "refused"]
        let expected = section.needed("expect").map { node in
            reading.section(node, path: section.path("expect")) { section -> RouteExample.Expected in
                let given = words.filter(section.has)
                switch given.count == 1 ? given[0] : "" {
                case "outcome": return .outcome(section.string("outcome"))
                case "open": return .open(section.keys("open"))
                case "refused": return .refused(section.word("refused", else: Refusal.Code.required))
                default:
                    if section.node.isMap {
                        section.bad(
                            section.node, section.path,
                            nl: "hier hoort precies één van deze: \(words.joined(separator: ", "))",
                            en: "exactly one of these belongs here: \(words.joined(separator: ", "))",
                            hint: Localized(nl: "houd er één over, of schrijf er één bij", en: "keep one of them, or write one"))
                    }
                    return .open([])
                }
            }
        }
        return RouteExample(
            route: section.string("route"), after: after.map { .init(procedure: $0.0, outcome: $0.1) }, start: start,
            steps: steps, expected: expected ?? .open([]))
    }

    private func sent(_ section: PlanSection) -> RouteExample.Form {
        RouteExample.Form(
            by: section.optionalString("by"), answers: answers(section), lacks: section.keys("lacks"),
            day: section.optionalDay("day"))
    }

    /// Two keys with a dot between them.
    private func pair(_ section: PlanSection, _ key: String) -> (String, String) {
        guard let node = section.needed(key), let text = section.scalar(node, section.path(key)) else { return ("", "") }
        return pair(text, section, node, section.path(key)) ?? ("", "")
    }

    private func pair(_ text: String, _ section: PlanSection, _ node: PlanNode, _ path: String) -> (String, String)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            section.bad(
                node, path, nl: "hier horen twee sleutels met een punt ertussen",
                en: "two keys with a dot between them belong here")
            return nil
        }
        return (parts[0], parts[1])
    }
}
