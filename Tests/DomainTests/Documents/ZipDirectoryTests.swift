import Testing

@testable import Domain

@Suite("Packed documents")
struct ZipDirectoryTests {
    private func recognise(
        _ zip: ZipWriter, _ name: String = "verslag", _ limits: DocumentLimits = .standard
    ) throws(DocumentRefusal) -> DocumentFormat {
        try DocumentFormat.recognise(zip.bytes, name: name, limits: limits)
    }

    @Test("the main part may be numbered, and may not be another kind's at the same time")
    func mainPart() throws {
        #expect(try recognise(.office("word/document2.xml")) == .docx)
        #expect(try recognise(.office("Word/Document.XML")) == .docx)
        for wrong in ["word/documents.xml", "word/document.xml.rels", "document.xml", "visio/document.xml"] {
            #expect(throws: DocumentRefusal.unknownType, "\(wrong)") { try recognise(.office(wrong)) }
        }
        #expect(throws: DocumentRefusal.unknownType) { try recognise(.office("word/document.xml", [.init("xl/workbook.xml")])) }
        #expect(throws: DocumentRefusal.unknownType) { try recognise(ZipWriter([.init("word/document.xml")])) }
    }

    @Test("an OpenDocument states its type first and uncompressed; templates and drawings are not accepted")
    func openDocument() {
        #expect(throws: DocumentRefusal.unknownType) { try recognise(.openDocument("text-template")) }
        #expect(throws: DocumentRefusal.unknownType) { try recognise(.openDocument("graphics")) }
        var second = ZipWriter.openDocument("text")
        second.parts.swapAt(0, 1)
        #expect(throws: DocumentRefusal.unknownType) { try recognise(second) }
        var packed = ZipWriter.openDocument("text")
        packed.parts[0].method = 8
        #expect(throws: DocumentRefusal.unknownType) { try recognise(packed) }
    }

    @Test(
        "programs inside a document are refused",
        arguments: [
            ZipWriter.office("word/document.xml", [.init("word/vbaProject.bin")]),
            .office("xl/workbook.xml", [.init("xl/VBAPROJECT.BIN")]),
            .office("xl/workbook.xml", [.init("xl/macrosheets/sheet1.xml")]),
            .office("ppt/presentation.xml", [.init("ppt/embeddings/Tabel.xlsm")]),
            .openDocument("text", [.init("Basic/Standard/script-lb.xml")]),
            .openDocument("spreadsheet", [.init("Scripts/python/a.py")]),
        ])
    func macros(zip: ZipWriter) {
        #expect(throws: DocumentRefusal.macro) { try recognise(zip) }
    }

    @Test("a name for documents with programs is refused, whatever is inside")
    func macroNames() {
        for name in ["brief.docm", "tabel.XLSM", "dia.pptm", "sjabloon.dotm"] {
            #expect(throws: DocumentRefusal.macro) { try recognise(.office("word/document.xml"), name) }
        }
    }

    @Test("what asks a password is refused")
    func encrypted() throws {
        var locked = ZipWriter.office("word/document.xml")
        locked.parts[2].flags = 1
        #expect(throws: DocumentRefusal.encrypted) { try recognise(locked) }
        var odt = ZipWriter.openDocument("text")
        odt.parts[1] = .init("content.xml", "\u{1}geheim", method: 0)
        #expect(throws: DocumentRefusal.encrypted) { try recognise(odt) }
        odt.parts[1] = .init("content.xml", "<?xml version=\"1.0\"?>", method: 0)
        #expect(try recognise(odt) == .odt)
        #expect(throws: DocumentRefusal.encrypted) { try recognise(.openDocument("text", [.init("encrypted-package")])) }
    }

    @Test(
        "a name that climbs out of its folder is refused",
        arguments: ["../evil", "word/../../evil", "/etc/evil", "\\evil", "word\\..\\evil", "C:\\evil", "c:evil", "a\u{0}b", ".."])
    func traversal(name: String) {
        #expect(throws: DocumentRefusal.pathTraversal) { try recognise(.office("word/document.xml", [.init(name)])) }
    }

    @Test("dots inside a name are no climbing")
    func dots() throws {
        #expect(try recognise(.office("word/document.xml", [.init("word/a..b/..c.xml")])) == .docx)
    }

