import Domain
import UseCases

/// Emergencies in sentences: for the family, the school, and whoever watches over privacy.
extension Words {
    /// The times that a dossier was opened in an emergency, the last one first.
    func emergencies(_ seen: SeenDossier, _ names: [PersonID: String]) -> [Fact] {
        guard seen.sight.sees(.agreements) || seen.sight.sees(.readLog) else { return [] }
        return seen.dossier.emergencies.reversed().map { one in
            Fact(
                format.recent(one.at, today: today),
                texts(
                    "emergency.opened",
                    ["who": names[one.by] ?? texts("somebody"), "function": functions([one.opened.function])]),
                texts("emergency.because", ["reason": one.opened.reason]),
                note: texts("emergency.ends", ["time": time(one.ends)]))
        }
    }

    /// "10.12 uur"
    func time(_ moment: Instant) -> String { format.time(hour: moment.localTime.hour, minute: moment.localTime.minute) }
}
