import Domain
import Journal
import UseCases

extension Site {
    /// The times that a dossier was opened in an emergency in the last days, newest first, without the name of the child.
    ///
    /// - Throws: `NotFound` for whoever does not watch over the logs.
    func emergencies(days: Int, as actor: Actor, _ words: Words) async throws -> [ReadLogsPage.Emergency] {
        let found = try await installation.emergencies(since: words.today.adding(days: -days), as: actor)
        let names = try await installation.names.people(Set(found.map(\.emergency.by)))
        var told: [ReadLogsPage.Emergency] = []
        for one in found {
            let school: String = if let id = one.school { try await installation.names.organisation(id)?.name ?? "" } else { "" }
            told.append(
                ReadLogsPage.Emergency(
                    label: words.keyed(one.dossier), href: Address.readLog(one.dossier.rawValue).path, school: school,
                    when: words.format.recent(one.emergency.at, today: words.today),
                    what: words.texts(
                        "emergency.opened",
                        [
                            "who": names[one.emergency.by] ?? words.texts("somebody"),
                            "function": words.functions([one.emergency.opened.function]),
                        ]), why: words.texts("emergency.because", ["reason": one.emergency.opened.reason])))
        }
        return told
    }
}
