import Domain

extension PlanInspection {
    /// What a school can ask without naming a child: by people of a school, to somebody who may have an account, and with a place
    /// in the groeidocument for when it becomes a dossier.
    func inspectSchoolQuestions() {
        for rule in rules.questions {
            let path = "questions.\(rule.id)"
            inspect(rule.title, at: "\(path).title")
            inspect(rule.explanation, at: "\(path).explanation")
            inspect(source: rule.source, at: path)
            refer(to: rule.by, .function, among: functionKeys, at: "\(path).by")
            refer(to: rule.answeredBy, .function, among: functionKeys, at: "\(path).answered-by")
            for id in rule.by where rules.function(id).map({ $0.place != .school }) ?? false {
                add(
                    .nobodyCanAct, "\(path).by", nl: "‘\(id)’ werkt niet op een school; die vraagt",
                    en: "‘\(id)’ does not work at a school, which asks",
                    hint: Localized(nl: "noem een functie met place: school", en: "name a function with place: school"))
            }
            for id in rule.answeredBy {
                guard let place = rules.function(id)?.place, place == .family || place == .outside else { continue }
                add(
                    .nobodyCanAct, "\(path).answered-by", nl: "‘\(id)’ heeft hier geen werk om te beantwoorden",
                    en: "‘\(id)’ has no work here to answer from",
                    hint: Localized(
                        nl: "noem een functie van een school of van het verband",
                        en: "name a function at a school or at the partnership"))
            }
            let written = rules.groeidocument.parts.contains { $0.fields.contains(rule.writtenIn) }
            if !written || rules.fields[rule.writtenIn]?.kind != .paragraph {
                add(
                    .unknownReference, "\(path).written-in",
                    nl: "‘\(rule.writtenIn)’ is geen vraag van het groeidocument waarop een verhaal past",
                    en: "‘\(rule.writtenIn)’ is no question of the groeidocument that takes a paragraph",
                    hint: Localized(
                        nl: "neem een vraag van kind: paragraph in een onderdeel van het groeidocument",
                        en: "take a field of kind: paragraph in a part of the groeidocument"))
            }
            if let voice = rules.fields[rule.writtenIn]?.voice, !rule.by.contains(voice) {
                add(
                    .badValue, "\(path).written-in", nl: "wie vraagt, schrijft hier niet: dit zijn de woorden van ‘\(voice)’",
                    en: "whoever asks does not write here: these are the words of ‘\(voice)’",
                    hint: Localized(
                        nl: "neem een vraag zonder ‘voice’, of met een ‘voice’ die bij ‘by’ staat",
                        en: "take a field without ‘voice’, or with a ‘voice’ that stands under ‘by’"))
            }
            if rule.kept.after(Day.earliest) <= Day.earliest {
                add(
                    .badValue, "\(path).kept", nl: "zo kort kan niet", en: "this is too short",
                    hint: Localized(nl: "neem ten minste één dag: P1D", en: "take at least one day: P1D"))
            }
        }
    }
}
