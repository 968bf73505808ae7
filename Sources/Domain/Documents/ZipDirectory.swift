/// The table of contents of a zip file, read with every number distrusted.
///
/// Zip is what office documents are made of. Tricks are refused here, before anything is ever unpacked: overlapping or
/// doubled parts, sizes that explode, names that climb out of their folder, parts that the two tables name differently.
struct ZipDirectory {
    struct Entry {
        let name: String
        /// 0 stored, 8 deflated.
        let method: Int
        /// Bytes in the file.
        let packed: Int
        /// Bytes when unpacked, as the table says.
        let unpacked: Int
        /// Where its own header starts.
        let headerOffset: Int
        /// Where its bytes start.
        let dataStart: Int

        var isStored: Bool { method == 0 }
        var isFolder: Bool { name.hasSuffix("/") }
    }

    static let localMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let centralMark: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    private static let endMark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

    let entries: [Entry]
    /// All names in lower case: office programs do not distinguish capitals in them.
    private let names: Set<String>

    func contains(_ lowercasedName: String) -> Bool { names.contains(lowercasedName) }

    /// - Throws: `damaged`, `bomb`, `encrypted`, `pathTraversal`.
    init(_ reader: ByteReader, _ limits: DocumentLimits) throws(DocumentRefusal) {
        guard let end = ZipDirectory.end(reader), let count = reader.little(end + 10, 2), reader.little(end + 8, 2) == count,
            let size = reader.little(end + 12, 4), let start = reader.little(end + 16, 4), start + size <= end
        else { throw .damaged }
        guard count <= limits.parts else { throw .bomb }
        var entries: [Entry] = []
        var names: Set<String> = []
        var offset = start
        for _ in 0..<count {
            let entry = try ZipDirectory.entry(reader, &offset, before: start)
            guard names.insert(entry.name.lowercased()).inserted else { throw .damaged }
            entries.append(entry)
        }
        guard offset == start + size else { throw .damaged }
        try ZipDirectory.checkLayout(entries, end: start)
        try ZipDirectory.checkSizes(entries, limits)
        self.entries = entries
        self.names = names
    }

    /// Finds the record at the end of the file; its comment must reach exactly to the last byte.
    private static func end(_ reader: ByteReader) -> Int? {
        var at = reader.count - 22
        let stop = max(0, at - 65_535)
        while at >= stop {
            if reader.has(endMark, at: at), reader.little(at + 20, 2) == reader.count - at - 22 { return at }
            at -= 1
        }
        return nil
    }

    private static func entry(
        _ reader: ByteReader, _ offset: inout Int, before directory: Int
    ) throws(DocumentRefusal) -> Entry {
        guard reader.has(centralMark, at: offset), let flags = reader.little(offset + 8, 2),
            let method = reader.little(offset + 10, 2), let packed32 = reader.little(offset + 20, 4),
            let unpacked32 = reader.little(offset + 24, 4), let nameLength = reader.little(offset + 28, 2),
            let extraLength = reader.little(offset + 30, 2), let commentLength = reader.little(offset + 32, 2),
            let header32 = reader.little(offset + 42, 4), let name = reader.slice(offset + 46, nameLength), nameLength > 0
        else { throw .damaged }
        guard flags & 1 == 0 else { throw .encrypted }
        guard method == 0 || method == 8 else { throw .damaged }
        var wide = WideSizes(reader, from: offset + 46 + nameLength, length: extraLength)
        guard let unpacked = wide.value(for: unpacked32), let packed = wide.value(for: packed32),
            let header = wide.value(for: header32), header < directory, reader.has(localMark, at: header),
            let localNameLength = reader.little(header + 26, 2), let localExtraLength = reader.little(header + 28, 2),
            let localName = reader.slice(header + 30, localNameLength), localName == name
        else { throw .damaged }
        let dataStart = header + 30 + localNameLength + localExtraLength
        guard packed <= directory - dataStart, method == 8 || packed == unpacked else { throw .damaged }
        offset += 46 + nameLength + extraLength + commentLength
        let text = String(decoding: name, as: UTF8.self)
        guard isInside(text) else { throw .pathTraversal }
        return Entry(
            name: text, method: method, packed: packed, unpacked: unpacked, headerOffset: header, dataStart: dataStart)
    }

    /// True if the name stays inside the folder where it would be unpacked, on every operating system.
    private static func isInside(_ name: String) -> Bool {
        let steps = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        guard let first = steps.first, !first.isEmpty, !first.contains(":") else { return false }
        return !steps.contains("..") && !name.unicodeScalars.contains { $0.value < 0x20 }
    }

    /// Parts may not share bytes: that is how a small file holds the same large part a thousand times.
    private static func checkLayout(_ entries: [Entry], end: Int) throws(DocumentRefusal) {
        let ordered = entries.sorted { $0.headerOffset < $1.headerOffset }
        // Something before the first part would make the file two kinds of file at once.
        guard ordered.first?.headerOffset == 0 else { throw .damaged }
        for (entry, next) in zip(ordered, ordered.dropFirst()) where entry.dataStart + entry.packed > next.headerOffset {
            throw .bomb
        }
    }

    private static func checkSizes(_ entries: [Entry], _ limits: DocumentLimits) throws(DocumentRefusal) {
        var unpacked = 0
        var packed = 0
        for entry in entries {
            let (sum, overflow) = unpacked.addingReportingOverflow(entry.unpacked)
            guard !overflow, sum <= limits.unpackedBytes else { throw .bomb }
            unpacked = sum
            packed += entry.packed
        }
        guard unpacked <= limits.unpackedBytes / 16 || unpacked / max(packed, 1) <= limits.ratio else { throw .bomb }
    }
}

/// The 64-bit sizes that some programs write even for small parts (zip extra field 1).
private struct WideSizes {
    private let reader: ByteReader
    private var next: Int?
    private var end = 0

    init(_ reader: ByteReader, from start: Int, length: Int) {
        self.reader = reader
        var at = start
        while at + 4 <= start + length, let tag = reader.little(at, 2), let size = reader.little(at + 2, 2) {
            if tag == 1 {
                next = at + 4
                end = min(at + 4 + size, start + length)
                return
            }
            at += 4 + size
        }
    }

    /// The 32-bit value, or the next wide one if it is all ones.
    mutating func value(for narrow: Int) -> Int? {
        guard narrow == 0xFFFF_FFFF else { return narrow }
        guard let at = next, at + 8 <= end, let value = reader.little64(at) else { return nil }
        next = at + 8
        return value
    }
}
