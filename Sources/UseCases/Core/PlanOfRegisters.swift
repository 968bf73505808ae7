import Domain
import Journal

// The registers hold the openings that the plan made on the day of a dossier's last change. A plan that takes sight away
// counts from its first day: so whatever is read from the registers is held to the plan in force today, and the registers
// follow it soon after.

extension Installation {
    /// The names under which somebody may find something in lists: of functions that see the child by the plan in force.
    func principals(of actor: Actor) -> [String] {
        let rules = rules
        return actor.principals.filter { principal in
            if principal.askedIn != nil { return rules.askedIn.contains { $0.parts.contains(.child) } }
            return rules.rule(of: principal.rawValue)?.reads.contains(.child) == true
        }.map(\.rawValue)
    }

    /// Fills the registers anew when they were made by a plan that gives other people sight than the one in force.
    ///
    /// - Returns: whether they were.
    package func followPlan(_ upkeep: any JournalUpkeep & PlanMark) async throws -> Bool {
        let inForce = rules.registersText
        let made = try await upkeep.planOfRegisters()
        guard made != inForce else { return false }
        // Nobody wrote down by which plan: where all give the same sight it makes no difference.
        let isNew = made == nil && shelf.versions.allSatisfy { $0.registersText == inForce }
        if !isNew {
            let today = today
            let shelf = shelf
            try await upkeep.rebuild { try Projection.rows($0, $1, shelf, on: today) }
        }
        try await upkeep.setPlanOfRegisters(inForce)
        return !isNew
    }

    /// Writes down that the registers are made by the plan in force, by who wrote them as `Projection.rows` has them today.
    package func registersFollow(_ mark: any PlanMark) async throws {
        try await mark.setPlanOfRegisters(rules.registersText)
    }
}

extension PlanRules {
    /// The function that a name of an opening is of; nil for one that this plan does not know.
    func rule(of principal: String) -> FunctionRule? { function(Principal(principal).function) }

    /// The parts of an opening as this plan still gives them; none when it gives no sight on that ground any more.
    func parts(of opening: OpeningRow) -> Set<DossierPart> {
        if let kind = opening.askedIn {
            let parts = opening.parts.split(separator: ",").compactMap { DossierPart(rawValue: String($0)) }
            return askedIn(kind)?.parts.intersection(parts) ?? []
        }
        guard let rule = rule(of: opening.principal), let ground = Opening.Ground(rawValue: opening.ground),
            rule.sight.contains(where: { $0.gives(ground) })
        else { return [] }
        let parts = opening.parts.split(separator: ",").compactMap { DossierPart(rawValue: String($0)) }
        return rule.reads.intersection(parts)
    }

    /// Everything in the plan that registers are made of beside what happened.
    var registersText: String { sightText + retentionText }

    /// Everything in the plan that openings are made of, as one text: two plans with the same text give the same people
    /// the same sight.
    var sightText: String {
        functions.map { rule in
            let reads = rule.reads.map(\.rawValue).sorted().joined(separator: ",")
            return "\(rule.id) \(rule.place.rawValue) \(rule.sight.map(\.text).joined(separator: "+")) \(reads)"
        }.joined(separator: "\n")
            + askedIn.map { "\n\($0.function) \($0.parts.map(\.rawValue).sorted().joined(separator: ","))" }.joined()
    }
}

/// The parts of many openings of one person: nearly all of a page are alike, and reading the parts of one takes longer than
/// finding it.
struct SightOfOpenings {
    private struct Kind: Hashable {
        let principal: String
        let ground: String
        let parts: String
    }

    private let rules: PlanRules
    private var known: [Kind: Set<DossierPart>] = [:]

    init(_ rules: PlanRules) { self.rules = rules }

    /// See `PlanRules.parts`.
    mutating func parts(of opening: OpeningRow) -> Set<DossierPart> {
        let kind = Kind(principal: opening.principal, ground: opening.ground, parts: opening.parts)
        if let parts = known[kind] { return parts }
        let parts = rules.parts(of: opening)
        known[kind] = parts
        return parts
    }
}

extension Opening {
    /// The ground as registers hold it: of somebody asked in with the kind, because the name of the opening does not tell it.
    var registered: String { ground == .invited ? function : ground.rawValue }
}

extension OpeningRow {
    /// The kind of somebody asked in; nil for every other opening.
    var askedIn: String? { AskedInRule.kind(ofFunction: ground) }

    /// Through what it is open, as the read log has it.
    var function: String { askedIn == nil ? Principal(principal).function : ground }

    /// What for, as the read log has it.
    var purpose: String {
        if ground == Opening.Ground.family.rawValue { return "family" }
        if askedIn != nil { return "asked-in" }
        let isOver = until != nil && ground != Opening.Ground.left.rawValue
        return isOver ? ReadEntry.afterwards : "function"
    }
}

extension FunctionRule.Sight {
    /// Whether this way to see a dossier makes openings on the ground.
    fileprivate func gives(_ ground: Opening.Ground) -> Bool {
        switch self {
        case .always: ground == .function || ground == .family
        case .named: ground == .named
        // At the school that the child left it lasts a while, where the plan says so.
        case .during(_, let afterwards): ground == .procedure || (ground == .left && afterwards != nil)
        case .acting(let afterwards): ground == .asked || (ground == .left && afterwards != nil)
        case .left: ground == .left
        }
    }

    fileprivate var text: String {
        switch self {
        case .always: "always"
        case .named: "named"
        case .during(let procedures, let afterwards):
            "during(\(procedures.joined(separator: ",")) \(afterwards?.description ?? "-"))"
        case .acting(let afterwards): "acting(\(afterwards?.description ?? "-"))"
        case .left(let afterwards): "left(\(afterwards))"
        }
    }
}
