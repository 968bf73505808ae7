import Domain
import Foundation
import Journal

/// What the tests throw from inside an act.
struct Refused: Error, Equatable {}

/// A moment in the tests' year, so many minutes after it began.
func minute(_ minutes: Int64) -> Instant { Instant(milliseconds: 1_767_225_600_000 + minutes * 60_000) }

/// The first of January 2026, or so many days after it.
func day(_ days: Int) -> Day { Day(daysSinceEpoch: 20_454 + days) }

func event(_ text: String) -> NewEvent { NewEvent(type: "sample.noted.v1", payload: Data("{\"text\":\"\(text)\"}".utf8)) }

extension Appending {
    /// An act that records these texts.
    static func noting(
        _ texts: String..., in stream: StreamID, after version: Int, at: Instant = minute(0), actor: PersonID = "person-a",
        onBehalfOf: PersonID? = nil, registers: RegisterChange = RegisterChange()
    ) -> Appending {
        Appending(stream: stream, expectedVersion: version, at: at, actor: actor, onBehalfOf: onBehalfOf) { _ in
            Act(events: texts.map(event), registers: registers)
        }
    }
}

extension PersonID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
extension StreamID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
extension RightsRequestID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension DossierID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
extension OrganisationID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
extension InstanceID: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}

extension RecordedEvent {
    var text: String { String(decoding: payload, as: UTF8.self) }
}

extension DossierRow {
    static func sample(
        _ id: DossierID, _ given: String, _ family: String, school: OrganisationID = "school-1", version: Int = 1,
        changedAt: Instant = minute(0)
    ) -> DossierRow {
        DossierRow(
            id: id, school: school, givenName: given, familyName: family, group: "5", born: day(-3000), state: "open",
            version: version, changedAt: changedAt, opened: day(0))
    }

    func opening(for principal: String, until: Day? = nil) -> OpeningRow {
        OpeningRow(
            principal: principal, dossier: id, parts: "all", until: until, ground: "school", nameKey: nameKey,
            changedAt: changedAt)
    }

    func task(
        for principal: String, _ kind: TaskRow.Kind = .act, instance: InstanceID, step: String = "advise", since: Instant,
        due: Day?
    ) -> TaskRow {
        TaskRow(
            principal: principal, kind: kind, instance: instance, step: step, dossier: id, procedure: "request", plan: "2026",
            since: since, due: due, warnFrom: due?.adding(days: -7), school: school)
    }

    func procedure(_ instance: InstanceID, state: String = "running", started: Day = day(0)) -> ProcedureRow {
        ProcedureRow(
            instance: instance, dossier: id, procedure: "request", plan: "2026", school: school, state: state,
            started: started, due: started.adding(days: 42))
    }

    func decision(_ instance: InstanceID, counter: String = "tlv", ordinal: Int64, issued: Day = day(0)) -> DecisionRow {
        DecisionRow(
            dossier: id, instance: instance, number: "\(counter)-\(ordinal)", counter: counter, ordinal: ordinal,
            outcome: "granted", begin: issued, end: issued.adding(years: 2), issued: issued)
    }
}

/// Puts rows into the registers by an act on a stream of their own.
func put(_ rows: [any RegisterRow], deletes: [RegisterKey] = [], in journal: any WholeJournal) async throws {
    let version = try await journal.read("rows").count
    _ = try await journal.append(
        .noting("rows", in: "rows", after: version, registers: RegisterChange(upserts: rows, deletes: deletes)))
}