    @Test("sizes that explode are refused: in all, in proportion, in number")
    func bombs() throws {
        var large = ZipWriter.office("word/document.xml")
        large.parts[2].statedUnpacked = 400_000_001
        #expect(throws: DocumentRefusal.bomb) { try recognise(large) }
        large.parts[2].statedUnpacked = 30_000_000
        #expect(throws: DocumentRefusal.bomb) { try recognise(large) }
        large.parts[2].bytes = [UInt8](repeating: 7, count: 200_000)
        #expect(try recognise(large) == .docx)
        // Five times 0xFFFF_FFF0, so no single number is remarkable.
        var many = ZipWriter.office("word/document.xml", (0..<5).map { .init("word/\($0).xml") })
        for index in 3..<8 { many.parts[index].statedUnpacked = 0xFFFF_FFF0 }
        #expect(throws: DocumentRefusal.bomb) { try recognise(many) }
        var limits = DocumentLimits.standard
        limits.parts = 3
        #expect(try recognise(.office("word/document.xml"), "a", limits) == .docx)
        #expect(throws: DocumentRefusal.bomb) { try recognise(.office("word/document.xml", [.init("a")]), "a", limits) }
    }

    @Test("sizes of 64 bits are read, also those that no file can have")
    func wideSizes() throws {
        var wide = ZipWriter.office("word/document.xml")
        for index in wide.parts.indices { wide.parts[index].isWide = true }
        #expect(try recognise(wide) == .docx)
        for size in [Int.max, 1 << 40] {
            wide.parts[1].statedUnpacked = size
            wide.parts[2].statedUnpacked = size
            #expect(throws: DocumentRefusal.bomb) { try recognise(wide) }
        }
        wide.parts[1].statedUnpacked = -1
        #expect(throws: DocumentRefusal.damaged) { try recognise(wide) }
    }

    @Test("parts that share bytes are refused")
    func overlap() {
        var zip = ZipWriter.office("word/document.xml")
        zip.parts = ["aaa", "bbb"].map { ZipWriter.Part($0) }
        for index in zip.parts.indices { zip.parts[index].localName = "aaa" }
        zip.parts[1].name = "aaa"
        zip.overlaps = true
        #expect(throws: DocumentRefusal.damaged, "the same name twice") { try recognise(zip) }
        // The first part says that it reaches over the second.
        var reaching = ZipWriter([.init("aaa"), .init("bbb", String(repeating: "y", count: 200))]).bytes
        let table = reaching.count - 22 - 2 * 49
        reaching.replaceSubrange((table + 20)..<(table + 24), with: little(100, 4))
        #expect(throws: DocumentRefusal.bomb) { try DocumentFormat.recognise(reaching, name: "a") }
    }

    @Test("an archive inside is refused, a chart's own table is not, until there are too many")
    func nested() throws {
        for name in ["a.zip", "word/a.RAR", "b.7z", "c.jar"] {
            #expect(throws: DocumentRefusal.bomb) { try recognise(.office("word/document.xml", [.init(name)])) }
        }
        let charts = (0..<64).map { ZipWriter.Part("ppt/embeddings/Werkblad\($0).xlsx") }
        #expect(try recognise(.office("ppt/presentation.xml", charts)) == .pptx)
        #expect(throws: DocumentRefusal.bomb) { try recognise(.office("ppt/presentation.xml", charts + [.init("a.docx")])) }
        // Called .bin, but it starts as a zip file does.
        let hidden = ZipWriter.Part("ppt/embeddings/ole.bin", "PK\u{3}\u{4}", method: 0)
        #expect(throws: DocumentRefusal.bomb) { try recognise(.office("ppt/presentation.xml", charts + [hidden])) }
    }

    @Test("a file whose tables do not agree is damaged")
    func damaged() {
        let whole = ZipWriter.office("word/document.xml")
        var renamed = whole
        renamed.parts[1].localName = "_rels/.relz"
        var doubled = whole
        doubled.parts.append(.init("WORD/document.xml"))
        var prefixed = whole
        prefixed.prefix = [0x50, 0x4B, 3, 4]
        var unknownMethod = whole
        unknownMethod.parts[0].method = 14
        var storedSize = whole
        storedSize.parts[0].method = 0
        storedSize.parts[0].statedUnpacked = 5
        var short = whole
        short.statedCount = 2
        var long = whole
        long.statedCount = 4
        for zip in [renamed, doubled, prefixed, unknownMethod, storedSize, short, long] {
            #expect(throws: DocumentRefusal.damaged) { try recognise(zip) }
        }
        for cut in 1...80 {
            #expect(throws: DocumentRefusal.damaged) { try DocumentFormat.recognise(Array(whole.bytes.dropLast(cut)), name: "a") }
        }
        #expect(throws: DocumentRefusal.damaged) { try DocumentFormat.recognise(whole.bytes + [0], name: "a") }
    }

    @Test("a comment at the end belongs to the file")
    func comment() throws {
        var zip = ZipWriter.office("word/document.xml")
        zip.comment = Array("gemaakt op school".utf8)
        #expect(try recognise(zip) == .docx)
    }
}
