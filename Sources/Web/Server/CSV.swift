/// A table as a file for a spreadsheet: RFC 4180, with a mark of UTF-8 in front so that Excel reads accents.
struct CSV {
    private(set) var text: String

    init(header: [String]) {
        text = "\u{FEFF}"
        add(header)
    }

    /// Adds one row; every cell stands in quotation marks.
    mutating func add(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front (CWE-1236).
    static func cell(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        let isFormula = first.map { "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
        return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }
}
