import ArgumentParser
import Foundation
import Journal
import JournalSQLite

/// Proves that a row is in the journal, or that the journal only grew.
struct ProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Prove that a row is in the journal, or that the journal only grew, as JSON.",
        discussion: "Whoever has checkpoints checks it with `sentrum journal check-proof`, without this journal.")

    @OptionGroup var place: InstallationOptions

    @Option(help: "Prove that the row with this sequence is in it.")
    var row: Int64?

    @Option(help: "Prove that the journal of this many rows is the beginning of it.")
    var since: Int64?

    @Option(help: "The number of rows of the checkpoint that the proof is for; the last one's when left out.")
    var checkpoint: Int64?

    func validate() throws {
        guard (row == nil) != (since == nil) else { throw ValidationError("Give either --row or --since.") }
    }

    func run() async throws {
        let opened = try await place.open()
        guard let size = if let checkpoint { checkpoint } else { try await opened.journal.lastCheckpoint()?.size } else {
            throw CommandRefusal("there is no checkpoint yet: make one with `sentrum journal checkpoint`")
        }
        let tree = try await opened.journal.tree(to: size)
        let origin = try opened.folder.journalName()
        let proof: WrittenProof
        if let row, let made = tree.inclusion(of: row - 1, at: size),
            let hash = try await opened.journal.hashes(after: row - 1, limit: 1).first
        {
            proof = WrittenProof(origin: origin, size: size, row: row, hash: hash, path: made.path)
        } else if let since, let made = tree.consistency(from: since, to: size) {
            proof = WrittenProof(origin: origin, size: size, since: since, path: made.path)
        } else {
            throw CommandRefusal("there is no such row, or the journal has fewer rows")
        }
        try await opened.close()
        try Output.json(proof)
    }
}

/// A proof as it is written down; hashes in base 64.
struct WrittenProof: Codable {
    let origin: String
    /// The number of rows of the checkpoint that it is for.
    let size: Int64
    /// The sequence of the row that is proved to be there, 1…
    var row: Int64?
    /// The hash that this row carries in the journal.
    var hash: Data?
    /// The number of rows of the smaller journal.
    var since: Int64?
    let path: [Data]

    /// Whether it shows what it says, to somebody who has these checkpoints; nil when one that it speaks of is not among
    /// them.
    func holds(for checkpoints: [Checkpoint]) -> Bool? {
        func root(_ size: Int64) -> Data? { checkpoints.first { $0.size == size && $0.origin == origin }?.root }
        guard let whole = root(size) else { return nil }
        if let row, let hash, since == nil { return InclusionProof(leaf: row - 1, size: size, path: path).shows(hash, in: whole) }
        guard let since, row == nil else { return false }
        guard let before = root(since) else { return nil }
        return ConsistencyProof(first: since, second: size, path: path).shows(before, begins: whole)
    }
}

/// Checks a proof with checkpoints that were kept, and nothing else.
struct CheckProofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof", abstract: "Check a proof with checkpoints that you kept, without the journal.")

    @Argument(help: "The file with the proof.")
    var proof: String

    @Option(help: "A file with the checkpoints, such as the mails that brought them.")
    var checkpoints: String

    @Option(help: "The public key that they are signed with.")
    var key: String

    func run() async throws {
        guard let verifier = VerifierKey(key) else {
            throw CommandRefusal("\(key) is not a key as `sentrum journal checkpoint --key` prints it")
        }
        var known = KnownCheckpoints(key: verifier)
        try known.add(file: checkpoints)
        guard let text = FileManager.default.contents(atPath: proof),
            let written = try? JSONDecoder().decode(WrittenProof.self, from: text)
        else { throw CommandRefusal("\(proof) holds no proof") }
        switch written.holds(for: known.trusted) {
        case true: Output.line("the proof holds")
        case nil: throw CommandRefusal("none of the checkpoints is the one that the proof is for")
        default: throw CommandRefusal("the proof does not hold")
        }
    }
}
