import Domain
import Foundation
import Journal
import Testing
import UseCases

@testable import SignIn

@Suite("What the claims of a provider mean here")
struct ClaimTests {
    private let at = Instant(milliseconds: 1_800_000_000_000)

    private func proved(_ settings: String, _ claims: [String: Claims.Value]) throws -> ProvedIdentity {
        let text = """
            providers:
              p:
                name: { nl: N, en: N }
                issuer: https://id.example
                client: c
                secret-variable: X
            \(settings.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            """
        let provider = try #require(try SignInSettings.read(text).providers.first)
        let question = SignInQuestion(state: "", nonce: "", verifier: "", back: "", isAnew: false, asked: at)
        return try IDTokenCheck(provider: provider, question: question, now: at).identity(
            Claims(values: claims.merging(["sub": .text("s")]) { own, _ in own }))
    }

    private static let number = "organisation: { claim: org, is: school-number }"

    @Test("A BRIN of four is every location of the school, one of six is that location; anything else is no school")
    func schoolNumbers() throws {
        #expect(try proved(Self.number, ["org": .text("99AA")]).places == [.school("99AA")])
        #expect(try proved(Self.number, ["org": .text("99aa01")]).places == [.school("99AA01")])
        #expect(
            try proved(Self.number, ["org": .list([.text("99AA"), .text("x"), .text("99BB00")])]).places
                == [.school("99AA"), .school("99BB00")])
        for nothing: Claims.Value in [
            .text(""), .text("partnership"), .text("99AA0"), .text("99AA001"), .text("AA99"), .number(9),
        ] {
            #expect(throws: SignInTrouble.otherOrganisation) { _ = try proved(Self.number, ["org": nothing]) }
        }
        #expect(throws: SignInTrouble.otherOrganisation) { _ = try proved(Self.number, [:]) }
        func matches(_ number: String, _ code: String?, _ id: String = "school-1") -> Bool {
            ProvedIdentity.Place.school(number).matches(
                OrganisationRow(id: OrganisationID(id), kind: "bo", name: "De Linde", code: code))
        }
        #expect(matches("99AA", "99AA00") && matches("99AA", "99AA13") && matches("99AA01", "99AA01"))
        #expect(!matches("99AA01", "99AA00") && !matches("99AA", "99AB00") && !matches("99AA", nil))
        #expect(!matches("99AA", "99AA00", OrganisationID.partnership.rawValue))
    }

    @Test("A map says which organisations a value stands for, and no other value counts")
    func map() throws {
        let map = "organisation: { claim: tid, map: { 1f2e-aa: partnership, bestuur.example: [99AA00, 99bb] } }"
        #expect(try proved(map, ["tid": .text("1f2e-aa")]).places == [.partnership])
        #expect(try proved(map, ["tid": .text("bestuur.example")]).places == [.school("99AA00"), .school("99BB")])
        #expect(throws: SignInTrouble.otherOrganisation) { _ = try proved(map, ["tid": .text("BESTUUR.example")]) }
        #expect(throws: SignInTrouble.otherOrganisation) { _ = try proved(map, ["tid": .text("99AA00")]) }
    }

    @Test("Who it is stands in the claim that the settings name")
    func subject() throws {
        let uid = "subject: uid\n\(Self.number)"
        let one = try proved(uid, ["org": .text("99AA"), "uid": .text("h@school")])
        #expect(one.subject == LinkedIdentity.digest(issuer: "https://id.example", subject: "h@school"))
        #expect(throws: SignInTrouble.noSubject) { _ = try proved(uid, ["org": .text("99AA")]) }
        #expect(throws: SignInTrouble.noSubject) {
            _ = try proved(uid, ["org": .text("99AA"), "uid": .text(String(repeating: "a", count: 513))])
        }
    }

    @Test("Who is not of the staff does not come in where the settings ask it")
    func requires() throws {
        let staff = "requires: { affiliation: [employee, staff] }\n\(Self.number)"
        _ = try proved(staff, ["org": .text("99AA"), "affiliation": .text("employee")])
        _ = try proved(staff, ["org": .text("99AA"), "affiliation": .list([.text("affiliate"), .text("staff")])])
        for other: Claims.Value? in [.text("student"), .text("Employee"), nil] {
            #expect(throws: SignInTrouble.notMeant) {
                _ = try proved(staff, ["org": .text("99AA"), "affiliation": other ?? .other])
            }
        }
    }

    @Test("An address counts only where the settings say so and the provider verified it")
    func mail() throws {
        let claims: [String: Claims.Value] = ["org": .text("99AA"), "email": .text("n@s.example"), "email_verified": .flag(true)]
        #expect(try proved(Self.number, claims).mail == nil)
        let mail = "mail: {}\n\(Self.number)"
        #expect(try proved(mail, claims).mail == "n@s.example")
        for no: Claims.Value in [.flag(false), .text("false"), .number(1), .other] {
            #expect(try proved(mail, claims.merging(["email_verified": no]) { $1 }).mail == nil)
        }
        #expect(try proved(mail, ["org": .text("99AA"), "email": .text("n@s.example")]).mail == nil)
    }

    @Test("A second factor counts by the values that the settings name, and without them never")
    func secondFactor() throws {
        let claims: [String: Claims.Value] = [
            "org": .text("99AA"), "acr": .text("urn:high"), "amr": .list([.text("pwd"), .text("mfa")]),
        ]
        #expect(try !proved(Self.number, claims).isProved)
        #expect(try proved("second-factor: { acr: urn:high }\n\(Self.number)", claims).isProved)
        #expect(try proved("second-factor: { amr: [otp, mfa] }\n\(Self.number)", claims).isProved)
        #expect(try !proved("second-factor: { acr: urn:higher, amr: [otp] }\n\(Self.number)", claims).isProved)
    }
}
