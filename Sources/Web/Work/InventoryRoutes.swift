import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// The yearly lists of a plan: every child whose decision ends this school year, each begun by one press.
struct InventoryRoutes {
    let site: Site

    /// Rows on one page.
    static let most = 50
    /// The most rows of a file.
    private static let mostOfFile = 5_000
    /// So many are fetched at once.
    private static let mostAtOnce = 200
    /// Field of the form that begins it: the procedure that the decision came out of.
    private static let decided = "besluit"

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/lijsten/:procedure", use: show)
        pages.post("/lijsten/:procedure", use: begin)
        pages.get("/lijsten/:procedure/bestand.csv", use: file)
    }

    /// The lists of this year, for the first page.
    func links(for actor: Actor, _ words: Words) -> [Link] {
        site.installation.inventories(for: actor).compactMap { route in
            route.start.inventory.map { Link($0.title[words.language], .inventory(route.id)) }
        }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let words = site.words(context)
        let key = try context.parameter("procedure")
        let school = SiteContext.key(request.asked("school")).map { OrganisationID($0) }
        let after = SiteContext.key(request.asked("na")).map { InstanceID($0) }
        let list = try await site.installation.inventory(key, for: actor, school: school, after: after, limit: Self.most)
        var figures: [Fact] = []
        if list.count == 0, school == nil {
            do {
                figures = self.figures(try await site.installation.inventoryFigures(key, for: actor), words)
            } catch is NotFound {}
        }
        var rows: [InventoryPage.Row] = []
        for entry in list.entries { rows.append(try await row(entry, list, words)) }
        let address = Address.inventory(key).path
        let page = InventoryPage(
            title: list.rule.title[words.language],
            summary: summary(list, isFigures: !figures.isEmpty, words),
            source: Link(words.texts("plan.paragraph", ["source": list.rule.source]), .planProcedure(key)),
            narrow: try await narrow(list, actor, school, words), rows: rows,
            next: list.next.map { "\(address)?na=\($0)\(school.map { "&school=\($0)" } ?? "")" },
            first: after == nil ? nil : address,
            file: rows.isEmpty ? nil : Link(words.texts("inventory.file"), .inventoryFile(key)),
            figures: figures)
        return try await site.show(page, request, context, .work)
    }

    /// What stands below the title; of an empty list no two noughts.
    private func summary(_ list: Inventory, isFigures: Bool, _ words: Words) -> String {
        let values = ["year": list.year.description, "count": String(list.count), "open": String(list.open)]
        return words.texts(
            list.count > 0 ? "inventory.summary" : isFigures ? "inventory.whole" : "inventory.nobody", values)
    }

    private func figures(_ figures: InventoryFigures, _ words: Words) -> [Fact] {
        let number = { (number: SmallNumber) -> String in
            switch number {
            case .exactly(let count): String(count)
            case .few: words.texts("inventory.few")
            case .untold: words.texts("inventory.untold")
            }
        }
        return [
            Fact(words.texts("inventory.all"), number(figures.count)),
            Fact(words.texts("inventory.notBegun"), number(figures.open)),
        ]
    }

    private func row(_ entry: Inventory.Entry, _ list: Inventory, _ words: Words) async throws -> InventoryPage.Row {
        let (decision, dossier) = (entry.ending.decision, entry.ending.dossier)
        let id = dossier.id.rawValue
        return InventoryPage.Row(
            name: "\(dossier.givenName) \(dossier.familyName)", href: Address.dossier(id).path,
            group: words.rules.groups.first { $0.id == dossier.group }?.title[words.language] ?? dossier.group,
            school: try await site.installation.names.organisation(dossier.school)?.name ?? "",
            ends: decision.end.map { words.format.plainDay($0) } ?? "", number: decision.number,
            standing: standing(entry, words), choice: entry.stands?.choice?.title[words.language],
            procedure: entry.stands?.begun.map { Link(words.texts("inventory.look"), .procedure(id, $0.instance.rawValue)) },
            begin: entry.mayBegin
                ? Form(
                    action: Address.inventory(list.route.id).path, button: words.texts("inventory.begin"),
                    scope: decision.instance.rawValue,
                    fields: [FormField(name: Self.decided, label: "", kind: .hidden, value: decision.instance.rawValue)]) : nil)
    }

    private func standing(_ entry: Inventory.Entry, _ words: Words) -> Chip? {
        guard let stands = entry.stands else { return nil }
        guard let begun = stands.begun else { return Chip(words.texts("inventory.notBegun"), .wait) }
        if let outcome = stands.outcome { return Chip(outcome.title[words.language], outcome.grants == nil ? .plain : .ok) }
        return Chip(words.texts("inventory.begun", ["day": words.format.plainDay(begun.started)]), .now)
    }

    /// Choosing a school, for who works with several.
    private func narrow(
        _ list: Inventory, _ actor: Actor, _ school: OrganisationID?, _ words: Words
    ) async throws -> PupilsPage.Narrow? {
        let places = Set(actor.functions.map(\.organisation)).subtracting([.partnership])
        var schools: [(id: String, name: String)] = []
        for id in places.union(list.entries.map(\.ending.dossier.school)) {
            if let row = try await site.installation.names.organisation(id) { schools.append((id.rawValue, row.name)) }
        }
        guard schools.count > 1 || school != nil else { return nil }
        var field = FormField(
            name: "school", label: words.texts("pupils.filter.school"), kind: .select, value: school?.rawValue ?? "",
            options: [FormOption("", words.texts("pupils.filter.all"), selected: school == nil)]
                + schools.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.map {
                    FormOption($0.id, $0.name, selected: $0.id == school?.rawValue)
                })
        field.scope = "filter"
        let address = Address.inventory(list.route.id).path
        let name = schools.first { $0.id == school?.rawValue }?.name
        return PupilsPage.Narrow(action: address, fields: [field], active: name.map { [Link($0, address)] } ?? [])
    }

    /// Begins it for one child; when the start asks more than the decision tells, the form that asks it opens.
    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let key = try context.parameter("procedure")
        guard let decided = SiteContext.key(context.form[Self.decided]).map({ InstanceID($0) }) else { throw NotFound() }
        switch try await site.installation.beginFromInventory(key, after: decided, as: actor) {
        case .begun: return site.redirect(.inventory(key), done: "started")
        case .asks(let dossier): return site.redirect(.newProcedure(dossier.rawValue, key))
        }
    }

    /// The whole list as a file; written in the read log of each child before it is sent.
    private func file(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        if let check = try await OwnerCheck(site: site).first(.export, request, context) { return check }
        let words = site.words(context)
        let key = try context.parameter("procedure")
        var file = CSV(
            header: ["child", "group", "school", "number", "ends", "stands", "choice"].map {
                words.texts("inventory.column.\($0)")
            })
        var after: InstanceID?
        var left = Self.mostOfFile
        var list: Inventory
        repeat {
            list = try await site.installation.inventory(
                key, for: actor, school: nil, after: after, limit: min(left, Self.mostAtOnce))
            try await site.installation.exported(list, by: actor)
            for entry in list.entries {
                let row = try await row(entry, list, words)
                file.add([
                    row.name, row.group, row.school, row.number, entry.ending.decision.end?.description ?? "",
                    standing(entry, words)?.text ?? "", row.choice ?? "",
                ])
            }
            left -= list.entries.count
            after = list.next
        } while after != nil && left > 0
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: FileName.attachment("\(key)-\(list.year).csv"),
            ], body: .init(byteBuffer: ByteBuffer(string: file.text)))
    }
}
