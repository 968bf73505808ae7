import Foundation

/// What a file may be called when it is stored, listed and handed out again.
package enum FileName {
    /// The most characters of a stored name, extension included.
    package static let longest = 120

    /// Extensions of documents that may carry programs.
    static let macroExtensions: Set<String> = ["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam", "xla"]
    /// Extensions of archives: nothing a document needs inside itself.
    static let archiveExtensions: Set<String> = [
        "7z", "apk", "bz2", "cab", "ear", "gz", "iso", "jar", "lzh", "rar", "tar", "tgz", "war", "xz", "zip", "zst",
    ]
    /// Extensions of office documents that are zip files themselves.
    static let packageExtensions: Set<String> = [
        "docx", "dotx", "odg", "odp", "ods", "odt", "potx", "ppsx", "pptx", "vsdx", "xlsb", "xlsx", "xltx",
    ]
    /// Well-known extensions of files that are not accepted, so that a name with one of them says something untrue.
    static let foreignExtensions: Set<String> = archiveExtensions.union(packageExtensions).union([
        "accdb", "avi", "avif", "bat", "bmp", "cmd", "com", "css", "dll", "dmg", "dot", "eml", "exe", "gif", "hta", "htm",
        "html", "ics", "js", "json", "jse", "key", "lnk", "m4a", "mdb", "mht", "mhtml", "mjs", "mov", "mp3", "mp4", "msg",
        "msi", "numbers", "pages", "php", "ps", "ps1", "pub", "py", "rtf", "scr", "sh", "svg", "svgz", "tif", "tiff", "url",
        "vbe", "vbs", "vcf", "vsd", "wav", "wmv", "wsf", "xht", "xhtml", "xml", "xps", "xsl",
    ])

    /// The extension in lower case, without its dot; nil if the name has none.
    static func fileExtension(of name: String) -> String? {
        let last = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? ""
        // Windows drops dots and spaces at the end of a name, and what stood before them becomes the extension.
        var scalars = last.unicodeScalars
        while let end = scalars.last, end == "." || end == " " || end.properties.generalCategory == .control {
            scalars.removeLast()
        }
        let parts = String(scalars).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let end = parts.last, !end.isEmpty, end.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        return end.lowercased()
    }

    /// A name that is safe to store, list and send, ending in an extension of the recognised kind.
    ///
    /// Gone are folders, control and invisible characters, marks that turn the reading direction (`fdp.exe` shown as
    /// `exe.pdf`), characters that Windows forbids, and dots and spaces at the ends. At most 120 characters; cut in the
    /// middle of the name, never in its extension. Cleaning a cleaned name changes nothing.
    package static func cleaned(_ name: String, as format: DocumentFormat) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var text = String(
            String.UnicodeScalarView(String(last).precomposedStringWithCanonicalMapping.unicodeScalars.compactMap(kept)))
        text = text.split(separator: " ").joined(separator: " ")
        let stated = fileExtension(of: text)
        var ending = format.fileExtension
        text = trimmed(text)
        if let stated, format.fileExtensions.contains(stated) {
            ending = stated
            text = trimmed(String(text.dropLast(stated.count + 1)))
        }
        // Counted in scalars, because one visible character can be made of hundreds.
        while text.unicodeScalars.count + ending.count + 1 > longest || text.utf8.count + ending.count + 1 > 2 * longest {
            text.removeLast()
        }
        text = trimmed(text)
        if text.isEmpty { text = "document" }
        let device = text.prefix { $0 != "." }.uppercased()
        if reservedNames.contains(device) { text = "_" + text }
        return text + "." + ending
    }

    /// The value of the header `Content-Disposition` for a name: always an attachment (RFC 6266, RFC 8187).
    package static func attachment(_ name: String) -> String {
        let plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || " .-_()".contains($0)) ? $0 : "_" })
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let encoded = name.utf8.map { byte -> String in
            if unreserved.contains(byte) { return String(UnicodeScalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded.joined())"
    }

    /// Names that Windows gives to devices, with whatever extension.
    private static let reservedNames: Set<String> = Set(
        ["CON", "PRN", "AUX", "NUL"] + (1...9).flatMap { ["COM\($0)", "LPT\($0)"] })

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: CharacterSet(charactersIn: ". ")) }

    /// The character to keep in its place, or nil if it has no business in a name.
    private static func kept(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: return nil
        case .lineSeparator, .paragraphSeparator, .spaceSeparator: return " "
        default: return "<>:\"|?*".unicodeScalars.contains(scalar) ? "-" : scalar
        }
    }
}
