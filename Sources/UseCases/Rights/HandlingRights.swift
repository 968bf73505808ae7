import Domain
import Foundation
import Journal

/// A request of a family, for whoever handles it.
package struct HandledRequest: Sendable {
    package let dossier: Dossier
    package let request: RightsRequest
    package let rule: RightsRule

    /// Who asked, as the dossier knows them.
    package var guardian: Guardian? { dossier.guardian(request.asked.guardian) }

    /// The copy to print and hand over to a guardian who has no account to fetch it with, while it can be fetched.
    package func copyToHandOver(on day: Day) -> RightsRequest.Copy? {
        guard dossier.isAnsweredOnPaper(request), dossier.stillHasAuthority(request), let copy = request.decided?.what.copy,
            day <= copy.until
        else { return nil }
        return copy
    }
}

extension Installation {
    /// How many requests a list shows.
    private static let mostRequests = 100

    /// Whether somebody handles requests of families anywhere.
    package func handlesRights(_ actor: Actor) -> Bool { schoolsOfRights(actor)?.isEmpty != true }

    /// Of which schools somebody handles requests: nil for all of them.
    private func schoolsOfRights(_ actor: Actor) -> [OrganisationID]? {
        guard let rule = rules.rights else { return [] }
        return rule.schools(of: actor, rules, on: today)
    }

    /// What families asked and waits for this person, what is due first on top; nothing of what is in a dossier.
    ///
    /// - Throws: `NotFound` for whoever handles none.
    package func rightsWaiting(for actor: Actor) async throws -> [RightsRow] {
        guard handlesRights(actor) else { throw NotFound() }
        return try await registers.rights(at: schoolsOfRights(actor), limit: Self.mostRequests)
    }

    /// One request, for whoever handles it; written in the read log, because the family's words are about the child.
    ///
    /// - Throws: `NotFound` for everybody else.
    package func handled(
        _ request: RightsRequestID, of id: DossierID, as actor: Actor, kind: ReadEntry.Kind = .page
    ) async throws -> HandledRequest {
        let found = try await glance(request, of: id, as: actor)
        try await log(found, found.request.isRunning ? found.request.parts : [.child], kind, as: actor)
        return found
    }

    private func log(
        _ handled: HandledRequest, _ parts: Set<DossierPart>, _ kind: ReadEntry.Kind, as actor: Actor
    ) async throws {
        let functions = actor.functions.filter { handled.rule.handledBy.contains($0.function) }.map(\.function)
        try await vault.reads.log(
            ReadEntry(
                dossier: handled.dossier.id, person: actor.person, function: functions.first ?? "", purpose: ReadEntry.rights,
                parts: parts, kind: kind, at: clock.now()))
    }

    /// The same before something is done, when nothing of it is shown.
    package func glance(_ request: RightsRequestID, of id: DossierID, as actor: Actor) async throws -> HandledRequest {
        // Whoever handles none learns nothing of whether there is a dossier, not even by the time that it takes.
        guard handlesRights(actor) else { throw NotFound() }
        let dossier = try await load(id)
        guard dossier.exists, !dossier.keeping.isBegun, let rule = rules.rights,
            rule.isHandledBy(actor, at: dossier.school, rules, on: today), let request = dossier.request(request),
            // Nobody handles what their own family asks, nor reads it that way.
            request.withdrawn == nil, !dossier.isGuardian(actor.person)
        else { throw NotFound() }
        return HandledRequest(dossier: dossier, request: request, rule: rule)
    }

    /// Whether somebody wrote down just now, in these words, that a guardian takes a request back; of what is not theirs to handle no.
    package func tookBack(
        _ request: RightsRequestID, of id: DossierID, saying words: String, as actor: Actor
    ) async throws -> Bool {
        guard handlesRights(actor) else { return false }
        let dossier = try await load(id)
        guard dossier.exists, !dossier.keeping.isBegun, let rule = rules.rights,
            rule.isHandledBy(actor, at: dossier.school, rules, on: today), let request = dossier.request(request)
        else { return false }
        return request.withdrawn != nil && request.added.last?.by == actor.person && request.added.last?.what.words == words
    }

    // MARK: The copy

    /// Keeps a copy, sealed with the key of the dossier, before the event that speaks of it.
    package func keepCopy(_ contents: Data, of id: DossierID) async throws -> RightsRequest.Copy {
        let blob = try await vault.blobs.store(contents, for: Projection.stream(id), at: clock.now())
        return RightsRequest.Copy(
            blob: blob.id, digest: blob.sha256, size: blob.size, until: today.adding(days: RightsRequest.Copy.days))
    }

    /// The copy of a request, for the family member who asked it, while it can be fetched; written in the read log.
    ///
    /// - Throws: `NotFound` for everybody else, afterwards, and for whoever has no authority any more.
    package func copy(of request: RightsRequestID, in id: DossierID, as actor: Actor) async throws -> Data {
        let seen = try await glance(id, as: actor)
        guard seen.sight.isFamily, let request = seen.dossier.request(request),
            seen.dossier.asker(of: request) == actor.person, let copy = request.decided?.what.copy, today <= copy.until,
            seen.dossier.stillHasAuthority(request)
        else { throw NotFound() }
        _ = try await see(id, seen.sight.parts, as: actor, kind: .export)
        return try await contents(copy, of: id)
    }

    /// The copy of a request for whoever handles it, to hand over to a guardian without an account; written in the read log.
    ///
    /// - Throws: `NotFound` for everybody else, once the guardian has an account, and when it can be fetched no more.
    package func copyToHandOver(of request: RightsRequestID, in id: DossierID, as actor: Actor) async throws -> Data {
        let found = try await glance(request, of: id, as: actor)
        guard let copy = found.copyToHandOver(on: today) else { throw NotFound() }
        try await log(found, found.request.parts, .export, as: actor)
        return try await contents(copy, of: id)
    }

    private func contents(_ copy: RightsRequest.Copy, of id: DossierID) async throws -> Data {
        try await vault.blobs.read(
            BlobReference(id: copy.blob, sha256: copy.digest, size: copy.size), of: Projection.stream(id))
    }

    /// Answers a request by a decision that was made on the dossier as it stood at a version: with its copy nothing goes along
    /// that whoever decided has not seen, and nothing comes back that they left out.
    ///
    /// - Throws: `Refused`, `changedSinceSeen` when something happened since; `NotFound`; or the journal's fault.
    package func answer(
        _ decided: RightsRequest.Decided, in id: DossierID, basedOn version: Int, as actor: Actor
    ) async throws -> Dossier {
        try await perform(on: id, as: actor) { dossier in
            if decided.copy != nil, dossier.version != version { throw Refused(.changedSinceSeen) }
            return .rights(.decide(decided))
        }
    }
}
