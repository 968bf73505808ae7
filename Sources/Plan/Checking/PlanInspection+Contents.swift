import Domain

extension PlanInspection {
    /// Holds a plan against what the law says it must contain.
    func inspectContents() {
        guard let contents = rules.contents else {
            return add(
                .missingContent, "contents", nl: "‘contents’ ontbreekt: welke lijst van de wet geldt, en waar staat elk punt?",
                en: "‘contents’ is missing: which list of law applies, and where does each item stand?",
                hint: Localized(
                    nl: "schrijf in plan.yaml contents: { law: po, items: … } of { law: none, reason: … }",
                    en: "write contents: { law: po, items: … } or { law: none, reason: … } in plan.yaml"))
        }
        guard let list = contents.list else { return }
        for item in list.items where !contents.entries.contains(where: { $0.id == item.id }) {
            add(
                .missingContent, "contents.items.\(item.id)", nl: "het plan zegt niet waar dit staat: \(item.title.nl)",
                en: "the plan does not say where this stands: \(item.title.en)",
                hint: Localized(
                    nl: "noem bij dit punt de ‘files’ die het uitvoeren, of zeg bij ‘paper’ waar het op papier staat",
                    en: "name the ‘files’ that carry it out, or say under ‘paper’ where it stands on paper"))
        }
        for entry in contents.entries {
            let path = "contents.items.\(entry.id)"
            refer(to: entry.id, .content, among: list.items.map(\.id), at: path)
            for file in entry.files where !exists(file) {
                add(
                    .unknownReference, "\(path).files", nl: "‘\(file)’ staat niet in dit plan",
                    en: "‘\(file)’ is not in this plan",
                    hint: Localized(
                        nl: "schrijf procedures.naam, rules.naam, waaier, groeidocument, functions, letters of governance",
                        en: "write procedures.name, rules.name, waaier, groeidocument, functions, letters or governance"))
            }
            if entry.files.isEmpty, entry.paper == nil {
                add(
                    .missingContent, path, nl: "wie voert dit uit: ‘files’ van dit plan, of ‘paper’?",
                    en: "what carries this out: ‘files’ of this plan, or ‘paper’?",
                    hint: Localized(nl: "schrijf er één van de twee bij", en: "write one of the two"))
            }
        }
    }

    /// Whether the plan has something by these keys.
    private func exists(_ file: String) -> Bool {
        let parts = file.split(separator: ".").map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("procedures", let id?): return rules.procedure(id) != nil
        case ("rules", let id?): return rules.tables[id] != nil
        case ("waaier", nil), ("groeidocument", nil), ("functions", nil), ("letters", nil): return true
        case ("governance", nil): return rules.governance != nil
        case ("waaier", let id?): return rules.form(id) != nil || rules.tiers.contains { $0.id == id }
        case ("groeidocument", let id?): return rules.part(id) != nil
        case ("functions", let id?): return rules.function(id) != nil
        case ("letters", let id?): return rules.letters[id] != nil
        default: return false
        }
    }
}
