import Foundation
import Journal

/// Checkpoints that a journal is held to, and whose signatures were checked.
struct KnownCheckpoints {
    /// Those that were believed.
    private(set) var trusted: [Checkpoint] = []
    /// What was not believed, each in words.
    private(set) var refused: [String] = []
    private let key: VerifierKey

    init(key: VerifierKey) { self.key = key }

    /// Adds the notes that the journal keeps itself.
    mutating func add(kept: [KeptCheckpoint]) {
        for kept in kept {
            if let note = SignedNote(whole: kept.note), let checkpoint = believed(note), checkpoint.size == kept.size {
                trusted.append(checkpoint)
            } else {
                refused.append("the journal's own checkpoint of \(kept.size) rows is not signed with this key")
            }
        }
    }

    /// Adds the notes of a file in which somebody kept them, mails and all.
    ///
    /// - Throws: `CommandRefusal` when it cannot be read or holds none of this journal.
    mutating func add(file: String) throws {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandRefusal("\(file) cannot be read")
        }
        let notes = SignedNote.all(in: text, of: key.name)
        guard !notes.isEmpty else { throw CommandRefusal("\(file) holds no checkpoint of \(key.name)") }
        for note in notes {
            if let checkpoint = believed(note) {
                trusted.append(checkpoint)
            } else {
                refused.append("\(file): a checkpoint is not signed with this key")
            }
        }
    }

    private func believed(_ note: SignedNote) -> Checkpoint? {
        guard note.isSigned(by: key), let checkpoint = Checkpoint(text: note.text), checkpoint.origin == key.name else {
            return nil
        }
        return checkpoint
    }

    /// The key that somebody gave, or the one of the installation; nil when there is neither.
    ///
    /// - Throws: `CommandRefusal` when what was given is no key; `JournalFault` when the file is unreadable.
    static func key(given: String?, folder: DataFolder) throws -> VerifierKey? {
        if let given {
            guard let key = VerifierKey(given) else {
                throw CommandRefusal("\(given) is not a key as `sentrum journal checkpoint --key` prints it")
            }
            return key
        }
        guard FileManager.default.fileExists(atPath: folder.checkpointKeyFile.path) else { return nil }
        return try CheckpointKey.loadOrCreate(at: folder.checkpointKeyFile, name: try folder.journalName()).verifier
    }
}
