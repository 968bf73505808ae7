import Crypto
import Domain
import Foundation
import JWTKit
import Journal
import Testing
import UseCases

@testable import SignIn

@Suite("What is believed of a token")
struct IDTokenTests {
    private let provider = TestProvider()
    private let clock = MovedClock(Instant(milliseconds: 1_800_000_000_000))
    private let key = TestProvider.Key.ec("one")
    private let question: SignInQuestion
    private let openID: OpenIDProvider

    private static let settings = """
        providers:
          school:
            name: { nl: School, en: School }
            issuer: https://id.example
            client: sentrum
            secret-variable: X
            scopes: [openid, email]
            organisation: { claim: org, is: school-number }
            mail: {}
            second-factor: { acr: ["urn:high"], amr: [mfa] }
        """

    init() throws {
        let settings = try #require(try SignInSettings.read(Self.settings).providers.first)
        openID = OpenIDProvider(settings, secret: "geheim & co", outside: provider, clock: clock)
        question = Self.question(clock.now())
        try provider.name(key)
    }

    private static func question(_ at: Instant, isAnew: Bool = false) -> SignInQuestion {
        SignInQuestion(
            state: "the-state", nonce: "the-nonce", verifier: "the-verifier",
            back: "https://sentrum.example/aanmelden/via/school/terug", isAnew: isAnew, asked: at)
    }

    private var token: Token { Token(question, at: clock.now()) }

    /// Who it is by what the provider answers with a token.
    private func identity(
        _ token: String, from issuer: String? = nil, answering question: SignInQuestion? = nil
    ) async throws -> ProvedIdentity {
        provider.say { $0.token = token }
        return try await openID.identity(
            of: "the-code", from: issuer, answering: question ?? self.question, at: clock.now())
    }

