import Testing

@testable import Domain

@Suite("Names of files")
struct FileNameTests {
    @Test(
        "a name is cleaned of everything but itself",
        arguments: [
            ("Verslag  van gesprek.pdf", "Verslag van gesprek.pdf"),
            ("C:\\Users\\ib\\Verslag.PDF", "Verslag.pdf"), ("../../etc/passwd", "passwd.pdf"), ("map/", "map.pdf"),
            ("verslag", "verslag.pdf"), ("verslag.v2", "verslag.v2.pdf"), ("verslag.exe", "verslag.exe.pdf"),
            ("a\u{0}b\r\nc\u{7}.pdf", "abc.pdf"), ("brief\u{202E}fdp.exe", "brieffdp.exe.pdf"),
            ("n\u{200B}aam\u{FEFF}.pdf", "naam.pdf"),
            ("wat? <ja>: \"a|b\"*.pdf", "wat- -ja-- -a-b--.pdf"), ("", "document.pdf"), ("...", "document.pdf"),
            (".pdf", "document.pdf"), (" . .pdf", "document.pdf"), ("nul.pdf", "_nul.pdf"), ("COM1", "_COM1.pdf"),
            ("Com1.verslag", "_Com1.verslag.pdf"), ("console.pdf", "console.pdf"), ("verslag.pdf.", "verslag.pdf"),
            ("cafe\u{301}.pdf", "caf\u{E9}.pdf"), ("Zoë & Noor – plan.pdf", "Zoë & Noor – plan.pdf"), ("a\u{A0}b.pdf", "a b.pdf"),
            ("\u{1F9D2} groep 4.pdf", "\u{1F9D2} groep 4.pdf"), ("verslag.pdf.pdf", "verslag.pdf.pdf"),
        ])
    func cleaned(name: String, expected: String) {
        #expect(FileName.cleaned(name, as: .pdf) == expected)
    }

    @Test("a fitting extension stays, another one gets the right one behind it")
    func extensions() {
        #expect(FileName.cleaned("foto.JPEG", as: .jpeg) == "foto.jpeg")
        #expect(FileName.cleaned("foto.png", as: .jpeg) == "foto.png.jpg")
        #expect(FileName.cleaned("lijst.csv", as: .text) == "lijst.csv")
    }

    @Test("a name is never longer than 120 characters and keeps its extension")
    func length() {
        let names = [
            String(repeating: "a", count: 500) + ".pdf", String(repeating: "ë", count: 500),
            String(repeating: "\u{1F9D2}", count: 300),
            "e" + String(repeating: "\u{301}", count: 4000), String(repeating: "a ", count: 200),
            String(repeating: ".a", count: 200),
        ]
        for name in names {
            let cleaned = FileName.cleaned(name, as: .pdf)
            #expect(cleaned.unicodeScalars.count <= 120)
            #expect(cleaned.utf8.count <= 240)
            #expect(cleaned.hasSuffix(".pdf"))
        }
        #expect(FileName.cleaned(names[0], as: .pdf).count == 120)
    }

    @Test("cleaning is done once: a clean name stays as it is, and nothing invisible is left")
    func idempotent() {
        var random = SplitMix(seed: 20_261_102)
        let alphabet = Array("aB1. /\\:*?\"<>|-_\u{0}\u{9}\u{202E}\u{200F}\u{301}é\u{1F9D2}\u{E000}\u{2028}pdfcon")
        for _ in 0..<3000 {
            let name = String(
                (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
            for format in [DocumentFormat.pdf, .jpeg, .text] {
                let once = FileName.cleaned(name, as: format)
                #expect(FileName.cleaned(once, as: format) == once, "\(name.debugDescription)")
                #expect(!once.contains { "/\\:*?\"<>|".contains($0) }, "\(name.debugDescription)")
                let invisible = once.unicodeScalars.contains {
                    [.control, .format, .privateUse, .lineSeparator].contains($0.properties.generalCategory)
                }
                #expect(!invisible, "\(name.debugDescription)")
                #expect(format.fileExtensions.contains { once.hasSuffix("." + $0) }, "\(name.debugDescription)")
            }
        }
    }

    @Test("a file is always handed out as an attachment, its name in both forms that browsers know")
    func attachment() {
        #expect(
            FileName.attachment("Zoë \"plan\" 100%.pdf")
                == "attachment; filename=\"Zo_ _plan_ 100_.pdf\"; filename*=UTF-8''Zo%C3%AB%20%22plan%22%20100%25.pdf")
        #expect(!FileName.attachment("a\r\nSet-Cookie: b").contains { $0.isNewline })
    }
}
