import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

// The yearly lists of the plan: children for whom something is due because a decision ends.
extension APIRoutes {
    /// The lists that this person works in.
    func inventories(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        return APIProblems.json(
            .object([
                "lijsten": .list(
                    installation.inventories(for: actor).compactMap { route in
                        route.start.inventory.map {
                            .object(["procedure": .text(route.id), "titel": JSON($0.title), "bron": .text($0.source)])
                        }
                    })
            ]))
    }

    /// One page of a list; figures instead of children for who sees none and works at the partnership.
    func inventory(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let key = try context.parameter("procedure")
        let limit = try number("aantal", request, in: 1...200, otherwise: 50)
        let school = SiteContext.key(request.asked("school")).map { OrganisationID($0) }
        let after = SiteContext.key(request.asked("pagina")).map { InstanceID($0) }
        let list = try await installation.inventory(key, for: actor, school: school, after: after, limit: limit)
        var figures = JSON.null
        if list.count == 0, school == nil {
            do {
                let found = try await installation.inventoryFigures(key, for: actor)
                figures = .object(["totaal": shown(found.count), "nietBegonnen": shown(found.open)])
            } catch is NotFound {}
        }
        return APIProblems.json(
            .compact([
                "procedure": .text(list.route.id), "titel": JSON(list.rule.title), "schooljaar": .text(list.year.description),
                "totaal": .int(list.count), "nietBegonnen": .int(list.open), "kinderen": .list(list.entries.map(shown)),
                "cijfers": figures, "volgende": .optional(list.next),
            ]))
    }

    private func shown(_ entry: Inventory.Entry) -> JSON {
        let (decision, dossier) = (entry.ending.decision, entry.ending.dossier)
        return .compact([
            "dossier": .text(dossier.id.rawValue), "voornaam": .text(dossier.givenName), "achternaam": .text(dossier.familyName),
            "groep": .text(dossier.group), "school": .text(dossier.school.rawValue), "besluit": .text(decision.instance.rawValue),
            "nummer": .text(decision.number), "einde": .optional(decision.end), "magBeginnen": .bool(entry.mayBegin),
            "staat": entry.stands.map { stands in
                .compact([
                    "begonnen": .bool(stands.begun != nil), "instantie": .optional(stands.begun?.instance),
                    "sinds": .optional(stands.begun?.started), "keuze": .optional(stands.choice?.id),
                    "uitkomst": .optional(stands.outcome?.id),
                ])
            } ?? .null,
        ])
    }

    /// A number as far as it may be told.
    private func shown(_ number: SmallNumber) -> JSON {
        switch number {
        case .exactly(let count): .int(count)
        case .few: .text("minder-dan-10")
        case .untold: .text("niet-genoemd")
        }
    }

    /// Begins the route for one child of the list, with what the decision told.
    func beginInventory(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let key = try context.parameter("procedure")
        guard installation.inventories(for: actor).contains(where: { $0.id == key }) else { throw NotFound() }
        let decided = try await body(request) { $0.text("besluit") }
        let begun = try await placing({ _ in nil }) {
            try await installation.beginFromInventory(key, after: InstanceID(decided), as: actor)
        }
        switch begun {
        case .begun(let dossier):
            return APIProblems.json(.object(["dossier": .text(dossier.rawValue), "begonnen": .bool(true)]))
        case .asks(let dossier):
            return APIProblems.json(
                .object([
                    "dossier": .text(dossier.rawValue), "begonnen": .bool(false),
                    "formulier": .text("\(Self.root)/dossiers/\(dossier)/procedure-formulieren/\(key)"),
                ]))
        }
    }
}
