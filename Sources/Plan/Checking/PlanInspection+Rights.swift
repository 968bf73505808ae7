import Domain

extension PlanInspection {
    /// Who handles what families ask: people with an account, of the school or the partnership.
    func inspectRights() {
        guard let rights = rules.rights else { return }
        let path = "rights"
        guard let source = rights.source else {
            let who = rights.handledBy.joined(separator: ", ")
            return warn(
                .nobodyCanAct, path,
                nl: "het plan zegt niet wie verzoeken van gezinnen over hun gegevens behandelt; dat doet nu: \(who)",
                en: "the plan does not say who handles what families ask about their data; now it is: \(who)",
                hint: Localized(
                    nl: "zet ‘rights: { handled-by: …, source: … }’ in plan.yaml",
                    en: "write ‘rights: { handled-by: …, source: … }’ in plan.yaml"))
        }
        inspect(source: source, at: path)
        refer(to: rights.handledBy, .function, among: functionKeys, at: "\(path).handled-by")
        for id in rights.handledBy {
            guard let place = rules.function(id)?.place, place == .family || place == .outside else { continue }
            add(
                .nobodyCanAct, "\(path).handled-by", nl: "‘\(id)’ behandelt geen verzoek van een gezin",
                en: "‘\(id)’ handles no request of a family",
                hint: Localized(
                    nl: "noem een functie van een school of van het verband",
                    en: "name a function at a school or at the partnership"))
        }
    }
}
