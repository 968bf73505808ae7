import Domain
import Foundation

/// What one backup consists of: its moment, its files, and the pieces that each of them is made of.
///
/// It names files, keys of streams and hashes, and nothing about anybody. Its names are frozen: an old backup must be readable.
package struct BackupManifest: Hashable, Sendable, Codable {
    package static let currentFormat = 1

    /// The shape of this text; a reader refuses one that it does not know.
    package let format: Int
    /// When what it holds was so.
    package let moment: Instant
    package let files: [File]
    /// Of which journal it is: the hash of its first row, in hexadecimal; empty while it has none.
    package let origin: String
    /// How the journal stood; only in the backup of the contents.
    package let journal: JournalState?
    /// The streams that were forgotten by then; only in the backup of the keys, which are gone of these.
    package let erased: [StreamID]?

    package init(
        moment: Instant, files: [File], origin: String, journal: JournalState? = nil, erased: [StreamID]? = nil
    ) {
        format = Self.currentFormat
        self.moment = moment
        self.files = files
        self.origin = origin
        self.journal = journal
        self.erased = erased
    }

    /// The number of bytes of all its files together.
    package var bytes: Int64 { files.reduce(0) { $0 + $1.size } }

    /// One file.
    package struct File: Hashable, Sendable, Codable {
        /// Below the data folder, with `/` between.
        package let path: String
        package let size: Int64
        /// Of the whole file, in hexadecimal.
        package let sha256: String
        /// The SHA-256 of each piece in order, which is its name as well.
        package let pieces: [String]

        /// Whether it stays below the folder that it is put in, whoever wrote the manifest.
        var staysBelow: Bool {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }
        }
    }

    /// How the journal stood, so that what is put back can be held to it without trusting what is put back.
    package struct JournalState: Hashable, Sendable, Codable {
        /// The number of rows, which is the sequence of the last one and the size of the tree.
        package let size: Int64
        /// The hash of the last row, in hexadecimal; empty when there is none.
        package let hash: String
        /// The root of the tree over all rows, in hexadecimal.
        package let root: String
        /// How many destructions the list of erasures held: a list with fewer is an older one.
        package let listedErasures: Int

        package init(size: Int64, hash: String, root: String, listedErasures: Int) {
            self.size = size
            self.hash = hash
            self.root = root
            self.listedErasures = listedErasures
        }
    }
}
