import Domain

// What needs no plan to be said, on a page and by a command.
extension Texts {
    /// A period in words: "6 weken".
    func period(_ period: Period) -> String { count("period.\(period.unit.rawValue)", period.amount) }

    /// One line of an explanation, in words; days and periods are written out.
    package func explained(_ line: Explained) -> String {
        let format = LocalFormat(self)
        let values = line.values.mapValues { value in
            if let day = Day(value) {
                format.plainDay(day)
            } else if let period = Period(value) {
                self.period(period)
            } else {
                value
            }
        }
        return ifKnown("explained.\(line.code)", values) ?? line.code
    }
}
