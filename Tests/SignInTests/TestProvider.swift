import Crypto
import CryptoExtras
import Domain
import Foundation
import JWTKit
import Journal
import Synchronization
import UseCases

@testable import SignIn

/// A provider of a test's own on the far side of `Outside`: it says what the test lets it say, signed by keys of its own.
final class TestProvider: Outside {
    /// A key with the name that the provider gives it.
    struct Key {
        let name: String
        let rsa: JWTKit.Insecure.RSA.PrivateKey?
        let ec: ES256PrivateKey?

        static func rsa(_ name: String) throws -> Key {
            Key(name: name, rsa: try .init(backing: try _RSA.Signing.PrivateKey(keySize: .bits2048)), ec: nil)
        }
        static func ec(_ name: String) -> Key { Key(name: name, rsa: nil, ec: ES256PrivateKey()) }

        /// The public half, as a set of keys has it.
        func jwk() throws -> [String: String] {
            if let rsa {
                let (n, e) = try rsa.publicKey.getKeyPrimitives()
                return ["kty": "RSA", "use": "sig", "kid": name, "n": Self.letters(n), "e": Self.letters(e)]
            }
            let parameters = ec?.parameters
            // The library writes these in plain base 64.
            func letters(_ text: String?) -> String {
                (text ?? "").replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            }
            return [
                "kty": "EC", "use": "sig", "alg": "ES256", "kid": name, "crv": "P-256", "x": letters(parameters?.x),
                "y": letters(parameters?.y),
            ]
        }

        static func letters(_ data: Data) -> String {
            data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
    }

    struct Said: Sendable {
        var description: [String: String] = [
            "issuer": "https://id.example", "authorization_endpoint": "https://id.example/authorize?tenant=1",
            "token_endpoint": "https://id.example/token", "jwks_uri": "https://id.example/keys",
            "userinfo_endpoint": "https://id.example/userinfo", "end_session_endpoint": "https://id.example/end",
        ]
        var keys = Data()
        var token = ""
        var tokenStatus = 200
        var userinfo = ["sub": "noor-1"]
        var isDown = false
        /// What was asked, in order.
        var asked: [String] = []
        var form: [(String, String)] = []
        var authorization: String?
    }

    let said = Mutex(Said())

    func say(_ change: @Sendable (inout Said) throws -> Void) rethrows { try said.withLock { try change(&$0) } }
    var asked: [String] { said.withLock { $0.asked } }

    /// Names these keys from now on.
    func name(_ keys: Key...) throws {
        let json = try JSONSerialization.data(
            withJSONObject: ["keys": keys.map { try $0.jwk() } + [["kty": "oct", "kid": "x"], ["kty": "new", "kid": "y"]]])
        say { $0.keys = json }
    }

    func get(_ address: String, bearer: String?) async throws(SignInTrouble) -> Data {
        let said = said.withLock { said -> Said in
            said.asked.append(address)
            return said
        }
        guard !said.isDown else { throw .unreachable }
        let answer: Data? =
            switch address {
            case "https://id.example/.well-known/openid-configuration": try? JSONEncoder().encode(said.description)
            case "https://id.example/keys": said.keys
            case "https://id.example/userinfo" where bearer == "access": try? JSONEncoder().encode(said.userinfo)
            default: nil
            }
        guard let answer else { throw .unreachable }
        return answer
    }

    func post(
        _ address: String, form: [(String, String)], authorization: String?
    ) async throws(SignInTrouble) -> (status: Int, body: Data) {
        let said = said.withLock { said -> Said in
            said.asked.append(address)
            said.form = form
            said.authorization = authorization
            return said
        }
        guard !said.isDown else { throw .unreachable }
        let body = try? JSONEncoder().encode(["id_token": said.token, "access_token": "access", "refresh_token": "kept"])
        return (said.tokenStatus, body ?? Data())
    }
}

/// What a token of a test says; anything can be changed before it is signed.
struct Token {
    var claims: [String: Claims.Value]

    init(_ question: SignInQuestion, at: Instant) {
        let seconds = Double(at.milliseconds / 1000)
        claims = [
            "iss": .text("https://id.example"), "aud": .text("sentrum"), "sub": .text("noor-1"), "nonce": .text(question.nonce),
            "exp": .number(seconds + 300), "iat": .number(seconds), "uid": .text("abc@school"), "org": .text("99AA"),
        ]
    }

    func with(_ name: String, _ value: Claims.Value?) -> Token {
        var token = self
        token.claims[name] = value
        return token
    }

    func signed(_ key: TestProvider.Key, isNamed: Bool = true) async throws -> String {
        let keys = JWTKeyCollection()
        let id = isNamed ? JWKIdentifier(string: key.name) : nil
        if let rsa = key.rsa {
            await keys.add(rsa: rsa, digestAlgorithm: .sha256, kid: id)
        } else if let ec = key.ec {
            await keys.add(ecdsa: ec, kid: id)
        }
        return try await keys.sign(Claims(values: claims), kid: id)
    }

    /// With a header of one's own and a signature that the test makes.
    func forged(_ header: [String: String], _ signature: (String) -> Data) throws -> String {
        let encoder = JSONEncoder()
        let parts = [try encoder.encode(header), try encoder.encode(Claims(values: claims))].map(TestProvider.Key.letters)
        let signed = parts.joined(separator: ".")
        return "\(signed).\(TestProvider.Key.letters(signature(signed)))"
    }
}

/// A clock that a test moves.
final class MovedClock: UseCases.Clock {
    private let time: Mutex<Instant>
    init(_ time: Instant) { self.time = Mutex(time) }
    func now() -> Instant { time.withLock { $0 } }
    func move(by seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1000) } }
}
