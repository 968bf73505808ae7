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

    /// Announces that a dossier will be destroyed, and tells family and school by mail that something waits for them.
    ///
    /// - Returns: how many could not be told by mail.
    /// - Throws: `NotFound`, or `Refused` when it must still be kept.
    package func announceDestruction(_ id: DossierID, as actor: Actor, post: (any Post)?) async throws -> Int {
        let before = try await keptDossier(id, as: actor)
        let dossier = try await perform(.retention(.announce), on: id, as: actor)
        guard before.keeping.announced == nil, let post else { return 0 }
        var untold = 0
        for address in try await addresses(dossier) {
            do { try await post.send(mail(to: address)) } catch is PostUnavailable { untold += 1 }
        }
        return untold
    }

    /// Guardians with an address, and those of the school that may stop a destruction.
    private func addresses(_ dossier: Dossier) async throws -> [String] {
        var found = Set(dossier.guardians.compactMap(\.email))
        for function in rules.retention?.stops ?? [] {
            guard let school = dossier.school, rules.function(function)?.place == .school else { continue }
            for held in try await registers.functions(at: school, function: function, on: today) {
                if let email = try await registers.person(held.person)?.email { found.insert(email) }
            }
        }
        return found.sorted()
    }

    private func mail(to address: String) -> OutgoingMail {
        OutgoingMail(
            to: address, subject: "Een dossier wordt vernietigd",
            text: """
                Een dossier waar u bij hoort, is oud genoeg om te worden vernietigd. Dat moet van de wet.
                In dit bericht staat niet om wie het gaat. Meld u aan bij \(rules.partnership.shortName) om het te lezen, of vraag het
                aan de school. Wilt u dat het nog niet gebeurt? Dan kunt u daar zeggen waarom.

                A dossier that you belong to is old enough to be destroyed. The law asks that.
                This message does not say whom it is about. Sign in at \(rules.partnership.shortName) to read it, or ask the school.
                Do you want it not to happen yet? There you can say why.
                """)
    }
}
