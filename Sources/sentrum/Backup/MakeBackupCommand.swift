import ArgumentParser
import Domain
import Foundation
import Journal
import JournalSQLite
import UseCases

/// Makes a backup; the word may be left out.
struct MakeBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Make a backup, while the program runs or not; this word may be left out.")

    @OptionGroup var from: BackedUp

    @Flag(help: "Put it back on trial afterwards, and verify the journal; this needs the master key.")
    var check = false

    @OptionGroup var keep: KeepOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        let moment: Instant
        let files: Int
        let bytes: Int64
        let added: Int64
        let events: Int64
        let root: String
        let backups: Int
        let pruned: Int
        let freed: Int64
        let checked: TriedBackup?
        /// Master keys that were found in the folder and are in no backup.
        let leftOut: [String]
        /// What has to be kept elsewhere by other means.
        let keepElsewhere: [String]
    }

    func run() async throws {
        let folder = try from.folder()
        let (contents, keys) = try from.make(beside: folder)
        let locks = try from.locks(folder, contents, keys)
        let list = try folder.erasureList()
        let listed = try list.read().entries.count
        let besides = try folder.besides()
        try TriedBackup.clear(folder)
        let clock = SystemClock()
        let made = try SQLiteBackup(of: folder.root, contents: contents, keys: keys).make(
            settings: besides.settings, secrets: besides.secrets, listed: listed, now: clock.now)
        let last = BackupRecord.read(in: folder.root)
        var record = BackupRecord(
            at: made.contents.moment, bytes: made.contents.bytes + made.keys.bytes, added: made.added, checkedAt: last?.checkedAt)
        try record.write(in: folder.root)
        var pruned = BackupPlace.Pruned()
        if let rule = keep.rule { pruned = try contents.prune(rule.kept) }
        // Old keys are those of dossiers that were destroyed since, so they are kept shortly whatever the rule says.
        let prunedKeys = try keys.prune { Set($0.sorted().suffix(BackedUp.keysKept)) }
        var tried: TriedBackup?
        if check {
            tried = try await from.trying(contents, keys, made.contents.moment).onTrial(folder)
            record.checkedAt = clock.now()
            try record.write(in: folder.root)
        }
        let result = Result(
            moment: made.contents.moment, files: made.contents.files.count + made.keys.files.count, bytes: record.bytes,
            added: made.added, events: made.contents.journal?.size ?? 0, root: made.contents.journal?.root ?? "",
            backups: try contents.moments().count, pruned: pruned.backups, freed: pruned.bytes + prunedKeys.bytes,
            checked: tried, leftOut: besides.leftOut,
            keepElsewhere: [
                "the master key: \(folder.keyFile.path(percentEncoded: false))",
                "the list of erasures: \(folder.erasures.path(percentEncoded: false))",
            ])
        withExtendedLifetime(locks) {}
        if json { return try Output.json(result) }
        Output.line(
            "backup of \(result.moment): \(result.files) files, \(said(result.bytes)), of which \(said(result.added)) new")
        Output.line("\(result.events) events, the tree over them \(result.root)")
        if result.pruned > 0 { Output.line("\(result.pruned) older backups were taken away; \(result.backups) are kept") }
        if let tried { tried.print() }
        Output.line("not in it, to be kept elsewhere:")
        for place in result.keepElsewhere { Output.line("  \(place)") }
        for path in result.leftOut where path != "keys/master.key" {
            Output.line("  \(path), which reads like a master key")
        }
    }
}

/// What is backed up, and where to.
struct BackedUp: ParsableArguments {
    @Argument(help: "The data folder.")
    var directory: String

    @Argument(help: "The folder of the backups; it is made when it is not there.")
    var to: String

    @Option(name: .customLong("keys"), help: "The folder of the copies of the keys, on another disk or machine than TO.")
    var keyDirectory: String

    @Option(help: "The file of the master key, when it is kept apart from the data folder.")
    var keyFile: String?

    @Option(help: "The list of erasures, when it is not where the data folder says.")
    var erasures: String?

    @OptionGroup var stores: DatabaseOptions

    /// How many copies of the keys are kept. The newest has the keys of all that was not destroyed, so it opens every backup;
    /// two more are there in case it cannot be read.
    static let keysKept = 3

    private var contentsFolder: URL { URL(filePath: to, directoryHint: .isDirectory) }
    private var keysFolder: URL { URL(filePath: keyDirectory, directoryHint: .isDirectory) }

    /// - Throws: `CommandRefusal` when the stores are in a database.
    func folder() throws -> DataFolder {
        guard case .folder = try stores.place() else {
            throw CommandRefusal(
                "the stores are in PostgreSQL: back them up with pg_dump or pg_basebackup, as docs/how-to/run-for-many.md says",
                details: [
                    "of the data folder keep plans/, partners/, sign-in.yaml and the secrets that it names, keys/checkpoint.key and keys/transfer.key",
                    "apart from all of these: keys/master.key",
                ])
        }
        return try DataFolder.find(directory, keyFile: keyFile, erasures: erasures)
    }

    /// The two places, made when they are not there.
    func make(beside folder: DataFolder) throws -> (contents: BackupPlace, keys: BackupPlace) {
        try checkApart(folder)
        return (try BackupPlace.make(contentsFolder, .contents), try BackupPlace.make(keysFolder, .keys))
    }

    /// The two places that are there.
    func find(beside folder: DataFolder) throws -> (contents: BackupPlace, keys: BackupPlace) {
        try checkApart(folder)
        return (try BackupPlace(contentsFolder, .contents), try BackupPlace(keysFolder, .keys))
    }

    private func checkApart(_ folder: DataFolder) throws {
        try ApartPlaces.check([("the data folder", folder.root), ("TO", contentsFolder), ("KEYDIR", keysFolder)])
        for (name, file) in [("the master key", folder.keyFile), ("the list of erasures", folder.erasures)] {
            try ApartPlaces.check([(name, file), ("TO", contentsFolder)])
            try ApartPlaces.check([(name, file), ("KEYDIR", keysFolder)])
        }
    }

    /// That nobody else makes a backup of this folder, or works in one of the places.
    func locks(_ folder: DataFolder, _ contents: BackupPlace, _ keys: BackupPlace) throws -> [BackupLock] {
        [try BackupLock(folder.root), try BackupLock(contents.folder), try BackupLock(keys.folder)]
    }

    func trying(_ contents: BackupPlace, _ keys: BackupPlace, _ moment: Instant?) -> Restoring {
        Restoring(contents: contents, keys: keys, moment: moment)
    }
}
