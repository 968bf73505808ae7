import Logging

extension Logger {
    /// One that says nothing: of thousands of requests a line each would hide what failed.
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}
