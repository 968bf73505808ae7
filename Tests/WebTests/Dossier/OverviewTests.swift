import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The page of a dossier")
struct OverviewTests {
    /// Every part written and a talk agreed to by both guardians.
    private func ready(_ stage: DossierStage) async throws {
        for write in Testland.everyPart { try await stage.happened(.write(write)) }
        try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
        try await stage.happened(Testland.agrees(Testland.fatherInDossier))
    }

    @Test("The coordinator sees who the child is, what can begin and what is still missing for it")
    func beginning() async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).get(DossierStage.path)
            #expect(page.status == .ok)
            #expect(page.text.contains("<h1>Pim Pluis</h1>"))
            #expect(page.words.contains("Groep 4 · De Lindeboom · 7 jaar"))
            #expect(page.text.contains("href=\"/leerlingen/d-1/procedures/nieuw/talk\""))
            #expect(page.words.contains("Nog nodig: Toestemming van de ouders: Overleg; Groeidocument"))
            #expect(page.words.contains("Er loopt nu geen aanvraag en er wordt niets van u gevraagd."))
        }
    }

    @Test("A planned meeting is asked of who holds it, and stands ahead of what happened")
    func meeting() async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            try await stage.happened(Testland.startTalk())
            let page = try await stage.visitor(Testland.ib).get(DossierStage.path)
            #expect(page.words.contains("Nu aan u: Overleg"))
            #expect(page.words.contains("Het overleg is op maandag 20 september 2021, 15.30 uur"))
            #expect(page.text.contains("/leerlingen/d-1/procedures/i-talk/stappen/meet\""))
            let time = try #require(page.text.firstMatch(of: /<ol class="time">(.|\n)*?<\/ol>/)).0
            #expect(time.contains("<li class=\"next\">"))
            #expect(time.contains("over 14 dagen"))
            #expect(time.contains("U begon: Overleg") || time.contains("Naam van ib begon: Overleg"))
            let mother = try await stage.visitor(Testland.mother).get(DossierStage.path)
            #expect(!mother.words.contains("Nu aan u: Overleg"))
        }
    }

    @Test("The fan shows what is now, what may follow and what was")
    func fan() async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            try await stage.happened(Testland.startTalk())
            let ib = try await stage.visitor(Testland.ib)
            let now = try await ib.get(DossierStage.path).words
            #expect(now.contains("Nu: Klas"))
            #expect(now.contains("Mogelijk hierna: Elders"))
            stage.clock.move(to: .of("2021-09-20", "16:30"))
            try await stage.happened(Testland.talked("wider"))
            let after = try await stage.visitor(Testland.ib).get(DossierStage.path).words
            #expect(after.contains("Ingezet: Klas"))
            #expect(after.contains("Mogelijk hierna: Elders"))
        }
    }

    @Test("A mother is asked for her own words, her agreement and her signature, and for nothing that is done")
    func family() async throws {
        try await DossierStage.run { stage in
            let mother = try await stage.visitor(Testland.mother)
            let first = try await mother.get(DossierStage.path)
            #expect(first.words.contains("U kent Pim het best."))
            #expect(first.words.contains("Wat zeggen ouders?"))
            #expect(!first.words.contains("Wat gaat goed?"), "those are the school's words")
            #expect(first.words.contains("Wij vragen u om toestemming"))
            #expect(!first.words.contains("Delen"), "nothing needs that agreement")
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(.lockVersion)
            let second = try await mother.get(DossierStage.path)
            #expect(!second.words.contains("U kent Pim het best."))
            #expect(!second.words.contains("Wij vragen u om toestemming"))
            #expect(second.words.contains("Wilt u versie 1 lezen en ondertekenen?"))
            try await stage.happened(
                .signVersion(.init(number: 1, guardian: Testland.motherInDossier.id, way: .account, on: .of("2021-09-06"))),
                by: Testland.mother)
            let third = try await mother.get(DossierStage.path)
            #expect(third.words.contains("Nu niets te doen"))
        }
    }

    @Test("Around the child stand the family and everybody to whom the dossier is open")
    func around() async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            let before = try await stage.visitor(Testland.ib).get(DossierStage.path).words
            #expect(before.contains("Ouders en verzorgers met gezag Mies Pluis Moeder Piet Pluis Vader"))
            #expect(before.contains("Andere ouders en verzorgers Sjef Stief Stiefouder"))
            #expect(before.contains("Leerkracht Naam van teacher"))
            #expect(!before.contains("Naam van other-teacher"), "not named for this child")
            #expect(!before.contains("Naam van adviser"))
            #expect(before.contains("Naam van privacy ziet alleen wie er meelas"))
            try await stage.happened(Testland.startTalk())
            let during = try await stage.visitor(Testland.ib).get(DossierStage.path).words
            #expect(during.contains("leest mee zolang de aanvraag loopt"))
            stage.clock.move(to: .of("2021-09-20", "16:30"))
            try await stage.happened(Testland.talked("in-school"))
            let after = try await stage.visitor(Testland.ib).get(DossierStage.path).words
            #expect(after.contains("leest mee tot en met 1 november 2021"))
        }
    }

    @Test("Who works in a procedure or was asked in is told to who may read that, and to nobody else")
    func aroundOthers() async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            let practitioner = try await stage.practitioner()
            try await stage.happened(Testland.startTalk())
            let outsider = try await practitioner.get(DossierStage.path).words
            #expect(outsider.contains("Naam van ib"))
            #expect(!outsider.contains("leest mee zolang de aanvraag loopt"))
            let ib = try await stage.visitor(Testland.ib).get(DossierStage.path).words
            #expect(ib.contains("leest mee zolang de aanvraag loopt"))
            #expect(ib.contains(DossierStage.name(Testland.practitioner)))
            let teacher = try await stage.visitor(Testland.teacher).get(DossierStage.path).words
            #expect(!teacher.contains(DossierStage.name(Testland.practitioner)))
        }
    }

    @Test("The family sees who read and why; who may not see the log is told nothing about it")
    func readers() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.visitor(Testland.ib).get(DossierStage.path)
            let mother = try await stage.visitor(Testland.mother).get(DossierStage.path).words
            #expect(mother.contains("Naam van ib, Intern begeleider – werk voor dit kind"))
            let ib = try await stage.visitor(Testland.ib).get(DossierStage.path)
            #expect(!ib.words.contains("Wie las mee?"))
        }
    }

    @Test("A parent without authority reads what may be read, and no line about the rest")
    func withoutAuthority() async throws {
        try await DossierStage.run { stage in
            try await ready(stage)
            try await stage.happened(.lockVersion)
            let page = try await stage.visitor(Testland.stepfather).get(DossierStage.path)
            #expect(page.status == .ok)
            #expect(page.words.contains("opende het dossier"))
            #expect(!page.words.contains("toestemming"))
            #expect(!page.words.contains("zette versie"))
            #expect(!page.words.contains("Piet Pluis"))
        }
    }

    @Test("What was shown is in the log: who, in which function, which parts")
    func logged() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.visitor(Testland.teacher).get(DossierStage.path)
            let read = try #require(try await stage.reads.first)
            #expect(read.person == Testland.teacher.person)
            #expect(read.function == "teacher")
            #expect(read.parts == ["child", "groeidocument"])
        }
    }

    @Test("A long timeline goes on with what was earlier, and one act is one line")
    func earlier() async throws {
        try await DossierStage.run { stage in
            for day in 0..<20 {
                stage.clock.move(to: .of("2021-09-06").adding(days: day))
                let write = DossierCommand.Write(
                    part: "general", answers: ["signal": .text("Dag \(day)")],
                    basedOn: ["signal": try await stage.now.known["signal"]?.revision ?? 0])
                try await stage.happened(.write(write))
            }
            let ib = try await stage.visitor(Testland.ib)
            let first = try await ib.get(DossierStage.path)
            let earlier = try #require(first.text.firstMatch(of: /href="(\/leerlingen\/d-1\?voor=\d+)"/)).1
            #expect(!first.words.contains("opende het dossier"))
            let second = try await ib.get(String(earlier))
            #expect(second.words.contains("U opende het dossier U voegde een ouder of verzorger toe. U koppelde"))
            #expect(!second.text.contains("href=\"\(DossierStage.path)?voor="))
        }
    }

    // MARK: A decision

    /// The heavy route through, to a decision on 1 November.
    private func decided(_ stage: DossierStage, _ choice: String = "grant") async throws {
        try await ready(stage)
        try await stage.happened(Testland.startTalk())
        stage.clock.move(to: .of("2021-09-20", "16:30"))
        try await stage.happened(Testland.talked("wider"), Testland.startEntry())
        try await stage.happened(Testland.foundComplete(), by: Testland.secretary)
        try await stage.happened(Testland.advisesFirst, by: Testland.adviser)
        try await stage.happened(Testland.advisesSecond, by: Testland.expert)
        stage.clock.move(to: .of("2021-11-01", "10:00"))
        try await stage.happened(
            Testland.decides(choice, choice == "grant" ? ["duration": .text("2")] : [:]), by: Testland.decider)
    }

    @Test("A family reads a decision first, in its language, with until when it can object", arguments: Language.allCases)
    func decision(_ language: Language) async throws {
        try await DossierStage.run { stage in
            try await decided(stage)
            let page = try await stage.visitor(Testland.mother, language: language).get(DossierStage.path)
            let there = language == .nl ? "Er is een besluit: " : "There is a decision: "
            #expect(page.words.contains(there))
            #expect(page.text.contains("href=\"\(DossierStage.path)/procedures/i-entry/besluit\""))
            #expect(page.words.contains(language == .nl ? "Bezwaar kan tot en met maandag 13 december 2021" : "13 December 2021"))
            let first = try #require(page.text.range(of: "card now"))
            let decision = try #require(page.text.range(of: there.trimmingCharacters(in: .whitespaces)))
            #expect(first.lowerBound < decision.lowerBound)
            let between = page.text[first.upperBound..<decision.lowerBound]
            #expect(!between.contains("card now"), "nothing that is asked comes before it")
        }
    }

    @Test("The decision stands there until the last day of objection, and not after it")
    func objectionOver() async throws {
        try await DossierStage.run { stage in
            try await decided(stage, "refuse")
            let until = try #require(try await stage.now.decisions.last?.objectionUntil)
            for (days, isThere) in [(0, true), (1, false)] {
                stage.clock.move(to: Instant.of("2021-11-01").adding(days: Day.of("2021-11-01").days(until: until) + days))
                let page = try await stage.visitor(Testland.mother).get(DossierStage.path)
                #expect(page.words.contains("Er is een besluit: ") == isThere, "\(days)")
            }
        }
    }

    @Test("Whoever works with the child is not told as a family is")
    func decisionAtWork() async throws {
        try await DossierStage.run { stage in
            try await decided(stage)
            for actor in [Testland.ib, Testland.teacher, Testland.decider] {
                let page = try await stage.visitor(actor).get(DossierStage.path)
                #expect(page.status == .ok)
                #expect(!page.words.contains("Er is een besluit: "), "\(actor.person)")
            }
        }
    }

    @Test("A stepfather without authority is told of a decision only if the plan lets him see it, and then reads the letter")
    func decisionWithoutAuthority() async throws {
        try await DossierStage.run { stage in
            try await decided(stage)
            let page = try await stage.visitor(Testland.stepfather).get(DossierStage.path)
            #expect(page.words.contains("Er is een besluit: "))
            #expect(page.text.contains("/procedures/i-entry/besluit.pdf\""))
            #expect(!page.text.contains("/procedures/i-entry/besluit\""), "that page tells of the procedure")
        }
        let closed = Testland.functions.map { function in
            guard function.id == PlanRules.guardianWithoutAuthority else { return function }
            return FunctionRule(
                id: function.id, title: function.title, explanation: function.explanation, place: function.place,
                sight: function.sight, reads: [.child], may: function.may, source: function.source)
        }
        try await DossierStage.run(plan: Testland.plan(functions: closed)) { stage in
            try await decided(stage)
            let page = try await stage.visitor(Testland.stepfather).get(DossierStage.path)
            #expect(page.status == .ok)
            #expect(!page.words.contains("Er is een besluit: "))
        }
    }
}
