import Domain

/// What is to be forgotten, written down outside the database and its backups before anything is destroyed.
///
/// It serves twice: whoever was stopped in the middle goes on from it, and a backup that is put back is held to it before
/// anybody is let in. It holds keys and counts and no word about anybody.
package protocol ErasureList: Sendable {
    /// Everything in it, in order, and the keys of what was carried out to the end.
    ///
    /// - Throws: `erasureList` when it cannot be read: then nothing is opened, because what must stay forgotten is not known.
    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>)

    /// Adds an entry and returns once it is on disk.
    func add(_ entry: ErasureEntry) throws(JournalFault)

    /// Writes down that an entry was carried out to the end.
    func finish(_ id: String) throws(JournalFault)
}

/// One destruction: what is forgotten, and what is said of it afterwards.
package struct ErasureEntry: Hashable, Sendable, Codable {
    /// Key of the destruction, and of the statement about it.
    package let id: String
    package let at: Instant
    package let dossiers: [DossierID]
    /// People who have no other reason to be known here.
    package let people: [PersonID]
    /// What stays: dates, counts and who saw to it.
    package let statement: DestructionStatement

    package init(id: String, at: Instant, dossiers: [DossierID], people: [PersonID], statement: DestructionStatement) {
        self.id = id
        self.at = at
        self.dossiers = dossiers
        self.people = people
        self.statement = statement
    }
}

/// What is kept beside the journal about dossiers and people, as far as it must go with them.
package protocol VaultUpkeep: Sendable {
    /// Deletes contents of documents, drafts, looks, accounts with their sessions and keys. Done again it does no harm.
    ///
    /// - Parameter streams: the streams of these dossiers and people.
    func forget(dossiers: [DossierID], people: [PersonID], streams: [StreamID]) async throws
}
