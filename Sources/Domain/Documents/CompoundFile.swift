/// The table of contents of an OLE2 compound file: the container of DOC, XLS and PPT, and of encrypted DOCX.
///
/// Only the directory is read ([MS-CFB] 2.2 to 2.6), and the first bytes of the main stream, where Word and Excel say
/// whether a password is set.
struct CompoundFile {
    struct Entry {
        let name: String
        let kind: Int
        let left: Int
        let right: Int
        let child: Int
        let start: Int
        let size: Int
    }

    static let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// Sector numbers from here on are marks: end of chain, free, and the like.
    private static let firstMark = 0xFFFF_FFFA

    private let shift: Int
    private let entries: [Entry]

    /// - Throws: `damaged`.
    init(_ reader: ByteReader) throws(DocumentRefusal) {
        guard reader.little(0x1C, 2) == 0xFFFE, let shift = reader.little(0x1E, 2), shift == 9 || shift == 12,
            var sector = reader.little(0x30, 4)
        else { throw .damaged }
        let sectors = reader.count >> shift
        let table = try CompoundFile.tableSectors(reader, shift: shift, sectors: sectors)
        var entries: [Entry] = []
        var steps = 0
        while sector < CompoundFile.firstMark {
            steps += 1
            guard steps <= sectors, sector < sectors else { throw .damaged }
            let start = (sector + 1) << shift
            for offset in stride(from: start, to: start + 1 << shift, by: 128) {
                guard let entry = CompoundFile.entry(reader, at: offset) else { throw .damaged }
                entries.append(entry)
            }
            let perSector = 1 << (shift - 2)
            guard sector / perSector < table.count,
                let next = reader.little((table[sector / perSector] + 1) << shift + (sector % perSector) * 4, 4)
            else { throw .damaged }
            sector = next
        }
        guard entries.first?.kind == 5 else { throw .damaged }
        self.shift = shift
        self.entries = entries
    }

    /// The sectors that hold the table "which sector comes after this one".
    private static func tableSectors(
        _ reader: ByteReader, shift: Int, sectors: Int
    ) throws(DocumentRefusal) -> [Int] {
        var found: [Int] = []
        func take(_ offset: Int, _ count: Int) -> Bool {
            for index in 0..<count {
                guard let sector = reader.little(offset + index * 4, 4) else { return false }
                if sector < sectors { found.append(sector) }
            }
            return true
        }
        guard take(0x4C, 109), var more = reader.little(0x44, 4) else { throw .damaged }
        var steps = 0
        while more < firstMark {
            steps += 1
            let start = (more + 1) << shift
            let perSector = 1 << (shift - 2)
            guard steps <= sectors, more < sectors, take(start, perSector - 1),
                let next = reader.little(start + (perSector - 1) * 4, 4)
            else { throw .damaged }
            more = next
        }
        return found
    }

    private static func entry(_ reader: ByteReader, at offset: Int) -> Entry? {
        guard let length = reader.little(offset + 64, 2), length <= 64, let kind = reader.byte(offset + 66),
            let left = reader.little(offset + 68, 4), let right = reader.little(offset + 72, 4),
            let child = reader.little(offset + 76, 4), let start = reader.little(offset + 116, 4),
            let size = reader.little(offset + 120, 4)
        else { return nil }
        let units = stride(from: 0, to: max(0, length - 2), by: 2).compactMap { reader.little(offset + $0, 2) }
        let name = String(decoding: units.map { UInt16($0) }, as: UTF16.self)
        return Entry(name: name, kind: kind, left: left, right: right, child: child, start: start, size: size)
    }

    /// What lies directly in the root: a table inside a letter has its own streams further down.
    private var topLevel: [Entry] {
        var found: [Entry] = []
        var seen: Set<Int> = []
        var waiting = [entries[0].child]
        while let index = waiting.popLast() {
            guard index < entries.count, seen.insert(index).inserted else { continue }
            found.append(entries[index])
            waiting += [entries[index].left, entries[index].right]
        }
        return found
    }

    /// - Throws: `encrypted`, `macro`, `unknownType`.
    func format(_ reader: ByteReader) throws(DocumentRefusal) -> DocumentFormat {
        let top = topLevel
        let names = Set(top.map(\.name))
        guard !names.contains("EncryptedPackage"), !names.contains("EncryptedSummary") else { throw .encrypted }
        let macroNames: Set<String> = ["macros", "vba", "_vba_project", "_vba_project_cur"]
        guard !entries.contains(where: { $0.kind != 0 && macroNames.contains($0.name.lowercased()) }) else { throw .macro }
        let mains: [(DocumentFormat, Entry)] = top.compactMap { entry in
            guard entry.kind == 2 else { return nil }
            return switch entry.name {
            case "WordDocument": (.doc, entry)
            case "Workbook", "Book": (.xls, entry)
            case "PowerPoint Document": (.ppt, entry)
            default: nil
            }
        }
        // A workbook of Excel 5 to 97 holds both "Book" and "Workbook": two streams, one kind.
        guard let (format, main) = mains.first, mains.allSatisfy({ $0.0 == format }) else { throw .unknownType }
        guard !isEncrypted(format, main, reader) else { throw .encrypted }
        return format
    }

    private func isEncrypted(_ format: DocumentFormat, _ main: Entry, _ reader: ByteReader) -> Bool {
        // Smaller streams lie elsewhere; a real letter or table is never that small.
        guard main.size >= 4096, main.start < CompoundFile.firstMark else { return false }
        let start = (main.start + 1) << shift
        switch format {
        case .doc:
            // [MS-DOC] 2.5.2 FibBase: wIdent, and fEncrypted in the flags.
            guard reader.little(start, 2) == 0xA5EC, let flags = reader.little(start + 10, 2) else { return false }
            return flags & 0x0100 != 0
        case .xls:
            // [MS-XLS] 2.4.117 FilePass stands among the first records, after the one that begins the workbook.
            var at = start
            while at < start + 1 << shift, let kind = reader.little(at, 2), let length = reader.little(at + 2, 2) {
                if kind == 0x002F { return true }
                at += 4 + length
            }
            return false
        default:
            return false
        }
    }
}
