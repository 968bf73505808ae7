import Domain
import Foundation
import Hummingbird
import Journal
import UseCases

/// The page of one dossier: what is asked now, where the child stands, what happened, and who is around it.
struct OverviewRoutes {
    let site: Site

    /// Entries of the timeline on one page.
    private static let mostMoments = 12

    func add(to pages: RouterGroup<SiteContext>) {
        pages.get("/leerlingen/:dossier", use: show)
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let actor = try context.signedIn
        let seen = try await site.installation.see(
            try context.dossierID, Set(DossierPart.allCases), all: false, as: actor)
        let words = site.words(context, seen.rules)
        let id = seen.dossier.id.rawValue
        let before = request.asked("voor").flatMap { Int($0) }
        let ending = seen.askedInEnding
        let readers = try await site.installation.names.people(Set(ending.map(\.asked.person)))
        let asks = asks(seen, words) + words.asks(ending, readers, in: seen)
        let (moments, earlier) = try await timeline(seen, before: before, words)
        let startable = startable(seen, words)
        let page = DossierPage(
            title: words.texts("dossier.title", ["given": words.given(seen)]),
            frame: try await site.frame(seen, current: .overview, words), asks: asks,
            quiet: asks.isEmpty ? quiet(seen, words) : nil,
            fan: seen.sight.sees(.procedures) ? words.fan(of: seen, site.installation.shelf) : nil,
            fanSources: fanSources(seen, words), running: running(seen, words), startable: startable.filter(\.onFan).map(\.item),
            startableBeside: startable.filter { !$0.onFan }.map(\.item),
            timeline: moments,
            earlier: earlier.map { Link(words.texts("dossier.earlier"), "\(Address.dossier(id).path)?voor=\($0)") },
            circles: try await circles(seen, words),
            familyLink: seen.sight.sees(.family) || seen.sight.sees(.agreements)
                ? Link(words.texts("dossier.familyLink"), .family(id)) : nil,
            readers: try await self.readers(seen, words),
            readLogLink: seen.sight.sees(.readLog) ? Link(words.texts("dossier.readLogLink"), .readLog(id)) : nil,
            documents: documents(seen, words),
            addDocument: seen.sight.sees(.documents) && seen.sight.may(.addDocument)
                ? Link(words.texts("documents.add"), .documents(id)) : nil,
            presence: try await presence(seen, words), childLink: childLink(seen, words), showsReaders: seen.sight.sees(.readLog),
            rights: rightsLink(seen, words),
            showsDocuments: seen.sight.sees(.documents) || seen.sight.sees(.groeidocument),
            askedInLink: askedInLink(seen, words),
            emergencies: words.emergencies(
                seen, try await site.installation.names.people(Set(seen.dossier.emergencies.map(\.by)))))
        return try await site.show(page, request, context, .pupils)
    }

    private func rightsLink(_ seen: SeenDossier, _ words: Words) -> Link? {
        guard seen.sight.isFamily,
            seen.dossier.rightsStanding(of: seen.actor.person, seen.rules, on: seen.today) != nil
        else { return nil }
        return Link(words.texts("rights.link"), .rights(seen.dossier.id.rawValue))
    }

    private func childLink(_ seen: SeenDossier, _ words: Words) -> Link? {
        guard seen.sight.sees(.child), seen.sight.may(.correctChild) || seen.sight.may(.namePeople) else { return nil }
        return Link(words.texts("dossier.childLink"), .childData(seen.dossier.id.rawValue))
    }

    /// To those asked in from outside, for who may ask somebody or where somebody was asked.
    private func askedInLink(_ seen: SeenDossier, _ words: Words) -> Link? {
        guard seen.sight.sees(.agreements) else { return nil }
        if seen.askable.isEmpty {
            guard !seen.dossier.askedIn.isEmpty else { return nil }
            return Link(words.texts("askedIn.linkRead"), .askedIn(seen.dossier.id.rawValue))
        }
        return Link(words.texts("askedIn.link"), .askedIn(seen.dossier.id.rawValue))
    }

    // MARK: What is asked

    private func asks(_ seen: SeenDossier, _ words: Words) -> [DossierPage.Ask] {
        var asks = words.decisions(seen, site.installation.shelf)
        // What waits for the reader is theirs to know, also of a procedure that they read nothing else of.
        for procedure in seen.dossier.procedures where procedure.isRunning {
            guard let rules = site.installation.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else {
                continue
            }
            asks += Words(words.texts, rules, today: words.today).asks(of: procedure, route, seen)
        }
        asks += words.destructionAsks(seen)
        if let family = seen.familyAsks(site.installation.shelf) { asks += words.asks(family, seen) }
        return asks
    }

    /// Who is at work when nothing is asked of the reader.
    private func quiet(_ seen: SeenDossier, _ words: Words) -> String {
        guard seen.sight.sees(.procedures) else { return words.texts("dossier.quietAtAll") }
        let sentences = seen.dossier.procedures.filter(\.isRunning).compactMap { procedure -> String? in
            guard let rules = site.installation.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else {
                return nil
            }
            return Words(words.texts, rules, today: words.today).sentence(of: procedure, route)
        }
        return sentences.isEmpty
            ? words.texts("dossier.quietNothingRuns") : words.texts("dossier.quietRuns") + " " + sentences.joined(separator: " ")
    }

