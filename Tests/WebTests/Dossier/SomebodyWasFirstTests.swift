import Domain
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Who was typing while somebody else acted")
struct SomebodyWasFirstTests {
    private static let observe = DossierStage.path + "/groeidocument/observe"
    private static let words = "Hij bouwt urenlang, en telt hardop mee."

    /// A talk that waits for its meeting.
    private func talk(_ stage: DossierStage) async throws {
        for write in Testland.everyPart { try await stage.happened(.write(write)) }
        try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
        try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
    }

    /// What is given back: the words themselves, and what to do with them.
    private func isGivenBack(_ answer: Visitor.Answer, _ words: String = words) -> Bool {
        answer.status.code >= 400 && answer.text.contains(words) && answer.words.contains("Neem over wat u nog nodig hebt")
    }

    @Test("in a part that the family lets rest keeps the words, and is not told that they were saved")
    func resting() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let form = try await ib.get(Self.observe)
            let sent = [("strengths", Self.words), ("strengths.revision", form.value("strengths.revision") ?? "")]
            try await stage.happened(
                .rights(
                    .ask(.init(id: RightsRequestID("r-1"), right: .objection, subject: .part("observe"), words: "Niet doen."))),
                by: Testland.mother)
            let page = try await ib.post(Self.observe, sent)
            #expect(page.status == .unprocessableContent)
            #expect(page.text.contains(Self.words) && page.text.contains("<textarea"))
            #expect(page.words.contains("Dit deel rust op verzoek van het gezin"))
            #expect(try await stage.now.known["strengths"] == nil)
            let typing = try await ib.post(Self.observe, sent, script: true)
            #expect(typing.text.contains("\"partly\""), "while one types as well: \(typing.text)")
            // A new look is of how it stands now.
            #expect(!(try await ib.get(Self.observe).text.contains(Self.words)))
        }
    }

    @Test("in a step that somebody else took keeps the words and reads why; a second click of one's own is no news")
    func step() async throws {
        try await DossierStage.run { stage in
            try await talk(stage)
            let ib = try await stage.visitor(Testland.ib)
            let path = "\(DossierStage.path)/procedures/\(Testland.talkInstance)/stappen/meet"
            // An answer to a question that is asked no more is not dropped either.
            let asked = try await ib.post(path, [("choice", "in-school"), ("minutes", "Goed."), ("signal", Self.words)])
            #expect(asked.status == .unprocessableContent && isGivenBack(asked))
            #expect(try await stage.now.procedure(Testland.talkInstance)?.isRunning == true)
            try await stage.happened(Testland.talked("wider"), by: Testland.adviser)
            let sent = [("choice", "in-school"), ("minutes", Self.words)]
            for place in [path, path + "/concept"] {
                let late = try await ib.post(place, sent)
                #expect(isGivenBack(late), "\(place)")
                #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.notRunning")), "\(place)")
            }
            let typing = try await ib.post(path + "/concept", sent, script: true)
            #expect(
                typing.status == .unprocessableContent && typing.text.contains("Deze procedure loopt niet meer"), "\(typing.text)"
            )
            // Also of a choice alone it is not kept silent that it does not count.
            #expect(try await ib.post(path, [("choice", "in-school")]).status == .unprocessableContent)
            // Whoever took it so and presses again sees how it stands; in other words it would be lost.
            let adviser = try await stage.visitor(Testland.adviser)
            let own = [("choice", "wider"), ("minutes", "Besproken.")]
            for place in [path, path + "/concept"] { #expect(try await adviser.post(place, own).status == .seeOther) }
            #expect(isGivenBack(try await adviser.post(path, [("choice", "wider"), ("minutes", Self.words)])))
            // A word without a blank is another answer as well.
            #expect(try await adviser.post(path, [("choice", "wider"), ("minutes", "Anders.")]).status == .unprocessableContent)
        }
    }

    @Test("a step, and comes back later, finds what was kept among the work and on its page, until it is thrown away")
    func begun() async throws {
        try await DossierStage.run { stage in
            try await talk(stage)
            let ib = try await stage.visitor(Testland.ib)
            let path = "\(DossierStage.path)/procedures/\(Testland.talkInstance)/stappen/meet"
            _ = try await ib.post(path + "/concept", [("choice", "in-school"), ("minutes", Self.words)], script: true)
            #expect(!(try await ib.get("/").words.contains("Dit is intussen gedaan of hoeft niet meer.")))
            try await stage.happened(Testland.talked("wider"), by: Testland.adviser)
            let work = try await ib.get("/")
            #expect(work.words.contains("Dit is intussen gedaan of hoeft niet meer.") && work.text.contains("href=\"\(path)\""))
            let page = try await ib.get(path)
            #expect(page.status == .ok)
            #expect(page.text.contains(Self.words) && page.words.contains("Deze procedure loopt niet meer"))
            #expect(!page.text.contains("<textarea"))
            // Theirs alone.
            #expect(try await stage.visitor(Testland.adviser).get(path).status == .seeOther)
            #expect(try await ib.post(path + "/concept", [(PostedForm.anew, "ja")]).status == .seeOther)
            #expect(try await ib.get(path).status == .seeOther)
            #expect(!(try await ib.get("/").words.contains("Dit is intussen gedaan of hoeft niet meer.")))
        }
    }

    @Test("in a question that was closed keeps the answer on its page")
    func question() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let asked = try await ib.post(
                "/vragen/nieuw",
                [("soort", "adviser"), ("school", Testland.school.rawValue), ("group", ""), ("text", "Wat nu?")])
            let path = try #require(asked.location?.split(separator: "?").first.map(String.init))
            _ = try await ib.post("\(path)/sluiten")
            let adviser = try await stage.visitor(Testland.adviser)
            let late = try await adviser.post(path, [("text", Self.words)])
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains(Self.words) && late.text.contains("<textarea"))
            #expect(late.words.contains("Deze vraag is intussen afgesloten."))
            #expect(!(try await adviser.get(path).text.contains("<textarea")))
        }
    }

    @Test("a request, whose authority ended meanwhile, keeps the words and reads why")
    func authority() async throws {
        try await DossierStage.run { stage in
            let mother = try await stage.visitor(Testland.mother)
            var without = Testland.motherInDossier
            without.authority = false
            try await stage.happened(.recordGuardian(without))
            let late = try await mother.post(
                DossierStage.path + "/rechten", [("right", "copy"), ("subject", "all"), ("words", Self.words)])
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains(Self.words))
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.guardianWithoutAuthority")))
        }
    }

    @Test("why somebody reads along for longer keeps the words when it was stopped")
    func readingAlong() async throws {
        try await DossierStage.run { stage in
            try await AskedInPageTests.agreed(stage)
            try await stage.happened(Testland.asksIn(Testland.stranger.person))
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.post("\(AskedInPageTests.path)/a-1/stoppen")
            let late = try await ib.post(
                "\(AskedInPageTests.path)/a-1/verlengen", [("until", "2021-10-20"), ("reason", Self.words)])
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains(Self.words) && late.value("until") == "2021-10-20")
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.readingOver")))
        }
    }

    @Test("what a parent said, while the parent said otherwise by account, reads that first", arguments: [true, false])
    func agreement(_ looksAgain: Bool) async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let path = DossierStage.path + "/gezin"
            func sent(_ page: Visitor.Answer) throws -> [(String, String)] {
                let seen = try #require(page.value(FamilyForms.answered))
                return [
                    ("guardian", Testland.motherInDossier.id.rawValue), ("purpose", "talk"), ("word", "given"), ("way", "spoken"),
                    ("on", "2021-09-06"), (FamilyForms.answered, seen),
                ]
            }
            let before = try sent(try await ib.get(path))
            try await stage.happened(Testland.agrees(Testland.motherInDossier, .refused), by: Testland.mother)
            let late = try await ib.post(path + "/toestemming", before)
            #expect(late.status == .unprocessableContent)
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.changedSinceSeen")))
            let mother = Testland.motherInDossier.id
            #expect(try await stage.now.agreement(of: mother, on: "talk")?.word == .refused)
            guard looksAgain else {
                // Their own word is never held up.
                try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
                return #expect(try await stage.now.agreement(of: mother, on: "talk")?.word == .given)
            }
            let again = before.dropLast() + [(FamilyForms.answered, "1")]
            #expect(try await ib.post(path + "/toestemming", Array(again)).status == .seeOther)
            #expect(try await stage.now.agreement(of: mother, on: "talk")?.word == .given)
        }
    }

    @Test("and may nothing here any more gets the words back, and nothing of the dossier")
    func outside() async throws {
        try await DossierStage.run { stage in
            let teacher = try await stage.visitor(Testland.teacher)
            try await stage.happened(.unnamePerson(NamedPerson(person: Testland.teacher.person, function: "teacher")))
            let late = try await teacher.post(
                Self.observe, [("strengths", Self.words), ("strengths.revision", "0"), ("password", "een geheim woord")])
            #expect(late.status == .notFound)
            #expect(isGivenBack(late))
            #expect(!late.text.contains("een geheim woord"), "what only its owner knows is in no page")
            #expect(!late.text.contains("Pim"))
            // The same as of a dossier that never was.
            let nowhere = try await teacher.post(
                "/leerlingen/nergens/groeidocument/observe", [("strengths", Self.words), ("strengths.revision", "0")])
            #expect(nowhere.status == .notFound && isGivenBack(nowhere))
            // Whoever is signed in sees that they still are, and nobody is taken for somebody else.
            #expect(late.text.contains("action=\"/afmelden\"") && late.words.contains("Naam van teacher"))
            #expect(!(try await stage.visitor(nil).get("/nergens").text.contains("/afmelden")))
            // Where nothing was typed nothing is said of it.
            #expect(!(try await teacher.get("/leerlingen/nergens").words.contains("Neem over")))
        }
    }
}
