import Domain

extension PlanInspection {
    /// A week: places to be, of which the own ones exist, and a ceiling that can be counted and says who set it.
    func inspect(_ rule: WeekRule, of field: Field, _ path: String) {
        if field.options.isEmpty {
            add(
                .badField, "\(path).options", nl: "er is geen plek om te zijn", en: "there is no place to be",
                hint: Localized(nl: "schrijf de plekken bij ‘options’", en: "write the places under ‘options’"))
        }
        for daypart in rule.dayparts { inspect(daypart.title, at: "\(path).dayparts.\(daypart.id)") }
        let known = field.options.map(\.id)
        for own in rule.own where !known.contains(own) {
            add(
                .unknownReference, "\(path).own", nl: "‘\(own)’ is geen van deze plekken", en: "‘\(own)’ is none of these places",
                hint: Nearest.hint(for: own, among: known))
        }
        if !known.isEmpty, Set(known).isSubset(of: rule.own) {
            add(
                .badField, "\(path).own", nl: "zo is geen enkele plek elders", en: "so no place is elsewhere",
                hint: Localized(nl: "laat bij ‘own’ ten minste één plek weg", en: "leave at least one place out of ‘own’"))
        }
        guard let most = rule.mostElsewhere else { return }
        if rule.own.isEmpty {
            add(
                .badField, "\(path).most-elsewhere", nl: "er staat niet wat de eigen plek is (own), dus elders is niet te tellen",
                en: "it does not say what is the own place (own), so elsewhere cannot be counted",
                hint: Localized(
                    nl: "schrijf bij ‘own’ welke plekken van het kind zelf zijn",
                    en: "write under ‘own’ which places are the child's own"))
        }
        if most > 99 {
            add(
                .badField, "\(path).most-elsewhere", nl: "deze grens houdt niets tegen", en: "this ceiling stops nothing",
                hint: Localized(nl: "neem minder dan 100, of laat haar weg", en: "take less than 100, or leave it out"))
        }
        if field.source == nil {
            add(
                .missingSource, "\(path).source", nl: "er staat niet wie deze grens stelt",
                en: "it does not say who sets this limit")
        }
    }
}
