import Domain

extension PlanInspection {
    /// Who may open a dossier in an emergency: people of the school or the partnership, to read about the child.
    func inspectEmergency() {
        guard let rule = rules.emergency else { return }
        let path = "emergency"
        inspect(rule.explanation, at: "\(path).explanation")
        inspect(source: rule.source, at: path)
        refer(to: rule.by, .function, among: functionKeys, at: "\(path).by")
        for id in rule.by {
            guard let place = rules.function(id)?.place, place == .family || place == .outside else { continue }
            add(
                .nobodyCanAct, "\(path).by", nl: "‘\(id)’ opent geen dossier van een ander",
                en: "‘\(id)’ opens nobody else's dossier",
                hint: Localized(
                    nl: "noem een functie van een school of van het verband",
                    en: "name a function at a school or at the partnership"))
        }
        if !rule.parts.contains(.child) {
            add(
                .badValue, "\(path).parts", nl: "‘child’ hoort erbij: zonder het kind helpt het niemand",
                en: "‘child’ belongs to it: without the child it helps nobody",
                hint: Localized(nl: "zet child bij ‘parts’", en: "add child to ‘parts’"))
        }
        if rule.parts.contains(.readLog) {
            add(
                .badValue, "\(path).parts", nl: "wie in nood meeleest, leest niet wie er verder meelas",
                en: "whoever reads in an emergency does not read who else did",
                hint: Localized(nl: "haal read-log weg uit ‘parts’", en: "remove read-log from ‘parts’"))
        }
    }
}
