import Crypto
import CryptoExtras
import Foundation

/// A password as it is stored: scrypt (RFC 7914) with its cost, salt and result in one text.
///
/// `$scrypt$ln=15,r=8,p=3$<salt>$<result>`, both in Base64 without padding. The cost travels with the hash, so that it can
/// be raised later and old hashes still open.
package struct PasswordHash: Hashable, Sendable {
    package let cost: PasswordCost
    let salt: [UInt8]
    let result: [UInt8]

    private static let saltLength = 16
    private static let resultLength = 32
    /// Longer passwords are wrong by definition: nobody types them, and hashing must not become work for free.
    static let longestPassword = 1024

    /// Hashes a password with a fresh salt. Takes the time and memory that the cost says.
    package init(_ password: String, cost: PasswordCost) throws {
        self.cost = cost
        salt = PasswordHash.random(PasswordHash.saltLength)
        result = try PasswordHash.derive(password, salt: salt, cost: cost, length: PasswordHash.resultLength)
    }

    /// A hash that no password opens and that costs as much to try as a real one.
    package static func decoy(cost: PasswordCost) -> PasswordHash {
        PasswordHash(cost: cost, salt: random(saltLength), result: random(resultLength))
    }

    private init(cost: PasswordCost, salt: [UInt8], result: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.result = result
    }

    /// True if this is the password. Takes the same time whether or not it is.
    package func matches(_ password: String) throws -> Bool {
        let derived = try PasswordHash.derive(password, salt: salt, cost: cost, length: result.count)
        // The type compares in constant time.
        return SymmetricKey(data: derived) == SymmetricKey(data: result)
    }

    /// The key that scrypt derives. The password is brought to one form first (NFKC): a letter with an accent has other
    /// bytes on another keyboard.
    static func derive(_ password: String, salt: [UInt8], cost: PasswordCost, length: Int) throws -> [UInt8] {
        var bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8.prefix(longestPassword + 1))
        // The library cannot take no bytes at all. No rule lets an empty password through, so this one opens nothing.
        if bytes.isEmpty { bytes = [0] }
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: length, rounds: 1 << cost.log2Rounds, blockSize: cost.blockSize,
            parallelism: cost.lanes)
        return key.withUnsafeBytes { Array($0) }
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension PasswordHash: CustomStringConvertible {
    /// The form in which it is stored.
    package var description: String {
        "$scrypt$ln=\(cost.log2Rounds),r=\(cost.blockSize),p=\(cost.lanes)$\(Self.text(salt))$\(Self.text(result))"
    }

    /// Reads the stored form; nil if it is anything else.
    package init?(_ stored: String) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        let numbers = parts[2].split(separator: ",", omittingEmptySubsequences: false)
        guard numbers.count == 3, let rounds = Self.number(numbers[0], "ln="), let blocks = Self.number(numbers[1], "r="),
            let lanes = Self.number(numbers[2], "p="), let salt = Self.bytes(parts[3]), (8...64).contains(salt.count),
            let result = Self.bytes(parts[4]), (16...64).contains(result.count)
        else { return nil }
        let cost = PasswordCost(log2Rounds: rounds, blockSize: blocks, lanes: lanes)
        guard cost.log2Rounds == rounds, cost.blockSize == blocks, cost.lanes == lanes else { return nil }
        self.init(cost: cost, salt: salt, result: result)
    }

    private static func number(_ text: Substring, _ name: String) -> Int? {
        guard text.hasPrefix(name), text.count <= name.count + 3 else { return nil }
        let digits = text.dropFirst(name.count)
        return digits.allSatisfy { ("0"..."9").contains($0) } ? Int(digits) : nil
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { Array($0) }
    }
}