    private func expect(
        _ trouble: SignInTrouble, _ token: String, from issuer: String? = nil, answering question: SignInQuestion? = nil,
        _ comment: Comment? = nil, at place: SourceLocation = #_sourceLocation
    ) async {
        await #expect(throws: trouble, comment, sourceLocation: place) {
            _ = try await identity(token, from: issuer, answering: question)
        }
    }

    @Test("A token of the provider says who it is and of which organisation, by a digest and nothing else")
    func right() async throws {
        let proved = try await identity(try await token.signed(key), from: "https://id.example")
        #expect(proved.provider == "school" && proved.organisation == "99AA" && proved.places == [.school("99AA")])
        #expect(proved.subject == LinkedIdentity.digest(issuer: "https://id.example", subject: "noor-1"))
        #expect(proved.mail == nil && !proved.isProved && proved.signedIn == nil)
    }

    @Test("The question asks for a code with PKCE, and the code is exchanged once with the verifier and the same way back")
    func asked() async throws {
        let address = try await openID.address(asking: question)
        let parts = try #require(URLComponents(string: address))
        let fields = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
        #expect(address.hasPrefix("https://id.example/authorize?tenant=1&"))
        #expect(fields["response_type"] == "code" && fields["code_challenge_method"] == "S256")
        let digest = Data(SHA256.hash(data: Data("the-verifier".utf8)))
        #expect(fields["code_challenge"] == TestProvider.Key.letters(digest))
        #expect(fields["state"] == "the-state" && fields["nonce"] == "the-nonce" && fields["scope"] == "openid email")
        #expect(fields["redirect_uri"] == question.back && fields["client_id"] == "sentrum")
        #expect(fields["prompt"] == nil && fields["max_age"] == nil)
        #expect(!address.contains("the-verifier") && !address.contains("geheim"))

        _ = try await identity(try await token.signed(key))
        let (form, authorization) = provider.said.withLock { ($0.form.map { "\($0.0)=\($0.1)" }, $0.authorization) }
        #expect(
            form == [
                "grant_type=authorization_code", "code=the-code", "redirect_uri=\(question.back)", "code_verifier=the-verifier",
            ])
        #expect(authorization == "Basic \(Data("sentrum:geheim%20%26%20co".utf8).base64EncodedString())")
    }

    @Test("A provider that takes no secret in a header gets it in the form")
    func secretInForm() async throws {
        // A list cannot be said by the test's description, so it is read apart.
        let json = Data(
            """
            {"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t",
            "jwks_uri":"https://id.example/k","token_endpoint_auth_methods_supported":["client_secret_post"]}
            """.utf8)
        #expect(try !ProviderDescription.read(json, of: "https://id.example").secretInHeader)
    }

    @Test("Without a signature, or with one made from the public key, a token is nothing")
    func forged() async throws {
        let rsa = try TestProvider.Key.rsa("one")
        try provider.name(rsa)
        await expect(.unreadableToken, try token.forged(["alg": "none", "kid": "one"]) { _ in Data() })
        await expect(.unreadableToken, try token.forged(["alg": "None", "kid": "one"]) { _ in Data() })
        let pem = try #require(rsa.rsa).publicKey.pemRepresentation
        let forged = try token.forged(["alg": "HS256", "kid": "one"]) { signed in
            Data(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(pem.utf8))))
        }
        await expect(.unreadableToken, forged)
        await expect(.wrongSignature, try token.forged(["alg": "RS256", "kid": "one"]) { _ in Data(repeating: 7, count: 256) })
        // A key is taken for what it is made for.
        await expect(.unknownKey, try token.forged(["alg": "ES256", "kid": "one"]) { _ in Data(repeating: 7, count: 64) })
        await expect(.unreadableToken, try token.forged(["alg": "RS256", "kid": "one", "crit": "x"]) { _ in Data() })
        let signed = try await token.signed(rsa)
        _ = try await identity(signed)
        let parts = signed.split(separator: ".").map(String.init)
        let other = try await token.with("sub", .text("teun-2")).signed(rsa).split(separator: ".").map(String.init)
        await expect(.wrongSignature, "\(parts[0]).\(other[1]).\(parts[2])")
        for nothing in ["", "a.b", "\(parts[0]).\(parts[1])", "\(signed).x", String(repeating: "a", count: 30_000)] {
            await expect(.unreadableToken, nothing)
        }
        // Signed rightly, by somebody else who uses the same name for a key.
        await expect(.wrongSignature, try await token.signed(try .rsa("one")))
    }

    @Test("Both kinds of key are taken, and a token that names none only where there is one that fits")
    func kinds() async throws {
        let rsa = try TestProvider.Key.rsa("two")
        try provider.name(key, rsa)
        _ = try await identity(try await token.signed(rsa))
        _ = try await identity(try await token.signed(key))
        _ = try await identity(try await token.signed(key, isNamed: false))
        // A new key without a name is found as well; where two would fit none is guessed.
        let (new, other) = (TestProvider.Key.ec("four"), TestProvider.Key.ec("three"))
        clock.move(by: 20)
        try provider.name(new)
        _ = try await identity(try await token.signed(new, isNamed: false))
        clock.move(by: 20)
        try provider.name(new, other)
        await expect(.unknownKey, try await token.signed(other, isNamed: false))
        await expect(.unknownKey, try await token.signed(new, isNamed: false))
        _ = try await identity(try await token.signed(new))
    }

    @Test("Whoever it was made for, by whom and as an answer to what must be ours")
    func meant() async throws {
        await expect(.otherAudience, try await token.with("aud", .text("another")).signed(key))
        await expect(.otherAudience, try await token.with("aud", nil).signed(key))
        await expect(.otherAudience, try await token.with("aud", .list([.text("sentrum"), .text("another")])).signed(key))
        await expect(
            .otherAudience,
            try await token.with("aud", .list([.text("sentrum"), .text("x")])).with("azp", .text("x")).signed(key))
        _ = try await identity(
            try await token.with("aud", .list([.text("x"), .text("sentrum")])).with("azp", .text("sentrum")).signed(key))
        await expect(.otherIssuer, try await token.with("iss", .text("https://id.example/")).signed(key))
        await expect(.otherIssuer, try await token.with("iss", .text("https://evil.example")).signed(key))
        await expect(.otherNonce, try await token.with("nonce", .text("another")).signed(key))
        await expect(.otherNonce, try await token.with("nonce", nil).signed(key))
    }

    @Test("Too old, or from the future by more than a minute, it is refused; to the second")
    func times() async throws {
        let now = Double(clock.now().milliseconds / 1000)
        func expires(_ seconds: Double) async throws -> String { try await token.with("exp", .number(now + seconds)).signed(key) }
        _ = try await identity(try await expires(-59))
        await expect(.wrongTime, try await expires(-60))
        _ = try await identity(try await token.with("iat", .number(now + 60)).signed(key))
        await expect(.wrongTime, try await token.with("iat", .number(now + 61)).signed(key))
        _ = try await identity(try await token.with("iat", .number(now - 600)).signed(key))
        await expect(.wrongTime, try await token.with("iat", .number(now - 601)).signed(key))
        await expect(.wrongTime, try await token.with("exp", nil).signed(key))
        await expect(.wrongTime, try await token.with("iat", nil).signed(key))
        await expect(.wrongTime, try await token.with("nbf", .number(now + 61)).signed(key))
        await expect(.wrongTime, try await token.with("exp", .text("later")).signed(key))
    }

    @Test("Who was to sign in anew must have done so since the question, and a provider that does not say so is not believed")
    func anew() async throws {
        let anew = Self.question(clock.now(), isAnew: true)
        let address = try await openID.address(asking: anew)
        #expect(address.contains("&prompt=login&max_age=300"))
        clock.move(by: 90)
        let now = Double(clock.now().milliseconds / 1000)
        await expect(.notAnew, try await token.signed(key), answering: anew)
        await expect(.notAnew, try await token.with("auth_time", .number(now - 151)).signed(key), answering: anew)
        await expect(.notAnew, try await token.with("auth_time", .number(now + 61)).signed(key), answering: anew)
        let proved = try await identity(try await token.with("auth_time", .number(now - 10)).signed(key), answering: anew)
        #expect(proved.signedIn == clock.now().adding(milliseconds: -10_000))
    }

    @Test(
        "An answer that says to be of another provider, or does not say so where it always does, is refused before its code is used"
    )
    func mixedUp() async throws {
        await expect(.otherIssuer, try await token.signed(key), from: "https://evil.example")
        #expect(!provider.asked.contains("https://id.example/token"))
        let json = Data(
            """
            {"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t",
            "jwks_uri":"https://id.example/k","authorization_response_iss_parameter_supported":true}
            """.utf8)
        #expect(try ProviderDescription.read(json, of: "https://id.example").saysWhoAnswers == true)
    }

    @Test("A key that is not known is asked for once more, so that keys may change; and not more often than every ten seconds")
    func rotated() async throws {
        func asks() -> Int { provider.asked.count { $0 == "https://id.example/keys" } }
        _ = try await identity(try await token.signed(key))
        _ = try await identity(try await token.signed(key))
        #expect(asks() == 1)
        let next = TestProvider.Key.ec("two")
        try provider.name(next)
        await expect(.unknownKey, try await token.signed(next), "asked for a moment ago")
        #expect(asks() == 1)
        clock.move(by: 10)
        _ = try await identity(try await token.signed(next))
        #expect(asks() == 2)
        // The key of before is gone with the new set.
        await expect(.unknownKey, try await token.signed(key))
        #expect(asks() == 2)
        // A key that is there and does not fit asks for nothing.
        clock.move(by: 60)
        await expect(.wrongSignature, try await token.signed(.ec("two")))
        #expect(asks() == 2)
        clock.move(by: 3600)
        _ = try await identity(try await token.signed(next))
        #expect(asks() == 3)
    }

    @Test("A description of another issuer, or with an address that is not safe, is not followed")
    func description() async throws {
        for (name, value) in [
            ("issuer", "https://id.example/"), ("issuer", "https://evil.example"), ("token_endpoint", "http://id.example/token"),
            ("jwks_uri", "file:///etc/passwd"), ("authorization_endpoint", "javascript:alert(1)"),
            ("userinfo_endpoint", "http://10.0.0.1/"), ("end_session_endpoint", "https://a:b@id.example/"),
        ] {
            let fresh = TestProvider()
            fresh.say { $0.description[name] = value }
            let settings = try #require(try SignInSettings.read(Self.settings).providers.first)
            let openID = OpenIDProvider(settings, secret: "x", outside: fresh, clock: clock)
            await #expect(throws: SignInTrouble.wrongDescription, "\(name) \(value)") {
                _ = try await openID.address(asking: question)
            }
        }
    }

    @Test("A provider that does not answer is left alone for a moment, and is asked again then; a refused code is one")
    func down() async throws {
        provider.say { $0.isDown = true }
        await expect(.unreachable, "")
        await expect(.unreachable, "")
        #expect(provider.asked.count == 1)
        provider.say { $0.isDown = false }
        clock.move(by: 3)
        _ = try await identity(try await token.signed(key))
        provider.say { $0.tokenStatus = 400 }
        await expect(.codeRefused, try await token.signed(key))
        provider.say { $0.tokenStatus = 503 }
        await expect(.unreachable, try await token.signed(key))
        #expect(await openID.signOutAddress() == "https://id.example/end?client_id=sentrum")
    }

    @Test("What the token leaves out is asked of the provider, who must tell it of the same person and proves nothing by it")
    func userinfo() async throws {
        let short = try await token.with("org", nil).signed(key)
        provider.say { $0.userinfo = ["sub": "noor-1", "org": "99AA01", "acr": "urn:high", "email": "n@s.example"] }
        let proved = try await identity(short)
        #expect(proved.places == [.school("99AA01")] && !proved.isProved)
        #expect(proved.mail == nil, "nothing says that it was verified")
        provider.say { $0.userinfo["email_verified"] = "true" }
        #expect(try await identity(short).mail == "n@s.example")
        let named = try await token.with("email", .text("other@s.example")).signed(key)
        #expect(try await identity(named).mail == "n@s.example", "the address that is verified is the one that counts")
        provider.say { $0.userinfo["email"] = nil }
        #expect(try await identity(named).mail == nil)
        provider.say { $0.userinfo["sub"] = "teun-2" }
        await expect(.noSubject, short)
        provider.say { $0.userinfo["sub"] = nil }
        await expect(.noSubject, short)
    }
}