    // MARK: What runs

    private func running(_ seen: SeenDossier, _ words: Words) -> [DossierPage.Running] {
        guard seen.sight.sees(.procedures) else { return [] }
        return seen.dossier.procedures.filter(\.isRunning).compactMap { procedure in
            guard let rules = site.installation.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else {
                return nil
            }
            let words = Words(words.texts, rules, today: words.today)
            // A term that was met presses no more.
            let clocks = procedure.clocks(route, rules.holidays).filter { $0.clock?.finished == nil }
            let due = clocks.compactMap(\.due).min()
            var days = [Fact(words.texts("dossier.received"), words.format.shortDay(procedure.received, today: words.today))]
            if let complete = procedure.complete {
                days.append(Fact(words.texts("dossier.complete"), words.format.shortDay(complete, today: words.today)))
            } else if route.clocks.contains(where: { $0.from == .complete }) {
                days.append(Fact(words.texts("dossier.complete"), words.texts("dossier.notComplete")))
            }
            if let due {
                days.append(
                    Fact(
                        words.texts("dossier.dueDay"), words.format.shortDay(due, today: words.today),
                        note: words.format.due(due, today: words.today)))
            } else if clocks.contains(where: { $0.clock != nil }) {
                days.append(Fact(words.texts("dossier.dueDay"), words.texts("dossier.standsStill")))
            }
            if let meeting = words.plannedMeeting(of: procedure) {
                days.append(Fact(words.texts("dossier.meeting"), words.moment(meeting)))
            }
            let isLate = due.map { $0 < words.today } ?? false
            return DossierPage.Running(
                title: route.title[words.language],
                href: Address.procedure(seen.dossier.id.rawValue, procedure.id.rawValue).path,
                chip: isLate ? Chip(words.texts("dossier.late"), .late) : words.standing(of: procedure, route),
                sentence: words.sentence(of: procedure, route), days: days)
        }
    }

    /// The routes that the reader can start, each with what is still missing before it can begin.
    private func startable(_ seen: SeenDossier, _ words: Words) -> [(item: DossierPage.Startable, onFan: Bool)] {
        let facts = seen.facts
        return site.installation.startable(in: seen).map { route in
            let missing = seen.dossier.states(of: route.start.needs, seen.rules, facts: facts, on: seen.today)
                .filter { !$0.isMet }.map { words.need($0.need) }
            let item = DossierPage.Startable(
                title: route.title[words.language], href: Address.newProcedure(seen.dossier.id.rawValue, route.id).path,
                note: missing.isEmpty
                    ? words.texts("dossier.startReady")
                    : words.texts("dossier.startMissing", ["needs": missing.joined(separator: "; ")]))
            return (item, route.form != nil)
        }
    }

    /// Where in the plan stands what runs and what was granted, each in the version under which it ran.
    private func fanSources(_ seen: SeenDossier, _ words: Words) -> [Link] {
        guard seen.sight.sees(.procedures) else { return [] }
        var links: [Link] = []
        for procedure in seen.dossier.procedures.reversed() {
            guard let rules = site.installation.shelf[procedure.plan], let route = rules.procedure(procedure.rule) else {
                continue
            }
            let words = Words(words.texts, rules, today: words.today)
            let link: Link
            if let ended = procedure.ended {
                guard let outcome = route.outcome(ended.outcome), outcome.grants != nil else { continue }
                link = words.paragraph(of: outcome, route)
            } else {
                link = words.paragraph(of: route)
            }
            let named = Link("\(route.title[words.language]): \(link.label)", link.href)
            if !links.contains(where: { $0.href == named.href }) { links.append(named) }
        }
        return links
    }

    // MARK: What happened

    private func timeline(
        _ seen: SeenDossier, before: Int?, _ words: Words
    ) async throws -> (moments: [DossierPage.Moment], earlier: Int?) {
        let told = seen.dossier.history.filter { entry in
            before.map { entry.version < $0 } ?? true && words.part(ofHistory: entry.code).map(seen.sight.sees) == true
        }
        let acts = Self.acts(told)
        let page = acts.prefix(Self.mostMoments)
        let names = try await site.installation.names.people(Set(page.joined().map(\.actor)))
        func sentence(_ entry: HistoryEntry) -> String {
            words.happened(
                entry.code, entry.values,
                by: entry.actor == seen.actor.person
                    ? words.texts("youStanding") : names[entry.actor] ?? words.texts("somebody"))
        }
        var moments = before == nil && seen.sight.sees(.procedures) ? words.ahead(seen, site.installation.shelf) : []
        for act in page {
            guard let main = act.max(by: { Self.weight($0) < Self.weight($1) }) else { continue }
            var also: [String] = []
            for other in act where other.version != main.version {
                let told = sentence(other)
                if !also.contains(told) { also.append(told) }
            }
            moments.append(
                DossierPage.Moment(
                    when: words.format.recent(main.at, today: words.today), title: sentence(main), ahead: false,
                    text: also.isEmpty ? nil : also.joined(separator: ". ") + ".", quote: nil, chip: nil,
                    href: words.place(ofHistory: main, in: seen)))
        }
        return (moments, acts.count > page.count ? page.last?.first?.version : nil)
    }

