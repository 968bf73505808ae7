import Domain
import HTTPTypes
import Hummingbird
import Journal
import UseCases

/// "Mijn werk": the page that everybody starts on.
struct WorkRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/", use: show)
    }

    /// How much of what waits is shown at first: what is due first stands on top, and a long page is read by nobody.
    private static let first = (waiting: 25, awaiting: 15)

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let kind = request.uri.queryParameters["soort"].map(String.init)
        let isWhole = request.uri.queryParameters["toon"] == "alles"
        let worklist =
            isWhole
            ? try await site.installation.worklist(for: actor, kind: kind)
            : try await site.installation.worklist(
                for: actor, kind: kind, waiting: Self.first.waiting, awaiting: Self.first.awaiting)
        let words = site.words(context)
        let schools = try await schools(worklist)
        let absent = try await site.installation.names.people(Set(actor.functions.compactMap(\.replaces)))
        let asks = try await familyAsks(actor, words)
        let begun = try await begun(by: actor, words)
        let planAsks = try await planAsks(actor, words)
        let requests = try await requests(actor, words)
        let ending = try await askedInEnding(actor, words)
        let questions = try await questions(actor, words)
        let emergencies = try await emergencies(actor, words)
        let unusual = try await unusual(actor, words)
        let told = [
            group("emergency.work", emergencies, words), group("unusual.title", unusual, words),
            group("work.group.begun", begun, words), group("work.group.family", asks, words),
            group("approval.work.group", planAsks, words), group("rights.handled.title", requests, words),
            group("question.work", questions, words),
        ].filter { !$0.items.isEmpty }
        let isFamily = actor.functions.isEmpty
        let isFromOutside = try await site.installation.isFromOutside(actor)
        let page = WorkPage(
            title: words.texts(isFamily ? "nav.forYou" : "nav.work"),
            summary: summary(worklist, asks: told.reduce(0) { $0 + $1.items.count } - begun.count, words),
            filters: filters(worklist, current: kind, words),
            // What closes by itself comes after all that has to be done.
            groups: told + groups(worklist.waiting, schools, absent, words)
                + [group("askedIn.ending.title", ending, words)].filter { !$0.items.isEmpty },
            pending: worklist.awaited.map { pending($0, schools, words) }, changesSince: nil,
            changes: try await changes(worklist, words),
            next: worklist.hasMore && !isWhole ? whole(worklist, of: kind) : nil,
            suggestion: worklist.count == 0 && worklist.awaited.isEmpty
                ? words.rules.watchesLogs(actor)
                    ? Link(words.texts("readLogs.title"), .readLogs)
                    : Link(
                        words.texts(isFromOutside ? "askedIn.nav" : isFamily ? "nav.children" : "nav.pupils"), .pupils) : nil,
            lists: InventoryRoutes(site: site).links(for: actor, words) + RetentionRoutes.link(for: actor, words)
                + HandlingRoutes.link(for: actor, site, words)
                + QuestionRoutes.link(for: actor, site, words))
        return try await site.show(page, request, context, .work)
    }

    /// Work of one kind; late when something of it is.
    private func group(_ title: String, _ items: [WorkPage.Item], _ words: Words) -> WorkPage.Group {
        WorkPage.Group(title: words.texts(title), late: items.contains { $0.chip?.tone == .late }, items: items)
    }

    /// For how many days whoever watches over privacy finds on the first page that a dossier was opened in an emergency, or what
    /// reading stands out.
    private static let watchedDays = 7

    /// Dossiers that were opened in an emergency, for whoever watches over privacy.
    private func emergencies(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        guard words.rules.watchesLogs(actor) else { return [] }
        return try await site.emergencies(days: Self.watchedDays, as: actor, words).map { one in
            WorkPage.Item(what: one.what, href: one.href, who: one.label, place: one.school, note: one.when, chip: nil)
        }
    }

    /// Reading that stands out, for whoever watches over privacy; the way to the logs is there.
    private func unusual(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        guard words.rules.watchesLogs(actor) else { return [] }
        return try await site.unusualReading(days: Self.watchedDays, actor, words).map { one in
            WorkPage.Item(
                what: one.why, href: Address.readLogs.path, who: one.who, place: one.function, note: one.when, chip: nil)
        }
    }

    /// Questions without a name that wait for an answer of this person.
    private func questions(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        var items: [WorkPage.Item] = []
        for row in try await site.installation.questionsWaiting(for: actor) {
            items.append(
                WorkPage.Item(
                    what: words.about(row.group), href: Address.question(row.id.rawValue).path,
                    who: try await site.installation.names.organisation(row.school)?.name, place: nil,
                    note: words.rules.question(row.kind)?.title[words.language], chip: nil))
        }
        return items
    }

    /// The page with all that waits, of the one procedure that is shown.
    private func whole(_ worklist: Worklist, of kind: String?) -> String {
        let route = worklist.tallies.first { $0.route.id == kind }?.route.id
        return "\(Address.work.path)?toon=alles\(route.map { "&soort=\($0)" } ?? "")"
    }

    private func schools(_ worklist: Worklist) async throws -> [OrganisationID: String] {
        var names: [OrganisationID: String] = [:]
        for id in Set((worklist.waiting + worklist.awaited).map(\.dossier.school)) {
            names[id] = try await site.installation.names.organisation(id)?.name
        }
        return names
    }

    /// Those asked in who read along not much longer, for who may prolong it; whom, only where one may read that.
    private func askedInEnding(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        var items: [WorkPage.Item] = []
        for seen in try await site.installation.askedInEnding(for: actor) where seen.sight.sees(.agreements) {
            let names = try await site.installation.names.people(Set(seen.askedInEnding.map(\.asked.person)))
            items += seen.askedInEnding.map { one in
                WorkPage.Item(
                    what: names[one.asked.person] ?? words.texts("somebody"),
                    href: Address.askedIn(seen.dossier.id.rawValue).path,
                    who: seen.dossier.child.map { "\($0.givenName) \($0.familyName)" },
                    place: nil,
                    note: "\(words.function(AskedInRule.function(one.asked.kind))). \(words.texts("askedIn.ending.work"))",
                    chip: Chip(words.format.due(one.until, today: words.today), .wait))
            }
        }
        return items
    }

    /// What families asked, for whoever handles it: what is due first on top, by the key of the dossier alone.
    private func requests(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        guard site.installation.handlesRights(actor) else { return [] }
        var items: [WorkPage.Item] = []
        for row in try await site.installation.rightsWaiting(for: actor).prefix(Self.first.waiting) {
            items.append(
                WorkPage.Item(
                    what: words.title(row.right),
                    href: Address.handledRequest(row.dossier.rawValue, row.request.rawValue).path,
                    who: words.keyed(row.dossier), place: try await site.installation.names.organisation(row.school)?.name,
                    note: words.texts("rights.handled.asked", ["day": words.format.plainDay(row.asked)]),
                    chip: words.chip(row)))
        }
        return items
    }

    /// What a family is asked: its own words, an agreement, a signature; by the name of the child alone.
    private func familyAsks(_ actor: Actor, _ words: Words) async throws -> [WorkPage.Item] {
        guard actor.functions.isEmpty else { return [] }
        var items: [WorkPage.Item] = []
        for row in try await site.installation.dossiers(for: actor, search: nil, after: nil, limit: 10).rows {
            let seen: SeenDossier
            do { seen = try await site.installation.glance(row.id, as: actor) } catch is NotFound { continue }
            guard let asks = seen.familyAsks(site.installation.shelf) else { continue }
            items += words.asks(asks, seen).map { ask in
                WorkPage.Item(
                    what: ask.title, href: ask.primary?.href ?? Address.dossier(row.id.rawValue).path,
                    who: "\(row.givenName) \(row.familyName)", place: nil, note: ask.text, chip: nil)
            }
        }
        return items
    }

    private func summary(_ worklist: Worklist, asks: Int, _ words: Words) -> String {
        let late = worklist.late
        let count = worklist.count + asks
        guard count > 0 else { return words.texts("work.summary.none") }
        let waiting = words.texts.count("work.summary.waiting", count)
        return late == 0 ? "\(waiting)." : "\(waiting), \(words.texts.count("work.summary.late", late))."
    }

    private func filters(_ worklist: Worklist, current: String?, _ words: Words) -> [WorkPage.Filter] {
        guard worklist.tallies.count > 1 else { return [] }
        let all = WorkPage.Filter(
            label: words.texts("work.filter.all"), href: Address.work.path, count: worklist.count, current: current == nil)
        return [all]
            + worklist.tallies.map { tally in
                WorkPage.Filter(
                    label: tally.route.title[words.language], href: "/?soort=\(tally.route.id)", count: tally.count,
                    current: current == tally.route.id)
            }
    }

    private func groups(
        _ items: [Worklist.Item], _ schools: [OrganisationID: String], _ absent: [PersonID: String], _ words: Words
    ) -> [WorkPage.Group] {
        let kinds: [(Set<Worklist.Urgency>, String)] = [([.late], "late"), ([.soon], "soon"), ([.calm, .none], "calm")]
        return kinds.compactMap { urgencies, key in
            let found = items.filter { urgencies.contains($0.urgency) }
            guard !found.isEmpty else { return nil }
            return WorkPage.Group(
                title: words.texts("work.group.\(key)"), late: key == "late",
                items: found.map { item in
                    WorkPage.Item(
                        what: item.step.title[words.language],
                        href: Address.step(
                            item.dossier.id.rawValue, item.task.instance.rawValue, item.task.step
                        ).path,
                        who: "\(item.dossier.givenName) \(item.dossier.familyName)", place: place(item, schools, words),
                        note: note(item, absent, words), chip: words.due(item))
                })
        }
    }

    /// Of which procedure it is, and for whom it is done: "Toelaatbaarheidsverklaring · in plaats van Marie Dam".
    private func note(_ item: Worklist.Item, _ absent: [PersonID: String], _ words: Words) -> String {
        let title = item.route.title[words.language]
        guard let name = Principal(item.task.principal).holder.flatMap({ absent[$0] }) else { return title }
        return words.texts("replacing.work", ["what": title, "absent": name])
    }

    private func place(_ item: Worklist.Item, _ schools: [OrganisationID: String], _ words: Words) -> String {
        let group = words.rules.groups.first { $0.id == item.dossier.group }?.title[words.language] ?? item.dossier.group
        return [group, schools[item.dossier.school] ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func pending(
        _ item: Worklist.Item, _ schools: [OrganisationID: String], _ words: Words
    ) -> WorkPage.Pending {
        WorkPage.Pending(
            what: "\(item.route.title[words.language]): \(item.step.title[words.language])",
            href: Address.procedure(item.dossier.id.rawValue, item.task.instance.rawValue).path,
            who: "\(item.dossier.givenName) \(item.dossier.familyName)",
            waitsFor: words.texts(
                "work.waitsFor",
                ["who": words.functions(item.step.by.functions), "day": words.format.plainDay(item.task.since.day)]),
            chip: words.due(item))
    }

    private func changes(_ worklist: Worklist, _ words: Words) async throws -> [WorkPage.Change] {
        let names = try await site.installation.names.people(worklist.news.flatMap(\.changes).map(\.actor))
        return worklist.news.flatMap { news in
            news.changes.prefix(1).map { change in
                WorkPage.Change(
                    when: words.format.recent(change.at, today: words.today),
                    sentence: words.happened(
                        change.code, Detail.values(change.detail), by: names[change.actor] ?? words.texts("somebody")),
                    href: Address.dossier(news.dossier.id.rawValue).path,
                    who: "\(news.dossier.givenName) \(news.dossier.familyName)")
            }
        }
    }
}

extension Words {
    /// How near the end of its time a task is, in a word or two.
    func due(_ item: Worklist.Item) -> Chip? {
        guard let due = item.task.due else { return nil }
        let text = format.due(due, today: today)
        return switch item.urgency {
        case .late: Chip(text, .late)
        case .soon: Chip(text, .wait)
        case .calm, .none: Chip(text)
        }
    }

    /// What happened as a sentence: "Sanne Mulder meldde aan voor SOT".
    func happened(_ code: String, _ values: [String: String], by actor: String) -> String {
        var filled = ["who": actor]
        let route = values["procedure"].flatMap { rules.procedure($0) }
        filled["procedure"] = route?.title[language] ?? values["procedure"]
        filled["step"] = values["step"].flatMap { route?.step($0)?.title[language] } ?? values["step"]
        if let step = values["step"], let choice = values["choice"] {
            filled["choice"] = route?.step(step)?.choice(choice)?.title[language] ?? choice
        }
        filled["outcome"] = values["outcome"].flatMap { route?.outcome($0)?.title[language] } ?? values["outcome"]
        filled["field"] = values["field"].flatMap { rules.fields[$0]?.title[language] } ?? values["field"]
        filled["part"] = values["part"].flatMap { rules.part($0)?.title[language] } ?? values["part"]
        filled["purpose"] = values["purpose"].flatMap { rules.purpose($0)?.title[language] } ?? values["purpose"]
        filled["kind"] = values["kind"].flatMap { id in rules.evidence.first { $0.id == id }?.title[language] } ?? values["kind"]
        filled["function"] = values["function"].map { functions([$0]) }
        filled["asked"] = values["asked"].flatMap { rules.askedIn($0)?.title[language] } ?? values["asked"]
        filled["number"] = values["number"]
        filled["groeidocument"] = rules.groeidocument.inSentence[language]
        return texts.ifKnown("history.\(code)", filled) ?? code
    }
}
