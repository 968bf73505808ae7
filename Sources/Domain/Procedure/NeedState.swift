/// One thing that must be there, whether it is, and what exactly lacks.
package struct NeedState: Sendable, Hashable {
    /// What lacks, by key.
    package enum Lack: Sendable, Hashable {
        /// These guardians have not agreed (or refused, or withdrew).
        case agreements([GuardianID])
        /// The child, which is old enough to decide itself, has not agreed (or refused, or withdrew).
        case childAgreement
        /// There is no guardian with authority in the dossier.
        case noGuardian
        /// These fields are empty.
        case fields([String])
        /// Nothing was written since this day.
        case stale(Day)
        /// No document of this kind.
        case evidence(String)
        /// No version was locked yet, so there is nothing to sign.
        case noVersion
        /// These guardians have not signed the last version.
        case signatures([GuardianID])
    }

    package let need: Need
    /// Nil when it is there.
    package let lack: Lack?

    package var isMet: Bool { lack == nil }
}

extension Dossier {
    /// How it stands with each need that applies now.
    package func states(of needs: [Need], _ rules: PlanRules, facts: Facts, on day: Day) -> [NeedState] {
        needs.filter { $0.when.holds(for: facts) }.map { NeedState(need: $0, lack: lack(for: $0, rules, facts, day)) }
    }

    private func lack(for need: Need, _ rules: PlanRules, _ facts: Facts, _ day: Day) -> NeedState.Lack? {
        switch need.kind {
        case .agreement(let purpose):
            guard !authorities.isEmpty else { return .noGuardian }
            let lacking = authorities.filter { agreement(of: $0.id, on: purpose)?.word != .given }.map(\.id)
            if !lacking.isEmpty { return .agreements(lacking) }
            return lacksChild(for: purpose) ? .childAgreement : nil
        case .groeidocument(let parts, let notOlderThan):
            let empty = parts.flatMap { emptyFields(ofPart: $0, rules, facts) }
            if !empty.isEmpty { return .fields(empty) }
            guard let notOlderThan else { return nil }
            let fields = parts.flatMap { rules.part($0)?.fields ?? [] }
            guard let youngest = fields.compactMap({ known[$0]?.at.day }).max() else { return .fields(fields) }
            return youngest < notOlderThan.before(day) ? .stale(youngest) : nil
        case .field(let field):
            return facts[field].map { !$0.isEmpty } == true ? nil : .fields([field])
        case .evidence(let kind):
            return documentsInSight.contains { $0.kind == kind } ? nil : .evidence(kind)
        case .signature:
            guard let version = versions.last else { return .noVersion }
            guard !authorities.isEmpty else { return .noGuardian }
            let signed = Set(version.signatures.compactMap(\.guardian))
            let lacking = authorities.map(\.id).filter { !signed.contains($0) }
            return lacking.isEmpty ? nil : .signatures(lacking)
        }
    }

    /// The required fields of a part that are still empty.
    package func emptyFields(ofPart part: String, _ rules: PlanRules, _ facts: Facts) -> [String] {
        (rules.part(part)?.fields ?? []).filter { id in
            guard let field = rules.fields[id], field.required, field.when.holds(for: facts) else { return false }
            return (facts[id]?.isEmpty ?? true) && (known[id]?.answer.isEmpty ?? true)
        }
    }
}
