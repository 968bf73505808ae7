import Crypto
import Domain
import Foundation
import UseCases

/// A provider of OpenID Connect: authorization code with PKCE, and nothing else (OAuth 2.0 security, RFC 9700).
///
/// Its description and keys are asked for when they are needed first, and kept for a while. A token is read and forgotten: none
/// is kept, and none that lasts is asked for.
package actor OpenIDProvider: SignInProvider {
    private struct Kept<Value: Sendable> {
        let value: Value
        let at: Instant
    }

    private let settings: SignInSettings.Provider
    private let secret: String
    private let outside: any Outside
    private let clock: any Clock
    private var description: Kept<ProviderDescription>?
    private var keys: Kept<SigningKeys>?
    /// When the provider did not answer last.
    private var silent: Instant?

    /// How long a description and keys are kept, in milliseconds.
    private static let kept: Int64 = 3_600_000
    /// How often keys are asked for at most because a token names one that is not known, in milliseconds: else whoever sends
    /// made-up tokens decides how often.
    private static let keysEvery: Int64 = 10_000

    /// How long ago somebody may have signed in who has to do so anew, in seconds. With it the token must say when (OpenID Connect
    /// Core 1.0, 3.1.2.1), and that is held against the question; 0 leads some providers in a circle.
    private static let longest = 300
    /// How long a provider that did not answer is left alone, in milliseconds: nobody waits for it again meanwhile.
    private static let rest: Int64 = 3_000

    package nonisolated var key: String { settings.key }
    package nonisolated var name: Localized { settings.name }

    /// - Parameters:
    ///   - secret: of the client; goes to the provider's own token address and nowhere else.
    ///   - outside: what asks other machines.
    package init(_ settings: SignInSettings.Provider, secret: String, outside: any Outside, clock: any Clock) {
        self.settings = settings
        self.secret = secret
        self.outside = outside
        self.clock = clock
    }

    package func address(asking question: SignInQuestion) async throws(SignInTrouble) -> String {
        let description = try await described()
        let challenge = Self.unpadded(Data(SHA256.hash(data: Data(question.verifier.utf8))))
        var fields = [
            ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", question.back),
            ("scope", settings.scopes.joined(separator: " ")), ("state", question.state), ("nonce", question.nonce),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ]
        if question.isAnew { fields += [("prompt", "login"), ("max_age", String(Self.longest))] }
        return description.authorize + (description.authorize.contains("?") ? "&" : "?") + FormText.encoded(fields)
    }

    package func identity(
        of code: String, from issuer: String?, answering question: SignInQuestion, at: Instant
    ) async throws(SignInTrouble) -> ProvedIdentity {
        let description = try await described()
        // Who says to have answered, or always says so and now does not, must be who was asked (RFC 9207).
        guard issuer == settings.issuer || issuer == nil && description.saysWhoAnswers != true else { throw .otherIssuer }
        let tokens = try await exchanged(code, question, description)
        var claims = try await verified(tokens.idToken, description)
        let check = IDTokenCheck(provider: settings, question: question, now: at)
        try check.check(claims)
        if let userinfo = description.userinfo, let access = tokens.accessToken, lacks(claims) {
            let more = try await more(userinfo, access, of: claims)
            // An address is verified by whoever names it: never that of the one answer by the word of the other.
            if let mail = settings.mail, claims.values[mail.claim] == nil || claims.values[mail.verified] == nil {
                for name in [mail.claim, mail.verified] { claims.values[name] = nil }
            }
            claims = claims.adding(more)
        }
        return try check.identity(claims)
    }

    package func signOutAddress() async -> String? {
        guard let end = try? await described().endSession else { return nil }
        return end + (end.contains("?") ? "&" : "?") + FormText.encoded([("client_id", settings.client)])
    }

    // MARK: Asking

    private struct Tokens: Decodable {
        let idToken: String
        let accessToken: String?

        enum CodingKeys: String, CodingKey {
            case idToken = "id_token", accessToken = "access_token"
        }
    }

    private func exchanged(
        _ code: String, _ question: SignInQuestion, _ description: ProviderDescription
    ) async throws(SignInTrouble) -> Tokens {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", question.back),
            ("code_verifier", question.verifier),
        ]
        var authorization: String?
        if description.secretInHeader {
            let pair = "\(FormText.encoded(settings.client)):\(FormText.encoded(secret))"
            authorization = "Basic \(Data(pair.utf8).base64EncodedString())"
        } else {
            form += [("client_id", settings.client), ("client_secret", secret)]
        }
        let (status, body) = try await outside.post(description.token, form: form, authorization: authorization)
        guard status < 500 else { throw .unreachable }
        guard status == 200, let tokens = try? JSONDecoder().decode(Tokens.self, from: body) else { throw .codeRefused }
        return tokens
    }

    private func described() async throws(SignInTrouble) -> ProviderDescription {
        let now = clock.now()
        if let description, now.milliseconds - description.at.milliseconds < Self.kept { return description.value }
        if let silent, (0..<Self.rest).contains(now.milliseconds - silent.milliseconds) { throw .unreachable }
        let json: Data
        do throws(SignInTrouble) {
            json = try await outside.get(ProviderDescription.address(of: settings.issuer), bearer: nil)
        } catch {
            silent = now
            throw error
        }
        let read = try ProviderDescription.read(json, of: settings.issuer)
        description = Kept(value: read, at: now)
        return read
    }

    /// The claims of a token; its keys are asked for anew when it names one that is not known, because keys change.
    private func verified(_ token: String, _ description: ProviderDescription) async throws(SignInTrouble) -> Claims {
        let now = clock.now()
        if let keys, now.milliseconds - keys.at.milliseconds < Self.kept {
            do throws(SignInTrouble) {
                return try await keys.value.verified(token)
            } catch {
                guard error == .unknownKey, now.milliseconds - keys.at.milliseconds >= Self.keysEvery else { throw error }
            }
        }
        return try await fetchedKeys(description, now).verified(token)
    }

    private func fetchedKeys(_ description: ProviderDescription, _ now: Instant) async throws(SignInTrouble) -> SigningKeys {
        let json = try await outside.get(description.keys, bearer: nil)
        guard let read = SigningKeys(json) else { throw .unreachable }
        keys = Kept(value: read, at: now)
        return read
    }

    /// Asks for the keys, to see whether they are there.
    func lookAtKeys() async throws(SignInTrouble) { _ = try await fetchedKeys(try await described(), clock.now()) }

    /// Whether the token leaves out what the settings look at, so that it has to be asked for.
    private func lacks(_ claims: Claims) -> Bool {
        let wanted =
            [settings.subject, settings.organisation.claim] + settings.requires.map(\.claim)
            + (settings.mail.map { [$0.claim, $0.verified] } ?? [])
        return wanted.contains { claims.values[$0] == nil }
    }

    /// What the provider tells of somebody when it is asked with the access token, which is forgotten right after.
    private func more(_ address: String, _ access: String, of claims: Claims) async throws(SignInTrouble) -> Claims {
        let json = try await outside.get(address, bearer: access)
        guard let more = try? JSONDecoder().decode(Claims.self, from: json) else { throw .unreachable }
        // It must be told of the same person (OpenID Connect Core 1.0, 5.3.2); what the token proves stays the token's.
        guard let subject = claims.text("sub"), more.text("sub") == subject else { throw .noSubject }
        let proofs: Set = ["iss", "aud", "azp", "exp", "iat", "nonce", "acr", "amr", "auth_time"]
        return Claims(values: more.values.filter { !proofs.contains($0.key) })
    }

    private static func unpadded(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
