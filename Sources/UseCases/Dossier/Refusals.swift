import Domain

extension Installation {
    /// What the rules would say to a command now, without carrying it out: for a page that offers it or says why not.
    package func refusals(of command: DossierCommand, in seen: SeenDossier) -> [Refusal] {
        do {
            _ = try seen.dossier.decide(command, Setting(now: clock.now(), actor: seen.actor, shelf: shelf))
            return []
        } catch {
            return error.reasons
        }
    }
}
