import Domain
import Journal

/// A dossier whose term is over, or whose destruction is under way: without a word of what is in it.
package struct KeptDossier: Sendable {
    package let dossier: DossierID
    package let school: OrganisationID?
    package let retention: Retention
    package let keeping: Keeping
    /// How many guardians have no address for mail: they hear of a destruction by letter.
    package let guardiansWithoutMail: Int
}

/// What is to be destroyed, as those see it who see to it.
package struct RetentionList: Sendable {
    /// Announced or agreed to.
    package let underWay: [KeptDossier]
    /// The term is over and nothing was announced.
    package let over: [KeptDossier]
    /// Whether there are more of those.
    package let isMore: Bool
    package let statements: [DestructionStatement]
}

extension Installation {
    /// How many dossiers the list shows of each kind.
    private static let mostListed = 50

    /// The dossiers whose term is over, with how far they are: for those that announce destructions or agree to them.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func retentionList(as actor: Actor) async throws -> RetentionList {
        guard let rule = rules.retention, rule.mayList(actor, on: today) else { throw NotFound() }
        var over: [DossierID] = []
        var last: RetentionKey?
        // What was announced is shown apart, so a page can take more than one look.
        repeat {
            let page = try await registers.retentionOver(before: today, after: last, limit: Self.mostListed + 1)
            over += page.filter { $0.stage == .none }.map(\.dossier)
            last =
                page.count > Self.mostListed
                ? page.last.flatMap { row in row.keptUntil.map { RetentionKey(keptUntil: $0, dossier: row.dossier) } } : nil
        } while over.count <= Self.mostListed && last != nil
        let rows = try await registers.retention(.announced) + registers.retention(.agreed)
        return RetentionList(
            underWay: try await kept(rows.map(\.dossier)), over: try await kept(Array(over.prefix(Self.mostListed))),
            isMore: over.count > Self.mostListed, statements: try await statements())
    }

    private func kept(_ ids: [DossierID]) async throws -> [KeptDossier] {
        var found: [KeptDossier] = []
        for id in ids {
            do {
                let dossier = try await folded(id)
                guard let retention = dossier.retention(shelf, on: today), !dossier.keeping.isBegun else { continue }
                found.append(
                    KeptDossier(
                        dossier: id, school: dossier.school, retention: retention, keeping: dossier.keeping,
                        guardiansWithoutMail: dossier.guardians.count { $0.email == nil }))
            } catch is NotFound {
                // Destroyed since the list was read.
            }
        }
        return found
    }

    /// One dossier of the list, for a form about it.
    ///
    /// - Throws: `NotFound` for whoever does not go through the list, or when there is no such dossier.
    package func keptDossier(_ id: DossierID, as actor: Actor) async throws -> KeptDossier {
        guard let rule = rules.retention, rule.mayList(actor, on: today), let found = try await kept([id]).first else {
            throw NotFound()
        }
        return found
    }

    /// The statements of what was destroyed, the last one first.
    private func statements() async throws -> [DestructionStatement] {
        var found: [DestructionStatement] = []
        for stream in try await journal.streams(prefix: "destruction-", after: nil, limit: 1_000) {
            for event in try await journal.read(stream) {
                found.append(try DestructionStatement(name: event.type, payload: event.payload))
            }
        }
        return found.sorted { $0.on > $1.on }
    }

    /// Announces that a dossier will be destroyed.
    ///
    /// - Returns: the dossier, and whether it was not announced before: then family and school are to be told.
    /// - Throws: `NotFound`, or `Refused` when it must still be kept.
    package func announceDestruction(_ id: DossierID, as actor: Actor) async throws -> (dossier: Dossier, isNew: Bool) {
        let before = try await keptDossier(id, as: actor)
        return (try await perform(.retention(.announce), on: id, as: actor), before.keeping.announced == nil)
    }
}
