import Domain

/// Schools and the people who work there, all invented: where the stories of a demo play.
struct DemoWorld: Sendable {
    /// A school with whether it has dossiers.
    struct School: Sendable {
        let organisation: Organisation
        let board: String
    }

    /// Somebody who works at a school or at the partnership.
    struct Member: Sendable {
        let person: PersonID
        let given: String
        let name: String
        let sex: DemoNames.Sex
        let email: String
        var grants: [FunctionGrant]
    }

    let partnership: Organisation
    private(set) var schools: [School] = []
    /// How many schools, from the first, have dossiers; the others are only registered.
    private(set) var active = 0
    /// The first is the administrator.
    private(set) var members: [Member] = []
    private(set) var actors: [PersonID: Actor] = [:]
    private var places: [PersonID: Int] = [:]
    private var kinds: [OrganisationID: String] = [:]
    private var holders: [Principal: [PersonID]] = [:]
    private var teachers: [Principal: [PersonID]] = [:]

    /// Builds schools and people for so many dossiers, all there from the first day on.
    init(_ content: DemoContent, rules: PlanRules, pupils: Int, active wanted: Int?, first: Day, random: SeededRandom) {
        partnership = Organisation(
            id: .partnership, kind: "partnership", name: rules.partnership.name, code: rules.partnership.code)
        var builder = DemoWorldBuilder(content, rules, first: first, random: random)
        let settings = content.settings
        let ordinary = content.schools.schools.count { ($0.kind ?? "bo") == "bo" }
        active = wanted ?? max(1, min(pupils / max(1, settings.dossiersPerSchool) + 1, max(ordinary, pupils / 100)))
        schools = builder.schools(atLeast: active)
        members = builder.members(of: schools)
        for school in schools { kinds[school.organisation.id] = school.organisation.kind }
        for (index, member) in members.enumerated() {
            places[member.person] = index
            actors[member.person] = Actor(person: member.person, functions: member.grants.map(\.held))
            for grant in member.grants {
                holders[.holders(of: grant.held.function, at: grant.held.organisation), default: []].append(member.person)
            }
        }
        teachers = builder.teachers
    }

    /// Everybody who holds a function at an organisation, in a fixed order.
    func holders(of function: String, at organisation: OrganisationID) -> [PersonID] {
        holders[.holders(of: function, at: organisation)] ?? []
    }

    /// Who holds a function for one group of a school; nil when the function is not held by group.
    func holder(of function: String, at organisation: OrganisationID, group: Int) -> PersonID? {
        guard let people = teachers[.holders(of: function, at: organisation)], !people.isEmpty else { return nil }
        return people[min(max(group, 0), people.count - 1)]
    }

    func member(_ person: PersonID) -> Member? { places[person].map { members[$0] } }

    func actor(_ person: PersonID) -> Actor? { actors[person] }

    /// The kind of a school, as it is registered.
    func kind(of school: OrganisationID) -> String? { kinds[school] }
}

/// Puts a world together.
private struct DemoWorldBuilder {
    private let content: DemoContent
    private let rules: PlanRules
    private let first: Day
    private var random: SeededRandom
    private var addresses: Set<String> = []
    /// Those who hold a function for one group each, in the order of the groups.
    private(set) var teachers: [Principal: [PersonID]] = [:]

    init(_ content: DemoContent, _ rules: PlanRules, first: Day, random: SeededRandom) {
        self.content = content
        self.rules = rules
        self.first = first
        self.random = random
    }

    /// All schools of the list, and further locations of ordinary ones when more than that are needed.
    mutating func schools(atLeast count: Int) -> [DemoWorld.School] {
        let listed = content.schools.schools
        let ordinary = listed.filter { ($0.kind ?? "bo") == "bo" }
        let special = listed.filter { ($0.kind ?? "bo") != "bo" }
        var found: [DemoWorld.School] = []
        for index in 0..<max(count, ordinary.count) {
            guard !ordinary.isEmpty else { break }
            let round = index / ordinary.count
            found.append(school(ordinary[index % ordinary.count], number: found.count, round: round))
        }
        for school in special { found.append(self.school(school, number: found.count, round: 0)) }
        return found
    }

