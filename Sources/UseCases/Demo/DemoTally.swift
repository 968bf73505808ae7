import Domain
import Journal

/// Somebody of a demo as whom a visitor can sign in.
package struct DemoPerson: Codable, Sendable, Hashable {
    /// Key of the function.
    package let role: String
    /// What the function is called.
    package let title: Localized
    package let email: String
    package let password: String
    package let name: String
    package let organisation: String
    /// What there is to try, in one line.
    package let what: Localized
}

/// Counts what the stories brought, and finds for each function the person whose work shows most.
struct DemoTally {
    private struct Work {
        var counts: [DemoAim.Urgency: Int] = [:]
        var score: Int { counts.values.map { min($0, 6) }.reduce(0, +) + counts.count * 20 }
    }

    private struct Family {
        let person: PersonID
        let function: String
        let name: String
        let email: String
        let named: [NamedPerson]
        let school: OrganisationID
        let score: Int
    }

    private let stage: DemoStage
    private var work: [String: Work] = [:]
    private var families: [String: Family] = [:]
    private(set) var documents = 0
    private(set) var decisions = 0
    private(set) var failures: [String: Int] = [:]

    init(_ stage: DemoStage) { self.stage = stage }

    /// Looks at a story before it is stored.
    mutating func look(at story: DemoStory) {
        documents += story.blobs.count
        decisions += story.dossier.decisions.count
        for failure in story.failures { failures[failure, default: 0] += 1 }
        guard story.pupil.school.id == stage.world.schools.first?.organisation.id else { return }
        let dossier = story.dossier
        let running = dossier.procedures.filter(\.isRunning)
        let ahead = running.flatMap(\.meetings).contains { $0.day.map { $0 > stage.until.day } ?? false }
        let score =
            (story.pupil.index == 0 ? 1_000 : 0) + dossier.decisions.count * 4 + running.count * 3 + (ahead ? 5 : 0)
            + dossier.procedures.count
            + min(dossier.known.count, 30) / 6 + dossier.documents.count + min(dossier.versions.count, 3)
        for guardian in dossier.guardians {
            guard let person = guardian.person else { continue }
            let function = guardian.authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority
            if let known = families[function], known.score >= score { continue }
            families[function] = Family(
                person: person, function: function, name: guardian.name, email: guardian.email ?? "", named: dossier.named,
                school: story.pupil.school.id, score: score)
        }
    }

    /// Counts what waits for whom.
    mutating func count(_ tasks: [TaskRow]) {
        for task in tasks where task.kind == .act {
            let urgency = DemoOpenStep(due: task.due, warnFrom: task.warnFrom).urgency(stage.until.day)
            work[task.principal, default: Work()].counts[urgency, default: 0] += 1
        }
    }

    /// One person for each function, in the order of the plan, and the administrators of the partnership and of a school.
    func people() -> [DemoPerson] {
        let rules = stage.rules
        let family = families[PlanRules.guardian]
        let school = family?.school ?? stage.world.schools.first?.organisation.id ?? .partnership
        var people: [DemoPerson] = []
        for function in rules.functions {
            switch function.place {
            case .outside: continue
            case .family:
                guard let family = families[function.id] else { continue }
                people.append(person(function.id, function.title, family.name, family.email, at: school))
            case .school:
                let named = family?.named.first { $0.function == function.id }?.person
                guard let member = named.flatMap({ stage.world.member($0) }) ?? busiest(function.id, at: school) else { continue }
                people.append(person(function.id, function.title, member.name, member.email, at: school))
            case .partnership:
                guard let member = busiest(function.id, at: .partnership) else { continue }
                people.append(person(function.id, function.title, member.name, member.email, at: .partnership))
            }
        }
        if let member = stage.world.members.first {
            let title = Localized(nl: "Beheerder", en: "Administrator")
            people.append(person(Person.administrator, title, member.name, member.email, at: .partnership))
        }
        if let member = stage.world.members.last, let held = member.grants.first?.held, held.function == Person.administrator,
            held.organisation != .partnership
        {
            let title = Localized(nl: "Beheerder van een school", en: "Administrator of a school")
            people.append(person(Self.ofSchool, title, member.name, member.email, at: held.organisation))
        }
        return people
    }

    /// The key by which the settings say what there is to try for the administrator of a school.
    static let ofSchool = "school-administrator"

    private func busiest(_ function: String, at place: OrganisationID) -> DemoWorld.Member? {
        let people = stage.world.holders(of: function, at: place)
        let found = people.enumerated().max { left, right in
            let scores = [left, right].map { score($0.element, function, place) }
            return (scores[0], right.offset) < (scores[1], left.offset)
        }
        return found.flatMap { stage.world.member($0.element) }
    }

    private func score(_ person: PersonID, _ function: String, _ place: OrganisationID) -> Int {
        let all = work[Principal.holders(of: function, at: place).rawValue]?.score ?? 0
        return all + (work[Principal.holder(person, of: function, at: place).rawValue]?.score ?? 0)
    }

    private func person(
        _ function: String, _ title: Localized, _ name: String, _ email: String, at place: OrganisationID
    ) -> DemoPerson {
        let organisation =
            place == .partnership
            ? stage.rules.partnership.shortName
            : stage.world.schools.first { $0.organisation.id == place }?.organisation.name ?? ""
        let what = stage.content.settings.people[function].map { Localized(nl: $0.nl, en: $0.en) } ?? title
        return DemoPerson(
            role: function, title: title, email: email, password: stage.content.settings.password, name: name,
            organisation: organisation, what: what)
    }
}
