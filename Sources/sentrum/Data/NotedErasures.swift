import Domain
import Journal
import JournalSQLite

/// The list of erasures of a folder, which notes in the folder where it is as soon as there is anything in it.
struct NotedErasures: ErasureList {
    private let list: ErasureFile
    private let folder: DataFolder

    init(_ list: ErasureFile, of folder: DataFolder) {
        self.list = list
        self.folder = folder
    }

    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) { try list.read() }

    func add(_ entry: ErasureEntry) throws(JournalFault) {
        // First the note: a backup that is made from now on finds the list.
        do { try folder.keepErasures() } catch { throw .erasureList("the place of the list cannot be noted") }
        try list.add(entry)
    }

    func finish(_ id: String) throws(JournalFault) { try list.finish(id) }
}
