import Domain
import Foundation
import Journal

// A dossier between two partnerships: what somebody asked in reads, sealed for theirs and signed by ours.

extension SeenDossier {
    /// Whether what this person reads can be handed over now, by whoever looks.
    package func handsOver(_ one: AskedIn) -> Bool {
        guard one.isOpen(on: today), let rule = rules.askedIn(one.asked.kind) else { return false }
        return rule.handsOver && sight.mayAskIn(rule)
    }
}

extension Installation {
    /// The partnerships to which something can be handed over, in the order of their names; none where nothing is set up for it.
    package func partners() throws -> [TransferCard] { try transfers?.partners() ?? [] }

    /// Makes a package of what somebody asked in reads today, for a partnership that is known; written in the dossier, and in
    /// the read log as an export.
    ///
    /// - Parameters:
    ///   - card: the fingerprint of the other's card.
    ///   - copy: what the parts say, as a copy.
    /// - Returns: the package, and the dossier when it was made now.
    /// - Throws: `NotFound`, `Refused`, `TransferFault`, or the journal's fault.
    package func handOver(
        _ id: AskedInID, to card: String, of dossier: DossierID, as actor: Actor,
        copy: @Sendable (SeenDossier, Set<DossierPart>) async throws -> Data
    ) async throws -> (package: Data, dossier: Dossier) {
        let seen = try await glance(dossier, as: actor)
        guard seen.sight.sees(.agreements), let one = seen.dossier.askedIn(id), let rule = seen.rules.askedIn(one.asked.kind),
            let child = seen.dossier.child, let transfers
        else { throw NotFound() }
        guard let partner = try transfers.partners().first(where: { $0.fingerprint == card }) else {
            throw Refused(card.isEmpty ? .required : .notAnOption, field: "partner")
        }
        // Whoever runs the system makes the key; here it can only be said that it is missing.
        guard let key = try? transfers.key() else { throw Refused(.noTransferKey, field: "partner") }
        let parts = seen.dossier.parts(of: one, rule, on: seen.today)
        func command(_ digest: String) -> DossierCommand {
            .handOver(.init(id: id, to: partner.name, card: card, parts: parts, digest: digest))
        }
        // Nothing is put together of what may not go.
        let reasons = refusals(of: command(""), in: seen)
        guard reasons.isEmpty else { throw Refused(reasons) }
        let documents = parts.contains(.documents) ? seen.dossier.documentsInSight : []
        guard documents.reduce(0, { $0 + $1.size }) <= Self.largestHandedOver else {
            throw Refused(.tooMuchToHandOver, field: "partner")
        }
        let contents = TransferContents(
            child: .init(child),
            guardians: parts.contains(.family)
                ? seen.dossier.guardians.map { .init(name: $0.name, relation: $0.relation, authority: $0.authority) } : [],
            purpose: one.asked.purpose, agreement: one.asked.agreement, parts: parts, copy: try await copy(seen, parts),
            documents: try await contents(of: documents, in: dossier))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let package = try key.package(try encoder.encode(contents), for: partner, made: clock.now())
        _ = try await see(dossier, parts, as: actor, kind: .export)
        let changed = try await perform(command(BlobReference.fresh(package).sha256), on: dossier, as: actor)
        return (package, changed)
    }

    /// In bytes: so much of documents that the whole, written as text, can be taken in on the other side.
    private static let largestHandedOver = largestDocument * 7 / 10

    private func contents(
        of documents: [DossierDocument], in dossier: DossierID
    ) async throws -> [TransferContents.Document] {
        var read: [TransferContents.Document] = []
        for document in documents {
            read.append(.init(name: document.name, bytes: try await contents(of: document, in: dossier)))
        }
        return read
    }
}

// MARK: On the other side

/// A package that was opened.
package struct ReceivedTransfer: Sendable {
    /// The name of the partnership that sent it, as it stands on the card that is kept here.
    package let from: String
    package let made: Instant
    package let contents: TransferContents
}

extension Installation {
    /// Opens a package of a partnership that is known here.
    ///
    /// - Throws: `TransferFault`, or `JournalFault` when the key cannot be read.
    package func open(_ package: Data) throws -> ReceivedTransfer {
        guard let transfers else { throw TransferFault.unknownSender }
        let opened = try transfers.key().open(package, knowing: try transfers.partners())
        guard let contents = try? JSONDecoder().decode(TransferContents.self, from: opened.contents) else {
            throw TransferFault.unreadable
        }
        return ReceivedTransfer(from: opened.from.name, made: opened.made, contents: contents)
    }

    /// Keeps a package, sealed, for a dossier that is about to be opened; when none is within the hour it is gone.
    ///
    /// - Returns: by what it is found again.
    package func keep(_ package: Data, for dossier: DossierID) async throws -> BlobReference {
        try await vault.blobs.store(package, for: Projection.stream(dossier), at: clock.now())
    }

    /// The package that was kept for a dossier.
    ///
    /// - Throws: `NotFound` when it is gone, or was kept for another.
    package func keptPackage(_ reference: BlobReference, for dossier: DossierID) async throws -> Data {
        do {
            return try await vault.blobs.read(reference, of: Projection.stream(dossier))
        } catch {
            throw NotFound()
        }
    }

    /// Adds what came with a package to a dossier of the same child: the copy, and each document.
    ///
    /// - Parameters:
    ///   - copy: the copy as a file, with its name.
    ///   - kind: key of the kind of document that they are here.
    ///   - key: from which the keys of the documents follow, so that a second press adds nothing.
    /// - Returns: how many were not taken, because files of their kind are not.
    /// - Throws: `NotFound`, `Refused`: `anotherChild`, `notAllowed`, `notAnOption`.
    package func takeIn(
        _ received: ReceivedTransfer, copy: TransferContents.Document, kind: String, into dossier: DossierID, key: String,
        as actor: Actor
    ) async throws -> Int {
        let seen = try await glance(dossier, as: actor)
        guard seen.sight.sees(.documents), let child = seen.dossier.child else { throw NotFound() }
        guard received.contents.child.isSame(as: child) else { throw Refused(.anotherChild, field: "file") }
        var refused = 0
        for (number, document) in ([copy] + received.contents.documents).enumerated() {
            let id = DocumentID(self.key(of: "\(key)/\(number)", for: "transfer/\(dossier)", by: actor.person))
            guard !seen.dossier.documents.contains(where: { $0.id == id }) else { continue }
            do {
                _ = try await addDocument(
                    document.bytes, name: document.name, kind: kind, to: dossier, document: id, as: actor)
            } catch is DocumentRefusal {
                refused += 1
            }
        }
        return refused
    }
}
