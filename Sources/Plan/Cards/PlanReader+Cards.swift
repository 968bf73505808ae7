import Domain

extension PlanReader {
    /// Keys of `expect` under which several things are told, each of its own.
    private static let collections = ["steps", "clocks", "outcomes", "while"]

    /// What a card tells, below the situation that was read already.
    func card(_ subject: PlanCard.Subject, _ section: PlanSection) -> PlanCard {
        var things: [String] = []
        var lines: [PlanCard.Line] = []
        guard let node = section.needed("expect") else { return PlanCard(subject: subject, things: [], lines: []) }
        let path = section.path("expect")
        guard node.isMap else {
            reading.expected(node, path, nl: "‘sleutel: waarde’", en: "‘key: value’")
            return PlanCard(subject: subject, things: [], lines: [])
        }
        for entry in node.entries {
            guard Self.collections.contains(entry.key) else {
                things.append(entry.key)
                gather(entry.value, entry.key, [], &lines)
                continue
            }
            for inner in entry.value.entries {
                things.append("\(entry.key).\(inner.key)")
                gather(inner.value, "\(entry.key).\(inner.key)", [], &lines)
            }
        }
        return PlanCard(subject: subject, things: things, lines: lines)
    }

    /// Every value below a thing with the keys that lead to it; of a list each item.
    private func gather(_ node: PlanNode, _ thing: String, _ keys: [String], _ lines: inout [PlanCard.Line]) {
        switch node.content {
        case .scalar(let text): lines.append(PlanCard.Line(thing, keys.joined(separator: "."), text))
        case .list(let nodes): for node in nodes { gather(node, thing, keys, &lines) }
        case .map(let entries): for entry in entries { gather(entry.value, thing, keys + [entry.key], &lines) }
        case .removed, .empty, .unread: break
        }
    }

    func sight(_ section: PlanSection) -> PlanCard {
        card(
            .sight(
                SightCase(
                    named: section.keys("named"), ended: section.optionalPeriod("ended"), left: section.optionalPeriod("left"))),
            section)
    }

    func tasks(_ section: PlanSection) -> PlanCard {
        card(
            .tasks(TasksCase(route: section.string("route"), day: section.day("day"), answers: answers(section))), section)
    }

    func form(_ section: PlanSection) -> PlanCard {
        card(.form(FormCase(part: section.optionalString("part"), answers: answers(section))), section)
    }
}
