import Domain
import Hummingbird
import Journal
import UseCases

// The invitation to a meeting: who comes, why, and what can come out of it.
extension ProcedureRoutes {
    func showInvitation(_ request: Request, _ context: SiteContext) async throws -> Response {
        let seen = try await site.installation.see(try context.dossierID, [.procedures], as: try context.signedIn)
        let instance = try context.instanceID
        guard let procedure = seen.dossier.procedure(instance), let rules = site.installation.shelf[procedure.plan],
            let route = rules.procedure(procedure.rule), let meeting = procedure.meetings.last,
            let step = route.step(meeting.step), let rule = step.meeting
        else { throw NotFound() }
        let words = site.words(context, rules)
        let id = seen.dossier.id.rawValue
        let invited = rule.required + meeting.also
        var guests: [InvitationPage.Guest] = []
        for function in invited {
            let names = try await self.names(of: function, seen, rules)
            let chip = function == rule.chair ? Chip(words.texts("invitation.chair")) : nil
            guests.append(
                InvitationPage.Guest(
                    name: names.isEmpty ? words.function(function) : words.format.list(names),
                    role: names.isEmpty ? words.texts("invitation.byFunction") : words.function(function),
                    why: rules.function(function)?.explanation[words.language], chip: chip))
        }
        let page = InvitationPage(
            title: words.texts("invitation.title", ["procedure": route.title[words.language]]),
            frame: try await site.frame(seen, current: nil, words),
            procedure: Link(route.title[words.language], .procedure(id, instance.rawValue)),
            when: LocalMoment(meeting.moment).map { words.moment($0) }, place: meeting.place,
            why: words.paragraphs(route.why[words.language]), guests: guests,
            outcomes: words.possibleOutcomes(of: step, route), questions: rule.questions.map { $0[words.language] },
            bring: rule.bring.map { words.paragraphs($0[words.language]) } ?? [],
            contact: words.texts("invitation.contactSchool"), form: nil,
            source: words.paragraph(of: route))
        return try await site.show(page, request, context, .pupils)
    }

    /// The people who come in a function: the guardians, those named for this child, or the holders at the school.
    private func names(of function: String, _ seen: SeenDossier, _ rules: PlanRules) async throws -> [String] {
        let rule = rules.function(function)
        if rule?.place == .family {
            // Who may not read the family reads here that it comes, not who it is.
            guard seen.sight.sees(.family) else { return [] }
            return seen.dossier.guardians.filter { $0.authority || function != PlanRules.guardian }.map(\.name)
        }
        var people = seen.dossier.named.filter { $0.function == function }.map(\.person)
        if people.isEmpty, rule?.place == .school, let school = seen.dossier.school {
            people = try await site.installation.registers.functions(at: school, function: function, on: seen.today)
                .ofEach.map(\.person)
        }
        let names = try await site.installation.names.people(people)
        return people.prefix(3).compactMap { names[$0] }
    }
}
