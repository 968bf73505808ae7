import Domain
import Foundation
import Hummingbird
import UseCases

/// What is kept, who reads it and why, for everybody: made from the plan in force and from what the site is set up to do.
struct PrivacyRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get(RouterPath(Address.privacy.path)) { request, context in
            let words = PrivacyWords(PlanWords(site.words(context, site.installation.rules), isNamed: false))
            return try await site.show(words.page, request, context, nil)
        }
        pages.get(RouterPath(Address.accessTable.path)) { request, context in
            let words = PrivacyWords(PlanWords(site.words(context, site.installation.rules), isNamed: false))
            return try await site.show(words.accessTable, request, context, nil)
        }
        pages.get(RouterPath(Address.processingRegister.path)) { request, context in
            let words = PrivacyWords(PlanWords(site.words(context, site.installation.rules), isNamed: false))
            return try await site.show(
                words.register(sendsMail: site.post != nil, signsInElsewhere: !site.providers.isEmpty), request, context, nil)
        }
    }
}

/// Says to a family what a plan lets happen with the data of children.
struct PrivacyWords: Sendable {
    private let plan: PlanWords

    init(_ plan: PlanWords) { self.plan = plan }

    private var rules: PlanRules { plan.rules }
    private var texts: Texts { plan.texts }

    var page: PrivacyPage {
        let sections: [(String, String, Bool)] = [
            ("waarom", "why", true), ("wat", "what", true), ("wie", "who", true),
            ("toestemming", "ask", !rules.purposes.isEmpty), ("buiten", "outside", !rules.askedIn.isEmpty),
            ("nood", "emergency", emergency != nil), ("bewaren", "kept", kept != nil), ("leeslog", "log", true),
            ("rechten", "rights", true), ("veilig", "safe", true), ("contact", "contact", true),
        ]
        return PrivacyPage(
            title: texts("privacy.title"), lead: texts("privacy.lead", ["partnership": rules.partnership.name]),
            contents: sections.filter(\.2).map { Link(texts("privacy.\($0.1).title"), "#\($0.0)") },
            why: ["law", "agreement", "number"].map { texts("privacy.why.\($0)") },
            parts: DossierPart.allCases.map { part in
                Fact(PrivacyWords.capitalised(self.part(part)), texts("privacy.what.\(part.rawValue)"))
            },
            readers: rules.functions.filter { !$0.reads.isEmpty && !$0.sight.isEmpty }.map(reader),
            figures: figures,
            purposes: rules.purposes.map { purpose in
                PrivacyPage.Purpose(
                    title: purpose.title[plan.language], about: purpose.explanation[plan.language],
                    href: plan.place.href(.plan, PlanPlace.purpose(purpose.id)))
            }, outside: rules.askedIn.map(outsider), emergency: emergency, kept: kept, log: texts("privacy.log.text"),
            rightsLead: rightsLead,
            rights: ["see", "correct", "add", "restrict", "object", "erase"].map { texts("privacy.rights.\($0)") },
            safe: ["sealed", "factor", "journal", "mail", "third"].map { texts("privacy.safe.\($0)") }, contact: contact,
            register: Link(texts("privacy.register"), .processingRegister),
            table: Link(texts("accessTable.title"), .accessTable))
    }

