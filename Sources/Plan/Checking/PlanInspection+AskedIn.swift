import Domain

extension PlanInspection {
    /// Who can be asked in from outside: by somebody who can, for parts that somebody who asks can read.
    func inspectAskedIn() {
        for rule in rules.askedIn {
            let path = "asked-in.\(rule.id)"
            inspect(rule.title, at: "\(path).title")
            inspect(rule.explanation, at: "\(path).explanation")
            inspect(source: rule.source, at: path)
            refer(to: rule.by, .function, among: functionKeys, at: "\(path).by")
            switch rule.ground {
            case .agreement(let purpose) where !purpose.isEmpty:
                refer(to: purpose, .purpose, among: rules.purposes.map(\.id), at: "\(path).agreement")
            case .agreement: break
            case .law(let text): inspect(text, at: "\(path).law")
            }
            if !rule.parts.contains(.child) {
                add(
                    .badValue, "\(path).parts", nl: "‘child’ hoort erbij: wie meeleest, weet over wie het gaat",
                    en: "‘child’ belongs to it: whoever reads along knows whom it is about",
                    hint: Localized(nl: "zet child bij ‘parts’", en: "add child to ‘parts’"))
            }
            if rule.parts.contains(.readLog) {
                add(
                    .badValue, "\(path).parts", nl: "wie van buiten meeleest, leest niet wie er verder meelas",
                    en: "whoever reads along from outside does not read who else did",
                    hint: Localized(nl: "haal read-log weg uit ‘parts’", en: "remove read-log from ‘parts’"))
            }
            for id in rule.by {
                guard let function = rules.function(id) else { continue }
                if function.place == .family || function.place == .outside {
                    add(
                        .nobodyCanAct, "\(path).by", nl: "‘\(id)’ vraagt niemand: dat doet de school of het samenwerkingsverband",
                        en: "‘\(id)’ asks nobody in: the school or the partnership does",
                        hint: Localized(
                            nl: "noem een functie van een school of van het verband",
                            en: "name a function at a school or at the partnership"))
                } else if function.reads.isDisjoint(with: rule.parts) {
                    add(
                        .nobodyCanAct, "\(path).by", nl: "‘\(id)’ leest hier zelf niets van", en: "‘\(id)’ reads none of it",
                        hint: Localized(
                            nl: "noem een functie die deze onderdelen leest, of geef haar die bij ‘reads’",
                            en: "name a function that reads these parts, or give it them under ‘reads’"))
                }
            }
            let day = Day.earliest
            if rule.longest.after(day) <= day {
                add(
                    .badValue, "\(path).longest", nl: "zo kort kan niet", en: "this is too short",
                    hint: Localized(nl: "neem ten minste één dag: P1D", en: "take at least one day: P1D"))
            } else if rule.remind.after(day) > rule.longest.after(day) {
                add(
                    .badValue, "\(path).remind", nl: "dit is langer dan het mag duren", en: "this is longer than it may last",
                    hint: Localized(
                        nl: "neem bij ‘remind’ een kortere duur dan bij ‘longest’",
                        en: "take a shorter period for ‘remind’ than for ‘longest’"))
            }
        }
    }
}
