/// Why a file of DUO is not read at all.
package enum DUOFileRefusal: Error, Hashable, Sendable {
    /// The file has no rows.
    case empty
    /// The file says Windows-1252 by having no mark, and is UTF-8: names would be mangled without anybody noticing.
    case encoding
    /// The first row does not read as a row of column names.
    case header
    /// These columns are needed and are not there.
    case columnsMissing([String])
    /// This column is there twice, so nobody knows which of them is meant.
    case columnTwice(String)
    /// The columns are those of the other file (02 given for 09, or 09 for 02).
    case otherFile
    /// Rows would be left out, and the caller asked to refuse the file then.
    case rows([RowProblem])

    /// The stable name of the refusal.
    package var code: String {
        switch self {
        case .empty: "duo.empty"
        case .encoding: "duo.encoding"
        case .header: "duo.header"
        case .columnsMissing: "duo.columns-missing"
        case .columnTwice: "duo.column-twice"
        case .otherFile: "duo.other-file"
        case .rows: "duo.rows"
        }
    }
}
