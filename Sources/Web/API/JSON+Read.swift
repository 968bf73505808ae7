import Foundation

extension JSON {
    /// The deepest that values may lie in each other; the deepest body of the interface has four levels.
    static let deepest = 16
    /// The most values in one body; the longest form has some hundreds.
    static let mostValues = 5_000

    /// Reads a body.
    ///
    /// How deep and how many is counted first, in one pass: a decoder spends stack and memory on what it reads, and a
    /// stranger decides how much.
    /// - Throws: `UnreadableBody` when it is no JSON, or deeper or longer than any body here.
    static func read(_ bytes: Data) throws(UnreadableBody) -> JSON {
        guard isModest(bytes) else { throw UnreadableBody(.body(""), .tooMany) }
        do {
            return try JSONDecoder().decode(JSON.self, from: bytes)
        } catch {
            throw UnreadableBody(.body(""), .json)
        }
    }

    private static func isModest(_ bytes: Data) -> Bool {
        bytes.withUnsafeBytes { (buffer: UnsafeRawBufferPointer) in
            var depth = 0
            var values = 0
            var index = 0
            while index < buffer.count {
                switch buffer[index] {
                case UInt8(ascii: "\""): index = end(ofTextAt: index, in: buffer)
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    values += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                case UInt8(ascii: ","): values += 1
                default: break
                }
                guard depth <= deepest, values <= mostValues else { return false }
                index += 1
            }
            return true
        }
    }

    /// The index of the quote that closes the text that begins here; the last index when none does.
    private static func end(ofTextAt start: Int, in buffer: UnsafeRawBufferPointer) -> Int {
        var index = start + 1
        while index < buffer.count {
            switch buffer[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index
            default: index += 1
            }
        }
        return buffer.count
    }
}
