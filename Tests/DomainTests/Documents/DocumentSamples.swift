@testable import Domain

/// The smallest bytes that are recognised as each kind.
enum DocumentSamples {
    static let all: [(format: DocumentFormat, bytes: [UInt8])] = [
        (.pdf, pdf()),
        (.docx, ZipWriter.office("word/document.xml").bytes),
        (.xlsx, ZipWriter.office("xl/workbook.xml").bytes),
        (.pptx, ZipWriter.office("ppt/presentation.xml").bytes),
        (.odt, ZipWriter.openDocument("text").bytes),
        (.ods, ZipWriter.openDocument("spreadsheet").bytes),
        (.odp, ZipWriter.openDocument("presentation").bytes),
        (.doc, CompoundWriter([.init("WordDocument")]).bytes),
        (.xls, CompoundWriter([.init("Workbook")]).bytes),
        (.ppt, CompoundWriter([.init("PowerPoint Document")]).bytes),
        (.png, png(width: 640, height: 480)),
        (.jpeg, jpeg(width: 640, height: 480)),
        (.webp, webp("VP8 ", width: 640, height: 480)),
        (.heic, heic(sizes: [(512, 512), (4032, 3024)])),
        (.text, Array("Mila leest graag.\r\n\tDé groep ook.\n".utf8)),
    ]

    static func pdf(_ trailer: String = "trailer << /Root 1 0 R >>") -> [UInt8] {
        Array("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n\(trailer)\n%%EOF\n".utf8)
    }

    static func png(width: Int, height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        bytes += big(13, 4)
        bytes += Array("IHDR".utf8)
        bytes += big(width, 4)
        bytes += big(height, 4)
        return bytes + [8, 2, 0, 0, 0, 0, 0, 0, 0]
    }

    static func jpeg(width: Int, height: Int, frame: UInt8 = 0xC2) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
        bytes += big(16, 2)
        bytes += [UInt8](repeating: 0, count: 14)
        bytes += [0xFF, 0xFF, 0xFF, frame]
        bytes += big(11, 2)
        bytes += [8]
        bytes += big(height, 2)
        bytes += big(width, 2)
        return bytes + [1, 1, 0x11, 0, 0xFF, 0xD9]
    }

    static func webp(_ kind: String, width: Int, height: Int) -> [UInt8] {
        let body: [UInt8] =
            switch kind {
            case "VP8X": [0, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3)
            case "VP8L": [0x2F] + little((width - 1) | (height - 1) << 14, 4)
            default: [0, 0, 0, 0x9D, 0x01, 0x2A] + little(width, 2) + little(height, 2)
            }
        return Array("RIFF".utf8) + little(body.count + 12, 4) + Array("WEBP\(kind)".utf8) + little(body.count, 4) + body
    }

    static func heic(brand: String = "heic", compatible: [String] = ["mif1"], sizes: [(Int, Int)]) -> [UInt8] {
        let properties = sizes.flatMap { box("ispe", big(0, 4) + big($0.0, 4) + big($0.1, 4)) }
        let meta = box("meta", big(0, 4) + box("iprp", box("ipco", box("colr", [1, 2, 3]) + properties)))
        return box("ftyp", Array(brand.utf8) + big(0, 4) + compatible.flatMap { Array($0.utf8) }) + meta + box("mdat", [1, 2])
    }

    static func box(_ type: String, _ content: [UInt8]) -> [UInt8] { big(content.count + 8, 4) + Array(type.utf8) + content }
}

/// Writes small OLE2 compound files: a header, one table sector, two directory sectors and one stream of 4096 bytes.
struct CompoundWriter {
    struct Entry {
        var name: String
        var kind = 2
        /// Lies in a storage of its own, not in the root.
        var isDeep = false

        init(_ name: String, kind: Int = 2, isDeep: Bool = false) {
            self.name = name
            self.kind = kind
            self.isDeep = isDeep
        }
    }

    var entries: [Entry]
    /// The first bytes of every stream.
    var content: [UInt8] = []
    /// Makes the directory's chain of sectors run in a circle.
    var loops = false

    init(_ entries: [Entry], content: [UInt8] = []) {
        self.entries = entries
        self.content = content
    }

    var bytes: [UInt8] {
        let none = 0xFFFF_FFFF
        var header = CompoundFile.mark + [UInt8](repeating: 0, count: 16)
        for short in [0x3E, 3, 0xFFFE, 9, 6] { header += little(short, 2) }
        header += [UInt8](repeating: 0, count: 10)
        for long in [1, 1, 0, 4096, none, 0, none, 0, 0] { header += little(long, 4) }
        for _ in 0..<108 { header += little(none, 4) }
        // Sector 0 is the table, 1 and 2 the directory, 3 to 10 the stream.
        var table = [0xFFFF_FFFD, 2, loops ? 1 : 0xFFFF_FFFE, 4, 5, 6, 7, 8, 9, 10, 0xFFFF_FFFE]
        table += Array(repeating: none, count: 128 - table.count)
        let top = entries.indices.filter { !entries[$0].isDeep }
        var directory = row("Root Entry", kind: 5, right: none, child: top.first.map { $0 + 1 } ?? none)
        for index in entries.indices {
            let next = top.first { $0 > index && !entries[index].isDeep }
            directory += row(entries[index].name, kind: entries[index].kind, right: next.map { $0 + 1 } ?? none, child: none)
        }
        directory += [UInt8](repeating: 0, count: max(0, 1024 - directory.count))
        let stream = content + [UInt8](repeating: 0, count: 4096 - content.count)
        for next in table { header += little(next, 4) }
        return header + directory + stream
    }

    private func row(_ name: String, kind: Int, right: Int, child: Int) -> [UInt8] {
        var row: [UInt8] = []
        for unit in name.utf16 { row += little(Int(unit), 2) }
        let length = row.count + 2
        row += [UInt8](repeating: 0, count: 64 - row.count)
        row += little(length, 2)
        row += [UInt8(kind), 1]
        for link in [0xFFFF_FFFF, right, child] { row += little(link, 4) }
        row += [UInt8](repeating: 0, count: 36)
        row += little(3, 4)
        row += little(4096, 8)
        return row
    }
}