    /// What the law asks to be written down of each use of personal data (AVG art. 30 lid 1).
    ///
    /// - Parameters:
    ///   - sendsMail: whether the site sends mail.
    ///   - signsInElsewhere: whether people can sign in with the account of their work.
    func register(sendsMail: Bool, signsInElsewhere: Bool) -> ProcessingRegisterPage {
        let readers = rules.functions.filter { !$0.reads.isEmpty && !$0.sight.isEmpty }.map { $0.title[plan.language] }
        let outsiders = rules.askedIn.map { $0.title[plan.language] }
        let handedOver = rules.askedIn.filter(\.handsOver).map { $0.title[plan.language] }
        func activity(
            _ id: String, data: String? = nil, readers: String? = nil, kept: String? = nil
        ) -> ProcessingRegisterPage.Activity {
            func text(_ key: String) -> String { texts("privacy.activity.\(id).\(key)") }
            return ProcessingRegisterPage.Activity(
                title: text("title"),
                facts: [
                    Fact(texts("privacy.term.purpose"), text("purpose")), Fact(texts("privacy.term.ground"), text("ground")),
                    Fact(texts("privacy.term.people"), text("people")),
                    Fact(texts("privacy.term.data"), data ?? text("data")),
                    Fact(texts("privacy.term.readers"), readers ?? text("readers")),
                    Fact(texts("privacy.term.kept"), kept ?? text("kept")), Fact(texts("privacy.term.safe"), text("safe")),
                ])
        }
        let data = DossierPart.allCases.map { texts("privacy.what.\($0.rawValue)") }.joined(separator: " ")
        return ProcessingRegisterPage(
            title: texts("privacy.registerTitle"), lead: texts("privacy.registerLead"), contact: contact,
            activities: [
                activity(
                    "dossiers", data: data,
                    readers: ([PrivacyWords.capitalised(plan.words.format.list(readers)) + "."]
                        + (outsiders.isEmpty
                            ? [] : [texts("privacy.activity.dossiers.outside", ["who": plan.words.format.list(outsiders)])])
                        + (handedOver.isEmpty
                            ? []
                            : [texts("privacy.activity.dossiers.handedOver", ["who": plan.words.format.list(handedOver)])])
                        + (rules.emergency == nil ? [] : [texts("privacy.activity.dossiers.emergency")]))
                        .joined(separator: " "), kept: kept),
                activity("accounts"), activity("reads"),
            ]
                + (signsInElsewhere ? [activity("elsewhere")] : [])
                + rules.questions.map { question in
                    ProcessingRegisterPage.Activity(
                        title: question.title[plan.language],
                        facts: activity(
                            "questions",
                            readers: texts(
                                "privacy.activity.questions.readers",
                                ["asks": plan.words.functions(question.by), "answers": plan.words.functions(question.answeredBy)]),
                            kept: texts(
                                "privacy.activity.questions.kept", ["period": plan.words.period(question.kept)])
                        ).facts)
                }
                + (rules.rights.map { rights in
                    let who = plan.words.functions(rights.handledBy)
                    return [
                        activity("rights", readers: texts("privacy.activity.rights.readers", ["who": who]))
                    ]
                } ?? []) + (rules.governance == nil ? [] : [activity("versions")]) + (sendsMail ? [activity("post")] : []),
            back: Link(texts("privacy.title"), .privacy))
    }

    private func reader(_ function: FunctionRule) -> PrivacyPage.Reader {
        let parts = DossierPart.allCases.filter(function.reads.contains)
        return PrivacyPage.Reader(
            title: function.title[plan.language], href: plan.place.href(.plan, PlanPlace.function(function.id)),
            when: function.sight.map { plan.words.sees($0) },
            parts: parts.count == DossierPart.allCases.count
                ? texts("privacy.who.all") : plan.words.format.list(parts.map(part)))
    }

    private func outsider(_ rule: AskedInRule) -> PrivacyPage.Outsider {
        let ground: String =
            switch rule.ground {
            case .law(let words): "\(texts("privacy.outside.law")) \(words[plan.language])"
            case .agreement: texts("privacy.outside.agreement")
            }
        let parts = DossierPart.allCases.filter(rule.parts.contains).map(part)
        return PrivacyPage.Outsider(
            title: rule.title[plan.language],
            lines: [
                rule.explanation[plan.language], ground,
                texts(
                    "privacy.outside.most",
                    ["period": plan.words.period(rule.longest), "parts": plan.words.format.list(parts)]),
            ] + (rule.handsOver ? [texts("privacy.outside.handsOver")] : []))
    }

    private var emergency: String? {
        rules.emergency.map { rule in
            texts("privacy.emergency.text", ["who": plan.words.functions(rule.by)])
        }
    }

