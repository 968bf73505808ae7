import Domain
import Foundation

/// How the journal stood at a moment: the number of its rows and the root of the tree over them.
///
/// It names no person and no child. Its text is that of C2SP tlog-checkpoint, so that programs of others read it too; the
/// moment stands in a line of its own behind.
package struct Checkpoint: Sendable, Hashable {
    /// Which journal it is of; also the name of the key that signs.
    package let origin: String
    /// The number of rows, 0…
    package let size: Int64
    /// The root of the tree, 32 bytes.
    package let root: Data
    /// When it was made.
    package let at: Instant

    package init(origin: String, size: Int64, root: Data, at: Instant) {
        self.origin = origin
        self.size = size
        self.root = root
        self.at = at
    }

    /// The text that is signed.
    package var text: String { "\(origin)\n\(size)\n\(root.base64EncodedString())\n\(Self.moment)\(at)\n" }

    private static let moment = "at "

    /// Reads such a text; nil if it is none, or would be written otherwise.
    package init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 5, let size = Int64(lines[1]), size >= 0, let root = Data(base64Encoded: lines[2]),
            root.count == 32, lines[3].hasPrefix(Self.moment),
            let at = Instant(String(lines[3].dropFirst(Self.moment.count)))
        else { return nil }
        self.init(origin: lines[0], size: size, root: root, at: at)
        guard SignedNote.isName(origin), self.text == text else { return nil }
    }
}
