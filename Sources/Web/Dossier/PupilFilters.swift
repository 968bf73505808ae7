import Domain
import Hummingbird
import Journal
import UseCases

/// What a reader narrows the list of pupils down to, from the address: school, group and procedure, and no names of people.
struct PupilFilters {
    /// Names in the address.
    private enum Name {
        static let school = "school"
        static let group = "groep"
        static let procedure = "loopt"
        static let waiting = "wacht"
        static let late = "telaat"
    }
    /// What a ticked box sends.
    private static let yes = "yes"

    /// More schools than these are not shown to choose from: one types the name.
    private static let mostShown = 300
    /// So many schools that fit a typed name are shown to choose from.
    private static let mostFitting = 50

    let words: Words
    let filter: DossierFilter
    /// Schools to choose from, the partnership among them; none for who works at one.
    private let schools: [OrganisationRow]
    /// Whether the reader sees procedures in any function.
    let seesProcedures: Bool
    /// A typed name of a school that is not that of one alone, and those that it fits.
    private let unclear: (name: String, fitting: [OrganisationRow])?

    /// - Parameter choices: whether the schools to choose from are needed as well.
    init(_ request: Request, _ site: Site, _ words: Words, for actor: Actor, choices: Bool) async throws {
        self.words = words
        let rules = words.rules
        seesProcedures = actor.functions.contains { rules.function($0.function)?.reads.contains(.procedures) == true }
        var filter = DossierFilter()
        let asked = request.asked(Name.school)?.trimmed.nilWhenEmpty
        let key = SiteContext.key(asked).map { OrganisationID($0) }
        schools = choices || asked != nil ? try await Self.schools(of: actor, site) : []
        var unclear: (name: String, fitting: [OrganisationRow])?
        // What is asked is the key of a school, from a link, or among very many a name, from the form.
        if let asked, schools.count > Self.mostShown, try await !Self.isKnown(key, site) {
            let found = Self.named(asked, in: schools.filter { $0.id != .partnership })
            filter.school = found.count == 1 ? found.first?.id : nil
            unclear = found.count == 1 ? nil : (asked, found)
        } else {
            filter.school = key
        }
        self.unclear = unclear
        filter.group = request.asked(Name.group).flatMap { id in rules.groups.first { $0.id == id }?.id }
        if seesProcedures {
            filter.procedure = request.asked(Name.procedure).flatMap { rules.procedure($0)?.id }
            filter.isLate = request.asked(Name.late) == Self.yes
        }
        filter.isWaiting = request.asked(Name.waiting) == Self.yes
        self.filter = actor.functions.isEmpty ? DossierFilter() : filter
    }

    private static func isKnown(_ school: OrganisationID?, _ site: Site) async throws -> Bool {
        guard let school else { return false }
        return try await site.installation.names.organisation(school) != nil
    }

    /// The schools whose name is this, or else those in whose name each word of it begins a word.
    private static func named(_ name: String, in schools: [OrganisationRow]) -> [OrganisationRow] {
        let key = NameKey.fold(name)
        let same = schools.filter { NameKey.fold($0.name) == key }
        if !same.isEmpty { return same }
        let words = NameKey.searchWords(name)
        return words.isEmpty ? [] : schools.filter { NameKey.matches(NameKey.fold($0.name), words: words) }
    }

