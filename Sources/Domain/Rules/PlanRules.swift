/// A partnership's plan in one version, as the engine reads it: everything that differs between partnerships.
///
/// One object however often it is handed on: a page asks it hundreds of times, and copying it cost a good part of each page.
package final class PlanRules: Sendable {
    package let key: PlanKey
    package let title: Localized
    package let partnership: Partnership
    package let inForce: Day
    package let until: Day?
    package let amends: PlanKey?
    package let document: String
    package let functions: [FunctionRule]
    package let disciplines: [Field.Option]
    /// Kinds of relation a guardian can have; `authority` says whether the kind usually holds parental authority.
    package let relations: [Relation]
    package let purposes: [Purpose]
    package let evidence: [EvidenceKind]
    /// Groups of a school, youngest first.
    package let groups: [Field.Option]
    package let tiers: [Tier]
    package let groeidocument: Groeidocument
    /// All fields of the plan by key, those of the groeidocument included.
    package let fields: [String: Field]
    package let procedures: [ProcedureRule]
    package let tables: [String: DecisionTable]
    package let letters: [String: Letter]
    /// Ages between which a dossier can be opened, in whole years on that day.
    package let ages: ClosedRange<Int>
    package let holidays: Holidays
    /// Who outside the usual circle can be asked in.
    package let askedIn: [AskedInRule]
    /// Who may open a dossier in an emergency; nil when nobody may.
    package let emergency: EmergencyRule?
    /// What a school can ask about a child without naming it.
    package let questions: [QuestionRule]
    /// How a version of the plan is approved; nil when the plan leaves that to paper.
    package let governance: GovernanceRule?
    /// How long dossiers are kept and who destroys them; nil when the plan leaves that to paper.
    package let retention: RetentionRule?
    /// Who handles what families ask with their rights; nil where no law about it is known.
    package let rights: RightsRule?
    /// The paragraphs of the plan's document and the articles of law that its sources name.
    package let outline: PlanOutline
    /// Where the plan has what the law says it must contain; nil when it does not say.
    package let contents: PlanContents?
    /// The scales that ranges in conditions speak of.
    package let scales: [String: [String: Int]]
    /// What `fieldsOfOneProcedure` says, by the key of a route: asked for each time that the rules are applied to a child.
    let oneProcedure: OneProcedure

    /// The organisation that the plan belongs to.
    package struct Partnership: Hashable, Sendable {
        package let name: String
        package let shortName: String
        /// Number by which the field knows it, such as `PO0000`.
        package let code: String
        /// First four digits of the postcodes of its area.
        package let postcodes: [String]
        package let address: [String]
        package let email: String
        package init(
            name: String, shortName: String, code: String, postcodes: [String], address: [String], email: String
        ) {
            self.name = name
            self.shortName = shortName
            self.code = code
            self.postcodes = postcodes
            self.address = address
            self.email = email
        }
    }

    /// A kind of relation between a child and a guardian.
    package struct Relation: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let authority: Bool
        package init(id: String, title: Localized, authority: Bool) {
            self.id = id
            self.title = title
            self.authority = authority
        }
    }

    /// What guardians are asked to agree to.
    package struct Purpose: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let explanation: Localized
        /// What the law allows or asks also when somebody says no; nil when the plan says nothing of it.
        package let without: Localized?
        package let source: String
        package init(id: String, title: Localized, explanation: Localized, without: Localized? = nil, source: String) {
            self.id = id
            self.title = title
            self.explanation = explanation
            self.without = without
            self.source = source
        }
    }

    /// A kind of document that can be evidence.
    package struct EvidenceKind: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let explanation: Localized?
        package init(id: String, title: Localized, explanation: Localized? = nil) {
            self.id = id
            self.title = title
            self.explanation = explanation
        }
    }

    /// One tier of the waaier with its support forms.
    package struct Tier: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let forms: [SupportForm]
        package init(id: String, title: Localized, forms: [SupportForm]) {
            self.id = id
            self.title = title
            self.forms = forms
        }
    }

    /// One form of support on the waaier.
    package struct SupportForm: Hashable, Sendable {
        package let id: String
        package let title: Localized
        /// At most some 14 characters, for the picture.
        package let short: Localized
        package let explanation: Localized
        package let source: String
        package init(id: String, title: Localized, short: Localized, explanation: Localized, source: String) {
            self.id = id
            self.title = title
            self.short = short
            self.explanation = explanation
            self.source = source
        }
    }

    /// The format of the groeidocument (or what the plan calls it).
    package struct Groeidocument: Hashable, Sendable {
        package let title: Localized
        /// How a sentence names it, with its article: "het groeidocument"; the title when the plan says nothing.
        package let inSentence: Localized
        package let parts: [Part]
        package let source: String
        package init(title: Localized, inSentence: Localized? = nil, parts: [Part], source: String) {
            self.title = title
            self.inSentence = inSentence ?? title
            self.parts = parts
            self.source = source
        }

        /// One part with its questions.
        package struct Part: Hashable, Sendable {
            package let id: String
            package let title: Localized
            package let explanation: Localized
            package let fields: [String]
            package let source: String
            package init(id: String, title: Localized, explanation: Localized, fields: [String], source: String) {
                self.id = id
                self.title = title
                self.explanation = explanation
                self.fields = fields
                self.source = source
            }
        }
    }

    /// The text of a letter: a Mustache template in each language that the plan gives it in.
    package struct Letter: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let body: Localized
        package init(id: String, title: Localized, body: Localized) {
            self.id = id
            self.title = title
            self.body = body
        }
    }

    package init(
        key: PlanKey, title: Localized, partnership: Partnership, inForce: Day, until: Day?, amends: PlanKey?, document: String,
        functions: [FunctionRule], disciplines: [Field.Option], relations: [Relation], purposes: [Purpose],
        evidence: [EvidenceKind], groups: [Field.Option], tiers: [Tier], groeidocument: Groeidocument, fields: [String: Field],
        procedures: [ProcedureRule], tables: [String: DecisionTable], letters: [String: Letter], ages: ClosedRange<Int>,
        holidays: Holidays, governance: GovernanceRule? = nil, retention: RetentionRule? = nil,
        outline: PlanOutline = PlanOutline(), contents: PlanContents? = nil, askedIn: [AskedInRule] = [],
        emergency: EmergencyRule? = nil, rights: RightsRule? = nil, questions: [QuestionRule] = []
    ) {
        self.key = key
        self.title = title
        self.partnership = partnership
        self.inForce = inForce
        self.until = until
        self.amends = amends
        self.document = document
        self.functions = functions
        self.disciplines = disciplines
        self.relations = relations
        self.purposes = purposes
        self.evidence = evidence
        self.groups = groups
        self.tiers = tiers
        self.groeidocument = groeidocument
        self.fields = fields
        self.procedures = procedures
        self.tables = tables
        self.letters = letters
        self.ages = ages
        self.holidays = holidays
        self.governance = governance
        self.retention = retention
        self.outline = outline
        self.contents = contents
        self.askedIn = askedIn
        self.emergency = emergency
        self.rights = rights
        self.questions = questions
        scales = ["group": Dictionary(groups.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })]
        oneProcedure = OneProcedure(fields, groeidocument, procedures)
    }
}

