import Foundation

/// What was said about keeping or destroying a dossier; names and keys are stored for ever and never change.
package enum RetentionEvent: Sendable, Hashable {
    case held(Reason)
    case released(Reason)
    case announced(Announced)
    case agreed(Agreed)
    case stopped(Reason)
    /// From here on nothing is added any more.
    case begun(Begun)

    /// Why, in somebody's own words; gone with the dossier.
    package struct Reason: Sendable, Hashable, Codable {
        package let reason: String
        package init(reason: String) { self.reason = reason }
    }

    package struct Announced: Sendable, Hashable, Codable {
        /// The last day on which the dossier had to be kept.
        package let keptUntil: Day
        /// The article that says how long.
        package let ground: String
        package init(keptUntil: Day, ground: String) {
            self.keptUntil = keptUntil
            self.ground = ground
        }
    }

    package struct Begun: Sendable, Hashable, Codable {
        package let on: Day
        package init(on: Day) { self.on = on }
    }

    package struct Agreed: Sendable, Hashable, Codable {
        /// The last day on which it can be stopped.
        package let stopUntil: Day
        package init(stopUntil: Day) { self.stopUntil = stopUntil }
    }

    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .held: "retention.held.v1"
        case .released: "retention.released.v1"
        case .announced: "destruction.announced.v1"
        case .agreed: "destruction.agreed.v1"
        case .stopped: "destruction.stopped.v1"
        case .begun: "destruction.begun.v1"
        }
    }

    /// The payload as stored.
    func payload(_ encoder: JSONEncoder) throws -> Data {
        switch self {
        case .held(let value), .released(let value), .stopped(let value): try encoder.encode(value)
        case .announced(let value): try encoder.encode(value)
        case .begun(let value): try encoder.encode(value)
        case .agreed(let value): try encoder.encode(value)
        }
    }

    /// Reads a stored event; nil for a name that is not one of these.
    init?(name: String, payload: Data, _ decoder: JSONDecoder) throws {
        switch name {
        case "retention.held.v1": self = .held(try decoder.decode(Reason.self, from: payload))
        case "retention.released.v1": self = .released(try decoder.decode(Reason.self, from: payload))
        case "destruction.announced.v1": self = .announced(try decoder.decode(Announced.self, from: payload))
        case "destruction.agreed.v1": self = .agreed(try decoder.decode(Agreed.self, from: payload))
        case "destruction.stopped.v1": self = .stopped(try decoder.decode(Reason.self, from: payload))
        case "destruction.begun.v1": self = .begun(try decoder.decode(Begun.self, from: payload))
        default: return nil
        }
    }
}
