import Domain

extension Testland {
    static func words(_ nl: String, _ en: String) -> Localized { Localized(nl: nl, en: en) }

    private static func function(
        _ id: String, _ title: Localized, _ place: FunctionRule.Place, sees: [FunctionRule.Sight], reads: Set<DossierPart>,
        may: Set<DossierAct> = [], disciplines: [String] = [], watch: ReadingWatch? = nil
    ) -> FunctionRule {
        FunctionRule(
            id: id, title: title, explanation: title, place: place, sight: sees, reads: reads, may: may,
            disciplines: disciplines, watch: watch, source: "Testland, 1")
    }

    private static let everythingButTheLog = Set(DossierPart.allCases).subtracting([.readLog])

    package static let functions: [FunctionRule] = [
        function(
            "ib", words("Intern begeleider", "Special needs coordinator"), .school, sees: [.always],
            reads: everythingButTheLog,
            may: [
                .openDossier, .correctChild, .editFamily, .recordAgreement, .write, .lock, .recordSignature, .addDocument,
                .namePeople,
            ]),
        function(
            "school-director", words("Schooldirecteur", "Head teacher"), .school, sees: [.always],
            reads: [.child, .groeidocument, .procedures, .decisions], may: [.openDossier]),
        function(
            "teacher", words("Leerkracht", "Teacher"), .school, sees: [.named], reads: [.child, .groeidocument],
            may: [.write]),
        function(
            "adviser", words("Adviseur", "Adviser"), .partnership,
            sees: [.during(procedures: ["talk", "entry"], afterwards: Period(6, .weeks))],
            reads: [.child, .family, .groeidocument, .documents, .procedures, .decisions], may: [.addDocument],
            disciplines: ["orthopedagoog", "psycholoog"]),
        function(
            "expert", words("Tweede deskundige", "Second expert"), .partnership, sees: [.acting(afterwards: Period(6, .weeks))],
            reads: [.child, .groeidocument, .documents, .procedures], disciplines: ["arts", "pedagoog"]),
        function(
            "secretary", words("Secretariaat", "Office"), .partnership,
            sees: [.during(procedures: ["entry"], afterwards: Period(2, .weeks))],
            reads: [.child, .procedures, .decisions]),
        function(
            "decider", words("Beslisser", "Decision maker"), .partnership,
            sees: [.during(procedures: ["entry"], afterwards: nil)],
            reads: [.child, .groeidocument, .documents, .procedures, .decisions]),
        function(
            "privacy-officer", words("Functionaris gegevensbescherming", "Data protection officer"), .partnership,
            sees: [.always],
            reads: [.readLog], watch: ReadingWatch(dossiers: 2, before: 7, after: 22, quiet: Period(3, .months))),
        function("board", words("Bestuur", "Board"), .partnership, sees: [], reads: []),
        function(
            PlanRules.guardian, words("Ouder met gezag", "Parent with authority"), .family, sees: [.always],
            reads: Set(DossierPart.allCases), may: [.giveAgreement, .write, .sign, .addDocument]),
        function(
            PlanRules.guardianWithoutAuthority, words("Ouder zonder gezag", "Parent without authority"), .family, sees: [.always],
            reads: [.child, .decisions]),
        function("youth-team", words("Jeugdteam", "Youth team"), .outside, sees: [], reads: []),
    ]
}
