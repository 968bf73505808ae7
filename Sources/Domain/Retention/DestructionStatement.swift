import Foundation

/// What stays after dossiers were destroyed: when, how many, on what ground and who saw to it, and no word about a child.
package struct DestructionStatement: Hashable, Sendable, Codable {
    /// How many things of one kind there were, so that figures stay what they were.
    package struct Remain: Hashable, Sendable, Codable {
        /// What is counted.
        package enum Kind: String, Hashable, Sendable, Codable {
            case dossier, procedure, decision
        }

        package let kind: Kind
        /// The route, or route and outcome; empty for dossiers.
        package let what: String
        /// The state in which it stood in the registers.
        package let state: String
        /// The first calendar year of the school year in which it ended.
        package let year: Int?
        package let count: Int

        package init(kind: Kind, what: String, state: String, year: Int?, count: Int) {
            self.kind = kind
            self.what = what
            self.state = state
            self.year = year
            self.count = count
        }
    }

    package let on: Day
    /// How many dossiers, with how many events and documents in them.
    package let dossiers: Int
    package let events: Int
    package let documents: Int
    /// How many accounts and names of family went with them.
    package let people: Int
    /// The articles that say how long.
    package let grounds: [String]
    package let announcedBy: [PersonID]
    package let agreedBy: [PersonID]
    package let remains: [Remain]

    package init(
        on: Day, dossiers: Int, events: Int, documents: Int, people: Int, grounds: [String], announcedBy: [PersonID],
        agreedBy: [PersonID], remains: [Remain]
    ) {
        self.on = on
        self.dossiers = dossiers
        self.events = events
        self.documents = documents
        self.people = people
        self.grounds = grounds
        self.announcedBy = announcedBy
        self.agreedBy = agreedBy
        self.remains = remains
    }

    /// The stored name of the only event of its stream.
    package static let name = "dossiers.destroyed.v1"

    /// The payload as stored.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads a stored statement.
    ///
    /// - Throws: `UnknownEvent` for another name, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        guard name == Self.name else { throw UnknownEvent(name: name) }
        self = try JSONDecoder().decode(Self.self, from: payload)
    }
}

extension DestructionStatement.Remain {
    /// Everything in dossiers that figures are kept of, counted and in a fixed order.
    package static func counted(_ dossiers: [Dossier]) -> [Self] {
        struct Kept: Hashable {
            let kind: Kind
            let what: String
            let state: String
            let year: Int?
        }
        func year(_ day: Day?) -> Int? { day.map { SchoolYear(containing: $0).startingYear } }
        var counts: [Kept: Int] = [:]
        for dossier in dossiers where dossier.exists {
            counts[Kept(kind: .dossier, what: "", state: dossier.state, year: nil), default: 0] += 1
            for procedure in dossier.procedures {
                counts[
                    Kept(kind: .procedure, what: procedure.rule, state: procedure.state, year: year(procedure.ended?.at.day)),
                    default: 0] += 1
            }
            for decision in dossier.decisions {
                let route = dossier.procedure(decision.instance)?.rule ?? ""
                let what = "\(route).\(decision.outcome)"
                counts[Kept(kind: .decision, what: what, state: "", year: year(decision.end)), default: 0] += 1
            }
        }
        return counts.map {
            Self(kind: $0.key.kind, what: $0.key.what, state: $0.key.state, year: $0.key.year, count: $0.value)
        }.sorted {
            ($0.kind.rawValue, $0.what, $0.state, $0.year ?? 0) < ($1.kind.rawValue, $1.what, $1.state, $1.year ?? 0)
        }
    }
}

extension Dossier {
    /// Where the dossier stands as lists show it: the route that runs, else the last one.
    package var state: String { procedures.last(where: \.isRunning)?.rule ?? procedures.last?.rule ?? "" }
}

extension Procedure {
    /// Its open steps, as lists show them.
    package var state: String { open.map(\.step).joined(separator: ",") }
}
