import ArgumentParser
import Foundation
import Journal

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
