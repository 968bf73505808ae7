import Domain
import UseCases

/// The groeidocument of one dossier in the words of a page: parts, fields, versions and signatures.
struct GrowthWords {
    let words: Words
    let seen: SeenDossier
    /// Names of those who wrote, locked or signed.
    let names: [PersonID: String]

    private var id: String { seen.dossier.id.rawValue }

    /// The questions of a part that apply to this child now.
    func asked(_ part: PlanRules.Groeidocument.Part) -> [AskedField] {
        seen.dossier.asked(part.fields.map { Ask(field: $0, anew: true) }, seen.rules, on: seen.today)
    }

    /// Whether the reader may write in a field: a family writes its own words, those of others it reads.
    func mayWrite(_ field: Field) -> Bool {
        seen.sight.may(.write) && !rests(field)
            && (!seen.sight.isFamily || field.voice.map(PlanRules.familyVoices.contains) == true)
    }

    /// Whether a field stands in a part that rests because the family asked it.
    private func rests(_ field: Field) -> Bool {
        seen.rules.groeidocument.parts.contains { part in
            part.fields.contains(field.id) && !seen.dossier.restrictions(ofPart: part.id, on: seen.today).isEmpty
        }
    }

    /// Who wrote a field last, and when: "Sanne Mulder, 3 maart 10.42 uur".
    func changed(_ known: KnownAnswer?) -> String? {
        known.map { known in
            let who = known.by == seen.actor.person ? words.texts("youStanding") : names[known.by] ?? words.texts("somebody")
            return "\(who), \(words.format.recent(known.at, today: words.today))"
        }
    }

    // MARK: Overview

    func part(_ part: PlanRules.Groeidocument.Part) -> GrowthPage.Part {
        let asked = asked(part)
        let known = part.fields.compactMap { seen.dossier.known[$0] }
        let filled = asked.count { seen.dossier.known[$0.field.id].map { !$0.answer.isEmpty } ?? false }
        let open = seen.dossier.emptyFields(ofPart: part.id, seen.rules, seen.facts)
        let chip: Chip =
            if !seen.dossier.restrictions(ofPart: part.id, on: seen.today).isEmpty {
                Chip(words.texts("rights.resting.chip"), .wait)
            } else if open.isEmpty {
                Chip(words.texts("growth.ready"), .ok)
            } else {
                filled == 0 ? Chip(words.texts("growth.empty")) : Chip(words.texts("growth.begun"), .wait)
            }
        var voices: [FormField.Voice] = []
        for voice in asked.compactMap(\.field.voice) {
            let said = words.voice(voice)
            if !voices.contains(where: { $0.label == said.label }) { voices.append(said) }
        }
        return GrowthPage.Part(
            title: part.title[words.language], href: Address.growthPart(id, part.id).path,
            about: part.explanation[words.language], chip: chip, filled: filled, total: asked.count,
            progress: words.texts("growth.progress", ["filled": String(filled), "all": String(asked.count)]),
            open: open.map { words.field($0) }, voices: voices,
            changed: changed(known.max { $0.at < $1.at }))
    }

    // MARK: Versions

    /// "Versie 3"
    func title(_ version: LockedVersion) -> String { words.texts("growth.version", ["n": String(version.number)]) }

    /// "Vastgezet op 27 februari 2026 door Sanne Mulder, voor het SOT."
    func locked(_ version: LockedVersion) -> String {
        let values = [
            "day": words.format.plainDay(version.at.day), "who": names[version.by] ?? words.texts("somebody"),
        ]
        guard version.reason.hasPrefix("procedure:"),
            let route = seen.rules.procedure(String(version.reason.dropFirst("procedure:".count)))
        else { return words.texts("growth.locked", values) }
        return words.texts("growth.lockedFor", values.merging(["procedure": route.title[words.language]]) { own, _ in own })
    }

    func version(_ version: LockedVersion) -> GrowthPage.Version {
        GrowthPage.Version(
            title: title(version), href: Address.growthVersion(id, String(version.number)).path, locked: locked(version),
            signatures: signatures(version), compare: compare(version), print: nil)
    }

    /// What changed since a version, or when nothing did, since the one before it.
    func compare(_ version: LockedVersion) -> Link? {
        let fields = seen.rules.groeidocument.parts.flatMap(\.fields)
        let isOld = fields.contains { field in
            let now = seen.dossier.known[field]?.answer.values ?? []
            return now.filter { !$0.isEmpty } != (version.answers[field]?.values ?? []).filter { !$0.isEmpty }
        }
        let path = Address.growthCompare(id).path
        if isOld { return Link(words.texts("growth.changedSince"), "\(path)?van=\(version.number)&naar=\(Self.now)") }
        guard version.number > 1 else { return nil }
        return Link(words.texts("growth.changedBefore"), "\(path)?van=\(version.number - 1)&naar=\(version.number)")
    }

    /// Who signed a version and who did not yet: all guardians with authority, and the school.
    func signatures(_ version: LockedVersion) -> [GrowthPage.Signature] {
        var lines = seen.dossier.authorities.map { guardian in
            let who: String =
                if guardian.person == seen.actor.person {
                    words.texts("youStanding")
                } else if seen.sight.sees(.family) {
                    "\(guardian.name), \(words.relation(guardian))"
                } else {
                    words.texts("family.oneGuardian")
                }
            return line(who, version.signatures.first { $0.guardian == guardian.id })
        }
        lines.append(line(words.texts("growth.school"), version.signatures.first { $0.guardian == nil }))
        return lines
    }

    private func line(_ who: String, _ signature: Signature?) -> GrowthPage.Signature {
        guard let signature else {
            return GrowthPage.Signature(who: who, chip: Chip(words.texts("growth.notSigned")))
        }
        let key = signature.way == .paper ? "growth.signedPaper" : "growth.signed"
        return GrowthPage.Signature(
            who: who,
            chip: Chip(words.texts(key, ["day": words.format.shortDay(signature.on, today: words.today)]), .ok))
    }

    // MARK: Comparing

    /// How what is written now is called in an address.
    static let now = "nu"

    /// The choice of two versions; nil as long as there is none.
    func choice(from: String?, to: String?) -> Form? {
        guard let last = seen.dossier.versions.last else { return nil }
        let versions = seen.dossier.versions.map { (String($0.number), title($0)) } + [(Self.now, words.texts("growth.now"))]
        func field(_ name: String, _ label: String, _ chosen: String) -> FormField {
            FormField(
                name: name, label: words.texts(label), kind: .select, value: chosen,
                options: versions.map { FormOption($0.0, $0.1, selected: $0.0 == chosen) })
        }
        return Form(
            action: Address.growthCompare(id).path, button: words.texts("growth.compareButton"),
            fields: [
                field("van", "growth.from", from ?? String(last.number)), field("naar", "growth.to", to ?? Self.now),
            ])
    }
}
