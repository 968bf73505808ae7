import Domain
import UseCases

extension Site {
    /// Tells by mail, while nobody waits for it; who is not reached finds it where they sign in, and that mail does not go out
    /// stands in the health of the installation.
    func tell(_ notices: [Notice], of dossier: Dossier) {
        guard post != nil else { return }
        Task { [self] in for notice in notices { _ = try? await send(notice, of: dossier) } }
    }

    /// The same, and waits for it.
    ///
    /// The mail is in all languages, because nobody knows which one its reader speaks, and names nobody.
    /// - Returns: how many could not be told.
    /// - Throws: the journal's fault.
    func send(_ notice: Notice, of dossier: Dossier) async throws -> Int {
        guard let post else { return 0 }
        let values = ["partnership": installation.rules.partnership.shortName]
        let texts = Language.allCases.map { face.texts($0)("notice.\(notice.code).text", values) }
        var untold = 0
        for address in try await installation.addresses(for: notice, of: dossier) {
            let mail = OutgoingMail(
                to: address, subject: face.texts(.nl)("notice.\(notice.code).subject", values),
                text: texts.joined(separator: "\n\n"))
            do { try await post.send(mail) } catch is PostUnavailable { untold += 1 }
        }
        return untold
    }
}
