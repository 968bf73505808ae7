import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestKit
import Testing

@testable import Plan
@testable import UseCases
@testable import Web

@Suite("The plan as a public document")
struct PlanPagesTests {
    /// What stands in the main part of a page, without the frame around it.
    private static func main(_ text: String) -> Markup {
        let start = text.firstRange(of: "<main")?.lowerBound ?? text.startIndex
        let end = text.firstRange(of: "</main>")?.upperBound ?? text.endIndex
        return Markup(String(text[start..<end]))
    }

    private static func get(_ stage: PlanStage, _ path: String) async throws -> (status: HTTPResponse.Status, text: String) {
        let answer = try await stage.client.execute(uri: path, method: .get)
        return (answer.status, String(buffer: answer.body))
    }

    /// Every page of a version.
    private static func pages(of rules: PlanRules) -> [String] {
        let version = "?versie=\(rules.key)"
        return ["/plan", "/plan/bronnen"].map { $0 + version } + rules.procedures.map { "/plan/\($0.id)\(version)" }
    }

    @Test("Every link within a plan leads to a place that is there, and every source to its paragraph", arguments: MainJob.all)
    func links(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            for rules in stage.installation.shelf.versions {
                var places: [String: Set<String>] = [:]
                var links: [(from: String, to: String)] = []
                for path in Self.pages(of: rules) {
                    let (status, text) = try await Self.get(stage, path)
                    #expect(status == .ok, "\(path)")
                    let page = Self.main(text)
                    let ids = page.opened.compactMap { $0.attributes["id"] }
                    #expect(Set(ids).count == ids.count, "\(path) has an id twice")
                    places[path] = Set(ids)
                    links += page.tags("a").compactMap { $0.attributes["href"] }.map {
                        (path, $0.hasPrefix("#") ? path + $0 : $0)
                    }
                }
                for link in links where link.to.hasPrefix("/plan") && !link.to.hasPrefix("/plan/vergelijken") {
                    let parts = link.to.split(separator: "#", maxSplits: 1).map(String.init)
                    guard let known = places[parts[0]] else {
                        // Another version is somewhere else.
                        #expect(!parts[0].hasSuffix("versie=\(rules.key)"), "\(link.from): \(link.to) is no page")
                        continue
                    }
                    if parts.count > 1 { #expect(known.contains(parts[1]), "\(link.from): \(link.to) is no place") }
                }
            }
        }
    }

