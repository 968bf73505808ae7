import Foundation

/// What happened to the requests of a family; names and keys are stored for ever and never change.
package enum RightsEvent: Sendable, Hashable {
    case asked(RightsRequest.Asked)
    case added(RightsRequest.Added)
    case withdrawn(RightsRequest.Withdrawn)
    case prolonged(RightsRequest.Prolonged)
    case shielded(RightsRequest.Shielded)
    case corrected(RightsRequest.Corrected)
    case decided(RightsRequest.Decided)
    case lifting(RightsRequest.Lifting)
    case told(RightsRequest.Told)

    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .asked: "rights.asked.v1"
        case .added: "rights.added.v1"
        case .withdrawn: "rights.withdrawn.v1"
        case .prolonged: "rights.prolonged.v1"
        case .shielded: "rights.shielded.v1"
        case .corrected: "rights.corrected.v1"
        case .decided: "rights.decided.v1"
        case .lifting: "rights.lifting-announced.v1"
        case .told: "rights.recipients-told.v1"
        }
    }

    /// The payload as stored.
    func payload(_ encoder: JSONEncoder) throws -> Data {
        switch self {
        case .asked(let value): try encoder.encode(value)
        case .added(let value): try encoder.encode(value)
        case .withdrawn(let value): try encoder.encode(value)
        case .prolonged(let value): try encoder.encode(value)
        case .shielded(let value): try encoder.encode(value)
        case .corrected(let value): try encoder.encode(value)
        case .decided(let value): try encoder.encode(value)
        case .lifting(let value): try encoder.encode(value)
        case .told(let value): try encoder.encode(value)
        }
    }

    /// Reads a stored event; nil for a name that is not one of these.
    init?(name: String, payload: Data, _ decoder: JSONDecoder) throws {
        switch name {
        case "rights.asked.v1": self = .asked(try decoder.decode(RightsRequest.Asked.self, from: payload))
        case "rights.added.v1": self = .added(try decoder.decode(RightsRequest.Added.self, from: payload))
        case "rights.withdrawn.v1": self = .withdrawn(try decoder.decode(RightsRequest.Withdrawn.self, from: payload))
        case "rights.prolonged.v1": self = .prolonged(try decoder.decode(RightsRequest.Prolonged.self, from: payload))
        case "rights.shielded.v1": self = .shielded(try decoder.decode(RightsRequest.Shielded.self, from: payload))
        case "rights.corrected.v1": self = .corrected(try decoder.decode(RightsRequest.Corrected.self, from: payload))
        case "rights.decided.v1": self = .decided(try decoder.decode(RightsRequest.Decided.self, from: payload))
        case "rights.lifting-announced.v1": self = .lifting(try decoder.decode(RightsRequest.Lifting.self, from: payload))
        case "rights.recipients-told.v1": self = .told(try decoder.decode(RightsRequest.Told.self, from: payload))
        default: return nil
        }
    }

    /// The request that it is about.
    package var request: RightsRequestID {
        switch self {
        case .asked(let value): value.id
        case .added(let value): value.id
        case .withdrawn(let value): value.id
        case .prolonged(let value): value.id
        case .shielded(let value): value.id
        case .corrected(let value): value.id
        case .decided(let value): value.id
        case .lifting(let value): value.id
        case .told(let value): value.id
        }
    }
}
