import Domain
import Foundation
import Journal
import UseCases
import Web

/// A folder with many partnerships: each has a data folder of its own in it, which has the name under which people reach it.
struct House: Sendable {
    let root: URL
    /// Where the master keys are, each in a folder with the name of its partnership; in the data folders when nil.
    let keys: URL?
    /// The database in which the stores are, each partnership in schemas of its own; in the data folders when nil.
    let database: Database?
    /// Where the clock starts; that of the machine when nil.
    let at: Instant?

    /// Where the stores of all are.
    struct Database: Sendable {
        let address: String
        /// The database of the keys; the same when nil.
        let keys: String?
    }

    /// - Throws: `CommandRefusal` when there is no such folder.
    init(_ path: String, keys: String? = nil, database: Database? = nil, at: Instant? = nil) throws {
        root = URL(filePath: path, directoryHint: .isDirectory)
        self.keys = keys.map { URL(filePath: $0, directoryHint: .isDirectory) }
        self.database = database
        self.at = at
        guard Self.isFolder(root) else { throw CommandRefusal("\(path) is no folder") }
        guard !FileManager.default.fileExists(atPath: root.appending(path: "plans").path) else {
            throw CommandRefusal("\(path) is the data folder of one partnership: serve it with `sentrum serve`")
        }
    }

    /// The partnerships that are there now, in the order of their names.
    ///
    /// Only real folders: one that is a link to another would be opened twice, and two would write in it.
    var names: [HostName] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).compactMap { HostName($0) }
            .filter { holds($0) }.sorted()
    }

    /// Whether there is a partnership of a name now.
    func holds(_ name: HostName) -> Bool {
        let folder = place(name)
        return Self.isFolder(folder) && Self.isFolder(folder.appending(path: "plans"))
    }

    /// The data folder of a partnership.
    ///
    /// - Throws: `CommandRefusal` when it holds none.
    func folder(_ name: HostName) throws -> DataFolder {
        try DataFolder.find(
            place(name).path(percentEncoded: false),
            keyFile: keys?.appending(path: "\(name)/master.key").path(percentEncoded: false), in: try store(name))
    }

    /// Where the stores of a partnership are.
    func store(_ name: HostName) throws -> StorePlace {
        guard let database else { return .folder }
        return try StorePlace(database: database.address, keys: database.keys, schema: Self.schema(name))
    }

    /// The schema of a partnership: its name with `_` for a dot and `__` for a hyphen, so that no two names have the same.
    static func schema(_ name: HostName) -> String {
        "sentrum_" + name.text.replacing("-", with: "__").replacing(".", with: "_")
    }

    /// Opens a partnership, with what serves it.
    func open(_ name: HostName) async throws -> OpenInstallation {
        try await OpenInstallation(
            folder(name), in: store(name), at: at,
            // One partnership where many try passwords must not keep others from signing in.
            hasher: isDemo(name) ? Self.easyHasher : Self.hasher.sharing(most: Self.passwordsOfOne))
    }

    /// All passwords of the house are worked on two at a time, because each takes much memory; of one partnership so many wait.
    private static let passwordsOfOne = 16
    private static let hasher = PasswordHasher(cost: .standard)
    private static let easyHasher = PasswordHasher(cost: .demonstration)

    private func isDemo(_ name: HostName) -> Bool { DataFolder(place(name)).isDemo }

    private func place(_ name: HostName) -> URL { root.appending(path: name.text, directoryHint: .isDirectory) }

    private static func isFolder(_ place: URL) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: place.path))?[.type] as? FileAttributeType == .typeDirectory
    }
}
