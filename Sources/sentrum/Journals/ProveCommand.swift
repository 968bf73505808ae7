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
