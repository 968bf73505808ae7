import Testing

@testable import Domain

@Suite("Old office documents")
struct CompoundFileTests {
    private func recognise(_ file: CompoundWriter) throws(DocumentRefusal) -> DocumentFormat {
        try DocumentFormat.recognise(file.bytes, name: "verslag")
    }

    @Test("the kind is the main stream in the root, not one of something embedded")
    func embedded() throws {
        #expect(try recognise(CompoundWriter([.init("WordDocument"), .init("Workbook", isDeep: true)])) == .doc)
        #expect(try recognise(CompoundWriter([.init("1Table"), .init("Workbook"), .init("WordDocument", isDeep: true)])) == .xls)
        #expect(try recognise(CompoundWriter([.init("Book"), .init("Workbook")])) == .xls)
    }

    @Test("no main stream, or two kinds of them, is no accepted document")
    func noMain() {
        #expect(throws: DocumentRefusal.unknownType) { try recognise(CompoundWriter([.init("__properties_version1.0")])) }
        #expect(throws: DocumentRefusal.unknownType) { try recognise(CompoundWriter([])) }
        #expect(throws: DocumentRefusal.unknownType) { try recognise(CompoundWriter([.init("WordDocument", kind: 1)])) }
        #expect(throws: DocumentRefusal.unknownType) {
            try recognise(CompoundWriter([.init("WordDocument"), .init("Workbook")]))
        }
    }

    @Test("macros are refused, however deep they lie", arguments: ["Macros", "VBA", "_VBA_PROJECT_CUR", "_vba_project"])
    func macros(name: String) {
        #expect(throws: DocumentRefusal.macro) { try recognise(CompoundWriter([.init("WordDocument"), .init(name, kind: 1)])) }
        let deep = CompoundWriter([.init("Workbook"), .init(name, isDeep: true)])
        #expect(throws: DocumentRefusal.macro) { try recognise(deep) }
    }

    @Test("what asks a password is refused, in each of the four ways in which it is written")
    func encrypted() throws {
        #expect(throws: DocumentRefusal.encrypted) { try recognise(CompoundWriter([.init("EncryptedPackage")])) }
        let slides = CompoundWriter([.init("PowerPoint Document"), .init("EncryptedSummary")])
        #expect(throws: DocumentRefusal.encrypted) { try recognise(slides) }
        for (flags, isEncrypted) in [(0x0100, true), (0x12C1, false)] {
            let letter = CompoundWriter([.init("WordDocument")], content: little(0xA5EC, 2) + little(0, 8) + little(flags, 2))
            if isEncrypted {
                #expect(throws: DocumentRefusal.encrypted) { try recognise(letter) }
            } else {
                #expect(try recognise(letter) == .doc)
            }
        }
        let begin = little(0x0809, 2) + little(4, 2) + little(0x0600, 4)
        let table = CompoundWriter([.init("Workbook")], content: begin + little(0x002F, 2) + little(2, 2))
        #expect(throws: DocumentRefusal.encrypted) { try recognise(table) }
        #expect(try recognise(CompoundWriter([.init("Workbook")], content: begin + little(0x0042, 2) + little(2, 2))) == .xls)
    }

    @Test("a directory that is cut off or runs in a circle is damaged")
    func damaged() {
        var circle = CompoundWriter([.init("WordDocument")])
        circle.loops = true
        #expect(throws: DocumentRefusal.damaged) { try recognise(circle) }
        let bytes = CompoundWriter([.init("WordDocument")]).bytes
        for length in [8, 100, 511, 512, 1000, 1500, 2000] {
            #expect(throws: DocumentRefusal.damaged) { try DocumentFormat.recognise(Array(bytes.prefix(length)), name: "a.doc") }
        }
    }
}
