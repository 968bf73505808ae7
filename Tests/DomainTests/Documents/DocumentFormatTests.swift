import Testing

@testable import Domain

@Suite("Which files a dossier accepts")
struct DocumentFormatTests {
    @Test("every accepted kind is told by its content, whatever its name has no word about", arguments: DocumentFormat.allCases)
    func recognised(format: DocumentFormat) throws {
        let bytes = try #require(DocumentSamples.all.first { $0.format == format }?.bytes)
        #expect(try DocumentFormat.recognise(bytes, name: "verslag") == format)
        for ending in format.fileExtensions {
            #expect(try DocumentFormat.recognise(bytes, name: "verslag.\(ending.uppercased())") == format)
        }
        #expect(format.fileExtensions.contains(format.fileExtension))
    }

    @Test(
        "a name that says another accepted kind is refused, and the refusal says what it is", arguments: DocumentFormat.allCases)
    func wrongName(format: DocumentFormat) throws {
        let bytes = try #require(DocumentSamples.all.first { $0.format == format }?.bytes)
        for other in DocumentFormat.allCases where other != format {
            #expect(throws: DocumentRefusal.extensionDoesNotMatch(recognised: format)) {
                try DocumentFormat.recognise(bytes, name: "verslag.\(other.fileExtension)")
            }
        }
    }

    @Test(
        "an extension that is known but not accepted is refused, an unknown one is only part of the name",
        arguments: [
            ("verslag.exe", false), ("verslag.pdf.scr", false), ("verslag.pdf.exe ..", false), ("verslag.zip", false),
            ("verslag.v2", true), ("gesprek 12.03", true), ("van J. de Vries", true), ("map.exe/verslag", true),
            ("verslag.", true), (".pdf", true), ("verslag.exe.pdf", true),
        ])
    func otherExtensions(name: String, isAccepted: Bool) throws {
        if isAccepted {
            #expect(try DocumentFormat.recognise(DocumentSamples.pdf(), name: name) == .pdf)
        } else {
            #expect(throws: DocumentRefusal.extensionDoesNotMatch(recognised: .pdf)) {
                try DocumentFormat.recognise(DocumentSamples.pdf(), name: name)
            }
        }
    }

    @Test("program text, pages and RTF are plain text to the eye and refused as a kind")
    func programText() {
        for (name, text) in [
            ("a.js", "alert(1)"), ("a.html", "<html>"), ("a.svg", "<svg/>"), ("brief.rtf", "{\\rtf1 x}"), ("a", "{\\rtf1 x}"),
        ] {
            #expect(throws: DocumentRefusal.unknownType) { try DocumentFormat.recognise(Array(text.utf8), name: name) }
        }
    }

    @Test(
        "bytes of no accepted kind are refused",
        arguments: [
            [0x4D, 0x5A, 0x90, 0x00], [0x00], [0xFF], Array("tekst\u{0}".utf8), Array("tekst\u{1B}[2J".utf8),
            // Not UTF-8: a lone continuation byte, a cut-off one, an overlong slash, a surrogate.
            [0x41, 0x80], [0x41, 0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], Array("GIF89a\u{1}".utf8),
            ZipWriter([.init("los.txt")]).bytes,
            DocumentSamples.box("ftyp", Array("isom".utf8) + big(0, 4)),
            DocumentSamples.box("ftyp", Array("mif1".utf8) + big(0, 4) + Array("avif".utf8)),
        ] as [[UInt8]])
    func unknown(bytes: [UInt8]) {
        #expect(throws: DocumentRefusal.unknownType) { try DocumentFormat.recognise(bytes, name: "bijlage") }
    }

    @Test("an empty file is refused, and one byte over the limit")
    func size() throws {
        #expect(throws: DocumentRefusal.empty) { try DocumentFormat.recognise([], name: "a.pdf") }
        var limits = DocumentLimits.standard
        #expect(limits.bytes == 25_000_000)
        limits.bytes = DocumentSamples.pdf().count
        #expect(try DocumentFormat.recognise(DocumentSamples.pdf(), name: "a.pdf", limits: limits) == .pdf)
        limits.bytes -= 1
        #expect(throws: DocumentRefusal.tooLarge(limit: limits.bytes)) {
            try DocumentFormat.recognise(DocumentSamples.pdf(), name: "a.pdf", limits: limits)
        }
    }

    @Test(
        "a PDF is encrypted when a trailer refers to a dictionary of keys, not when it only has the word",
        arguments: [
            ("trailer << /Encrypt 12 0 R /Root 1 0 R >>", true), ("trailer << /Encrypt\r\n12 0 R >>", true),
            ("trailer << /Encrypt<< /Filter /Standard >> >>", true), ("(over /Encrypt en sleutels)", false),
            ("/EncryptMetadata false", false), ("/Encrypt 12 0", false), ("/Encrypt", false), ("/Encrypt12 0 R", false),
            ("/Encryp /Encrypt 3 0 R", true), ("/EncryptMetadata true /Encrypt 3 0 R", true),
        ])
    func encryptedPDF(trailer: String, isEncrypted: Bool) throws {
        if isEncrypted {
            #expect(throws: DocumentRefusal.encrypted) {
                try DocumentFormat.recognise(DocumentSamples.pdf(trailer), name: "a.pdf")
            }
        } else {
            #expect(try DocumentFormat.recognise(DocumentSamples.pdf(trailer), name: "a.pdf") == .pdf)
        }
    }

    @Test("every refusal has a stable code of its own")
    func codes() {
        let all: [DocumentRefusal] = [
            .empty, .tooLarge(limit: 1), .unknownType, .extensionDoesNotMatch(recognised: .pdf), .macro, .encrypted, .bomb,
            .pathTraversal, .damaged,
        ]
        #expect(
            all.map(\.code) == [
                "document.empty", "document.too-large", "document.unknown-type", "document.extension-does-not-match",
                "document.macro", "document.encrypted", "document.bomb", "document.path-traversal", "document.damaged",
            ])
    }
}
