/// The encoding of DUO's files: one byte a character, ASCII below 128.
///
/// Written out because library decoders turn the five undefined bytes into something instead of saying so.
enum Windows1252 {
    /// What the bytes 0x80 to 0x9F mean; 0 for the five that mean nothing. Elsewhere the byte is the character's number.
    private static let high: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    /// The text of these bytes, or nil if one of them is undefined: 0x81, 0x8D, 0x8F, 0x90 or 0x9D.
    static func text(_ bytes: some Sequence<UInt8>) -> String? {
        var units: [UInt16] = []
        for byte in bytes {
            guard (0x80...0x9F).contains(byte) else {
                units.append(UInt16(byte))
                continue
            }
            let unit = high[Int(byte - 0x80)]
            guard unit != 0 else { return nil }
            units.append(unit)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
