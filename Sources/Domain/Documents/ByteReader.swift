/// Reads numbers and marks out of bytes that a stranger made: whatever lies outside the bytes is nil, never a crash.
struct ByteReader: Sendable {
    let bytes: [UInt8]

    var count: Int { bytes.count }

    /// The bytes from `offset`, or nil if not all of them exist.
    func slice(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, count <= bytes.count, offset <= bytes.count - count else { return nil }
        return bytes[offset..<(offset + count)]
    }

    func byte(_ offset: Int) -> Int? {
        guard offset >= 0, offset < bytes.count else { return nil }
        return Int(bytes[offset])
    }

    /// An unsigned number of `width` (1…4) bytes, the lowest byte first.
    func little(_ offset: Int, _ width: Int) -> Int? {
        slice(offset, width)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// An unsigned number of `width` (1…4) bytes, the highest byte first.
    func big(_ offset: Int, _ width: Int) -> Int? {
        slice(offset, width)?.reduce(0) { $0 << 8 | Int($1) }
    }

    /// An unsigned number of eight bytes, the lowest first; nil also if it does not fit in Int.
    func little64(_ offset: Int) -> Int? {
        guard let slice = slice(offset, 8) else { return nil }
        return Int(exactly: slice.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// An unsigned number of eight bytes, the highest first; nil also if it does not fit in Int.
    func big64(_ offset: Int) -> Int? {
        guard let slice = slice(offset, 8) else { return nil }
        return Int(exactly: slice.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// True if exactly these characters (ASCII) stand at `offset`.
    func has(_ mark: String, at offset: Int) -> Bool { has(Array(mark.utf8), at: offset) }

    /// True if exactly these bytes stand at `offset`.
    func has(_ mark: [UInt8], at offset: Int) -> Bool { slice(offset, mark.count).map { $0.elementsEqual(mark) } ?? false }
}
