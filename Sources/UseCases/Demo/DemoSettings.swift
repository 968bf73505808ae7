import Domain
import Foundation

/// How much of what there is and how often it happens: `settings.yaml`.
package struct DemoSettings: Decodable, Sendable {
    /// How many years of cases there are.
    let years: Int
    /// Age of most children when they come into the plan's first group, on 1 October.
    let firstAge: Int
    /// About how many dossiers a school has; decides how many schools have any.
    let dossiersPerSchool: Int
    /// When schools are closed, `MM-DD..MM-DD`; a span may run over the new year.
    let closed: [YearSpan]
    /// Share of guardians with an account of their own.
    let accounts: Double
    /// The one password of all invented people.
    package let password: String
    /// The part of their addresses after the @: a name that no mail ever reaches.
    let mail: String
    /// Who works where, by function.
    let staff: [String: DemoStaff]
    /// How often a route is started from nothing.
    let routes: [String: Double]
    /// Routes that few children go: in a small demo they are hardly shown. None when it is left out.
    let rare: Set<String>?
    /// How often a choice is made, by `route.step.choice`; 1 when it is not named.
    let choices: [String: Double]
    /// Outcomes after which a dossier rests, as `route.outcome`.
    let last: [String]
    /// What a route comes to, by route and outcome: chosen before it begins, so that what people write on the way fits.
    let toward: [String: [String: DemoLeaning]]
    /// Days from the opening of a step to the act, by `route.step`; by its term when it is not named.
    let pace: [String: DaySpan]
    /// Weights of the options of a field.
    let options: [String: [String: Double]]
    /// How the day in a field is found.
    let days: [String: DayRule]
    /// How often a field is filled in that may stay empty; `usually` for those not named.
    let filled: [String: Double]
    let filledUsually: Double
    /// Documents that are added without being asked for, by kind of evidence.
    let papers: [String: DemoPaperRule]
    /// One story that is told of one child, so that somebody's dossier shows everything: `route.outcome` one after another,
    /// and `route.step` for the step that is open at the end.
    let showpiece: [String]
    /// How often guardians say no at first.
    let refusals: Double
    /// What somebody who tries the demo in this function can look at.
    let people: [String: DemoText]

    enum CodingKeys: String, CodingKey {
        case years, closed, accounts, password, mail, staff, routes, rare, choices, pace, options, days, filled, refusals, people,
            last, toward, papers, showpiece
        case firstAge = "first-age"
        case dossiersPerSchool = "dossiers-per-school"
        case filledUsually = "filled-usually"
    }

    /// Whether schools are closed on a day.
    func isClosed(_ day: Day) -> Bool { closed.contains { $0.holds(day) } }
}

/// How often a document is added, by whom and when.
struct DemoPaperRule: Decodable, Sendable {
    let share: Double
    /// Added by a guardian, when one has an account.
    let byFamily: Bool?
    /// Only after this route.
    let after: String?

    enum CodingKeys: String, CodingKey {
        case share, after
        case byFamily = "by-family"
    }
}

/// How often a route comes to an outcome, and what is answered on the way there.
struct DemoLeaning: Decodable, Sendable {
    let weight: Double
    /// Weights of the options of a field.
    let options: [String: [String: Double]]
}

/// How many hold a function: exactly one of these.
struct DemoStaff: Decodable, Sendable {
    /// `school`: one at each school; `group`: one for each group of each school; `discipline`: one for each discipline.
    let each: String?
    /// One for so many schools.
    let schools: Int?
    /// So many at the partnership.
    let count: Int?
    /// Kinds of school where there is one; all when it is not given.
    let kinds: [String]?
}

/// A text in both languages.
package struct DemoText: Decodable, Sendable {
    package let nl: String
    package let en: String
}

/// A part of every year, `MM-DD..MM-DD`.
struct YearSpan: Decodable, Sendable {
    private let first: Int
    private let last: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let ends = try container.decode(String.self).components(separatedBy: "..").map { Day("2000-\($0)") }
        guard ends.count == 2, let first = ends[0], let last = ends[1] else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "MM-DD..MM-DD is asked")
        }
        self.first = first.month * 100 + first.day
        self.last = last.month * 100 + last.day
    }

    func holds(_ day: Day) -> Bool {
        let (_, month, number) = day.parts
        let place = month * 100 + number
        return first <= last ? (first...last).contains(place) : place >= first || place <= last
    }
}

/// A number of days, `3` or `2..9`.
struct DaySpan: Decodable, Sendable {
    let range: ClosedRange<Int>

    init(_ range: ClosedRange<Int>) { self.range = range }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let span = DaySpan(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a number of days or 2..9 is asked")
        }
        self = span
    }

    init?(_ text: String) {
        let ends = text.components(separatedBy: "..").map { Int($0) }
        switch ends.count {
        case 1:
            guard let day = ends[0] else { return nil }
            range = day...day
        case 2:
            guard let first = ends[0], let last = ends[1], first <= last else { return nil }
            range = first...last
        default: return nil
        }
    }
}

/// How a day is found from the day on which it is written; of several, separated by `|`, one at random.
struct DayRule: Decodable, Sendable {
    private enum Way: Sendable {
        /// So many days later; earlier if negative.
        case within(ClosedRange<Int>)
        /// The first day of the next month.
        case nextMonth
        /// The first day of the next school year.
        case nextSchoolYear
        /// The last day of this school year, of the next one in its last month.
        case endOfSchoolYear
        /// The last day of the next school year.
        case endOfNextSchoolYear
        /// The first day of a month, at least so many days later.
        case month(ClosedRange<Int>)

        init?(_ text: String) {
            switch text {
            case "next-month": self = .nextMonth
            case "next-school-year": self = .nextSchoolYear
            case "end-of-school-year": self = .endOfSchoolYear
            case "end-of-next-school-year": self = .endOfNextSchoolYear
            case _ where text.hasPrefix("month "):
                guard let span = DaySpan(String(text.dropFirst(6))) else { return nil }
                self = .month(span.range)
            default:
                guard let span = DaySpan(text) else { return nil }
                self = .within(span.range)
            }
        }
    }

    private let ways: [Way]

    init(within range: ClosedRange<Int>) { ways = [.within(range)] }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let texts = try container.decode(String.self).components(separatedBy: "|").map { $0.trimmed }
        ways = texts.compactMap { Way($0) }
        guard ways.count == texts.count else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "next-month, month 60..90, next-school-year, end-of-school-year or days such as 7..60 are asked"
            )
        }
    }

    func day(from today: Day, _ random: inout SeededRandom) -> Day {
        switch random.pick(ways) {
        case .within(let range): return today.adding(days: random.within(range))
        case .nextMonth: return Self.monthAfter(today)
        case .month(let range): return Self.monthAfter(today.adding(days: random.within(range) - 1))
        case .endOfSchoolYear: return SchoolYear(containing: today.adding(days: 30)).last
        case .nextSchoolYear: return SchoolYear(containing: today).next.first
        case .endOfNextSchoolYear: return SchoolYear(containing: today).next.last
        case nil: return today
        }
    }

    private static func monthAfter(_ day: Day) -> Day {
        let (year, month, _) = day.parts
        return Day(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1) ?? day
    }
}
