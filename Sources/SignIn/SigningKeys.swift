import Foundation
import JWTKit
import UseCases

/// The keys by which a provider signs (RFC 7517).
struct SigningKeys: Sendable {
    /// A key with what is said of it.
    private struct Key: Sendable {
        let jwk: JWK
        let id: String?
    }

    private let keys: [Key]

    /// Signatures that are taken: by a key of which only the public half is known here. `none` and whatever is made with a
    /// secret that two know are not among them (RFC 8725, 3.1).
    static let algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]

    /// Reads a set; a key of another kind is passed over. Nil when it is no set.
    init?(_ json: Data) {
        struct Row: Decodable {
            let kty: String?
            let use: String?
            let kid: String?
        }
        struct One<Wrapped: Decodable>: Decodable {
            let value: Wrapped?
            init(from decoder: any Decoder) throws { value = try? Wrapped(from: decoder) }
        }
        struct Set<Wrapped: Decodable>: Decodable { let keys: [One<Wrapped>] }
        let decoder = JSONDecoder()
        guard let rows = try? decoder.decode(Set<Row>.self, from: json), let jwks = try? decoder.decode(Set<JWK>.self, from: json)
        else { return nil }
        keys = zip(rows.keys, jwks.keys).compactMap { row, jwk in
            guard let row = row.value, var jwk = jwk.value, row.use == nil || row.use == "sig" else { return nil }
            // Whatever is private in it is none of ours.
            jwk.privateExponent = nil
            return Key(jwk: jwk, id: row.kid)
        }
    }

    /// What a token says of how it was signed.
    private struct Header: Decodable {
        let alg: String
        let kid: String?
        /// Names of header fields that must be understood; none is here.
        let crit: [String]?
    }

    /// The claims of a token whose signature is right.
    ///
    /// - Throws: `SignInTrouble`: `unreadableToken`, `unknownKey`, `wrongSignature`.
    func verified(_ token: String) async throws(SignInTrouble) -> Claims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count <= 20_000, let first = Self.decoded(parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: first), header.crit == nil,
            Self.algorithms.contains(header.alg), let algorithm = JWK.Algorithm(rawValue: header.alg)
        else { throw .unreadableToken }
        // The library would take another key for one that it does not know: the right one is chosen here.
        let fitting = keys.filter { key in
            (header.kid == nil || key.id == header.kid) && key.jwk.keyType == Self.kind(of: header.alg)
                && (key.jwk.algorithm.map { $0 == algorithm } ?? true)
        }
        // Without a name for its key a token may be by any; more than one would be guessing.
        guard fitting.count == 1, var jwk = fitting.first?.jwk else { throw .unknownKey }
        jwk.algorithm = algorithm
        jwk.keyIdentifier = JWKIdentifier(string: "one")
        do {
            let collection = try await JWTKeyCollection().add(jwk: jwk)
            return try await collection.verify(token, as: Claims.self)
        } catch {
            // One that names no key may be by one that is not known yet.
            throw header.kid == nil ? .unknownKey : .wrongSignature
        }
    }

    private static func kind(of algorithm: String) -> JWK.KeyType {
        switch algorithm.first {
        case "R", "P": .rsa
        case "E" where algorithm == "EdDSA": .octetKeyPair
        default: .ecdsa
        }
    }

    private static func decoded(_ part: Substring) -> Data? {
        let text = part.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}
