/// Which values and lists of things belong to which thing of a plan, in the order in which they are read.
struct DraftOutline: Sendable {
    /// Paths of the values by the path of their thing; those of the plan itself by an empty one.
    private(set) var values: [String: [String]] = [:]
    /// Paths of the maps of things by the path of the thing that they stand in.
    private(set) var things: [String: [String]] = [:]
    /// Paths of the things that stand by themselves, and not in a map of things, by the path of the thing that they stand in.
    private(set) var parts: [String: [String]] = [:]
    /// The thing of each value.
    private(set) var owner: [String: String] = [:]

    init(_ shapes: PlanShapes) {
        for path in shapes.order {
            guard let shape = shapes.shapes[path], !Self.isKept(path) else { continue }
            var keys = PlanPath(path).keys
            let isPart = shape == .thing && shapes.shapes[PlanPath(keys.dropLast()).text] != .things
            guard shape == .things || isPart || !shape.holdsValues else { continue }
            var thing: String?
            var isInside = false
            while !keys.isEmpty {
                keys.removeLast()
                let around = PlanPath(keys).text
                guard let found = shapes.shapes[around] else { continue }
                // A language of a text, a clause of a condition: what holds them is the value.
                if !found.holdsValues { isInside = true }
                if found == .thing, thing == nil { thing = around }
            }
            if isInside { continue }
            if isPart {
                parts[thing ?? "", default: []].append(path)
            } else if shape == .things {
                things[thing ?? "", default: []].append(path)
            } else {
                values[thing ?? "", default: []].append(path)
                owner[path] = thing ?? ""
            }
        }
    }

    /// What every version gives for itself, what is not a part of the plan itself, and the table of contents of the source,
    /// whose keys are numbers of paragraphs with dots of their own.
    static func isKept(_ path: String) -> Bool {
        PlanAmendment.own.contains(path) || ["examples", "law", "paragraphs"].contains { path == $0 || path.hasPrefix("\($0).") }
    }
}
