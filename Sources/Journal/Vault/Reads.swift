import Domain

/// Who looked at what of which dossier, and why: shown to the family, kept for ever.
package protocol Reads: Sendable {
    /// Writes down that something was read, and for a page which version of the dossier was seen; returns once on disk.
    ///
    /// Done before the answer is sent: what was not written down was not shown.
    func log(_ reads: [ReadEntry]) async throws

    /// What was read of a dossier, newest first; `before` is the sequence of the last one of the page before.
    func reads(of dossier: DossierID, before: Int64?, limit: Int) async throws -> [LoggedRead]

    /// What was read of any dossier, newest first: for whoever watches over privacy.
    func latest(before: Int64?, limit: Int) async throws -> [LoggedRead]

    /// What a person read, newest first: for whoever watches over privacy.
    func reads(by person: PersonID, before: Int64?, limit: Int) async throws -> [LoggedRead]

    /// Of each dossier that was read in an emergency from a moment on the last look, newest first: for whoever watches over
    /// privacy.
    func inEmergency(since: Instant, limit: Int) async throws -> [LoggedRead]

    /// The version of each dossier that the person saw last; dossiers never looked at are left out.
    func lookedVersions(_ person: PersonID, dossiers: [DossierID]) async throws -> [DossierID: Int]
}

extension Reads {
    package func log(_ read: ReadEntry) async throws { try await log([read]) }

    /// Goes through the latest reads, for a log that finds them no quicker.
    package func inEmergency(since: Instant, limit: Int) async throws -> [LoggedRead] {
        var found: [LoggedRead] = []
        var before: Int64?
        while found.count < limit {
            let page = try await latest(before: before, limit: 1_000)
            guard let last = page.last else { break }
            for line in page where line.read.purpose == ReadEntry.emergency && since <= line.read.at {
                if !found.contains(where: { $0.read.dossier == line.read.dossier }) { found.append(line) }
            }
            if last.read.at < since { break }
            before = last.sequence
        }
        return Array(found.prefix(limit))
    }
}

/// One look into one dossier.
package struct ReadEntry: Hashable, Sendable {
    /// The way in which it was read; the raw values are stored for ever.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case page, document, search, api, export
    }

    package let dossier: DossierID
    package let person: PersonID
    /// The function in which it was read, as the plan names it.
    package let function: String
    /// Key of the purpose.
    package let purpose: String
    /// The parts that were shown, as stored: names in order.
    package let parts: [String]
    package let kind: Kind
    package let at: Instant
    /// The version of the dossier's stream that was shown; nil if only something of it was.
    package let version: Int?

    package init(
        dossier: DossierID, person: PersonID, function: String, purpose: String, parts: Set<DossierPart>, kind: Kind,
        at: Instant, version: Int? = nil
    ) {
        self.init(
            dossier: dossier, person: person, function: function, purpose: purpose, partNames: parts.map(\.rawValue).sorted(),
            kind: kind, at: at, version: version)
    }

    /// As it was stored: a part that was renamed since keeps its old name.
    package init(
        dossier: DossierID, person: PersonID, function: String, purpose: String, partNames: [String], kind: Kind, at: Instant,
        version: Int? = nil
    ) {
        self.dossier = dossier
        self.person = person
        self.function = function
        self.purpose = purpose
        parts = partNames
        self.kind = kind
        self.at = at
        self.version = version
    }
}

extension ReadEntry {
    /// The purpose of whoever opened a dossier in an emergency; stored for ever.
    package static let emergency = "emergency"
    /// The purpose of whoever handles what a family asked with its rights; stored for ever.
    package static let rights = "rights"
    /// The purpose of whoever has no task there any more, and may look back for a while; stored for ever.
    package static let afterwards = "afterwards"
}

/// A look as it stands in the log; the version seen is not kept there.
package struct LoggedRead: Hashable, Sendable {
    /// Its place in the log, rising.
    package let sequence: Int64
    package let read: ReadEntry

    package init(sequence: Int64, read: ReadEntry) {
        self.sequence = sequence
        self.read = read
    }
}
