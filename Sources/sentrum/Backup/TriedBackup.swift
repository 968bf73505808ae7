import Domain
import Foundation
import Journal

/// A backup that was put into a folder and verified, and what that showed.
struct TriedBackup: Encodable {
    let moment: Instant
    /// The moment of the copy of the keys that opened it.
    let keysOf: Instant
    let files: Int
    let bytes: Int64
    let events: Int64
    let opened: Int64
    let erased: Int64
    /// Destructions that the list names and that were carried out again.
    let destroyedAgain: Int
    /// Streams that the copy of the keys knows to be forgotten, and that were forgotten again.
    let forgottenAgain: Int
    /// Checkpoints that the rows agree with.
    let checkpoints: Int
    /// Checkpoints that were not believed, because another key signed them.
    let refusedCheckpoints: [String]
    let registers: Int
    /// Registers that were not what the journal says; they are now.
    let registersMended: [String]

    func print() {
        Output.line("\(events) events, \(opened) opened, \(erased) erased: the journal is whole")
        Output.line("every byte is what it was, and the tree over the rows is that of the backup")
        if destroyedAgain + forgottenAgain > 0 {
            Output.line("forgotten again: \(destroyedAgain) destructions of the list, \(forgottenAgain) by the keys' account")
        }
        if checkpoints > 0 { Output.line("\(checkpoints) checkpoints agree") }
        for line in refusedCheckpoints { Output.line("not believed: \(line)") }
        Output.line(
            registersMended.isEmpty
                ? "\(registers) registers are equal to what the journal says, row for row"
                : "registers that were not what the journal says, and are now: \(registersMended.joined(separator: ", "))")
    }

    /// Takes away what a trial that was broken off left.
    static func clear(_ folder: DataFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.trial.path(percentEncoded: false)) else { return }
        try FileManager.default.removeItem(at: folder.trial)
    }

    /// The same, unless somebody is trying one now: what was forgotten since would go on standing there.
    static func clearAbandoned(_ folder: DataFolder) {
        guard FileManager.default.fileExists(atPath: folder.trial.path(percentEncoded: false)),
            let lock = try? BackupLock(folder.root)
        else { return }
        try? clear(folder)
        withExtendedLifetime(lock) {}
    }
}
