/// Kind and size of a picture, from its header only.
///
/// The size is what matters: a few hundred bytes can say that they are a picture of a hundred thousand pixels square,
/// and whoever draws it runs out of memory.
struct PictureHeader {
    let format: DocumentFormat
    let width: Int
    let height: Int

    private init(_ format: DocumentFormat, _ width: Int, _ height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// Nil if the bytes do not start as one of the accepted kinds of picture.
    /// - Throws: `damaged` if they do and the size is nowhere.
    init?(_ reader: ByteReader) throws(DocumentRefusal) {
        let found: PictureHeader?
        if reader.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) {
            found = PictureHeader.png(reader)
        } else if reader.has([0xFF, 0xD8, 0xFF], at: 0) {
            found = PictureHeader.jpeg(reader)
        } else if reader.has("RIFF", at: 0), reader.has("WEBP", at: 8) {
            found = PictureHeader.webp(reader)
        } else if PictureHeader.isHEIC(reader) {
            found = PictureHeader.heic(reader)
        } else {
            return nil
        }
        guard let found else { throw .damaged }
        self = found
    }

    private static func png(_ reader: ByteReader) -> PictureHeader? {
        guard reader.big(8, 4) == 13, reader.has("IHDR", at: 12), let width = reader.big(16, 4), let height = reader.big(20, 4)
        else { return nil }
        return PictureHeader(.png, width, height)
    }

    /// Walks the segments to the first frame header (ITU-T T.81, B.1 and B.2.2).
    private static func jpeg(_ reader: ByteReader) -> PictureHeader? {
        var at = 2
        while reader.byte(at) == 0xFF, let marker = reader.byte(at + 1) {
            switch marker {
            case 0xFF:
                at += 1
            case 0x01, 0xD0...0xD7:
                at += 2
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                guard let height = reader.big(at + 5, 2), let width = reader.big(at + 7, 2) else { return nil }
                return PictureHeader(.jpeg, width, height)
            case 0xD8, 0xD9, 0xDA:
                return nil
            default:
                guard let length = reader.big(at + 2, 2), length >= 2 else { return nil }
                at += 2 + length
            }
        }
        return nil
    }

    /// The three ways in which WebP writes its size (RFC 9649, 2.5 to 2.7).
    private static func webp(_ reader: ByteReader) -> PictureHeader? {
        if reader.has("VP8X", at: 12), let width = reader.little(24, 3), let height = reader.little(27, 3) {
            return PictureHeader(.webp, width + 1, height + 1)
        }
        if reader.has("VP8L", at: 12), reader.byte(20) == 0x2F, let bits = reader.little(21, 4) {
            return PictureHeader(.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        }
        if reader.has("VP8 ", at: 12), reader.has([0x9D, 0x01, 0x2A], at: 23), let width = reader.little(26, 2),
            let height = reader.little(28, 2)
        {
            return PictureHeader(.webp, width & 0x3FFF, height & 0x3FFF)
        }
        return nil
    }
}

// HEIC is a tree of boxes (ISO/IEC 14496-12 and 23008-12); phones write it unless told otherwise.
extension PictureHeader {
    private struct Box {
        let type: String
        let content: Range<Int>
    }

    private static func isHEIC(_ reader: ByteReader) -> Bool {
        guard reader.has("ftyp", at: 4), let size = reader.big(0, 4), let brand = reader.slice(8, 4) else { return false }
        let own: Set<String> = ["heic", "heix", "heim", "heis", "hevc", "hevx"]
        let major = String(decoding: brand, as: UTF8.self)
        if own.contains(major) { return true }
        guard major == "mif1" || major == "msf1" else { return false }
        return stride(from: 16, to: min(size, 256), by: 4).contains { offset in
            reader.slice(offset, 4).map { own.contains(String(decoding: $0, as: UTF8.self)) } ?? false
        }
    }

    /// The largest size among the picture's properties: a phone stores tiles and the whole.
    private static func heic(_ reader: ByteReader) -> PictureHeader? {
        let whole = 0..<reader.count
        // `meta` starts with four bytes of version and flags.
        guard let meta = box("meta", in: whole, reader).map({ min($0.lowerBound + 4, $0.upperBound)..<$0.upperBound }),
            let properties = box("iprp", in: meta, reader), let container = box("ipco", in: properties, reader)
        else { return nil }
        var largest: PictureHeader?
        for box in boxes(in: container, reader) where box.type == "ispe" {
            guard let width = reader.big(box.content.lowerBound + 4, 4), let height = reader.big(box.content.lowerBound + 8, 4)
            else { return nil }
            // Both are below 2^32, so the product can exceed Int only as unsigned.
            let isLarger = largest.map { UInt64(width) * UInt64(height) > UInt64($0.width) * UInt64($0.height) } ?? true
            if isLarger { largest = PictureHeader(.heic, width, height) }
        }
        return largest
    }

    private static func box(_ type: String, in range: Range<Int>, _ reader: ByteReader) -> Range<Int>? {
        boxes(in: range, reader).first { $0.type == type }?.content
    }

    private static func boxes(in range: Range<Int>, _ reader: ByteReader) -> [Box] {
        var found: [Box] = []
        var at = range.lowerBound
        while at < range.upperBound, found.count < 4096, let stated = reader.big(at, 4), let type = reader.slice(at + 4, 4) {
            let isWide = stated == 1
            guard let size = isWide ? reader.big64(at + 8) : stated == 0 ? range.upperBound - at : stated else { break }
            let header = isWide ? 16 : 8
            guard size >= header, size <= range.upperBound - at else { break }
            found.append(Box(type: String(decoding: type, as: UTF8.self), content: (at + header)..<(at + size)))
            at += size
        }
        return found
    }
}
