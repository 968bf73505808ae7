import Domain
import Foundation
import GRDB
import Journal

/// Makes backups of the stores of a folder, and of what lies beside them, while others work there.
package struct SQLiteBackup: Sendable {
    private let data: URL
    private let contents: BackupPlace
    private let keys: BackupPlace

    /// - Parameter data: the folder of the installation.
    package init(of data: URL, contents: BackupPlace, keys: BackupPlace) {
        self.data = data
        self.contents = contents
        self.keys = keys
    }

    /// What was made.
    package struct Made: Hashable, Sendable {
        package let contents: BackupManifest
        package let keys: BackupManifest
        /// How many bytes were new, in either place.
        package let added: Int64
    }

    /// How often everything is begun again because something went away meanwhile.
    private static let attempts = 3

    /// Makes a backup; it is there when this returns. Only while nobody else works in the two places.
    ///
    /// - Parameters:
    ///   - settings: what else goes with the contents.
    ///   - secrets: what else goes with the keys.
    ///   - listed: how many destructions the list of erasures holds now.
    ///   - now: the clock. The moment of a backup is just after the look, so nothing in it is of later.
    /// - Throws: `BackupFault`: `keysLost` when a dossier has no key, because then the copy of the keys would be worth less than
    ///   the one before; `JournalFault`.
    package func make(
        settings: [BackupSource], secrets: [BackupSource], listed: Int, now: () -> Instant
    ) throws -> Made {
        var attempt = 1
        while true {
            do {
                return try makeOnce(settings: settings, secrets: secrets, listed: listed, now: now)
            } catch BackupFault.vanished where attempt < Self.attempts {
                attempt += 1
            } catch {
                // On a full disk the copies are in everybody's way.
                try? contents.clear()
                try? keys.clear()
                throw error
            }
        }
    }

    private func makeOnce(
        settings: [BackupSource], secrets: [BackupSource], listed: Int, now: () -> Instant
    ) throws -> Made {
        try contents.clear()
        try keys.clear()
        let journal = contents.unfinished.appending(path: "journal.sqlite")
        let keyCopy = keys.unfinished.appending(path: "keys.sqlite")
        let snapshot = try look(journal, keyCopy)
        guard snapshot.withoutKey.isEmpty else { throw BackupFault.keysLost(snapshot.withoutKey.count) }
        let origin = snapshot.first.hexadecimal
        for place in [contents, keys] { try place.hold(to: origin) }
        let moment = try contents.free(now())
        // The keys first: there is never a backup whose keys are not there.
        let madeKeys = try keys.add([BackupSource("keys.sqlite", at: keyCopy)] + secrets) { files in
            BackupManifest(moment: moment, files: files, origin: origin, erased: snapshot.erased)
        }
        let blobs = snapshot.contents.map { id in
            BackupSource("blobs/\(id)", at: data.appending(path: "blobs/\(id)"), isFixed: true)
        }
        let state = BackupManifest.JournalState(
            size: snapshot.size, hash: snapshot.hash.hexadecimal, root: snapshot.root.hexadecimal, listedErasures: listed)
        let madeContents = try contents.add([BackupSource("journal.sqlite", at: journal)] + blobs + settings) { files in
            BackupManifest(moment: moment, files: files, origin: origin, journal: state)
        }
        try contents.clear()
        try keys.clear()
        return Made(contents: madeContents.manifest, keys: madeKeys.manifest, added: madeContents.added + madeKeys.added)
    }

    private func look(_ journal: URL, _ keyCopy: URL) throws -> SQLiteSnapshot {
        do {
            return try SQLiteSnapshot.take(of: data, journal: journal, keys: keyCopy)
        } catch .outage(.diskFull) {
            // Of the copies: the store itself is only read.
            throw BackupFault.file("write", path: journal.path(percentEncoded: false), code: ENOSPC)
        }
    }

    /// Whether both databases of a folder that nobody uses are whole as databases: pages, indexes and constraints.
    package static func isIntact(_ folder: URL) throws(JournalFault) -> Bool {
        try SQLiteStore.faults {
            for name in ["journal.sqlite", "keys.sqlite"] {
                let database = try DatabaseQueue(
                    path: folder.appending(path: name).path(percentEncoded: false),
                    configuration: SQLiteStore.configuration(readers: 1, cacheKiB: 16_384))
                let said = try database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
                try database.close()
                if said != "ok" { return false }
            }
            return true
        }
    }
}
