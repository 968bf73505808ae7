extension DocumentFormat {
    /// Tells what kind of file these bytes are, and refuses what is dangerous, unreadable or not accepted.
    ///
    /// This guards, it does not unpack: every decision is made on marks, headers and tables of contents, in time that
    /// grows with the size of the file only. It is no virus scanner. Not seen are macros in a PPT (they lie packed inside
    /// its one stream) and scripts in a PDF form.
    /// - Parameter name: the file's own name; an extension that is known and says another kind is refused, an unknown
    ///   one (`verslag 12.03`) is not, because `FileName.cleaned` puts the right one behind it.
    /// - Throws: every case of `DocumentRefusal`.
    package static func recognise(
        _ bytes: [UInt8], name: String, limits: DocumentLimits = .standard
    ) throws(DocumentRefusal) -> DocumentFormat {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
        let format = try content(ByteReader(bytes: bytes), limits)
        guard let stated = FileName.fileExtension(of: name), !format.fileExtensions.contains(stated) else { return format }
        if FileName.macroExtensions.contains(stated) { throw .macro }
        let isOfAccepted = allCases.contains { $0.fileExtensions.contains(stated) }
        // Nearly every program text is plain text too: what is wrong then is the kind, not the name.
        if format == .text && !isOfAccepted && FileName.foreignExtensions.contains(stated) { throw .unknownType }
        if isOfAccepted || FileName.foreignExtensions.contains(stated) {
            throw .extensionDoesNotMatch(recognised: format)
        }
        return format
    }

    private static func content(_ reader: ByteReader, _ limits: DocumentLimits) throws(DocumentRefusal) -> DocumentFormat {
        if reader.has("%PDF-", at: 0) {
            guard !PortableDocument.isEncrypted(reader) else { throw .encrypted }
            return .pdf
        }
        if reader.has(ZipDirectory.localMark, at: 0) { return try packed(ZipDirectory(reader, limits), reader, limits) }
        if reader.has(CompoundFile.mark, at: 0) { return try CompoundFile(reader).format(reader) }
        if let picture = try PictureHeader(reader) {
            guard picture.width > 0, picture.height > 0 else { throw .damaged }
            let (pixels, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
            guard !overflow, pixels <= limits.pixels else { throw .bomb }
            return picture.format
        }
        guard !reader.has("{\\rtf", at: 0), isPlainText(reader.bytes) else { throw .unknownType }
        return .text
    }

    /// True for UTF-8 without control characters other than tab, line ends and form feed.
    private static func isPlainText(_ bytes: [UInt8]) -> Bool {
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }) else { return false }
        return String(validating: bytes, as: UTF8.self) != nil
    }
}

// The packed families: Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300).
extension DocumentFormat {
    private static func packed(
        _ zip: ZipDirectory, _ reader: ByteReader, _ limits: DocumentLimits
    ) throws(DocumentRefusal) -> DocumentFormat {
        let format = officeOpenXML(zip) ?? openDocument(zip, reader)
        guard let format else { throw .unknownType }
        var embedded = 0
        for entry in zip.entries where !entry.isFolder {
            let part = entry.name.lowercased()
            if isMacro(part, in: format) { throw .macro }
            let kind = FileName.fileExtension(of: part) ?? ""
            if FileName.archiveExtensions.contains(kind) { throw .bomb }
            // A packed part stored as it is shows its own mark, whatever it is called.
            let isPackage = entry.isStored && reader.has(ZipDirectory.localMark, at: entry.dataStart)
            if isPackage || FileName.packageExtensions.contains(kind) { embedded += 1 }
        }
        guard embedded <= limits.embeddedDocuments else { throw .bomb }
        if isEncryptedOpenDocument(zip, reader) { throw .encrypted }
        return format
    }

    private static func officeOpenXML(_ zip: ZipDirectory) -> DocumentFormat? {
        guard zip.contains("[content_types].xml") else { return nil }
        let found: [DocumentFormat] = [(.docx, "word/document"), (.xlsx, "xl/workbook"), (.pptx, "ppt/presentation")]
            .compactMap { format, main in
                zip.entries.contains { isMainPart($0.name.lowercased(), main) } ? format : nil
            }
        return found.count == 1 ? found[0] : nil
    }

    /// Word on the web numbers the main part (`word/document2.xml`), so digits are allowed.
    private static func isMainPart(_ part: String, _ main: String) -> Bool {
        guard part.hasPrefix(main), part.hasSuffix(".xml") else { return false }
        return part.dropFirst(main.count).dropLast(4).allSatisfy { ("0"..."9").contains($0) }
    }

    /// The first part is `mimetype`, not compressed, so that the type stands at a fixed place (OpenDocument part 2, 3.3).
    private static func openDocument(_ zip: ZipDirectory, _ reader: ByteReader) -> DocumentFormat? {
        guard let entry = zip.entries.first(where: { $0.name == "mimetype" }), entry.headerOffset == 0, entry.isStored,
            let bytes = reader.slice(entry.dataStart, entry.packed)
        else { return nil }
        let stated = String(decoding: bytes, as: UTF8.self)
        return [.odt, .ods, .odp].first { $0.contentType == stated }
    }

    private static func isMacro(_ part: String, in format: DocumentFormat) -> Bool {
        let file = part.split(separator: "/").last ?? ""
        if file.hasPrefix("vbaproject") || file == "vbadata.xml" || part.hasPrefix("xl/macrosheets/") { return true }
        if FileName.macroExtensions.contains(FileName.fileExtension(of: part) ?? "") { return true }
        return [.odt, .ods, .odp].contains(format) && (part.hasPrefix("basic/") || part.hasPrefix("scripts/"))
    }

    /// Encrypted parts are stored, not compressed, and so the text of the document does not begin as XML does.
    private static func isEncryptedOpenDocument(_ zip: ZipDirectory, _ reader: ByteReader) -> Bool {
        if zip.contains("encrypted-package") { return true }
        guard let entry = zip.entries.first(where: { $0.name == "content.xml" }), entry.isStored, entry.packed > 0 else {
            return false
        }
        return !reader.has("<", at: entry.dataStart) && !reader.has([0xEF, 0xBB, 0xBF, 0x3C], at: entry.dataStart)
    }
}