    private mutating func school(_ listed: DemoSchools.School, number: Int, round: Int) -> DemoWorld.School {
        let code = "99\(letters(number / 100))\(number % 100 < 10 ? "0" : "")\(number % 100)"
        let organisation = Organisation(
            id: OrganisationID(random.key()), kind: listed.kind ?? "bo",
            name: round == 0 ? listed.name : "\(listed.name), locatie \(round + 1)", code: code,
            board: content.schools.boards[listed.board], street: listed.street, postcode: listed.postcode, place: listed.place)
        return DemoWorld.School(organisation: organisation, board: listed.board)
    }

    private func letters(_ number: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return String([alphabet[number / 26 % 26], alphabet[number % 26]])
    }

    /// The administrator, everybody whom the settings ask for, function by function in the order of the plan, and the
    /// administrator of the first school.
    mutating func members(of schools: [DemoWorld.School]) -> [DemoWorld.Member] {
        var members = [member([(Person.administrator, .partnership, nil)])]
        for function in rules.functions {
            guard let staff = content.settings.staff[function.id] else { continue }
            let asked = schools.filter { staff.kinds?.contains($0.organisation.kind) ?? true }.map(\.organisation.id)
            let disciplines = function.disciplines
            switch (staff.each, staff.schools, staff.count) {
            case ("group", _, _):
                for school in asked {
                    let group = rules.groups.map { _ in member([(function.id, school, nil)]) }
                    teachers[.holders(of: function.id, at: school)] = group.map(\.person)
                    members += group
                }
            case ("school", _, _):
                members += asked.map { member([(function.id, $0, nil)]) }
            case ("discipline", _, _):
                members += disciplines.map { member([(function.id, .partnership, $0)]) }
            case (_, let count?, _):
                // Neighbours in the list share somebody.
                for (number, start) in stride(from: 0, to: asked.count, by: max(1, count)).enumerated() {
                    let served = asked[start..<min(start + max(1, count), asked.count)]
                    let discipline = disciplines.isEmpty ? nil : disciplines[number % disciplines.count]
                    members.append(member(served.map { (function.id, $0, discipline) }))
                }
            default:
                for number in 0..<(staff.count ?? 1) {
                    let discipline = disciplines.isEmpty ? nil : disciplines[number % disciplines.count]
                    members.append(member([(function.id, .partnership, discipline)]))
                }
            }
        }
        if let school = schools.first?.organisation.id {
            // Last and with numbers of its own, so that everybody else stays who they were.
            let before = random
            random = SeededRandom(seed: random.next(), part: 1)
            members.append(member([(Person.administrator, school, nil)]))
            random = before
        }
        return members
    }

    private mutating func member(_ held: [(function: String, at: OrganisationID, discipline: String?)]) -> DemoWorld.Member {
        let circle = content.names.circle(&random)
        let sex: DemoNames.Sex = random.chance(0.78) ? .female : .male
        let given = content.names.given(sex, circle, &random)
        let family = random.pick(circle.families) ?? ""
        var email = DemoMail.address(given: given, family: family, only: "", at: content.settings.mail)
        var number = 2
        while !addresses.insert(email).inserted {
            email = DemoMail.address(given: given, family: family, only: String(number), at: content.settings.mail)
            number += 1
        }
        let person = PersonID(random.key())
        let grants = held.map { held in
            FunctionGrant(
                id: random.key(),
                held: HeldFunction(function: held.function, organisation: held.at, discipline: held.discipline, from: first))
        }
        return DemoWorld.Member(
            person: person, given: given, name: "\(given) \(family)", sex: sex, email: email, grants: grants)
    }
}
