import Domain
import Foundation
import Journal
import JournalSQLite
import UseCases

/// Puts a backup into a folder, holds it to what was destroyed since, and verifies it before anybody else sees it.
struct Restoring {
    let contents: BackupPlace
    let keys: BackupPlace
    /// The newest at or before it; the newest of all when nil.
    let moment: Instant?

    /// On trial, beside the data that it is of; nothing of it stays.
    func onTrial(_ folder: DataFolder) async throws -> TriedBackup {
        try TriedBackup.clear(folder)
        defer { try? TriedBackup.clear(folder) }
        let tried = try await restore(
            into: folder.trial, keyFile: folder.keyFile, list: folder.erasures, isTrial: true)
        guard tried.registersMended.isEmpty else {
            throw CommandRefusal(
                "registers of the backup are not what its journal says: \(tried.registersMended.joined(separator: ", "))",
                details: ["`sentrum journal rebuild` says and mends it in the installation; then make a backup again"])
        }
        return tried
    }

    /// Into a folder that is not there yet; whoever asks for it takes it away when this throws.
    ///
    /// - Parameters:
    ///   - list: the list of erasures; where the backup says when nil.
    ///   - target: what the folder will be called, beside which a list may lie.
    ///   - isTrial: pieces that are not what they were are taken out of the way.
    func restore(
        into root: URL, keyFile: URL, list: URL?, target: URL? = nil, isTrial: Bool
    ) async throws -> TriedBackup {
        let master = try MasterKey.load(from: keyFile)
        let manifest = try contents.newest(at: moment)
        guard let state = manifest.journal else { throw BackupFault.manifest("\(manifest.moment)") }
        let keyManifest = try putBack(manifest, into: root, isTrial: isTrial)
        let folder = try listed(root, keyFile: keyFile, list: list, target: target, newest: try contents.look().readable.last)
        guard try SQLiteBackup.isIntact(root) else {
            throw CommandRefusal("the databases of the backup are not whole, though every byte is what it was when it was made")
        }
        do {
            try SQLiteStore.open(directory: root, master: master).close()
        } catch JournalFault.masterKeyWrong {
            throw CommandRefusal(
                "this is not the master key that the keys were wrapped with: give the right one with --key-file",
                details: ["keys of \(keyManifest.moment)"])
        }
        let opened = try await OpenInstallation(folder, list: FollowedErasures(try folder.erasureList()))
        do {
            let tried = try await verify(opened, manifest, state, keyManifest)
            try await opened.close()
            return tried
        } catch {
            try? await opened.close()
            throw error
        }
    }

    /// The files of the backup, and of the newest copy of the keys that can be read.
    ///
    /// The newest, whatever the moment of the backup: it has every key but those that were destroyed since.
    private func putBack(_ manifest: BackupManifest, into root: URL, isTrial: Bool) throws -> BackupManifest {
        try keys.hold(to: manifest.origin)
        var problem: (any Error)?
        for keyManifest in try keys.look().readable.reversed() {
            guard keyManifest.moment >= manifest.moment else { break }
            do {
                try? FileManager.default.removeItem(at: root)
                try FileManager.default.createDirectory(
                    at: root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
                try keys.restore(keyManifest, into: root, settingAside: isTrial)
                try contents.restore(manifest, into: root, settingAside: isTrial)
                return keyManifest
            } catch BackupFault.damaged(let file, let piece, let reason)
                where keyManifest.files.contains(where: { $0.path == file })
            {
                problem = problem ?? BackupFault.damaged(file: file, piece: piece, reason: reason)
                if !isTrial { Output.problem("the copy of the keys of \(keyManifest.moment) is damaged: an older one is tried") }
                if isTrial { break }
            }
        }
        throw problem
            ?? CommandRefusal(
                "the copies of the keys are all older than the backup of \(manifest.moment): dossiers would have no key",
                details: ["bring a newer copy of the keys, or take an older backup with --at"])
    }

    /// The folder with its list of erasures.
    ///
    /// - Throws: `CommandRefusal` when the list is not there, or is of before the newest backup.
    private func listed(
        _ root: URL, keyFile: URL, list: URL?, target: URL?, newest: BackupManifest?
    ) throws -> DataFolder {
        let noted = DataFolder.noted(in: root)
        let folder = DataFolder(root, keyFile: keyFile, erasures: list ?? noted ?? DataFolder.beside(target ?? root))
        let wanted = newest?.journal?.listedErasures ?? 0
        let found = try folder.erasureList().read().entries.count
        guard found >= wanted else {
            throw CommandRefusal(
                "the list of erasures names \(found) destructions, and the newest backup knows of \(wanted): bring the list of today",
                details: ["it is looked for at \(folder.erasures.path(percentEncoded: false)); say where with --erasures"])
        }
        return folder
    }

    private func verify(
        _ opened: OpenInstallation, _ manifest: BackupManifest, _ state: BackupManifest.JournalState, _ keys: BackupManifest
    ) async throws -> TriedBackup {
        let journal = opened.journal
        let forgotten = try await opened.forgetting.forgetAgain(keys.erased ?? [])
        let last = try await journal.hashes(after: state.size - 1, limit: 1).first
        let root = try await journal.tree(to: state.size).root(at: state.size)
        guard state.size == 0 || (last?.hexadecimal == state.hash && root?.hexadecimal == state.root) else {
            throw CommandRefusal("the journal of the backup is not the one that its manifest speaks of")
        }
        // The key that came back with the others, wherever the master key is.
        var known = try KnownCheckpoints.key(given: nil, folder: DataFolder(opened.folder.root)).map(KnownCheckpoints.init)
        known?.add(kept: try await journal.checkpoints(after: 0, limit: .max))
        let found = try await journal.verify(contents: true, against: known?.trusted ?? [])
        guard found.isWhole else {
            let row = found.firstBreak.map { "row \($0.sequence): \($0.reason.rawValue)" }
            throw CommandRefusal(
                "the journal of the backup is not whole",
                details: [
                    row ?? found.firstMismatch.map { "row \($0.firstRow): not what was signed for" } ?? "guards are missing"
                ])
        }
        _ = try await opened.installation.followPlan(journal)
        let before = try await journal.registerDigests()
        let (shelf, today) = (opened.installation.shelf, opened.installation.today)
        try await journal.rebuild { try Projection.rows($0, $1, shelf, on: today) }
        let after = try await journal.registerDigests()
        return TriedBackup(
            moment: manifest.moment, keysOf: keys.moment, files: manifest.files.count + keys.files.count,
            bytes: manifest.bytes + keys.bytes, events: found.events, opened: found.opened, erased: found.erased,
            destroyedAgain: opened.destroyed, forgottenAgain: forgotten, checkpoints: found.checkpoints,
            refusedCheckpoints: known?.refused ?? [], registers: after.count,
            registersMended: zip(before, after).filter { $0 != $1 }.map(\.1.table))
    }
}

/// The list of erasures as somebody follows it who must not write in it: another database may not have done yet what it names.
struct FollowedErasures: ErasureList {
    private let list: any ErasureList

    init(_ list: any ErasureList) { self.list = list }

    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) { try list.read() }

    func add(_ entry: ErasureEntry) throws(JournalFault) { throw .erasureList("a backup on trial destroys nothing new") }

    func finish(_ id: String) throws(JournalFault) {}
}
