/// One step of how an outcome was found, for whoever asks why: a code and the values that were used.
///
/// No sentence: the text in each language is looked up by the code, so the same explanation serves a parent's page, a
/// letter and the command line. Codes are stored with decisions and so are never renamed once released.
package struct Explained: Hashable, Sendable, Codable {
    /// What was done: the slice and the step, such as "term.movedFromHoliday".
    package let code: String
    /// What it was done with, by name; days, periods and numbers as the journal writes them.
    package let values: [String: String]

    /// A step with this code and these values.
    package init(_ code: String, _ values: [String: String] = [:]) {
        self.code = code
        self.values = values
    }
}
