/// One of the rights that the law gives a family over what is kept of a child.
package enum Right: String, Hashable, Sendable, Codable, CaseIterable {
    /// To be told everything that is kept, and what is done with it.
    case access
    /// To get a copy of it.
    case copy
    /// To have something mended that is not right.
    case correction
    /// To have one's own words set beside it.
    case addition
    /// To have nothing done with something for now.
    case restriction
    /// To object against its being used.
    case objection

    /// Whether it is answered with a copy of what is kept.
    package var isAnsweredByCopy: Bool { self == .access || self == .copy }
    /// Whether what it is about rests when it is granted.
    package var restricts: Bool { self == .restriction || self == .objection }
}

/// Who handles what families ask with their rights, and the law that gives those rights.
///
/// The way itself is the same in every plan, because the law gives it; the plan says whose work it is.
package struct RightsRule: Hashable, Sendable {
    package let law: RightsLaw
    /// Functions whose holders handle the requests, at the partnership or at the child's school.
    package let handledBy: [String]
    /// Where the plan says so; nil when it says nothing and the engine chose.
    package let source: String?

    package init(law: RightsLaw, handledBy: [String], source: String?) {
        self.law = law
        self.handledBy = handledBy
        self.source = source
    }

    /// Who handles them where a plan says nothing: whoever watches over the logs, else whoever opens dossiers at the school.
    package static func unsaid(_ functions: [FunctionRule]) -> [String] {
        let watching = functions.filter { $0.place == .partnership && $0.reads.contains(.readLog) }
        let chosen = watching.isEmpty ? functions.filter { $0.may.contains(.openDossier) } : watching
        return chosen.map(\.id)
    }

    /// Whether somebody handles requests of a dossier at a school.
    package func isHandledBy(_ actor: Actor, at school: OrganisationID?, _ rules: PlanRules, on day: Day) -> Bool {
        actor.functions.contains { held in
            handledBy.contains(held.function) && held.isHeld(on: day)
                && held.organisation == Self.place(of: held.function, at: school, rules)
        }
    }

    /// Of which schools somebody handles requests: nil for all of them.
    package func schools(of actor: Actor, _ rules: PlanRules, on day: Day) -> [OrganisationID]? {
        let held = actor.functions.filter { handledBy.contains($0.function) && $0.isHeld(on: day) }
        if held.contains(where: {
            $0.organisation == .partnership && Self.place(of: $0.function, at: nil, rules) == .partnership
        }) {
            return nil
        }
        return held.filter { Self.place(of: $0.function, at: $0.organisation, rules) == $0.organisation }.map(\.organisation)
    }

    /// Where a function handles the requests of a dossier.
    package static func place(of function: String, at school: OrganisationID?, _ rules: PlanRules) -> OrganisationID? {
        rules.function(function)?.place == .school ? school : .partnership
    }
}

/// What the law says of the rights of a family, dated.
package struct RightsLaw: Hashable, Sendable {
    /// How long answering may take.
    package struct Term: Hashable, Sendable {
        /// The first day on which it holds.
        package let from: Day
        package let answer: Period
        /// How much longer at most, when that is said in time and with a reason.
        package let longer: Period
        package let source: String

        package init(from: Day, answer: Period, longer: Period, source: String) {
            self.from = from
            self.answer = answer
            self.longer = longer
            self.source = source
        }
    }

    /// From which age the child itself is heard, and from which it asks for itself, in whole years.
    package struct Age: Hashable, Sendable {
        package let from: Day
        package let heard: Int
        package let itself: Int
        package let source: String

        package init(from: Day, heard: Int, itself: Int, source: String) {
            self.from = from
            self.heard = heard
            self.itself = itself
            self.source = source
        }
    }

    /// A ground on which a request may be refused, wholly or in part.
    package struct Ground: Hashable, Sendable {
        package let id: String
        package let title: Localized
        package let rights: Set<Right>
        package let source: String

        package init(id: String, title: Localized, rights: Set<Right>, source: String) {
            self.id = id
            self.title = title
            self.rights = rights
            self.source = source
        }
    }

    /// Oldest first.
    package let terms: [Term]
    package let ages: [Age]
    /// The article that gives each right.
    package let sources: [Right: String]
    package let grounds: [Ground]
    /// The article by which one complains to the supervisor.
    package let complaint: String
    /// The article by which a parent without authority is told how things are.
    package let information: String

    package init(
        terms: [Term], ages: [Age], sources: [Right: String], grounds: [Ground], complaint: String, information: String
    ) {
        self.terms = terms.sorted { $0.from < $1.from }
        self.ages = ages.sorted { $0.from < $1.from }
        self.sources = sources
        self.grounds = grounds
        self.complaint = complaint
        self.information = information
    }

    /// The term for what is asked on a day; nil for a day before the law.
    package func term(on day: Day) -> Term? { terms.last { $0.from <= day } ?? terms.first }

    /// The ages that hold on a day.
    package func age(on day: Day) -> Age? { ages.last { $0.from <= day } ?? ages.first }

    /// The grounds on which this right may be refused.
    package func grounds(for right: Right) -> [Ground] { grounds.filter { $0.rights.contains(right) } }
}

extension RightsLaw.Term {
    /// The last day on which there must be an answer to what was asked on a day: a month ends on the same date, and an end
    /// in a weekend or on a holiday on the next working day (Verordening (EEG, Euratom) 1182/71 art. 3 lid 2 and 4).
    package func due(askedOn day: Day, _ holidays: Holidays) -> Day { holidays.workingDay(onOrAfter: answer.after(day)) }

    /// The last day when it takes longer.
    package func latest(askedOn day: Day, _ holidays: Holidays) -> Day {
        let end =
            answer.unit == longer.unit
            ? Period(answer.amount + longer.amount, answer.unit).after(day) : longer.after(answer.after(day))
        return holidays.workingDay(onOrAfter: end)
    }
}