    @Test("Cards stand beside what they tell of, in words and not in keys, in both languages", arguments: MainJob.all)
    func cards(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            for language in Language.allCases {
                let texts = try Texts.load(language, from: Folders.texts)
                for rules in stage.installation.shelf.versions {
                    let tried = try #require(stage.installation.tried(rules.key))
                    let said = CardWords(PlanWords(Words(texts, rules, today: rules.inForce), isNamed: false))
                    for told in tried.cards {
                        #expect(told.isSame, "\(told.path)")
                        let things = said.things(told.entries, of: told.card)
                        #expect(!things.isEmpty, "\(told.path)")
                        // Whatever looks like a key of a file was not put into words.
                        let isNumbered = told.entries.contains { ["first-number", "counted-in"].contains($0.key) }
                        for words in things.flatMap({ [$0.title ?? ""] + $0.facts.flatMap { [$0.term] + $0.lines } }) {
                            #expect(!words.contains("card."), "\(told.path): \(words)")
                            guard !isNumbered, !words.contains("@") else { continue }
                            #expect(words.firstMatch(of: /(^|[ ‘:])[a-z]+[._][a-z]/) == nil, "\(told.path): \(words)")
                        }
                    }
                }
            }
        }
    }

    @Test(
        "Each kind of card has its place: of a route on its page, of who reads along with the people, of chapters with the sources"
    )
    func places() async throws {
        try await PlanStage.run("spow") { stage in
            let old = "?versie=spow/2020-2024"
            let route = try await Self.get(stage, "/plan/bezwaar\(old)").text
            let told = try #require(route.firstRange(of: "id=\"kaarten-tasks\""))
            let part = String(route[told.lowerBound...]).replacing(#/<[^>]*>/#, with: "").replacing(#/\s+/#, with: " ")
            #expect(part.contains("Alles hieronder begint op 13 november 2020."))
            #expect(part.contains("Dan uiterlijk19 maart 2021"))
            let plan = try await Self.get(stage, "/plan\(old)").text
            let places = [
                "id=\"mensen\"", "id=\"kaarten-sight\"", "id=\"document\"", "id=\"kaarten-form\"", "id=\"kaarten-plan\"",
            ]
            .map { plan.firstRange(of: $0)?.lowerBound }
            #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
            #expect(try await Self.get(stage, "/plan/bronnen\(old)").text.contains("id=\"kaarten-paragraphs\""))
        }
    }

    @Test("A version that amends shows the whole plan as it holds, with what it changed marked; a full version marks nothing")
    func amending() async throws {
        try await PlanStage.run("spow") { stage in
            let (old, new) = ("?versie=spow/2020-2024", "?versie=spow/2020-2024-addendum")
            let before = try #require(stage.installation.tried(PlanKey("spow/2020-2024")))
            let after = try #require(stage.installation.tried(PlanKey("spow/2020-2024-addendum")))
            let own = Set(after.plan.examples.map(\.path))
            // What held and was not written anew holds still, and is there.
            let situations = before.results.filter { $0.example.isSituation && !after.plan.dropped.contains($0.example.path) }
            let paths = Set(after.results.map(\.example.path))
            #expect(situations.count { !own.contains($0.example.path) } > 50)
            for result in situations where !paths.contains(result.example.path) {
                // What is not there comes out otherwise now.
                #expect(!PlanExamples.run(result.example, of: after.plan).passed, "\(result.example.path)")
            }
            #expect(after.results.allSatisfy { $0.passed })
            #expect(after.results.count == paths.count)
            #expect(after.cards.count > after.plan.examples.count { $0.card != nil })
            #expect(after.news.keys.allSatisfy { own.contains($0) })
            let inherited = after.results.filter { !own.contains($0.example.path) }.compactMap { result -> String? in
                guard case .route(let way) = result.example.kind else { return nil }
                return after.plan.news(at: "procedures.\(way.route)") == nil ? way.route : nil
            }
            let route = try #require(inherited.first)
            let (_, left) = try await Self.get(stage, "/plan/\(route)\(new)")
            #expect(left.contains("id=\"voorbeelden\""), "what a route inherits stands on its page")
            #expect(left.firstMatch(of: #/<h1>[^<]+</h1>/#) != nil, "what the addendum left as it was is not marked")
            let (_, tlv) = try await Self.get(stage, "/plan/tlv\(new)")
            #expect(
                tlv.contains("<h1>Toelaatbaarheidsverklaring (TLV) <span class=\"chip\">Gewijzigd in deze versie</span></h1>"))
            #expect(tlv.contains("<h3>Kijken of de aanvraag compleet is</h3>"))
            #expect(tlv.contains("<h3>Advies van de eerste deskundige <span class=\"chip\">Gewijzigd in deze versie</span></h3>"))
            #expect(tlv.contains("Nieuw in deze versie"))
            for path in ["/plan\(old)", "/plan/tlv\(old)"] {
                let text = try await Self.get(stage, path).text
                #expect(!text.contains("in deze versie"), "\(path)")
            }
            #expect(try await Self.get(stage, "/plan\(new)").text.contains("Gewijzigd in deze versie"))
        }
    }

    @Test("A term that ends on the day on which it begins is told so, and not as a number of days")
    func sameDay() async throws {
        try await PlanStage.run("spow") { stage in
            let text = try await Self.get(stage, "/plan/zo-evaluatie").text
            #expect(text.contains("Dezelfde dag") && !text.contains("0 dagen"))
        }
    }

    @Test("A version that was chosen stays chosen in every link, and says whether it holds now")
    func version() async throws {
        try await PlanStage.run("spow", on: "2022-03-01") { stage in
            let old = try #require(stage.installation.shelf.versions.first)
            #expect(old.key != stage.installation.rules.key)
            for path in Self.pages(of: old) {
                let (_, text) = try await Self.get(stage, path)
                #expect(text.contains("Die versie geldt nu niet"), "\(path)")
                for link in Self.main(text).tags("a").compactMap({ $0.attributes["href"] }) {
                    guard link.hasPrefix("/plan"), !link.hasPrefix("/plan/vergelijken"), link != "/plan/versies" else { continue }
                    #expect(link.contains("?versie="), "\(path): \(link)")
                }
            }
            let (_, now) = try await Self.get(stage, "/plan/tlv")
            #expect(!now.contains("geldt nu niet"))
            #expect(!Self.main(now).tags("a").contains { $0.attributes["href"]?.contains("versie=") == true })
            #expect(try await Self.get(stage, "/plan?versie=spow/1999").status == .notFound)
            #expect(try await Self.get(stage, "/plan/tlv?versie=spow/1999").status == .notFound)
            #expect(try await Self.get(stage, "/plan/nergens").status == .notFound)
        }
    }

    @Test("Everybody there is, every term, every question and every letter of a plan is on its page", arguments: MainJob.all)
    func whole(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            let rules = stage.installation.rules
            let (_, text) = try await Self.get(stage, "/plan")
            let ids = Set(Self.main(text).opened.compactMap { $0.attributes["id"] })
            let wanted =
                rules.functions.map { PlanPlace.function($0.id) } + rules.purposes.map { PlanPlace.purpose($0.id) }
                + rules.groeidocument.parts.map { PlanPlace.part($0.id) } + rules.letters.keys.map { PlanPlace.letter($0) }
                + rules.tables.keys.map { PlanPlace.table($0) }
            #expect(Set(wanted).subtracting(ids).isEmpty)
            for route in rules.procedures {
                let (_, page) = try await Self.get(stage, "/plan/\(route.id)")
                for clock in route.clocks {
                    let title = TemplateSource.escape(clock.title[.nl])
                    #expect(text.contains(title) && page.contains(title), "\(route.id): \(clock.id)")
                }
                // What is asked in steps and choices is told too, each with why.
                let asks = route.start.asks + route.steps.flatMap { $0.asks + $0.choices.flatMap(\.asks) }
                for field in asks.compactMap({ rules.fields[$0.field] }) {
                    #expect(page.contains(TemplateSource.escape(field.title[.nl])), "\(route.id): \(field.id)")
                    if let why = field.why { #expect(page.contains(TemplateSource.escape(why[.nl])), "\(route.id): \(field.id)") }
                }
                for need in route.start.needs + route.steps.flatMap(\.choices).flatMap(\.needs) {
                    #expect(page.contains(TemplateSource.escape(need.why[.nl])), "\(route.id): \(need.id)")
                }
            }
        }
    }

    @Test("The examples of a route are on its page, tried, with what comes out in words", arguments: Language.allCases)
    func examples(_ language: Language) async throws {
        try await PlanStage.run("spow", on: "2022-03-01") { stage in
            let tried = try #require(stage.installation.tried(stage.installation.rules.key))
            #expect(tried.results.count > 20)
            let words = PlanWords(
                Words(stage.site.face.texts(language), stage.installation.rules, today: stage.installation.today), isNamed: false)
            var shown = 0
            for route in stage.installation.rules.procedures {
                guard let part = words.examples(tried.results, of: route) else { continue }
                let all = part.groups.flatMap(\.examples)
                shown += all.count
                for example in all {
                    #expect(example.chip.tone == .ok, "\(example)")
                    #expect(!example.situation.isEmpty && !example.outcome.isEmpty)
                    // The words of the engine are not those of a reader.
                    for word in ["refused", "outcome ", "open ", "row "] where language == .nl {
                        #expect(!example.outcome.hasPrefix(word), "\(example.outcome)")
                    }
                }
            }
            // What tries a term that no route has stands on no route's page.
            #expect(shown >= tried.results.count / 2)
        }
        try await PlanStage.run("spow", on: "2022-03-01") { stage in
            let (_, text) = try await Self.get(stage, "/plan/tlv")
            #expect(text.contains("Alles komt uit zoals het hier staat."))
            #expect(!text.contains("komt anders uit"))
        }
    }

    @Test("An example that does not come out so is told, not hidden")
    func failing() async throws {
        try await PlanStage.run("spow", on: "2022-03-01") { stage in
            let tried = try #require(stage.installation.tried(stage.installation.rules.key))
            let words = PlanWords(
                Words(stage.site.face.texts(.nl), stage.installation.rules, today: stage.installation.today), isNamed: false)
            let result = try #require(tried.results.first { $0.expected.hasPrefix("end ") })
            let wrong = ExampleResult(
                example: result.example, expected: result.expected, got: "end 2030-07-31", explanation: [])
            guard case .validity(let validity) = result.example.kind else { return }
            let route = try #require(stage.installation.rules.procedure(validity.procedure))
            let part = try #require(words.examples([wrong], of: route))
            #expect(part.lead.contains("1 komt anders uit."))
            let chip = try #require(part.groups.first?.examples.first?.chip)
            #expect(chip.tone == .late)
            #expect(chip.text.contains("31 juli 2030"))
        }
    }

    // MARK: Side by side

    private static let comparison = "/plan/vergelijken?van=spow/2020-2024&naar=spow/2020-2024-addendum"

    @Test("Two versions stand side by side with both values and their paragraphs, for whom one asks")
    func sides() async throws {
        try await PlanStage.run("spow", on: "2022-03-01") { stage in
            let (status, text) = try await Self.get(stage, Self.comparison)
            #expect(status == .ok)
            #expect(Markup(text).unbalanced == nil)
            #expect(text.contains("Verslag van het intensieve interventietraject"))
            #expect(text.contains("/plan/bronnen?versie=spow/2020-2024#"))
            #expect(text.contains("/plan/bronnen?versie=spow/2020-2024-addendum#"))
            #expect(text.contains("Voorbeelden die anders uitkomen"))
            let (_, parents) = try await Self.get(stage, Self.comparison + "&voor=parents")
            #expect(parents.utf8.count < text.utf8.count)
            let (_, same) = try await Self.get(stage, "/plan/vergelijken?van=spow/2020-2024&naar=spow/2020-2024")
            #expect(same.contains("Er is geen verschil."))
            #expect(try await Self.get(stage, "/plan/vergelijken?van=spow/1999").status == .notFound)
            #expect(try await Self.get(stage, "/plan/vergelijken").status == .ok)
            // Who is not signed in hears nothing of dossiers, whatever is asked.
            let (_, guest) = try await Self.get(stage, Self.comparison + "&dossiers=ja")
            #expect(!guest.contains("id=\"dossiers\""))
        }
    }

    @Test("Of dossiers everybody gets what they may see: figures without small counts, and only dossiers that are open to them")
    func dossiers() async throws {
        try await AccessStage.run(at: .decided) { stage in
            let path = "/plan/vergelijken?van=spow/2020-2024-addendum&naar=spow/2020-2024&dossiers=ja"
            for relation in Relation.allCases {
                guard let person = stage.people[relation] else { continue }
                let actor = try await stage.stage.installation.actor(person)
                let before = try await stage.stage.installation.vault.reads.reads(of: stage.dossier, before: nil, limit: 500)
                    .count
                let signedIn = try await stage.stage.installation.vault.accounts.begin(person, at: stage.stage.clock.now())
                let visitor = Visitor(
                    client: stage.stage.client, cookie: "sessie=\(signedIn.secret.text)", csrf: signedIn.session.csrf.text)
                let answer = try await visitor.get(path)
                #expect(answer.status == .ok)
                let page = PlanPagesTests.main(answer.text)
                let sees = page.tags("a").contains { $0.attributes["href"] == Address.dossier(stage.dossier.rawValue).path }
                let openings = try await stage.stage.installation.load(stage.dossier).openings(
                    stage.stage.installation.shelf, on: stage.stage.installation.today)
                let parts = openings.filter { actor.principals.contains($0.principal) }.reduce(into: Set<DossierPart>()) {
                    $0.formUnion($1.parts)
                }
                if parts.isDisjoint(with: [.procedures, .decisions]) { #expect(!sees, "\(relation)") }
                if !parts.contains(.child) { #expect(!answer.text.contains(AccessStage.given), "\(relation)") }
                if !parts.contains(.decisions) { #expect(!answer.text.contains(MainJob.spow.number), "\(relation)") }
                let after = try await stage.stage.installation.vault.reads.reads(of: stage.dossier, before: nil, limit: 500).count
                if sees {
                    #expect(after > before, "\(relation) looked without a line in the read log")
                }
                // One child is a count under ten.
                #expect(!answer.words.contains("anders uitgekomen: 1"), "\(relation)")
                #expect(
                    answer.words.contains("minder dan 10") == stage.stage.installation.mayReadFigures(actor), "\(relation)")
            }
        }
    }

    @Test("A figure is told only when neither it nor what is left of the whole is a count under ten")
    func figures() throws {
        let texts = try Texts.load(.nl, from: Folders.texts)
        let rules = PlanRules.invented
        let words = DifferenceWords(texts, before: rules, after: rules)
        func replay(_ all: Int, _ otherwise: Int, holds: Int) -> PlanReplay {
            var replay = PlanReplay()
            replay.dossiers = all
            replay.decisions = all
            replay.turnedDecisions = (0..<otherwise).map { place in
                PlanReplay.DecisionTurn(
                    dossier: DossierID("d-\(place)"), number: "n-\(place)", was: .end(Day.of("2024-07-31")),
                    would: .end(Day.of("2025-07-31")), holds: place < holds)
            }
            return replay
        }
        func said(_ replay: PlanReplay) -> String { words.publicFigures(replay).joined(separator: "\n") }
        #expect(said(replay(40, 20, holds: 10)).contains("anders uitgekomen: 20"))
        #expect(said(replay(40, 20, holds: 10)).contains("nu nog gelden: 10"))
        #expect(said(replay(40, 9, holds: 9)).contains("anders uitgekomen: minder dan 10"))
        #expect(said(replay(40, 35, holds: 35)).contains("anders uitgekomen: bijna alle"))
        #expect(said(replay(40, 40, holds: 40)).contains("anders uitgekomen: 40"))
        #expect(!said(replay(40, 20, holds: 15)).contains("nu nog gelden"))
        #expect(said(replay(40, 0, holds: 0)).contains("anders uitgekomen: 0"))
        #expect(said(replay(4, 0, holds: 0)).contains("Besluiten: minder dan 10; anders uitgekomen: minder dan 10"))
    }

    @Test("What was done or waits is told with the route, the step and the choice, and with what the other plan asks of it")
    func acts() throws {
        let texts = try Texts.load(.nl, from: Folders.texts)
        let start = Testland.entry.start
        let report = Need(
            id: "verslag", kind: .evidence(kind: "report"), why: Localized(nl: "Verslag", en: "Report"), source: "Testland, 4")
        let after = Testland.plan(procedures: [
            Testland.talk,
            Testland.entry.with(
                start: StartRule(
                    by: ["school-director"], after: start.after,
                    when: Condition([.init(fact: "group", match: .range(from: 5, to: nil))]), needs: [report],
                    opens: start.opens)),
        ])
        let words = DifferenceWords(texts, before: .invented, after: after)
        func turn(_ act: PlanReplay.ActTurn.Act, _ would: PlanReplay.ActTurn.Would) -> PlanReplay.ActTurn {
            PlanReplay.ActTurn(
                dossier: DossierID("d-1"), instance: InstanceID("i"), procedure: "entry", act: act, on: .of("2021-10-01"),
                runs: true, would: would)
        }
        let reasons = [Refusal.Code.startClosed, .mayNotStart, .notAfter].map { Refusal($0) }
        let needs = [Refusal(.needMissing, values: ["need": "verslag"])]
        let started = turn(.start, .not(reasons + needs))
        #expect(words.what(started) == "Toegang: beginnen")
        #expect(words.was(started) == "begonnen op 1 oktober 2021")
        let would = words.would(started)
        #expect(would.hasPrefix("dit kan dan niet: alleen bij "))
        for piece in ["Groep 5", "alleen door", "alleen na Overleg (wider)", "eerst nodig:", "Verslag"] {
            #expect(would.contains(piece), "\(piece): \(would)")
        }
        let advice = turn(.did(step: "first", choice: "done"), .not([Refusal(.wrongDiscipline), Refusal(.notYourStep)]))
        #expect(words.what(advice) == "Toegang: Eerste advies, ‘done’")
        #expect(words.would(advice).components(separatedBy: "alleen door").count == 2, "one sentence for one rule")
        #expect(words.would(advice).contains("orthopedagoog"))
        let waits = turn(.waits(step: "decide", choice: "grant"), .leads(.end(outcome: "withdrawn")))
        #expect(words.line(waits) == "Toegang: Beslissen, ‘grant’: nu aan de beurt; dit loopt dan af met ‘withdrawn’")
        #expect(words.was(turn(.waits(step: "decide", choice: "grant"), .possible)).contains("kan nog niet"))
        #expect(words.would(turn(.waits(step: "decide", choice: "grant"), .leads(.open(["ask"])))).contains("Aanvullen"))
        #expect(words.would(turn(.start, .absent)) == "dit is er dan niet")
    }

    // MARK: Outcomes

    @Test("Every page that shows an outcome leads to its paragraph, in the version under which it ran")
    func outcomes() async throws {
        try await AccessStage.run(at: .decided) { stage in
            let instance = try #require(stage.instances["tlv"])
            let person = try #require(stage.people[.guardian])
            let signedIn = try await stage.stage.installation.vault.accounts.begin(person, at: stage.stage.clock.now())
            let visitor = Visitor(
                client: stage.stage.client, cookie: "sessie=\(signedIn.secret.text)", csrf: signedIn.session.csrf.text)
            let id = stage.dossier.rawValue
            let plan = try #require(try await stage.stage.installation.load(stage.dossier).procedure(InstanceID(instance))).plan
            let goal = "/plan/tlv?versie=\(plan)#\(PlanPlace.outcome("granted"))"
            let pages = [
                Address.decision(id, instance).path, Address.decisionFile(id, instance).path,
                Address.procedure(id, instance).path, Address.dossier(id).path,
            ]
            for page in pages {
                let answer = try await visitor.get(page)
                #expect(answer.status == .ok, "\(page)")
                #expect(answer.text.contains(goal), "\(page)")
            }
            let decision = try await visitor.get(pages[0])
            #expect(decision.text.contains("/plan?versie=\(plan)\""))
            // The table with the row that applied, and the paragraph of each row.
            #expect(decision.text.contains("/plan/tlv?versie=\(plan)#tabel-"))
            #expect(decision.text.contains("/plan/bronnen?versie=\(plan)#bron-"))
            let shown = try await PlanPagesTests.get(stage.stage, "/plan/tlv?versie=\(plan)")
            #expect(PlanPagesTests.main(shown.text).opened.contains { $0.attributes["id"] == PlanPlace.outcome("granted") })
        }
    }
}
