/// The condition that each word begins a word of a name key; always true without words.
package struct WordFilter: Sendable {
    package let sql: String
    package let arguments: [RegisterValue]

    package init(words: [String], column: String) {
        // Compared as bytes: a name key holds plain letters, digits and single spaces, and so does each word.
        let word = "(substr(\(column), 1, length(?)) = ? OR instr(\(column), ?) > 0)"
        sql = words.isEmpty ? "true" : words.map { _ in word }.joined(separator: " AND ")
        arguments = words.flatMap { [.text($0), .text($0), .text(" \($0)")] }
    }
}
