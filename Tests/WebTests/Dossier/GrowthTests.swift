import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The groeidocument")
struct GrowthTests {
    private static let path = DossierStage.path + "/groeidocument"
    private static let observe = path + "/observe"
    private static let mother = Testland.motherInDossier.id
    private static let father = Testland.fatherInDossier.id

    @Test("The overview says what is filled in and what is open")
    func overview() async throws {
        try await DossierStage.run { stage in
            try await stage.happened(.write(Testland.everyPart[0]))
            let page = try await stage.visitor(Testland.ib).get(Self.path)
            #expect(page.status == .ok)
            #expect(page.words.contains("1 van de 3 delen zijn klaar."))
            #expect(page.words.contains("2 van de 2 vragen ingevuld"))
            #expect(page.words.contains("0 van de 4 vragen ingevuld"))
            #expect(page.words.contains("Nog open: Wat gaat goed?"))
        }
    }

    @Test("A part is saved by its button and shows who wrote it; every value keeps its form")
    func save() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get(Self.observe)
            #expect(form.value("strengths.revision") == "0")
            let saved = try await ib.post(
                Self.observe,
                [
                    ("strengths", "Bouwt graag.\r\nLacht veel."), ("strengths.revision", "0"), ("parents-view", ""),
                    ("parents-view.revision", "0"), ("helps", "rest"), ("helps", "contact"), ("helps.revision", "0"),
                ])
            #expect(saved.location == "\(Self.observe)?gedaan=deel-bewaard")
            let known = try await stage.now.known
            #expect(known["strengths"]?.answer == .text("Bouwt graag.\nLacht veel."))
            #expect(known["helps"]?.answer == .list(["rest", "contact"]))
            #expect(known["parents-view"] == nil)
            let page = try await ib.get(Self.observe)
            #expect(page.words.contains("U, vandaag 10.00 uur"))
            #expect(page.value("strengths.revision") == String(try await stage.now.version))
            // Boxes that are all unticked are not sent, and that is an answer too.
            let cleared = try await ib.post(Self.observe, [("helps.revision", page.value("helps.revision") ?? "")])
            #expect(cleared.status == .seeOther)
            #expect(try await stage.now.known["helps"]?.answer.isEmpty == true)
            #expect(try await stage.now.known["strengths"]?.answer.text.hasPrefix("Bouwt") == true)
        }
    }

    @Test("What cannot be read is refused beside the field, what can be read is saved meanwhile")
    func refused() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.post(
                "\(Self.path)/strategy",
                [("goal", "Uitgerust."), ("goal.revision", "0"), ("goal-day", "ooit"), ("goal-day.revision", "0")])
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains("id=\"field-goal-day-error\""))
            #expect(page.value("goal-day") == "ooit")
            #expect(try await stage.now.known["goal"]?.answer == .text("Uitgerust."))
            #expect(page.value("goal.revision") == String(try await stage.now.version))
        }
    }

    @Test("A family writes its own words only and reads the others")
    func voices() async throws {
        try await DossierStage.run { stage in
            try await stage.happened(.write(Testland.everyPart[1]))
            let mother = try await stage.visitor(Testland.mother)
            let page = try await mother.get(Self.observe)
            #expect(page.value("parents-view.revision") != nil)
            #expect(page.value("strengths.revision") == nil)
            #expect(page.words.contains("Bouwt graag."))
            let revision = page.value("parents-view.revision") ?? ""
            let saved = try await mother.post(
                Self.observe,
                [
                    ("parents-view", "Slaapt beter."), ("parents-view.revision", revision), ("strengths", "Gekaapt"),
                    ("strengths.revision", revision),
                ])
            // What is not theirs is refused beside the field, and what is theirs is saved meanwhile.
            #expect(
                saved.status == .unprocessableContent && saved.words.contains(stage.site.face.texts(.nl)("refusal.notYourVoice")))
            #expect(try await stage.now.known["parents-view"]?.answer == .text("Slaapt beter."))
            #expect(try await stage.now.known["strengths"]?.answer == .text("Bouwt graag."))
            let general = try await mother.get("\(Self.path)/general")
            #expect(general.words.contains("Dit deel schrijft de school."))
            #expect(!general.text.contains("data-autosave"))
        }
    }

    @Test("Two who wrote the same field see both texts, and the choice decides", arguments: ["mine", "theirs", "merged"])
    func conflict(_ choice: String) async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let teacher = try await stage.visitor(Testland.teacher)
            _ = try await ib.get(Self.observe)
            let first = try await teacher.post(
                Self.observe, [("strengths", "Bouwt <graag>.\nDeelt."), ("strengths.revision", "0")])
            #expect(first.status == .seeOther)
            let page = try await ib.post(
                Self.observe,
                [
                    ("strengths", "Lacht \"veel\".\r\nDeelt."), ("strengths.revision", "0"), ("child-view", "Druk."),
                    ("child-view.revision", "0"),
                ])
            #expect(page.status == .conflict)
            #expect(page.words.contains("Iemand anders schreef hier ook"))
            #expect(page.text.contains("Bouwt &lt;graag&gt;."))
            #expect(page.words.contains("Naam van teacher, vandaag 10.00 uur"))
            #expect(try await stage.now.known["child-view"]?.answer == .text("Druk."), "what did not clash is saved")
            let revision = page.value("strengths.revision") ?? ""
            #expect(page.text.matches(of: /name="strengths"/).count == 1, "the field is asked once")
            let settled = try await ib.post(
                Self.observe,
                [
                    ("strengths.keuze", choice), ("strengths", "Bouwt graag en lacht veel."), ("strengths.revision", revision),
                    ("strengths.mine", "Lacht \"veel\".\r\nDeelt."),
                ])
            #expect(settled.status == .seeOther)
            let expected = [
                "mine": "Lacht \"veel\".\nDeelt.", "theirs": "Bouwt <graag>.\nDeelt.", "merged": "Bouwt graag en lacht veel.",
            ]
            #expect(try await stage.now.known["strengths"]?.answer.text == expected[choice])
            #expect(try await stage.reads.contains { $0.person == Testland.ib.person && $0.parts == ["groeidocument"] })
        }
    }

    @Test("A script saves while one types, and is told the new revisions in a sentence")
    func autosave() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let saved = try await ib.post(
                Self.observe, [("strengths", "Bouwt."), ("strengths.revision", "0")], script: true)
            #expect(saved.status == .ok)
            #expect(saved.headers[.contentType] == "application/json; charset=utf-8")
            let version = try await stage.now.version
            #expect(
                saved.text
                    == #"{"revisions":{"strengths":"\#(version)"},"status":"saved","text":"Bewaard om 10.00 uur"}"#)
            let again = try await ib.post(
                Self.observe, [("strengths", "Bouwt graag."), ("strengths.revision", String(version))], script: true)
            #expect(again.status == .ok)
            let half = try await ib.post(
                "\(Self.path)/strategy",
                [("goal", "Rust."), ("goal.revision", "0"), ("goal-day", "2021-1"), ("goal-day.revision", "0")], script: true)
            #expect(half.status == .ok)
            #expect(half.text.contains("Bewaard, maar dit nog niet: Wanneer bereikt?"))
            #expect(try await stage.now.known["goal"]?.answer == .text("Rust."))
        }
    }

    @Test("A script that comes too late is told so, and nothing is overwritten")
    func autosaveConflict() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let teacher = try await stage.visitor(Testland.teacher)
            _ = try await teacher.post(Self.observe, [("strengths", "Deelt."), ("strengths.revision", "0")], script: true)
            let late = try await ib.post(
                Self.observe,
                [
                    ("strengths", "Lacht."), ("strengths.revision", "0"), ("child-view", "Druk."),
                    ("child-view.revision", "0"),
                ],
                script: true)
            #expect(late.status == .conflict)
            #expect(late.text.contains("Druk op Bewaren"))
            #expect(!late.text.contains("Deelt"))
            #expect(try await stage.now.known["strengths"]?.answer == .text("Deelt."))
            #expect(try await stage.now.known["child-view"] == nil)
        }
    }

    @Test("Who has a part open to write in is shown to the next, until two minutes went by")
    func presence() async throws {
        try await DossierStage.run { stage in
            _ = try await stage.visitor(Testland.teacher).get(Self.observe)
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(Self.observe).words.contains("Naam van teacher schrijft nu ook"))
            #expect(try await ib.get(DossierStage.path).words.contains("Naam van teacher schrijft nu ook"))
            #expect(try await !ib.get("\(Self.path)/strategy").words.contains("schrijft nu ook"))
            stage.clock.move(to: stage.clock.now().adding(milliseconds: Presence.lasts))
            #expect(try await !ib.get(Self.observe).words.contains("schrijft nu ook"))
        }
    }

    @Test("Locking keeps a version, and locking again without a change is refused")
    func lock() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let nothing = try await ib.post("\(Self.path)/vastzetten")
            #expect(nothing.status == .unprocessableContent)
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            let asked = try await ib.get("\(Self.path)/vastzetten")
            #expect(asked.status == .ok)
            #expect(asked.words.contains("Versie 1 vastzetten"))
            let locked = try await ib.post("\(Self.path)/vastzetten")
            #expect(locked.location == "\(Self.path)/versies/1?gedaan=vastgezet")
            let version = try await ib.get("\(Self.path)/versies/1")
            #expect(version.words.contains("Vastgezet op 6 september 2021 door Naam van ib."))
            #expect(version.words.contains("Bouwt graag."))
            #expect(try await ib.post("\(Self.path)/vastzetten").status == .unprocessableContent)
            #expect(try await stage.visitor(Testland.teacher).post("\(Self.path)/vastzetten").status == .forbidden)
        }
    }

    @Test("A locked version stays as it was when the text goes on")
    func locked() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(.lockVersion)
            let ib = try await stage.visitor(Testland.ib)
            let revision = try await stage.now.known["strengths"]?.revision ?? 0
            _ = try await ib.post(Self.observe, [("strengths", "Bouwt hoge torens."), ("strengths.revision", String(revision))])
            let version = try await ib.get("\(Self.path)/versies/1").words
            #expect(version.contains("Bouwt graag."))
            #expect(!version.contains("torens"))
            let compared = try await ib.get("\(Self.path)/vergelijk?van=1&naar=nu")
            #expect(compared.text.contains("Bouwt <del>graag.</del><ins>hoge torens.</ins>"))
            #expect(compared.words.contains("1 antwoord is veranderd."))
            #expect(try await ib.get("\(Self.path)/vergelijk?van=1&naar=1").words.contains("Deze versies zijn gelijk."))
            #expect(try await ib.get("\(Self.path)/vergelijk?van=1&naar=7").status == .notFound)
            #expect(try await ib.get("\(Self.path)/versies/2").status == .notFound)
        }
    }

    @Test("A mother signs in her own name, the school for a father on paper and for itself")
    func sign() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(.lockVersion)
            stage.clock.move(to: .of("2021-09-10"))
            let sign = "\(Self.path)/versies/1/ondertekenen"
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(sign).words.contains("U tekent in uw eigen naam"))
            // Whatever is sent along, she signs for herself and today.
            let own = try await mother.post(sign, [("guardian", "g-father"), ("on", "2021-09-07")])
            #expect(own.location == "\(Self.path)/versies/1?gedaan=ondertekend")
            let ib = try await stage.visitor(Testland.ib)
            let empty = try await ib.post(sign)
            #expect(empty.status == .unprocessableContent)
            #expect(empty.text.contains("field-guardian-error"))
            #expect(empty.text.contains("field-on-error"))
            let tomorrow = try await ib.post(sign, [("guardian", "g-father"), ("on", "2021-09-11")])
            #expect(tomorrow.status == .unprocessableContent)
            #expect(tomorrow.value("on") == "2021-09-11")
            #expect(try await ib.post(sign, [("guardian", "g-father"), ("on", "2021-09-08")]).status == .seeOther)
            #expect(try await ib.post(sign, [("guardian", "school"), ("on", "2021-09-10")]).status == .seeOther)
            let signatures = try await stage.now.versions[0].signatures
            #expect(signatures.map(\.guardian) == [Self.mother, Self.father, nil])
            #expect(signatures.map(\.way) == [.account, .paper, .account])
            #expect(signatures.map(\.on) == [.of("2021-09-10"), .of("2021-09-08"), .of("2021-09-10")])
            #expect(try await ib.get(sign).status == .seeOther, "there is nothing left to sign")
            #expect(try await stage.visitor(Testland.teacher).get(sign).status == .forbidden)
        }
    }
}
