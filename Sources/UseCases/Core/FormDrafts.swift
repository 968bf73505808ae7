import Domain
import Foundation
import Journal

/// A form that somebody may leave half done and go on with later.
package struct DraftForm: Hashable, Sendable {
    /// Names the form and what it is about; holds keys only, never a name.
    package let key: String
    /// What it is about: with that, the draft is forgotten as well.
    package let stream: StreamID

    private init(key: String, stream: StreamID) {
        self.key = key
        self.stream = stream
    }

    /// The form of a step of a running procedure.
    package static func step(_ step: String, of instance: InstanceID, in dossier: DossierID) -> DraftForm {
        DraftForm(key: "stap/\(instance)/\(step)", stream: Projection.stream(dossier))
    }

    /// The form that starts a procedure in a dossier.
    package static func start(_ procedure: String, in dossier: DossierID) -> DraftForm {
        DraftForm(key: "start/\(dossier)/\(procedure)", stream: Projection.stream(dossier))
    }

    /// The form that asks something about a child without naming it.
    package static func question(by person: PersonID) -> DraftForm {
        DraftForm(key: "vraag", stream: Projection.stream(person))
    }

    /// The form that opens a dossier: of a child that is not known yet, so it hangs on whoever types.
    package static func newDossier(by person: PersonID) -> DraftForm {
        DraftForm(key: "nieuw", stream: Projection.stream(person))
    }
}

/// A form that somebody began and did not send, by what it is about.
package struct BegunFormPlace: Hashable, Sendable {
    /// Which form it is.
    package enum Kind: Hashable, Sendable {
        case step(InstanceID, String, DossierID)
        case start(String, DossierID)
        case newDossier
    }

    package let kind: Kind
    package let updated: Instant

    /// Nil for a draft of a form that is not one of these.
    init?(_ draft: BegunDraft) {
        let parts = draft.form.split(separator: "/").map(String.init)
        updated = draft.updated
        switch (parts.first, parts.count, Projection.dossier(of: draft.stream)) {
        case ("stap", 3, let dossier?): kind = .step(InstanceID(parts[1]), parts[2], dossier)
        case ("start", 3, let dossier?): kind = .start(parts[2], dossier)
        case ("nieuw", 1, nil): kind = .newDossier
        default: return nil
        }
    }
}

/// What somebody typed in a form and did not send, and when.
package struct TypedForm: Hashable, Sendable {
    package let fields: [String: [String]]
    package let updated: Instant
}

extension Installation {
    /// Keeps what was typed in a form, in place of what was kept of it before; a form in which nothing stands is forgotten.
    ///
    /// - Throws: `VaultFault.tooLarge` beyond 1 MB.
    package func keep(_ fields: [String: [String]], typedIn form: DraftForm, by person: PersonID) async throws {
        guard fields.values.joined().contains(where: { !$0.trimmed.isEmpty }) else {
            return try await vault.drafts.discard(person: person, form: form.key)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try await vault.drafts.save(
            try encoder.encode(fields), person: person, form: form.key, stream: form.stream, at: clock.now())
    }

    /// What somebody typed in a form and did not send; nil if there is nothing, or nothing that can be read any more.
    package func typed(in form: DraftForm, by person: PersonID) async throws -> TypedForm? {
        guard let draft = try await vault.drafts.draft(person: person, form: form.key), draft.stream == form.stream,
            let fields = try? JSONDecoder().decode([String: [String]].self, from: draft.bytes)
        else { return nil }
        return TypedForm(fields: fields, updated: draft.updated)
    }

    /// The forms that somebody began and did not send, the last one first.
    package func begunForms(by person: PersonID, limit: Int) async throws -> [BegunFormPlace] {
        Array(try await vault.drafts.begun(by: person).compactMap { BegunFormPlace($0) }.prefix(limit))
    }

    /// Forgets what was typed, because it was sent or its writer begins anew.
    package func forget(typedIn form: DraftForm, by person: PersonID) async throws {
        try await vault.drafts.discard(person: person, form: form.key)
    }
}
