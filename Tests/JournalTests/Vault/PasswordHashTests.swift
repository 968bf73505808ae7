import Foundation
import Testing

@testable import Journal

@Suite("Hashes of passwords")
struct PasswordHashTests {
    @Test(
        "scrypt gives what RFC 7914, section 12 says",
        arguments: [
            (
                "password", "NaCl", PasswordCost(log2Rounds: 10, blockSize: 8, lanes: 16),
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", PasswordCost(log2Rounds: 14, blockSize: 8, lanes: 1),
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func vectors(password: String, salt: String, cost: PasswordCost, expected: String) throws {
        let derived = try PasswordHash.derive(password, salt: Array(salt.utf8), cost: cost, length: 64)
        #expect(derived.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    @Test("a hash opens with its password only, in whatever way its accents were typed")
    func matches() throws {
        let hash = try PasswordHash("een zin met cafe\u{301} erin", cost: .demonstration)
        #expect(try hash.matches("een zin met caf\u{E9} erin"))
        for wrong in ["een zin met cafe erin", "", "een zin met caf\u{E9} erin ", "Een zin met caf\u{E9} erin"] {
            #expect(try !hash.matches(wrong))
        }
        #expect(
            try PasswordHash("twee keer hetzelfde", cost: .demonstration)
                != PasswordHash("twee keer hetzelfde", cost: .demonstration))
    }

    @Test("the stored form carries its cost and reads back as the same hash")
    func stored() throws {
        let hash = try PasswordHash("paard batterij nietje", cost: PasswordCost(log2Rounds: 5, blockSize: 2, lanes: 3))
        #expect(hash.description.hasPrefix("$scrypt$ln=5,r=2,p=3$"))
        let read = try #require(PasswordHash(hash.description))
        #expect(read == hash)
        #expect(try read.matches("paard batterij nietje"))
        #expect(PasswordHash.decoy(cost: .standard).description.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
    }

    @Test(
        "anything but the stored form is no hash",
        arguments: [
            "", "$", "$scrypt$", "scrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$argon2id$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=4,r=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=64,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=-4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=4,r=999,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=4,r=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA", "$scrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
            "$scrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$####",
            "$scrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$",
        ])
    func malformed(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test("checking without a hash, with no password or with an endless one answers no and does not fail")
    func noHash() async throws {
        let hasher = PasswordHasher(cost: .demonstration)
        #expect(try await !hasher.verify("wat dan ook", against: nil))
        #expect(try await !hasher.verify("", against: try PasswordHash("", cost: .demonstration)))
        let long = String(repeating: "a", count: 5000)
        #expect(try await !hasher.verify(long, against: try PasswordHash(long, cost: .demonstration)))
    }

    @Test("when too many wait, the next one is refused and the others are served")
    func busy() async throws {
        let hasher = PasswordHasher(cost: PasswordCost(log2Rounds: 12, blockSize: 8, lanes: 1), atOnce: 1, most: 3)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await hasher.verify("wie dan ook", against: nil)) != nil }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } >= 3)
        #expect(outcomes.contains(false))
        #expect(try await !hasher.verify("daarna", against: nil))
    }
}

@Suite("Which passwords may be chosen")
struct PasswordRuleTests {
    private func faults(_ password: String) -> [PasswordRule.Fault] {
        PasswordRule.faults(password, email: "noor.dijkgraaf@school.example", name: "Noor van der Dijkgraaf")
    }

    @Test(
        "a long password is enough, whatever it is made of",
        arguments: [
            "twaalf tekens", "school met de vis", "de hond leest de krant", "x7$kqLm2!vTz", "zeventien fietsen",
            "welkom bij de buurman thuis",
            "ĳsvogel aan de Ĳ",
        ])
    func accepted(password: String) {
        #expect(faults(password) == [])
    }

    @Test("fewer than 12 and more than 256 characters are refused")
    func length() {
        #expect(faults("fietsbel xyz".prefix(11).description) == [.tooShort])
        #expect(faults("fietsbel xyz") == [])
        #expect(faults(String(repeating: "fietsbel", count: 32) + "x").contains(.tooLong))
        #expect(faults("\u{1F6B2}\u{1F3E0}\u{1F4DA}").contains(.tooShort))
    }

    @Test(
        "one's own address and name are refused, without looking at capitals and accents",
        arguments: ["Noor.Dijkgraaf@School.Example", "xxdijkgraafxxyz", "ikbenNÓÓR2468xq"])
    func aboutYou(password: String) {
        #expect(faults(password) == [.aboutYou])
    }

    @Test("short pieces of a name are no reason: van and der are in many words")
    func shortPieces() {
        #expect(faults("wandeling ondervangen") == [])
    }

    @Test(
        "what anybody would try first is refused",
        arguments: [
            "wachtwoord123", "Wachtwoord2024!", "W@chtw00rd2024!", "welkom2025!!!", "Welkom01Welkom01", "123456789012",
            "qwertyuiop12",
            "asdfghjkl;'1", "aaaaaaaaaaaaa", "ababababababab", "abcdefghijkl", "zyxwvutsrqpon", "2024-12-31-00:00",
            "!!!!Zomer2025", "Passw0rd!2345",
            "1q2w3e4r5t6y", "0612345678 90", "schooljaar 2025-2026",
        ])
    func tooCommon(password: String) {
        #expect(faults(password) == [.tooCommon])
    }

    @Test(
        "what leaked elsewhere is refused, with whatever somebody put before and after it or for a letter",
        arguments: ["liverpool123456", "1234 Butterfly!", "dr@gon2024-2025", "jennifer 12345!"])
    func leaked(password: String) {
        #expect(faults(password) == [.tooCommon])
    }

    @Test("the list of leaked passwords is there, sorted, and holds far more than the three thousand commonest")
    func list() {
        #expect(CommonPasswords.digests.count > 20_000)
        #expect(zip(CommonPasswords.digests, CommonPasswords.digests.dropFirst()).allSatisfy { $0 < $1 })
        for word in ["password", "monkey", "letmein", "jennifer"] { #expect(CommonPasswords.contains(word), "\(word)") }
        #expect(!CommonPasswords.contains("fietsbel bij de brug"))
    }

    @Test("every fault has a stable code")
    func codes() {
        #expect(
            PasswordRule.Fault.allCases.map(\.rawValue) == [
                "password.too-short", "password.too-long", "password.about-you", "password.too-common",
                "password.unchanged",
            ])
    }
}
