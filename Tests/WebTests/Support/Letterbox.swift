import Synchronization
import UseCases

/// Keeps the mail that is sent, or takes none.
final class Letterbox: Post {
    private let mails = Mutex<[OutgoingMail]>([])
    private let isShut: Bool

    init(isShut: Bool = false) { self.isShut = isShut }

    var all: [OutgoingMail] { mails.withLock { $0 } }

    func send(_ mail: OutgoingMail) async throws {
        if isShut { throw PostUnavailable(reason: "shut") }
        mails.withLock { $0.append(mail) }
    }

    /// The link in a mail, as a path of the site.
    static func path(in mail: OutgoingMail) -> String? {
        mail.text.firstMatch(of: /https:\/\/sentrum\.example(\/wachtwoord\/[\w-]+)/).map { String($0.1) }
    }

    /// Waits until so many mails have come: they are sent while nobody waits.
    func mails(_ count: Int) async throws -> [OutgoingMail] {
        for _ in 0..<200 where all.count < count { try await Task.sleep(for: .milliseconds(10)) }
        return all
    }
}
