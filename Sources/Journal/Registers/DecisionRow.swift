import Domain

/// One numbered decision.
package struct DecisionRow: RegisterRow {
    /// The dossier that it is about.
    package var dossier: DossierID
    /// The procedure that led to it.
    package var instance: InstanceID
    /// Its number as it is printed; no two decisions share one.
    package var number: String
    /// The counter that its number was drawn from.
    package var counter: String
    /// The number drawn, 1…; no two decisions of a counter share one.
    package var ordinal: Int64
    /// What was decided, in the words of the plan.
    package var outcome: String
    /// The first day on which it holds.
    package var begin: Day?
    /// The last day on which it holds.
    package var end: Day?
    /// The day on which it was given.
    package var issued: Day

    package init(
        dossier: DossierID, instance: InstanceID, number: String, counter: String, ordinal: Int64, outcome: String,
        begin: Day? = nil, end: Day? = nil, issued: Day
    ) {
        self.dossier = dossier
        self.instance = instance
        self.number = number
        self.counter = counter
        self.ordinal = ordinal
        self.outcome = outcome
        self.begin = begin
        self.end = end
        self.issued = issued
    }
}

extension DecisionRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "decisions", key: ["dossier", "instance", "number"],
        columns: ["counter", "ordinal", "outcome", "begins", "ends", "issued"],
        unique: [["number"], ["counter", "ordinal"]])

    package var values: [RegisterValue] {
        [
            RegisterValue(dossier), RegisterValue(instance), .text(number), .text(counter), .int(ordinal), .text(outcome),
            RegisterValue(begin), RegisterValue(end), RegisterValue(issued),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        dossier = try reader.id()
        instance = try reader.id()
        number = try reader.text()
        counter = try reader.text()
        ordinal = try reader.int()
        outcome = try reader.text()
        begin = try reader.optionalDay()
        end = try reader.optionalDay()
        issued = try reader.day()
    }
}
