/// What can be told of a PDF without reading its objects.
enum PortableDocument {
    /// True if a trailer names an encryption dictionary: `/Encrypt 12 0 R` or `/Encrypt <<` (ISO 32000-1, 7.5.5).
    ///
    /// Also true for a file that opens without a password but forbids printing: the two cannot be told apart without
    /// deriving its keys, and programs that join or convert files refuse both.
    static func isEncrypted(_ reader: ByteReader) -> Bool {
        let mark = Array("/Encrypt".utf8)
        return reader.bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            let last = bytes.count - mark.count
            while at <= last {
                if bytes[at] == mark[0], mark.indices.allSatisfy({ bytes[at + $0] == mark[$0] }) {
                    if isReference(bytes, from: at + mark.count) { return true }
                    at += mark.count
                } else {
                    at += 1
                }
            }
            return false
        }
    }

    /// True if white space and then `digits digits R` or `<<` follows.
    private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var at = start
        func skip(while matches: (UInt8) -> Bool) -> Int {
            let from = at
            while at < bytes.count, at - from < 32, matches(bytes[at]) { at += 1 }
            return at - from
        }
        let isSpace: (UInt8) -> Bool = { [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        let space = skip(while: isSpace)
        if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "<"), bytes[at + 1] == UInt8(ascii: "<") { return true }
        guard space > 0, skip(while: isDigit) > 0, skip(while: isSpace) > 0, skip(while: isDigit) > 0,
            skip(while: isSpace) > 0
        else { return false }
        return at < bytes.count && bytes[at] == UInt8(ascii: "R")
    }
}
