import Domain
import HTTPTypes

/// What went wrong, as `application/problem+json` (RFC 9457) tells it.
struct APIProblem: Error {
    /// The kinds there are; the raw value is the end of the type's URI and of the keys of its texts, and is never renamed.
    enum Kind: String, CaseIterable {
        case unauthorized, unreadable, refused, fault, busy, alike
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case mediaType = "media-type"
        case tooLarge = "too-large"
        case notAllowed = "not-allowed"
        case movedOn = "moved-on"
        case noPaper = "no-paper"
        case cannotSave = "cannot-save"
        case uncertain

        var status: HTTPResponse.Status {
            switch self {
            case .unauthorized: .unauthorized
            case .unreadable: .badRequest
            case .refused: .unprocessableContent
            case .fault: .internalServerError
            case .busy, .noPaper, .cannotSave, .uncertain: .serviceUnavailable
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .mediaType: .unsupportedMediaType
            case .tooLarge: .contentTooLarge
            case .notAllowed: .forbidden
            case .movedOn, .alike: .conflict
            }
        }
    }

    let kind: Kind
    /// Headers that belong to the status, such as `Allow`.
    var headers: HTTPFields = [:]
    /// Members beside those of RFC 9457.
    var members: [String: JSON] = [:]
}
