import Domain
import Journal

extension Projection {
    /// Stream of the statement about a destruction.
    package static func statement(_ key: String) -> StreamID { StreamID("destruction-\(key)") }

    /// The row that tells how long a dossier is kept; nil where the plan leaves that to paper.
    static func retentionRow(of dossier: Dossier, _ shelf: PlanShelf, on day: Day?) -> RetentionRow? {
        guard let retention = dossier.retention(shelf, on: day), let school = dossier.school else { return nil }
        let announced = dossier.keeping.announced
        return RetentionRow(
            dossier: dossier.id, school: school, keptUntil: retention.keptUntil, isHeld: !retention.holds.isEmpty,
            stage: announced.map { $0.agreedBy == nil ? .announced : .agreed } ?? .none, stopUntil: announced?.stopUntil)
    }

    /// The rows of what stays of destroyed dossiers.
    static func rows(of statement: DestructionStatement, _ key: String) -> [any RegisterRow] {
        statement.remains.enumerated().map { place, remain in
            RemainRow(
                statement: key, place: place, kind: remain.kind.rawValue, what: remain.what, state: remain.state,
                year: remain.year, count: remain.count)
        }
    }
}

extension PlanRules {
    /// Everything in the plan and the law that the register of retention is made of, as one text; empty where nothing is.
    var retentionText: String {
        guard let retention else { return "" }
        let terms = retention.law?.terms.map { "\($0.from) \($0.keep)" } ?? []
        let holds = procedures.filter { $0.holds.contains(.retention) }.map(\.id)
        return "\nretention \(ages.upperBound) \(terms.joined(separator: ",")) \(holds.joined(separator: ","))"
    }
}
