/// Writes small zip files byte by byte, so that a test can also write the ones that no program would.
struct ZipWriter {
    struct Part {
        var name: String
        var bytes: [UInt8]
        /// 0 stored, 8 deflated; the bytes are written as they are in both cases.
        var method = 8
        var flags = 0
        /// What the tables say instead of the true size.
        var statedUnpacked: Int?
        /// The name in the part's own header, if another.
        var localName: String?
        /// Writes the sizes as 64-bit numbers in the table of contents.
        var isWide = false

        init(_ name: String, _ text: String = "x", method: Int = 8) {
            self.name = name
            bytes = Array(text.utf8)
            self.method = method
        }
    }

    var parts: [Part]
    var prefix: [UInt8] = []
    var comment: [UInt8] = []
    /// Makes every row of the table of contents point at the first part.
    var overlaps = false
    /// The number of parts that the end record states, if another.
    var statedCount: Int?

    init(_ parts: [Part]) { self.parts = parts }

    /// The parts of a letter made by a word processor, and what else is given.
    static func office(_ main: String, _ more: [Part] = []) -> ZipWriter {
        ZipWriter([Part("[Content_Types].xml"), Part("_rels/.rels"), Part(main)] + more)
    }

    static func openDocument(_ type: String, _ more: [Part] = []) -> ZipWriter {
        let mimetype = Part("mimetype", "application/vnd.oasis.opendocument." + type, method: 0)
        return ZipWriter([mimetype, Part("content.xml", "deflated"), Part("META-INF/manifest.xml")] + more)
    }

    var bytes: [UInt8] {
        var file = prefix
        var offsets: [Int] = []
        for part in parts {
            offsets.append(overlaps ? prefix.count : file.count)
            file += [0x50, 0x4B, 3, 4] + little(20, 2) + little(part.flags, 2) + little(part.method, 2) + little(0, 8)
            file += little(part.bytes.count, 4) + little(unpacked(part), 4)
            let name = Array((part.localName ?? part.name).utf8)
            file += little(name.count, 2) + little(0, 2) + name + part.bytes
        }
        let start = file.count
        for (part, offset) in zip(parts, offsets) {
            let name = Array(part.name.utf8)
            let wide = little(unpacked(part), 8) + little(part.bytes.count, 8)
            let extra = part.isWide ? little(1, 2) + little(wide.count, 2) + wide : []
            file += [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + little(part.flags, 2) + little(part.method, 2)
            file += little(0, 8) + little(part.isWide ? 0xFFFF_FFFF : part.bytes.count, 4)
            file += little(part.isWide ? 0xFFFF_FFFF : unpacked(part), 4)
            file += little(name.count, 2) + little(extra.count, 2) + little(0, 10) + little(offset, 4) + name + extra
        }
        let count = statedCount ?? parts.count
        file += [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2)
        let size = file.count - start - 12
        return file + little(size, 4) + little(start, 4) + little(comment.count, 2) + comment
    }

    private func unpacked(_ part: Part) -> Int { part.statedUnpacked ?? part.bytes.count }
}

/// A number as bytes, the lowest first.
func little(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
}

/// A number as bytes, the highest first.
func big(_ value: Int, _ width: Int) -> [UInt8] { little(value, width).reversed() }
