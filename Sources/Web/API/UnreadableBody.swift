/// Thrown for a body or a query that cannot be read, with every fault in it.
struct UnreadableBody: Error, Hashable {
    /// Where a fault is.
    enum Place: Hashable, Sendable {
        /// JSON pointer (RFC 6901) of the member; empty for the whole body.
        case body(String)
        /// Name of the parameter.
        case query(String)
    }

    /// What is wrong there.
    enum Kind: Hashable, Sendable {
        /// No JSON at all.
        case json
        /// Deeper or with more values than any body here.
        case tooMany
        /// Not there.
        case missing
        /// Nothing here has this name.
        case unknown
        /// A value of another type; the key of the type that is asked.
        case type(String)
        /// None of these codes.
        case code([String])
        case day
        case base64
        /// A text with control characters in it.
        case control

        /// The stable code of the fault.
        var code: String {
            switch self {
            case .json: "json"
            case .tooMany: "too-many"
            case .missing: "missing"
            case .unknown: "unknown"
            case .type: "type"
            case .code: "code"
            case .day: "day"
            case .base64: "base64"
            case .control: "control"
            }
        }
    }

    struct Fault: Hashable, Sendable {
        let place: Place
        let kind: Kind
    }

    let faults: [Fault]

    init(_ faults: [Fault]) { self.faults = faults }
    init(_ place: Place, _ kind: Kind) { faults = [Fault(place: place, kind: kind)] }
}
