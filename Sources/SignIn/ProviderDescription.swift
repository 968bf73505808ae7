import Foundation
import UseCases

/// What a provider says of itself (OpenID Connect Discovery 1.0).
struct ProviderDescription: Hashable, Sendable, Decodable {
    let issuer: String
    let authorize: String
    let token: String
    let keys: String
    let userinfo: String?
    let endSession: String?
    let tokenMethods: [String]?
    /// Whether it always says who answers (RFC 9207).
    let saysWhoAnswers: Bool?

    enum CodingKeys: String, CodingKey {
        case issuer, authorize = "authorization_endpoint", token = "token_endpoint", keys = "jwks_uri"
        case userinfo = "userinfo_endpoint", endSession = "end_session_endpoint"
        case tokenMethods = "token_endpoint_auth_methods_supported"
        case saysWhoAnswers = "authorization_response_iss_parameter_supported"
    }

    /// Where the description of a provider lies.
    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads a description; it must be of the issuer that was asked, with addresses to which a secret may go.
    ///
    /// - Throws: `SignInTrouble`: `unreachable` when it is none, `wrongDescription`.
    static func read(_ json: Data, of issuer: String) throws(SignInTrouble) -> ProviderDescription {
        guard let read = try? JSONDecoder().decode(ProviderDescription.self, from: json) else { throw .unreachable }
        let addresses = [read.authorize, read.token, read.keys] + [read.userinfo, read.endSession].compactMap(\.self)
        guard read.issuer == issuer, addresses.allSatisfy(SignInSettings.isSafe) else { throw .wrongDescription }
        return read
    }

    /// Whether the secret goes in a header; else in the form. The standard's own way when the provider names none.
    var secretInHeader: Bool { tokenMethods.map { $0.contains("client_secret_basic") } ?? true }
}