    /// How long a dossier is kept, by the term that the law gives last.
    private var kept: String? {
        guard let rule = rules.retention, let term = rule.law?.terms.last else { return nil }
        return texts(
            "privacy.kept.text",
            ["period": plan.words.period(term.keep), "source": term.source, "wait": plan.words.period(rule.waits)])
    }

    /// By when a family hears, by the term that the law gives last.
    private var rightsLead: [String] {
        var lead = [texts("privacy.rights.lead")]
        if let rights = rules.rights, let term = rights.law.terms.last {
            lead.append(
                texts(
                    "privacy.rights.term",
                    [
                        "answer": plan.words.period(term.answer), "longer": plan.words.period(term.longer),
                        "source": term.source, "who": plan.words.functions(rights.handledBy),
                    ]))
        }
        return lead
    }

    /// Functions that see no dossier; nil when every function does.
    private var figures: String? {
        let titles = rules.functions.filter { $0.place != .outside && ($0.reads.isEmpty || $0.sight.isEmpty) }.map {
            $0.title[plan.language]
        }
        return titles.isEmpty ? nil : texts("privacy.who.figures", ["who": plan.words.format.list(titles)])
    }

    private var contact: [Fact] {
        let partnership = rules.partnership
        return [Fact(partnership.name, lines: partnership.address + [partnership.email])]
    }

    // MARK: Who sees what

    /// Every function of the plan and everybody whom the law lets in beside them, with each part of a dossier.
    var accessTable: AccessTablePage {
        let functions = rules.functions.filter { $0.place != .outside }.map { function in
            let isThere = !function.sight.isEmpty
            return accessRow(
                function.title[plan.language], href: plan.place.href(.plan, PlanPlace.function(function.id)),
                when: isThere ? function.sight.map { plan.words.sees($0) } : [texts("accessTable.noDossier")],
                reads: isThere ? function.reads : [], may: isThere ? function.may : [])
        }
        let outsiders = rules.askedIn.map { rule in
            accessRow(
                rule.title[plan.language],
                when: [texts("accessTable.askedIn", ["period": plan.words.period(rule.longest)])], reads: rule.parts)
        }
        let emergency = rules.emergency.map { rule in
            accessRow(
                texts("accessTable.emergency"),
                when: [texts("accessTable.emergencyWhen", ["who": plan.words.functions(rule.by)])],
                reads: rule.parts)
        }
        let rights = rules.rights.map { rule in
            accessRow(
                texts("accessTable.rights"),
                when: [texts("accessTable.rightsWhen", ["who": plan.words.functions(rule.handledBy)])],
                reads: Set(DossierPart.allCases))
        }
        let administrator = accessRow(
            plan.words.function(Person.administrator), when: [texts("accessTable.noDossier")], reads: [])
        return AccessTablePage(
            title: texts("accessTable.title"), lead: texts("accessTable.lead", ["plan": rules.title[plan.language]]),
            columns: DossierPart.allCases.map { PrivacyWords.capitalised(part($0)) },
            rows: functions + outsiders + [emergency, rights].compactMap(\.self) + [administrator],
            always: ["minute", "replaces", "withheld", "moved", "forgotten", "logged", "lists"].map {
                texts("accessTable.always.\($0)")
            }, back: Link(texts("privacy.title"), .privacy))
    }

    private func accessRow(
        _ title: String, href: String? = nil, when: [String], reads: Set<DossierPart>, may: Set<DossierAct> = []
    ) -> AccessTablePage.Row {
        AccessTablePage.Row(
            title: PrivacyWords.capitalised(title), href: href, when: when,
            cells: DossierPart.allCases.map { AccessTablePage.Cell(sees: reads.contains($0)) },
            acts: plan.words.format.list(
                DossierAct.allCases.filter(may.contains).map { texts("comparing.act.\($0.rawValue)") }))
    }

    private func part(_ part: DossierPart) -> String { texts("dossierPart.\(part.rawValue)") }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
