import ArgumentParser
import Domain
import Foundation
import Journal

/// Puts a backup back into an empty folder.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup back into an empty folder, without what was destroyed since.",
        discussion: """
            The newest backup, or with --at the newest of that moment or before. What the list of erasures names is destroyed in it \
            before anything can be read; then the journal, its tree, the checkpoints and the registers are verified. When anything is \
            damaged or missing it says which file, and nothing is left in DIR.
            """)

    @Argument(help: "The folder of the backups.")
    var from: String

    @Argument(help: "The folder to make; it must be empty or not be there.")
    var directory: String

    @Option(name: .customLong("keys"), help: "The folder of the copies of the keys.")
    var keyDirectory: String

    @Option(help: "The file of the master key.")
    var keyFile: String

    @Option(help: "The list of erasures of today; where the backup says when not given.")
    var erasures: String?

    @Option(
        help: "The newest backup at or before this moment, on the clock in Amsterdam or as listed; the newest when not given.")
    var at: BackupMoment?

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let restored: TriedBackup
        let directory: String
        let erasures: String
    }

    func run() async throws {
        let (target, source, keySource) = (
            URL(filePath: directory, directoryHint: .isDirectory), URL(filePath: from, directoryHint: .isDirectory),
            URL(filePath: keyDirectory, directoryHint: .isDirectory)
        )
        try ApartPlaces.check([("DIR", target), ("FROM", source), ("KEYDIR", keySource)])
        let (contents, keys) = (try BackupPlace(source, .contents), try BackupPlace(keySource, .keys))
        try Self.refuseFull(target, named: directory)
        // Nobody takes away what is being read.
        let locks = [try BackupLock(source, shared: true), try BackupLock(keySource, shared: true)]
        let unfinished = Self.unfinished(target)
        try? FileManager.default.removeItem(at: unfinished)
        let restored: TriedBackup
        let list: URL
        do {
            try FileManager.default.createDirectory(
                at: unfinished.deletingLastPathComponent(), withIntermediateDirectories: true)
            restored = try await Restoring(contents: contents, keys: keys, moment: at?.instant).restore(
                into: unfinished, keyFile: URL(filePath: keyFile), list: erasures.map { URL(filePath: $0) }, target: target,
                isTrial: false)
            list = DataFolder.noted(in: unfinished) ?? DataFolder.beside(target)
            try BackupPlace.name(unfinished, target)
        } catch {
            try? FileManager.default.removeItem(at: unfinished)
            throw error
        }
        withExtendedLifetime(locks) {}
        let result = Result(restored: restored, directory: directory, erasures: list.path(percentEncoded: false))
        if json { return try Output.json(result) }
        Output.line("\(directory): the backup of \(restored.moment), \(restored.files) files, \(said(restored.bytes))")
        Output.line("opened with the keys of \(restored.keysOf)")
        restored.print()
        Output.line("list of erasures  \(result.erasures)")
        Output.line("start with --key-file \(keyFile), or put it at \(directory)/keys/master.key, for its owner alone")
        Output.line("witnesses see an end that was cut off, if anything came after this backup: tell them")
    }

    private static func refuseFull(_ target: URL, named name: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: target.path(percentEncoded: false), isDirectory: &isFolder) else { return }
        guard isFolder.boolValue, try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty else {
            throw CommandRefusal("\(name) is not empty: nothing was changed")
        }
    }

    /// Beside the folder, so that it becomes the folder in one step.
    private static func unfinished(_ target: URL) -> URL {
        let whole = target.standardizedFileURL
        return whole.deletingLastPathComponent().appending(
            path: ".\(whole.lastPathComponent).restoring", directoryHint: .isDirectory)
    }
}
