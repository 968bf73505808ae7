import Domain
import Journal

/// Who keeps the checkpoints of this journal, so that nobody can write it anew unseen.
package struct Witnessing: Sendable {
    private let journal: any Checkpoints
    private let key: CheckpointKey
    private let witnesses: [String]
    private let post: any Post

    /// - Parameters:
    ///   - journal: whose checkpoints are made.
    ///   - key: signs them.
    ///   - witnesses: the addresses that get each one.
    ///   - post: brings them there.
    package init(_ journal: any Checkpoints, key: CheckpointKey, witnesses: [String], post: any Post) {
        self.journal = journal
        self.key = key
        self.witnesses = witnesses
        self.post = post
    }

    /// As many checkpoints as one message holds: of two days, when each hour has one.
    private static let most = 48

    /// Makes a checkpoint if there is anything new, and tells every witness what it has not been told yet.
    ///
    /// - Throws: `JournalFault`; `PostUnavailable` when a witness could not be told, after the others were. Nothing is lost
    ///   then: the next time tells it too.
    package func work(at now: Instant) async throws {
        _ = try await journal.makeCheckpoint(by: key, at: now)
        var unavailable: PostUnavailable?
        for witness in witnesses {
            do {
                try await tell(witness)
            } catch let problem as PostUnavailable {
                unavailable = problem
            }
        }
        if let unavailable { throw unavailable }
    }

    private func tell(_ witness: String) async throws {
        while true {
            let news = try await journal.checkpoints(after: try await journal.told(witness), limit: Self.most)
            guard let last = news.last else { return }
            try await post.send(mail(to: witness, news))
            // What was sent and not noted is sent twice, which does no harm.
            try await journal.setTold(witness, size: last.size)
        }
    }

    private func mail(to witness: String, _ news: [KeptCheckpoint]) -> OutgoingMail {
        let notes = news.map(\.note).joined(separator: "\n")
        return OutgoingMail(
            to: witness, subject: "Controlepunt \(news.last?.size ?? 0) van \(key.name)",
            text: """
                Bewaar dit bericht. Hiermee is later te zien of iemand het logboek van \(key.name) heeft veranderd.
                Er staat niets in over kinderen of medewerkers.

                Keep this message. It shows later whether somebody altered the journal of \(key.name).
                It says nothing about children or people at work.

                De sleutel om dit mee te controleren / the key to check it with:
                \(key.verifier)

                \(notes)
                """)
    }
}