    /// What one person did at one moment belongs together: a decision ends its procedure by its last step. Newest first.
    private static func acts(_ history: [HistoryEntry]) -> [[HistoryEntry]] {
        var acts: [[HistoryEntry]] = []
        for entry in history {
            if let last = acts.last?.last, last.at == entry.at, last.actor == entry.actor {
                acts[acts.count - 1].append(entry)
            } else {
                acts.append([entry])
            }
        }
        return acts.reversed()
    }

    /// Which line of one act is its headline: the weightiest, and of two the earlier.
    private static func weight(_ entry: HistoryEntry) -> Int {
        let order = ["decision.issued", "procedure.ended", "procedure.started", "dossier.opened", "step.taken"]
        return (order.count - (order.firstIndex(of: entry.code) ?? order.count)) * 100_000 - entry.version
    }

    // MARK: Who is around

    private func circles(_ seen: SeenDossier, _ words: Words) async throws -> [DossierPage.Circle] {
        var circles: [DossierPage.Circle] = []
        if seen.sight.sees(.family) {
            for authority in [true, false] {
                let guardians = seen.dossier.guardians.filter { $0.authority == authority }
                guard !guardians.isEmpty else { continue }
                circles.append(
                    DossierPage.Circle(
                        title: words.texts(authority ? "dossier.withAuthority" : "dossier.withoutAuthority"),
                        people: guardians.map { DossierPage.Person(name: $0.name, note: words.relation($0)) }))
            }
        }
        guard seen.sight.sees(.child) else { return circles }
        let around = try await site.installation.around(seen)
        let names = try await site.installation.names.people(Set(around.flatMap(\.people)))
        for group in around {
            let people = group.people.compactMap { names[$0] }
            guard !people.isEmpty else { continue }
            let person = DossierPage.Person(name: words.names(people), note: words.note(on: group))
            let title = words.function(group.function)
            // Several people asked in one function stand under one heading, each with their own day.
            if let index = circles.firstIndex(where: { $0.title == title }) {
                circles[index] = DossierPage.Circle(title: title, people: circles[index].people + [person])
            } else {
                circles.append(DossierPage.Circle(title: title, people: [person]))
            }
        }
        return circles
    }

    /// The last few readers, each once a day and purpose.
    private func readers(_ seen: SeenDossier, _ words: Words) async throws -> [DossierPage.Reader] {
        guard seen.sight.sees(.readLog) else { return [] }
        let reads = try await site.installation.reads(of: seen, before: nil, limit: 40).reads.map(\.read)
        let names = try await site.installation.names.people(Set(reads.map(\.person)))
        var shown: Set<[String]> = []
        var readers: [DossierPage.Reader] = []
        for read in reads where readers.count < 5 {
            guard shown.insert([read.person.rawValue, read.purpose, read.at.day.description]).inserted else { continue }
            let who =
                read.person == seen.actor.person
                ? words.texts("youStanding") : names[read.person] ?? words.texts("somebody")
            readers.append(
                DossierPage.Reader(
                    when: words.format.recent(read.at, today: words.today),
                    who: read.purpose == "family" ? who : "\(who), \(words.function(read.function))",
                    why: words.why(read, in: seen.dossier, isTold: seen.sight.sees(.agreements))))
        }
        return readers
    }

    private func documents(_ seen: SeenDossier, _ words: Words) -> [DossierPage.Document] {
        let id = seen.dossier.id.rawValue
        var documents: [DossierPage.Document] = []
        if seen.sight.sees(.documents) {
            documents = seen.dossier.documentsInSight.suffix(6).reversed().map {
                DossierPage.Document(name: $0.name, href: Address.document(id, $0.id.rawValue).path, chip: nil)
            }
        }
        if seen.sight.sees(.groeidocument), let last = seen.dossier.versions.last {
            documents.append(
                DossierPage.Document(
                    name: words.texts(
                        "dossier.version",
                        ["groeidocument": seen.rules.groeidocument.title[words.language], "n": String(last.number)]),
                    href: Address.growthVersion(id, String(last.number)).path,
                    chip: Chip(words.texts("dossier.locked"), .ok)))
        }
        return documents
    }

    private func presence(_ seen: SeenDossier, _ words: Words) async throws -> String? {
        guard seen.sight.sees(.groeidocument) else { return nil }
        let others = try await site.installation.vault.presences.others(
            than: seen.actor.person, in: nil, of: seen.dossier.id, at: site.installation.clock.now())
        return try await site.writing(others, words)
    }
}

extension Site {
    /// Who else is writing, as a sentence; nil when nobody is.
    func writing(_ people: [PersonID], _ words: Words) async throws -> String? {
        guard !people.isEmpty else { return nil }
        let names = try await installation.names.people(people)
        return words.texts.count(
            "growth.writing", people.count, ["who": words.format.list(people.map { names[$0] ?? words.texts("somebody") })])
    }
}
