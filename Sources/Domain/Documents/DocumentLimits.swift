/// How large a file may be, and how large it may say that it becomes when it is opened.
package struct DocumentLimits: Hashable, Sendable {
    /// The most bytes of the file itself.
    package var bytes: Int
    /// The most bytes that all parts of a packed document may have together when unpacked.
    package var unpackedBytes: Int
    /// How many times larger than packed the parts may be together; looked at only above `unpackedBytes` / 16.
    ///
    /// Real tables of numbers reach about 60; deflate cannot exceed 1032.
    package var ratio: Int
    /// The most parts of a packed document.
    package var parts: Int
    /// The most office documents inside a packed document: every chart of a presentation carries its own table.
    package var embeddedDocuments: Int
    /// The most pixels of a picture, width times height.
    package var pixels: Int

    /// What applies when nothing else is asked: 25 MB a file and 100 million pixels a picture.
    package static let standard = DocumentLimits(
        bytes: 25_000_000, unpackedBytes: 400_000_000, ratio: 150, parts: 4000, embeddedDocuments: 64, pixels: 100_000_000)

    package init(bytes: Int, unpackedBytes: Int, ratio: Int, parts: Int, embeddedDocuments: Int, pixels: Int) {
        self.bytes = bytes
        self.unpackedBytes = unpackedBytes
        self.ratio = ratio
        self.parts = parts
        self.embeddedDocuments = embeddedDocuments
        self.pixels = pixels
    }
}
