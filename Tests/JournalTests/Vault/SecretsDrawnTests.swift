import Crypto
import Domain
import Foundation
import Testing

@testable import Journal

@Suite("Secrets that the program draws")
struct SecretsDrawnTests {
    /// Binary digits that a secret of so many letters out of an alphabet stands for.
    private func bits(_ letters: Int, of alphabet: Double) -> Double { Double(letters) * log2(alphabet) }

    @Test("A recovery code stands for forty bits, and no two of a thousand are the same")
    func recoveryCodes() {
        let codes = (0..<1_000).map { _ in RecoveryCode.generate() }
        #expect(Set(codes).count == codes.count)
        for code in codes {
            #expect(code.wholeMatch(of: /\d{4} \d{4} \d{4}/) != nil, "\(code)")
            #expect(bits(code.filter(\.isNumber).count, of: 10) > 39.8)
        }
        // Each digit comes at each place.
        for place in [0, 5, 13] { #expect(Set(codes.map { Array($0)[place] }).count == 10) }
    }

    @Test("The secret of a telephone has 160 bits, a session, a link and a key for programs 256, and none comes twice")
    func secrets() throws {
        let shared = (0..<100).map { _ in OneTimeSecret.generate().bytes }
        #expect(shared.allSatisfy { $0.count == 20 } && Set(shared).count == shared.count)
        let tokens = (0..<100).map { _ in SecretToken.generate(prefix: "sen_").text.dropFirst(4) }
        #expect(tokens.allSatisfy { bits($0.utf8.count, of: 64) >= 256 } && Set(tokens).count == tokens.count)
    }

    @Test("Every key that something is sealed with has 256 bits, and no two are the same")
    func keys() {
        let keys = (0..<100).map { _ in StreamKey.generate().key }
        #expect(keys.allSatisfy { $0.bitCount == 256 })
        #expect(Set(keys.map { $0.withUnsafeBytes { Data($0) } }).count == keys.count)
    }
}