extension PlanRules: Hashable {
    /// Whether both say the same in everything. Slow, by looking through both: for comparing plans, not for a page.
    package static func == (left: PlanRules, right: PlanRules) -> Bool { left === right || left.values == right.values }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var values: [AnyHashable?] { Mirror(reflecting: self).children.map { $0.value as? AnyHashable } }
}

extension PlanRules {
    /// The paragraphs of the plan's document in their order: what a `source` names.
    package var paragraphs: [PlanOutline.Paragraph] { outline.paragraphs }
    /// The rule of a function.
    package func function(_ id: String) -> FunctionRule? { functions.first { $0.id == id } }
    /// The route with this key.
    package func procedure(_ id: String) -> ProcedureRule? { procedures.first { $0.id == id } }
    /// The part of the groeidocument with this key.
    package func part(_ id: String) -> Groeidocument.Part? { groeidocument.parts.first { $0.id == id } }
    /// The support form with this key.
    package func form(_ id: String) -> SupportForm? { tiers.lazy.flatMap(\.forms).first { $0.id == id } }
    /// The kind of relation with this key.
    package func relation(_ id: String) -> Relation? { relations.first { $0.id == id } }
    /// The purpose of agreement with this key.
    package func purpose(_ id: String) -> Purpose? { purposes.first { $0.id == id } }
    /// The routes that stand for a support form.
    package func procedures(ofForm form: String) -> [ProcedureRule] { procedures.filter { forms($0.form).contains(form) } }
}

/// A version of a plan: `partnership/version`.
package struct PlanKey: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The versions of a partnership's plan, so that a procedure finds the one it started under.
package struct PlanShelf: Sendable {
    /// Oldest first.
    package let versions: [PlanRules]

    /// - Returns: nil when there is no version at all.
    package init?(_ versions: [PlanRules]) {
        guard !versions.isEmpty else { return nil }
        self.versions = versions.sorted { $0.inForce < $1.inForce }
    }

    /// The version in force on a day: the youngest that began by then, or the oldest of all before its time.
    package func inForce(on day: Day) -> PlanRules {
        versions.last { $0.inForce <= day } ?? versions[0]
    }

    /// The version with this key.
    package subscript(_ key: PlanKey) -> PlanRules? { versions.first { $0.key == key } }
}
