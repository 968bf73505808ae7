/// What is wrong with one field, or one row, of a file that is being imported.
package struct RowProblem: Hashable, Sendable {
    /// What would have been right.
    package enum Expected: Hashable, Sendable {
        /// Bytes that mean something in the file's encoding.
        case readableText
        /// Every quotation mark closed before the end of the line.
        case closedQuotes
        /// As many fields as the first row has.
        case fields(Int)
        /// Something, without control characters, not longer than so many characters.
        case text(longest: Int)
        /// Two digits and two capitals.
        case brin
        /// The BRIN of the same row and two digits.
        case locationCode
        /// A location code that no earlier row has.
        case onlyOnce
        /// Five digits.
        case boardNumber
        /// Four digits of which the first is no 0, and two capitals that are not SA, SD or SS.
        case postcode
        /// Four digits.
        case municipalityCode
        /// One of these words.
        case oneOf([String])
        /// Ten digits of which the first is a 0.
        case phone
    }

    /// The line in the file, the first being 1.
    package let line: Int
    /// The name of the column; nil if it is about the row as a whole.
    package let column: String?
    /// What stands there, at most 40 characters of it.
    package let found: String
    package let expected: Expected
    /// True if the row is not taken for this reason, false if it is taken without this field.
    package let isRowLeftOut: Bool

    init(line: Int, column: String?, found: String, expected: Expected, isRowLeftOut: Bool = true) {
        self.line = line
        self.column = column
        let visible = found.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "\u{FFFD}" : $0 }
        self.found = visible.count > 40 ? String(visible.prefix(39)) + "…" : String(visible)
        self.expected = expected
        self.isRowLeftOut = isRowLeftOut
    }
}

extension RowProblem.Expected: CustomStringConvertible {
    /// In words, for the command line; pages take their words from the catalogue.
    package var description: String {
        switch self {
        case .readableText: "text in the encoding of the file"
        case .closedQuotes: "every quotation mark closed on the same line"
        case .fields(let count): "\(count) fields"
        case .text(let longest): "1 to \(longest) characters of text"
        case .brin: "BRIN: two digits and two capitals"
        case .locationCode: "vestigingscode: the BRIN of this row and two digits"
        case .onlyOnce: "a vestigingscode that no earlier row has"
        case .boardNumber: "number of a board: five digits"
        case .postcode: "postcode: 1234 AB"
        case .municipalityCode: "number of a municipality: four digits"
        case .oneOf(let words): "one of " + words.joined(separator: ", ")
        case .phone: "ten digits, the first a 0"
        }
    }
}
