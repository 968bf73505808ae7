import Foundation

/// What happened, ready to be recorded: its frozen name and its contents in plain text.
package struct NewEvent: Hashable, Sendable {
    /// The frozen type name, `procedure.started.v1`.
    package let type: String
    /// The contents as JSON; the journal seals them and never looks inside.
    package let payload: Data

    package init(type: String, payload: Data) {
        self.type = type
        self.payload = payload
    }
}
