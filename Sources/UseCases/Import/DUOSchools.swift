import Domain

/// The school locations in a file of DUO's open data, and what was wrong with the rows that are not among them.
package struct DUOSchools: Sendable {
    /// The files that can be read, by DUO's number and name.
    package enum Source: Hashable, Sendable {
        /// 02, "Alle schoolvestigingen basisonderwijs".
        case file02
        /// 09, "Alle vestigingen sbo, so en vso".
        case file09
    }

    /// What becomes of a file in which some rows cannot be read.
    package enum FaultyRows: Hashable, Sendable {
        /// They are left out and named among the problems.
        case skip
        /// Nothing is taken.
        case refuseFile
    }

    /// In the order of the file.
    package let locations: [SchoolLocation]
    /// In the order of the file; also those that cost a field but not the row.
    package let problems: [RowProblem]
    /// The number of rows whose postcode lies outside the areas asked for.
    package let outside: Int
}
