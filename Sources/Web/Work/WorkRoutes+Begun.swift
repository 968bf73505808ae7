import Domain
import Journal
import UseCases

// Forms that the reader began and did not send stand on the first page, so that nobody has to remember where they were.
extension WorkRoutes {
    /// The most forms that are shown.
    private static let most = 5

    /// The forms that somebody began and may still send, and the steps that another took meanwhile, as long as they hold words.
    func begun(by actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        var items: [WorkPage.Item] = []
        for form in try await site.installation.begunForms(by: actor.person, limit: Self.most) {
            let note = words.texts("draft.left", ["when": words.format.recent(form.updated, today: words.today)])
            switch form.kind {
            case .newDossier:
                guard try await !site.installation.openingPlaces(for: actor).isEmpty else { continue }
                items.append(
                    WorkPage.Item(
                        what: words.texts("dossierForm.title.new"), href: Address.newDossier.path, who: nil, place: nil,
                        note: note, chip: nil))
            case .start(let procedure, let id):
                guard let seen = try await glance(id, as: actor),
                    let route = site.installation.startable(in: seen).first(where: { $0.id == procedure })
                else { continue }
                items.append(item(route.title, Address.newProcedure(id.rawValue, procedure), seen, note, words))
            case .step(let instance, let step, let id):
                guard let seen = try await glance(id, as: actor), seen.sight.sees(.procedures),
                    let procedure = seen.dossier.procedure(instance),
                    let rule = site.installation.shelf[procedure.plan]?.procedure(procedure.rule)?.step(step)
                else { continue }
                // Somebody else took it: what was typed is there to be read.
                let isOpen = procedure.open.contains { $0.step == step }
                if !isOpen {
                    let begun = try await site.begun(.step(step, of: instance, in: id), words, by: actor.person)
                    let routes = ProcedureRoutes(site: site)
                    if routes.left(of: begun, in: step, of: instance, seen).isEmpty { continue }
                }
                let left = isOpen ? note : words.texts("draft.overtaken")
                items.append(item(rule.title, Address.step(id.rawValue, instance.rawValue, step), seen, left, words))
            }
        }
        return items
    }

    /// Nil when the dossier is not, or no longer, for this person.
    private func glance(_ id: DossierID, as actor: Actor) async throws -> SeenDossier? {
        do {
            return try await site.installation.glance(id, as: actor)
        } catch is NotFound {
            return nil
        }
    }

    private func item(
        _ title: Localized, _ address: Address, _ seen: SeenDossier, _ note: String, _ words: Words
    ) -> WorkPage.Item {
        let name = seen.sight.sees(.child) ? seen.dossier.child?.fullName : nil
        return WorkPage.Item(
            what: title[words.language], href: address.path, who: name, place: nil, note: note, chip: nil)
    }
}
