import Crypto
import Domain
import Foundation

/// The secret that an authenticator app shares with an account, and the codes that follow from it (RFC 6238).
///
/// Six digits, half a minute each, HMAC-SHA-1: what every app knows. SHA-1 is no weakness inside an HMAC.
package struct OneTimeSecret: Hashable, Sendable {
    /// 20 bytes, as RFC 4226 advises.
    package let bytes: Data

    /// A fresh random secret.
    package static func generate() -> OneTimeSecret {
        OneTimeSecret(bytes: SymmetricKey(size: .init(bitCount: 160)).withUnsafeBytes { Data($0) })
    }

    package init(bytes: Data) { self.bytes = bytes }

    /// The length of a step, in seconds.
    private static let period: Int64 = 30

    /// Which step a moment is in.
    package static func step(at moment: Instant) -> Int64 { moment.milliseconds / 1000 / period }

    /// The code of a step.
    package func code(at step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Data($0) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: bytes)))
        let offset = Int(hash[19] & 0x0f)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code this is, among the present one and those beside it, for clocks that differ and slow hands.
    ///
    /// - Parameter after: steps up to this one are spent: a code that was seen over somebody's shoulder opens nothing.
    package func step(of code: String, at moment: Instant, after spent: Int64) -> Int64? {
        let now = Self.step(at: moment)
        var found: Int64?
        // All are looked at, so that the time tells nothing.
        for step in [now - 1, now, now + 1] where Self.isEqual(self.code(at: step), code) && step > spent { found = step }
        return found
    }

    private static func isEqual(_ left: String, _ right: String) -> Bool {
        SHA256.hash(data: Data(left.utf8)) == SHA256.hash(data: Data(right.utf8.prefix(64)))
    }

    /// The secret as somebody types it who cannot take a picture of it: base 32 (RFC 4648) without signs behind it.
    package var text: String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var text = ""
        var (buffer, bits) = (0, 0)
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xfff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(letters[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(letters[buffer << (5 - bits) & 31]) }
        return text
    }

    /// What the picture holds that an app takes.
    ///
    /// - Parameters:
    ///   - issuer: under which name the app shows it.
    ///   - account: whose it is.
    package func address(issuer: String, account: String) -> String {
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
        }
        return "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(text)&issuer=\(escaped(issuer))"
    }
}

extension OneTimeSecret: CustomStringConvertible, CustomReflectable {
    /// Not the secret: what is printed ends in a log.
    package var description: String { "secret" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
