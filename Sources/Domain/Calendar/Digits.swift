/// Reads a fixed run of ASCII digits: the whole parsing of dates and times, without formatter or pattern.
///
/// The journal is folded from text on every load, so this is on the path of each request.
enum Digits {
    static let zero = UInt8(ascii: "0")
    static let hyphen = UInt8(ascii: "-")

    /// The number written by `count` digits from `start`, or nil if one of them is missing or no digit.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, count: Int) -> Int? {
        guard start >= 0, start + count <= bytes.count else { return nil }
        var value = 0
        for index in start..<(start + count) {
            let digit = bytes[index] &- zero
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// Appends `value` (0 or more) with leading zeros to `width` digits.
    static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(zero + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
