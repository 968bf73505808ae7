import Domain

/// A function that a person holds at an organisation.
package struct FunctionRow: RegisterRow {
    /// The function held.
    package var id: String
    /// Who.
    package var person: PersonID
    /// Which, in the words of the plan.
    package var function: String
    /// Where.
    package var organisation: OrganisationID
    /// The discipline, of an expert.
    package var discipline: String?
    /// The first day.
    package var from: Day
    /// The last day; nil while nothing ends it.
    package var until: Day?
    /// Who is absent and whose place is taken; nil for a function of one's own.
    package var replaces: PersonID?

    package init(
        id: String, person: PersonID, function: String, organisation: OrganisationID, discipline: String? = nil, from: Day,
        until: Day? = nil, replaces: PersonID? = nil
    ) {
        self.id = id
        self.person = person
        self.function = function
        self.organisation = organisation
        self.discipline = discipline
        self.from = from
        self.until = until
        self.replaces = replaces
    }
}

extension FunctionRow {
    /// The table's frozen names.
    package static let table = RegisterTable(
        "functions", key: ["id"],
        columns: ["person", "function", "organisation", "discipline", "from_day", "until", "replaces"])

    package var values: [RegisterValue] {
        [
            .text(id), RegisterValue(person), .text(function), RegisterValue(organisation), RegisterValue(discipline),
            RegisterValue(from), RegisterValue(until), RegisterValue(replaces?.rawValue),
        ]
    }

    package init(from reader: inout RegisterReader) throws(JournalFault) {
        id = try reader.text()
        person = try reader.id()
        function = try reader.text()
        organisation = try reader.id()
        discipline = try reader.optionalText()
        from = try reader.day()
        until = try reader.optionalDay()
        replaces = try reader.optionalID()
    }
}
