import Domain
import Foundation
import Journal
import JournalSQLite
import TestKit
import Testing
import UseCases

/// An installation in a folder of its own, with its list of erasures beside it: to be closed, copied and opened again.
struct House {
    /// Everything of this house; removed at the end of the test.
    let root: URL
    let clock = MovedClock(.of("2021-09-01"))
    let shelf: PlanShelf

    var data: URL { root.appending(path: "data", directoryHint: .isDirectory) }
    var list: ErasureFile { ErasureFile(root.appending(path: "data.erasures")) }
    private var masterFile: URL { root.appending(path: "master.key") }

    /// An installation while it is open.
    struct Open {
        let store: SQLiteStore
        let journal: SQLiteJournal
        let vault: SQLiteVault
        let installation: Installation
        let forgetting: Forgetting

        func close() async throws {
            try await store.checkpoint()
            try store.close()
        }
    }

    static func build(_ shelf: PlanShelf = .keeping, _ test: (House) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "sentrum-house-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let house = House(root: root, shelf: shelf)
        _ = try MasterKey.create(at: house.masterFile)
        try await test(house)
    }

    /// Opens it as every command does: what the list says is done before anything else.
    ///
    /// - Parameters:
    ///   - folder: the data; that of the house when not given.
    ///   - list: what stands between it and the list of erasures.
    ///   - vault: what stands between it and the vault.
    ///   - completes: whether the list is followed.
    func open(
        _ folder: URL? = nil, list: (any ErasureList)? = nil, vault wrapped: ((SQLiteVault) -> any VaultUpkeep)? = nil,
        completes: Bool = true
    ) async throws -> Open {
        let folder = folder ?? data
        let store = try SQLiteStore.open(directory: folder, master: try MasterKey.load(from: masterFile))
        let journal = SQLiteJournal(store)
        let vault = SQLiteVault(store, directory: folder)
        let installation = Installation(
            journal: journal, registers: journal,
            vault: Vault(
                accounts: Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration)), reads: vault.reads,
                drafts: vault.drafts, blobs: vault.blobs), shelf: shelf, clock: clock)
        let open = Open(
            store: store, journal: journal, vault: vault, installation: installation,
            forgetting: Forgetting(
                installation, upkeep: journal, vault: wrapped?(vault) ?? vault, list: list ?? self.list))
        if completes { try await open.forgetting.complete() }
        return open
    }

    /// Registers the invented schools and people at work.
    func fill(_ open: Open) async throws {
        let installation = open.installation
        for organisation in [
            Organisation(id: .partnership, kind: "partnership", name: "Testland"),
            Organisation(id: Testland.school, kind: "bo", name: "De Lindeboom", code: "99AA00"),
        ] { try await installation.register(organisation, as: .program) }
        for actor in Testland.people.values.sorted(by: { $0.person < $1.person }) where !actor.functions.isEmpty {
            let id = actor.person
            _ = try await installation.perform(
                .register(name: Stage.name(of: id), email: "\(id)@testland.example"), on: id, as: .program)
            for (index, held) in actor.functions.enumerated() {
                _ = try await installation.perform(
                    .grant(FunctionGrant(id: "grant-\(id)-\(index)", held: held)), on: id, as: .program)
            }
        }
    }

    /// A copy of the data as it lies on disk now, as a backup program or a sudden end leaves it.
    func copy(_ name: String) throws -> URL {
        let copy = root.appending(path: name, directoryHint: .isDirectory)
        try FileManager.default.copyItem(at: data, to: copy)
        return copy
    }
}

/// Looks for words in all that lies on disk, and in all that can be opened with the keys that lie there.
struct Search {
    let words: [String]

    /// The words found in the bytes of any file below a folder, with where.
    func files(_ folder: URL) throws -> Set<String> {
        var found: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var looked = 0
        while let file = files?.nextObject() as? URL {
            guard let bytes = try? Data(contentsOf: file) else { continue }
            looked += 1
            found.formUnion(self.found(in: bytes))
            found.formUnion(self.found(in: Data(file.lastPathComponent.utf8)))
        }
        #expect(looked > 1)
        return found
    }

    /// The words found in what the keys open: every event, draft and document of everybody.
    func contents(_ open: House.Open) async throws -> Set<String> {
        var found: Set<String> = []
        for event in try await open.journal.events(after: 0, limit: .max) { found.formUnion(self.found(in: event.payload)) }
        for stream in try await open.journal.streams(prefix: "dossier-", after: nil, limit: 1_000) {
            guard let id = Projection.dossier(of: stream), let dossier = try? await open.installation.load(id) else { continue }
            for copy in dossier.rights.compactMap({ $0.decided?.what.copy }) {
                let reference = BlobReference(id: copy.blob, sha256: copy.digest, size: copy.size)
                found.formUnion(self.found(in: try await open.vault.blobs.read(reference, of: stream)))
            }
            for document in dossier.documents {
                let reference = BlobReference(id: document.blob, sha256: document.digest, size: document.size)
                found.formUnion(self.found(in: try await open.vault.blobs.read(reference, of: stream)))
            }
        }
        for person in Testland.people.keys {
            for begun in try await open.vault.drafts.begun(by: person) {
                guard let draft = try await open.vault.drafts.draft(person: person, form: begun.form) else { continue }
                found.formUnion(self.found(in: draft.bytes))
            }
        }
        return found
    }

    /// As UTF-8 in any case of letters, as UTF-16 in both orders, and in base64 at each of its three places.
    private func found(in bytes: Data) -> Set<String> {
        let exact = [UInt8](bytes)
        let lower = exact.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        return Set(
            words.filter { word in
                let plain = word.lowercased()
                let wide = [String.Encoding.utf16LittleEndian, .utf16BigEndian].compactMap { plain.data(using: $0) }
                return ([Data(plain.utf8)] + wide).contains { Self.has(lower, [UInt8]($0)) }
                    || [word, plain].contains { form in Self.base64(form).contains { Self.has(exact, $0) } }
            })
    }

    /// What stands of a word in base64, whatever stands before and behind it.
    private static func base64(_ word: String) -> [[UInt8]] {
        (0..<3).map { shift in
            let text = Data((String(repeating: "x", count: shift) + word).utf8).base64EncodedString()
            return Array(text.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(4).utf8)
        }
    }

    /// By the first byte and then the rest: quick enough for all the bytes of a folder.
    private static func has(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            wanted.withUnsafeBufferPointer { some in
                guard let start = all.baseAddress, let word = some.baseAddress else { return false }
                var place = 0
                while place + some.count <= all.count {
                    guard let found = memchr(start + place, Int32(first), all.count - place - some.count + 1) else {
                        return false
                    }
                    place = UnsafeRawPointer(found) - UnsafeRawPointer(start)
                    if memcmp(start + place, word, some.count) == 0 { return true }
                    place += 1
                }
                return false
            }
        }
    }
}
