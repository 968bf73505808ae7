import Domain
import HTTPTypes
import Plan
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Writing a draft of the plan")
struct DraftPagesTests {
    static let key = "spow/nieuw"
    static let clock = "procedures.tlv.clocks.decide"
    static let part = "/plan/concepten/\(key)/deel?pad=\(clock)"

    private static func visitor(_ stage: PlanStage, _ function: String) async throws -> Visitor {
        let signedIn = try await stage.installation.vault.accounts.begin(try stage.holder(function), at: stage.clock.now())
        return Visitor(client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    private static func begin(_ writer: Visitor, part: String = "") async throws -> Visitor.Answer {
        try await writer.post(
            "/plan/concepten",
            [
                ("title-nl", "Nieuw plan"), ("title-en", "New plan"), ("sleutel", "nieuw"), ("amends", "spow/2020-2024-addendum"),
                ("from", "2024-08-01"), ("deel", part),
            ])
    }

    private static func save(_ writer: Visitor, _ within: String, version: String) async throws -> Visitor.Answer {
        try await writer.post(
            part, [("gevraagd", "\(clock).within"), ("\(clock).within", within), (DraftWords.version, version)])
    }

    @Test("A term is changed in three presses from the plan, the page says which examples turn red, and it can be put back")
    func changes() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            #expect(try await writer.get("/plan").text.contains("href=\"/plan/concepten\""))
            #expect(try await writer.get("/plan/tlv").text.contains("/plan/concepten?deel=\(Self.clock)"))
            let begun = try await Self.begin(writer, part: Self.clock)
            #expect(begun.status == .seeOther)
            #expect(begun.headers[.location]?.hasPrefix(Self.part) == true)
            // The next time the link on the plan leads straight to the form.
            #expect(try await writer.get("/plan/concepten?deel=\(Self.clock)").headers[.location] == Self.part)
            let form = try await writer.get(Self.part)
            #expect(form.value("\(Self.clock).within") == "6 weken")
            #expect(form.words.contains("komen uit zoals het hoort"))
            let version = try #require(form.value(DraftWords.version))
            let wrong = try await Self.save(writer, "een poosje", version: version)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.value("\(Self.clock).within") == "een poosje")
            // The form asks the same values as before, so that what is mended is kept.
            #expect(wrong.text.contains("value=\"\(Self.clock).within\""))
            #expect(wrong.text.contains("value=\"\(Self.clock).title\""))
            #expect(try await Self.save(writer, "vijf weken", version: version).status == .seeOther)
            let saved = try await writer.get(Self.part)
            #expect(saved.value("\(Self.clock).within") == "5 weken")
            #expect(saved.words.contains("Was: 6 weken."))
            #expect(saved.words.contains("voorbeelden komen anders uit"))
            let overview = try await writer.get("/plan/concepten/\(Self.key)")
            #expect(overview.words.contains("Voorbeelden die nu anders uitkomen"))
            #expect(overview.words.contains("Was: 6 weken. Wordt: 5 weken."))
            let file = try await writer.get("/plan/concepten/\(Self.key)/bestand?naam=procedures/tlv.yaml")
            #expect(file.text == "clocks:\n  decide: { within: P5W }\n")
            let back = try await writer.post(
                "/plan/concepten/\(Self.key)/terug", [("pad", "\(Self.clock).within"), ("terug", "overzicht")])
            #expect(back.status == .seeOther)
            #expect(try await writer.get(Self.part).value("\(Self.clock).within") == "6 weken")
            #expect(try await writer.get("/plan/concepten/\(Self.key)/bestand?naam=procedures/tlv.yaml").status == .notFound)
        }
    }

    /// The examples that came out otherwise after the term was made shorter, as the overview links to them.
    private static func turned(_ writer: Visitor) async throws -> [String] {
        try await writer.get("/plan/concepten/\(key)").text.matches(of: /voorbeeld\?naam=([a-z0-9.\-]+)"/).map { String($0.1) }
    }

    @Test("A draft goes to the council only when every example comes out, or the draft says of it what is meant instead")
    func examples() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let version = try #require(try await writer.get(Self.part).value(DraftWords.version))
            _ = try await Self.save(writer, "5 weken", version: version)
            let draft = "/plan/concepten/\(Self.key)"
            let approval = "/plan/versies/\(Self.key)"
            #expect(try await writer.get(draft).text.contains("href=\"\(approval)\""))
            #expect(try await writer.get(approval).text.contains("href=\"\(draft)\""))
            let today = stage.installation.today.description
            let refused = try await writer.post("\(approval)/voorleggen", [("day", today)])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Het plan klopt nog niet"))
            #expect(refused.words.contains("Zes weken na compleet, ook met het addendum."))
            #expect(refused.words.contains("Nu: Laatste dag: 7 december 2021."))
            #expect(refused.text.contains("\(draft)/voorbeeld?naam=terms.promise"))
            let turned = try await Self.turned(writer)
            // Those of the addendum, and those of the plan before it that hold in the addendum too.
            #expect(Set(turned).isSuperset(of: ["terms.promise", "terms.promise-new-year", "terms.promise-kings-day"]))
            for path in turned {
                let page = try await writer.get("\(draft)/voorbeeld?naam=\(path)")
                #expect(page.status == .ok)
                #expect(page.words.contains("Zo kwam het uit in de versie die u verandert"))
                let empty = try await writer.post(
                    "\(draft)/voorbeeld", [("naam", path), ("why.nl", "Vijf weken."), ("why.en", "")])
                #expect(empty.status == .unprocessableContent)
                #expect(empty.value("why.nl") == "Vijf weken." || empty.text.contains("Vijf weken."))
                let meant = try await writer.post(
                    "\(draft)/voorbeeld", [("naam", path), ("why.nl", "Vijf weken."), ("why.en", "Five weeks.")])
                #expect(meant.status == .seeOther)
            }
            let sound = try await writer.get(draft)
            #expect(sound.words.contains("Het plan klopt"))
            #expect(sound.words.contains("Voorbeelden waarvan dit concept zelf zegt wat eruit komt"))
            // One put back is red again, and taking it out is refused to nobody.
            #expect(
                try await writer.post("\(draft)/voorbeeld-terug", [("naam", "terms.promise")]).status == .seeOther)
            #expect(try await Self.turned(writer).contains("terms.promise"))
            #expect(try await writer.get(draft).words.contains("1 voorbeeld komt anders uit."))
            #expect(try await writer.post("\(draft)/voorbeeld-weg", [("naam", "terms.promise")]).status == .seeOther)
            #expect(try await writer.get("\(draft)/voorbeeld?naam=terms.promise").words.contains("weggehaald"))
            #expect(try await writer.get("\(draft)/voorbeeld?naam=terms.none").status == .notFound)
            #expect(try await writer.post("\(approval)/voorleggen", [("day", today)]).status == .seeOther)
            // Then the text stays as it is, and the draft is no draft any more.
            #expect(try await writer.get(draft).status == .notFound)
            #expect(try await !writer.get(approval).text.contains("href=\"\(draft)\""))
        }
    }

    @Test("What a changed term does to a whole route stands on its card, what goes otherwise first, and asks nothing")
    func cards() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let draft = "/plan/concepten/\(Self.key)"
            #expect(try await !writer.get(draft).text.contains("voorbeeld?kaart="))
            let version = try #require(try await writer.get(Self.part).value(DraftWords.version))
            _ = try await Self.save(writer, "5 weken", version: version)
            let overview = try await writer.get(draft)
            #expect(overview.words.contains("Wat hierdoor ook anders gaat"))
            let cards = overview.text.matches(of: /voorbeeld\?kaart=([a-z0-9.\-]+)"/).map { String($0.1) }
            #expect(!cards.isEmpty && cards.allSatisfy { $0.hasPrefix("routes.") })
            for card in cards {
                let page = try await writer.get("\(draft)/voorbeeld?kaart=\(card)")
                let words = page.words
                #expect(page.status == .ok)
                #expect(words.contains("Zo werkte het volgens de versie die u wijzigt."), "\(card)")
                let change = try #require(words.firstRange(of: "Uiterlijk"), "\(card)")
                let same = try #require(words.firstRange(of: "Wat gelijk blijft"), "\(card)")
                #expect(change.lowerBound < same.lowerBound)
                #expect(words.contains("Eerst: ") && words.contains("Nu: "))
                // A card is no example of which anything has to be said.
                #expect(!page.text.contains("\(draft)/voorbeeld-weg"))
                #expect(try await writer.get("\(draft)/voorbeeld?naam=\(card)").status == .notFound)
            }
            #expect(try await writer.get("\(draft)/voorbeeld?kaart=routes.none").status == .notFound)
            #expect(try await writer.get("\(draft)/voorbeeld?kaart=terms.promise").status == .notFound)
            let unchanged = try await writer.get("\(draft)/voorbeeld?kaart=routes.hia")
            #expect(unchanged.words.contains("In dit concept gaat dit net zo."))
        }
    }

    @Test("The parts of a draft are found by a word, and what was changed stands first")
    func finds() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let draft = "/plan/concepten/\(Self.key)"
            let found = try await writer.get("\(draft)?zoek=addendum%20besluit%20zonder%20zin")
            #expect(found.words.contains("0 onderdelen met"))
            #expect(try await writer.get("\(draft)?zoek=zes+weken").text.contains("deel?pad=\(Self.clock)"))
            let version = try #require(try await writer.get(Self.part).value(DraftWords.version))
            _ = try await Self.save(writer, "5 weken", version: version)
            let page = try await writer.get(draft)
            let opened = page.text.matches(of: /<details open><summary>([^<]*)</).map { String($0.1) }
            #expect(opened == ["Procedures (\(stage.installation.rules.procedures.count), 1 veranderd)"])
            let first = try #require(page.text.firstRange(of: "<details open>"))
            let other = try #require(page.text.firstRange(of: "<summary>Brieven"))
            #expect(first.lowerBound < other.lowerBound)
        }
    }

    @Test("Two who change the same value see both and choose; what only one changed stays")
    func meanwhile() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let version = try #require(try await writer.get(Self.part).value(DraftWords.version))
            #expect(try await Self.save(writer, "5 weken", version: version).status == .seeOther)
            let clash = try await Self.save(writer, "4 weken", version: version)
            #expect(clash.status == .unprocessableContent)
            #expect(clash.words.contains("Daar staat nu: 5 weken."))
            #expect(clash.value("\(Self.clock).within") == "4 weken")
            let now = try #require(clash.value(DraftWords.version))
            #expect(try await Self.save(writer, "4 weken", version: now).status == .seeOther)
            #expect(try await writer.get(Self.part).value("\(Self.clock).within") == "4 weken")
        }
    }

    @Test("Who was writing in what somebody else took out keeps what was typed, also when it is sent again")
    func takenOut() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let draft = "/plan/concepten/\(Self.key)"
            let row = "rules.tlv-duration.rows.sbo-young"
            let page = try await writer.get("\(draft)/deel?pad=\(row)&alles=ja")
            let version = try #require(page.value(DraftWords.version))
            let asked = try #require(page.text.firstMatch(of: /name="gevraagd" value="([^"]+source)"/)?.1).description
            #expect(try await writer.post("\(draft)/weg", [("pad", row)]).status == .seeOther)
            let words = "deel 2, een andere paragraaf"
            var sent = [("gevraagd", asked), (asked, words), (DraftWords.version, version)]
            for _ in 1...2 {
                let late = try await writer.post("\(draft)/deel?pad=\(row)", sent)
                #expect(late.status == .unprocessableContent)
                #expect(late.text.contains(words))
                sent[2].1 = try #require(late.value(DraftWords.version))
            }
        }
    }

    @Test(
        "Who was writing while somebody else laid the draft before the council keeps what was typed, and reads that it lies there"
    )
    func laidBefore() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let version = try #require(try await writer.get(Self.part).value(DraftWords.version))
            let laid = try await writer.upload(
                "/plan/versies/\(Self.key)/voorleggen", file: ApprovalPagesTests.paper,
                [("day", stage.clock.now().day.description)])
            #expect(laid.status == .seeOther)
            let late = try await Self.save(writer, "4 weken", version: version)
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("4 weken"))
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.frozen")))
            #expect(try await writer.get(Self.part).status == .notFound)
        }
    }

    @Test("A row is added with a copy, which the check refuses to overlook, and taken out again")
    func rows() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            let draft = "/plan/concepten/\(Self.key)"
            let rows = "rules.tlv-duration.rows"
            let added = try await writer.post(
                "\(draft)/erbij", [("pad", rows), ("sleutel", "extra"), ("zoals", "sbo-young")])
            #expect(added.status == .seeOther)
            #expect(try await writer.get(draft).words.contains("Er is 1 fout in het plan."))
            #expect(try await writer.post("\(draft)/weg", [("pad", "\(rows).extra")]).status == .seeOther)
            #expect(try await writer.get(draft).words.contains("Het plan klopt"))
            let taken = try await writer.post(
                "\(draft)/erbij", [("pad", rows), ("sleutel", "sbo-young"), ("zoals", "sbo-young")])
            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("<details open>") && taken.text.contains("value=\"sbo-young\""))
        }
    }

    @Test("Every part of a draft has its page, in which each value is asked with a word for it")
    func everyPart() async throws {
        try await PlanStage.run("spow") { stage in
            let writer = try await Self.visitor(stage, "swv-director")
            _ = try await Self.begin(writer)
            for part in [
                "", "procedures.tlv", "procedures.sot.steps.meet", "procedures.tlv.steps.decide",
                "procedures.tlv.outcomes.granted",
                "rules.tlv-duration.rows.so-young", "functions.ib", "letters.tlv-granted", "fields.school-type",
                "groeidocument.parts.algemeen",
            ] {
                let page = try await writer.get("/plan/concepten/\(Self.key)/deel?pad=\(part)&alles=ja")
                #expect(page.status == .ok, "\(part)")
                #expect(!page.text.contains("draftPlan."), "\(part)")
                #expect(Markup(page.text).unbalanced == nil, "\(part)")
            }
        }
    }

    @Test("Whoever does not write drafts by the plan finds none")
    func others() async throws {
        try await PlanStage.run("spow") { stage in
            _ = try await Self.begin(try await Self.visitor(stage, "swv-director"))
            for function in ["ib", "adviser"] {
                let other = try await Self.visitor(stage, function)
                #expect(try await !other.get("/plan").text.contains("/plan/concepten"))
                for path in ["/plan/concepten", "/plan/concepten/\(Self.key)", Self.part] {
                    #expect(try await other.get(path).status == .notFound, "\(function): \(path)")
                }
                #expect(try await Self.save(other, "5 weken", version: "2").status == .notFound)
            }
        }
    }
}