    /// Where somebody can have pupils: their own schools, or for who works at the partnership any school.
    private static func schools(of actor: Actor, _ site: Site) async throws -> [OrganisationRow] {
        let places = Set(actor.functions.map(\.organisation))
        if places.contains(.partnership) {
            return try await site.installation.names.organisations()
        }
        guard places.count > 1 else { return [] }
        var schools: [OrganisationRow] = []
        for place in places { schools += [try await site.installation.names.organisation(place)].compactMap(\.self) }
        return schools.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    // MARK: Showing

    /// The questions of the form.
    private var fields: [FormField] {
        var fields: [FormField] = []
        if schools.count > Self.mostShown {
            fields.append(typedSchool)
        } else {
            let shown = schools.filter { $0.id != .partnership }.map { ($0.id.rawValue, $0.name) }
            if shown.count > 1 { fields.append(select(Name.school, "school", shown, filter.school?.rawValue)) }
        }
        fields.append(
            select(Name.group, "group", words.rules.groups.map { ($0.id, $0.title[words.language]) }, filter.group))
        if seesProcedures {
            fields.append(
                select(
                    Name.procedure, "procedure", words.rules.procedures.map { ($0.id, $0.title[words.language]) },
                    filter.procedure))
        }
        fields.append(tick(Name.waiting, "waiting", filter.isWaiting))
        if seesProcedures { fields.append(tick(Name.late, "late", filter.isLate)) }
        return fields
    }

    /// Among very many schools: the name is typed; of a few that it fits one is chosen, because two may have the same name.
    private var typedSchool: FormField {
        if let fitting = unclear?.fitting, (1...Self.mostFitting).contains(fitting.count) {
            var field = select(
                Name.school, "school",
                fitting.map { school in
                    (school.id.rawValue, [school.name, school.place, school.code].compactMap(\.self).joined(separator: ", "))
                }, nil)
            field.error = words.texts("pupils.filter.chooseSchool")
            return field
        }
        var field = FormField(
            name: Name.school, label: words.texts("pupils.filter.school"), kind: .text,
            value: unclear?.name ?? filter.school.flatMap { chosen in schools.first { $0.id == chosen } }?.name ?? "",
            hint: words.texts("pupils.filter.typeSchool"),
            error: unclear.map { words.texts($0.fitting.isEmpty ? "pupils.filter.noSchool" : "pupils.filter.severalSchools") })
        field.scope = "filter"
        return field
    }

    private func select(
        _ name: String, _ key: String, _ options: [(id: String, label: String)], _ chosen: String?
    ) -> FormField {
        var field = FormField(
            name: name, label: words.texts("pupils.filter.\(key)"), kind: .select, value: chosen ?? "",
            options: [FormOption("", words.texts("pupils.filter.all"), selected: chosen == nil)]
                + options.map { FormOption($0.id, $0.label, selected: $0.id == chosen) })
        field.scope = "filter"
        return field
    }

    private func tick(_ name: String, _ key: String, _ isOn: Bool) -> FormField {
        var field = FormField(
            name: name, label: words.texts("pupils.filter.\(key)"), kind: .tick, value: isOn ? Self.yes : "")
        field.scope = "filter"
        return field
    }

    /// The form and what is chosen in it; nil for a family, and where there is nothing to narrow down.
    func narrow(hasRows: Bool, _ actor: Actor, _ names: Names) async throws -> PupilsPage.Narrow? {
        guard !actor.functions.isEmpty, hasRows || !filter.isEmpty || unclear != nil else { return nil }
        return PupilsPage.Narrow(
            action: Address.pupils.path, fields: fields, active: try await active(names), isOpen: unclear != nil)
    }

    /// What the list is narrowed down to now, each with the list without it.
    private func active(_ names: Names) async throws -> [Link] {
        var links: [Link] = []
        func add(_ label: String, _ change: (inout DossierFilter) -> Void) {
            var without = filter
            change(&without)
            links.append(Link(label, Self.address(without, after: nil)))
        }
        if let school = filter.school {
            add(try await names.organisation(school)?.name ?? words.texts("pupils.filter.school")) { $0.school = nil }
        }
        if let group = filter.group {
            add(words.rules.groups.first { $0.id == group }?.title[words.language] ?? group) { $0.group = nil }
        }
        if let procedure = filter.procedure {
            add(words.rules.procedure(procedure)?.title[words.language] ?? procedure) { $0.procedure = nil }
        }
        if filter.isWaiting { add(words.texts("pupils.filter.waiting")) { $0.isWaiting = false } }
        if filter.isLate { add(words.texts("pupils.filter.late")) { $0.isLate = false } }
        return links
    }

    // MARK: Addresses

    /// The list so narrowed down, from a place on; the place is the key of a dossier.
    func address(after: DossierID?) -> String { Self.address(filter, after: after) }

    private static func address(_ filter: DossierFilter, after: DossierID?) -> String {
        let parts = [
            filter.school.map { "\(Name.school)=\($0)" }, filter.group.map { "\(Name.group)=\($0)" },
            filter.procedure.map { "\(Name.procedure)=\($0)" }, filter.isWaiting ? "\(Name.waiting)=\(yes)" : nil,
            filter.isLate ? "\(Name.late)=\(yes)" : nil, after.map { "na=\($0)" },
        ].compactMap { $0 }
        return Address.pupils.path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }
}
