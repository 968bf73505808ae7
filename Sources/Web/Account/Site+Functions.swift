import Domain
import Journal
import UseCases

/// Where people hold their functions, and for whom: told alike wherever it is told.
extension Site {
    /// The name of a place; of the partnership in short, or whole.
    func place(_ organisation: OrganisationID, inShort: Bool = false) async throws -> String {
        let partnership = installation.rules.partnership
        guard organisation != .partnership else { return inShort ? partnership.shortName : partnership.name }
        return try await installation.names.organisation(organisation)?.name ?? ""
    }

    /// For whom somebody stands in, or who stands in for them, each as a sentence.
    func standingIn(_ person: PersonID, _ held: HeldFunction, _ words: Words) async throws -> [String] {
        if let absent = held.replaces {
            return [words.texts("replacing.holding", ["absent": try await name(of: absent, words)])]
        }
        var lines: [String] = []
        for row in try await installation.standIns(for: person, in: held) {
            lines.append(
                words.texts(
                    "replacing.by",
                    [
                        "name": try await name(of: row.person, words),
                        "period": row.until.map { words.format.period(row.from, $0) } ?? "",
                    ]))
        }
        return lines
    }

    private func name(of person: PersonID, _ words: Words) async throws -> String {
        try await installation.names.people([person])[person] ?? words.texts("somebody")
    }
}
