import Foundation

/// A school location or the partnership, as registered; public facts of an institution.
package struct Organisation: Sendable, Equatable, Hashable, Codable {
    package let id: OrganisationID
    /// `partnership`, or the kind of school: `bo`, `sbo`, `so`, `vso`, `so-vso`.
    package var kind: String
    package var name: String
    /// Code of the location (BRIN with two digits) or of the partnership.
    package var code: String?
    package var board: String?
    package var street: String?
    package var postcode: String?
    package var place: String?
    package var phone: String?
    package var website: String?

    package init(
        id: OrganisationID, kind: String, name: String, code: String? = nil, board: String? = nil, street: String? = nil,
        postcode: String? = nil, place: String? = nil, phone: String? = nil, website: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.code = code
        self.board = board
        self.street = street
        self.postcode = postcode
        self.place = place
        self.phone = phone
        self.website = website
    }
}

/// What happened to an organisation; names and keys are stored for ever.
package enum OrganisationEvent: Sendable, Hashable {
    case registered(Organisation)
    case closed(Closed)

    package struct Closed: Sendable, Hashable, Codable {
        package let on: Day
        package init(on: Day) { self.on = on }
    }

    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .registered: "organisation.registered.v1"
        case .closed: "organisation.closed.v1"
        }
    }

    /// The payload as stored.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return switch self {
        case .registered(let value): try encoder.encode(value)
        case .closed(let value): try encoder.encode(value)
        }
    }

    /// Reads a stored event.
    ///
    /// - Throws: `UnknownEvent`, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        let decoder = JSONDecoder()
        self =
            switch name {
            case "organisation.registered.v1": .registered(try decoder.decode(Organisation.self, from: payload))
            case "organisation.closed.v1": .closed(try decoder.decode(Closed.self, from: payload))
            default: throw UnknownEvent(name: name)
            }
    }
}
