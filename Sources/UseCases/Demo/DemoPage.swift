import Foundation

/// A small PDF of one page: a heading and lines, for documents in a demo.
enum DemoPage {
    /// A4 in points, with Helvetica and its Western letters (ISO 32000-1, annex D.2).
    static func pdf(title: String, lines: [String]) -> Data {
        var content = "BT /F2 15 Tf 62 770 Td \(literal(title)) Tj ET\n"
        var height = 740
        for line in lines.flatMap({ wrapped($0, width: 88) }) {
            content += "BT /F1 10.5 Tf 62 \(height) Td \(literal(line)) Tj ET\n"
            height -= 15
        }
        let bytes = latin(content)
        let objects = [
            latin("<< /Type /Catalog /Pages 2 0 R /Lang (nl) >>"),
            latin("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            latin(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
                    + "<< /Font << /F1 5 0 R /F2 6 0 R >> >> >>"),
            latin("<< /Length \(bytes.count) >>\nstream\n") + bytes + latin("endstream"),
            latin("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
            latin("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"),
        ]
        var file = latin("%PDF-1.4\n")
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(file.count)
            file += latin("\(index + 1) 0 obj\n") + object + latin("\nendobj\n")
        }
        let start = file.count
        file += latin("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n")
        for place in places {
            let digits = String(place)
            file += latin(String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n")
        }
        file += latin("trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n")
        return file
    }

    /// A text between parentheses; letters outside Western ones become the nearest, or a question mark.
    private static func literal(_ text: String) -> String {
        var quoted = "("
        for character in text {
            if "()\\".contains(character) { quoted.append("\\") }
            quoted.append(character)
        }
        return quoted + ")"
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        guard !text.isEmpty else { return [""] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return lines + [line]
    }

    private static func latin(_ text: String) -> Data {
        text.data(using: .windowsCP1252, allowLossyConversion: true) ?? Data()
    }
}
