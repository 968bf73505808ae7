import Domain
import Foundation
import Journal

extension Installation {
    /// Largest document, in bytes: 25 MB, enough for a scanned report and small enough to seal in memory.
    package static let largestDocument = DocumentLimits.standard.bytes

    /// Adds a document: recognised by its content, kept sealed, and only then spoken of in the journal.
    ///
    /// - Parameter document: the key that it gets; one that was added with it already is added no second time.
    /// - Throws: `NotFound`, `DocumentRefusal` with what is wrong with the file, or `Refused`.
    package func addDocument(
        _ contents: Data, name: String, kind: String, to id: DossierID, document key: DocumentID? = nil, as actor: Actor
    ) async throws -> Dossier {
        let seen = try await glance(id, as: actor)
        guard seen.sight.may(.addDocument) else { throw Refused(.notAllowed) }
        guard seen.rules.evidence.contains(where: { $0.id == kind }) else { throw Refused(.notAnOption, field: "kind") }
        let format = try DocumentFormat.recognise([UInt8](contents), name: name)
        let now = clock.now()
        let blob = try await vault.blobs.store(contents, for: Projection.stream(id), at: now)
        let document = DossierDocument(
            id: key ?? DocumentID(chance.key()), name: FileName.cleaned(name, as: format), kind: kind, format: format.rawValue,
            size: blob.size, digest: blob.sha256, blob: blob.id, by: actor.person, at: now)
        // Should this fail, the contents are an orphan that the sweep finds: nothing speaks of them.
        return try await perform(.addDocument(document), on: id, as: actor)
    }

    /// A document with its contents, for a person who may see the dossier's documents; the download is logged.
    ///
    /// - Throws: `NotFound` also for a document that was withdrawn.
    package func document(
        _ document: DocumentID, of id: DossierID, as actor: Actor, kind: ReadEntry.Kind = .document
    ) async throws -> (document: DossierDocument, contents: Data) {
        let seen = try await see(id, [.documents], as: actor, kind: kind)
        guard let found = seen.dossier.documentsInSight.first(where: { $0.id == document }) else { throw NotFound() }
        return (found, try await contents(of: found, in: id))
    }

    /// What a document holds; whoever asks has seen to it that it may be read, and that it is logged.
    func contents(of document: DossierDocument, in id: DossierID) async throws -> Data {
        try await vault.blobs.read(
            BlobReference(id: document.blob, sha256: document.digest, size: document.size), of: Projection.stream(id))
    }
}
