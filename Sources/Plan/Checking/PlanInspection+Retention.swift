import Domain

extension PlanInspection {
    /// Who destroys dossiers: people with an account, and never one alone.
    func inspectRetention() {
        guard let retention = rules.retention else { return }
        inspect(source: retention.source, at: "retention")
        inspectPartnership(retention.announces, at: "retention.announces")
        inspectPartnership(retention.agrees, at: "retention.agrees")
        refer(to: retention.stops, .function, among: functionKeys, at: "retention.stops")
        if retention.waits.amount == 0 {
            add(
                .nobodyCanAct, "retention.waits", nl: "zonder wachttijd kan niemand het nog tegenhouden",
                en: "without a wait nobody can stop it any more",
                hint: Localized(nl: "neem ten minste P1D bij ‘waits’", en: "take at least P1D for ‘waits’"))
        }
    }

    private func inspectPartnership(_ functions: [String], at path: String) {
        refer(to: functions, .function, among: functionKeys, at: path)
        for id in functions {
            guard let function = rules.function(id), function.place != .partnership else { continue }
            add(
                .nobodyCanAct, path, nl: "‘\(id)’ hoort niet bij het verband: dit werk gaat over dossiers van alle scholen",
                en: "‘\(id)’ is not of the partnership: this work is about dossiers of all schools",
                hint: Localized(nl: "noem een functie met place: partnership", en: "name a function with place: partnership"))
        }
    }
}
