/// By which reckoning the last day of a term is found.
package enum CountsBy: String, CaseIterable, Hashable, Sendable, Codable {
    /// The Algemene termijnenwet: a term does not end on a Saturday, Sunday or feestdag. For terms of law, and for a
    /// partnership's own promises where its plan says so.
    case termijnenwet
    /// Calendar days alone: the last day is what it is.
    case calendar
}
