import Foundation
import Journal
import UseCases

/// The key with which dossiers are handed over, and the cards of other partnerships: files of the data folder.
///
/// The key is `keys/transfer.key`, and the cards, one in a file, lie in `partners/`. Read each time, so that a card that was added
/// or taken away counts at once. The key is made by the command that prints the card, and by nothing else.
struct PartnersFolder: TransferDesk {
    let folder: URL
    let keyFile: URL
    /// The name of this partnership, as others see it.
    let name: String

    init(_ data: DataFolder, name: String) {
        folder = data.root.appending(path: "partners", directoryHint: .isDirectory)
        keyFile = data.transferKeyFile
        self.name = name
    }

    func key() throws -> TransferKey { try TransferKey.load(from: keyFile, name: name) }

    /// The key, made when there is none yet.
    func keyOrNew() throws -> TransferKey {
        try FileManager.default.createDirectory(
            at: keyFile.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return try TransferKey.loadOrCreate(at: keyFile, name: name)
    }

    func partners() throws -> [TransferCard] {
        files().map(\.card).sorted { ($0.name, $0.fingerprint) < ($1.name, $1.fingerprint) }
    }

    /// Each card with its file; what is no card is passed over.
    func files() -> [(file: URL, card: TransferCard)] {
        let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return found.filter { $0.pathExtension == "card" }.compactMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).flatMap { TransferCard($0) }.map { (file, $0) }
        }
    }

    /// Keeps a card, so that its partnership is known.
    ///
    /// - Throws: `CommandRefusal` when it is this partnership's own.
    func trust(_ card: TransferCard) throws {
        if (try? key().card.fingerprint) == card.fingerprint {
            throw CommandRefusal("this is the card of this partnership itself")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(card.description.utf8).write(to: folder.appending(path: "\(card.fingerprint).card"), options: .atomic)
    }
}
