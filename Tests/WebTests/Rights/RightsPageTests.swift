import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The pages of the rights of a family")
struct RightsPageTests {
    private static let path = DossierStage.path + "/rechten"

    /// Asks as the mother, and tells where the request is.
    private func ask(
        _ stage: DossierStage, _ right: Right, about subject: String = "part:general", words: String = "Dit klopt niet."
    ) async throws -> (id: String, page: String, handled: String) {
        let mother = try await stage.visitor(Testland.mother)
        let answer = try await mother.post(
            Self.path, [("right", right.rawValue), ("subject", subject), ("words", words), ("_key", UUID().uuidString)])
        let location = try #require(answer.location)
        let id = try #require(location.split(separator: "?").first?.split(separator: "/").last).description
        return (id, "\(Self.path)/\(id)", "/verzoeken/d-1/\(id)")
    }

    private func fill(_ stage: DossierStage, signal: String = "Zit naast Kees de Boer en is vaak moe.") async throws {
        try await stage.happened(
            .write(
                .init(
                    part: "general", answers: ["language": .text("Nederlands"), "signal": .text(signal)], basedOn: [:])))
    }

    @Test("A mother asks, sees at once by when she hears, adds something, and takes it back")
    func asks() async throws {
        try await DossierStage.run { stage in
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(DossierStage.path).text.contains("href=\"\(Self.path)\""))
            let form = try await mother.get(Self.path)
            #expect(form.words.contains("U hoort het binnen 1 maand."))
            let refused = try await mother.post(Self.path, [("right", ""), ("subject", "all"), ("words", "Graag alles.")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Graag alles."))
            let asked = try await ask(stage, .objection)
            let page = try await mother.get(asked.page)
            #expect(page.words.contains("U hoort het uiterlijk op woensdag 6 oktober 2021."))
            #expect(page.words.contains("rust het al"))
            let added = try await mother.post(asked.page + "/aanvullen", [("words", "En nog iets.")])
            #expect(added.status == .seeOther)
            #expect(try await mother.get(asked.page).words.contains("En nog iets."))
            #expect(try await mother.post(asked.page + "/aanvullen", [("words", " ")]).status == .unprocessableContent)
            #expect(try await mother.post(asked.page + "/intrekken").status == .seeOther)
            #expect(try await mother.get(Self.path).words.contains("Ingetrokken"))
            // What was taken back is nobody's work.
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await officer.get(asked.handled).status == .notFound)
        }
    }

    @Test("Nobody else of the dossier finds the request, nor the page")
    func others() async throws {
        try await DossierStage.run { stage in
            let father = Testland.fatherInDossier
            try await stage.happened(
                .recordGuardian(
                    Guardian(
                        id: father.id, name: father.name, relation: father.relation, authority: true,
                        person: Testland.father.person)))
            let asked = try await ask(stage, .copy, about: "all")
            for actor in [Testland.ib, Testland.director, Testland.secretary, Testland.administrator] {
                let visitor = try await stage.visitor(actor)
                for path in [Self.path, asked.page, "/verzoeken", asked.handled, asked.handled + "/afschrift"] {
                    #expect(try await visitor.get(path).status == .notFound, "\(actor.person) \(path)")
                }
                #expect(try await visitor.post(asked.handled, [("act", "tell")]).status == .notFound)
            }
            let other = try await stage.visitor(Testland.father)
            #expect(try await other.get(Self.path).status == .ok)
            #expect(try await other.get(asked.page).status == .notFound)
            #expect(try await other.get(asked.page + "/afschrift.json").status == .notFound)
        }
    }

    @Test(
        "Who handles it finds it in the work and on the page of the logs, with its term, and reads what it is about while it runs"
    )
    func handles() async throws {
        try await DossierStage.run { stage in
            try await fill(stage)
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let part = DossierStage.path + "/groeidocument/general"
            #expect(try await officer.get(part).status == .notFound)
            let asked = try await ask(stage, .correction)
            for path in ["/", "/leeslogs", "/verzoeken"] {
                let page = try await officer.get(path)
                #expect(page.text.contains(path == "/leeslogs" ? "/verzoeken" : asked.handled), "\(path)")
                #expect(!page.text.contains("Pluis"), "\(path)")
            }
            #expect(try await officer.get(part).words.contains("Kees de Boer"))
            #expect(try await stage.reads.first?.purpose == ReadEntry.rights)
            #expect(!(try await officer.get("/leerlingen").text.contains("Pluis")))
            let page = try await officer.get(asked.handled)
            #expect(page.words.contains("Dit klopt niet."))
            let revision = try #require(try await stage.now.known["signal"]?.revision)
            let corrected = try await officer.post(
                asked.handled, [("act", "correct"), ("signal", "Is soms moe."), ("signal.revision", String(revision))])
            #expect(corrected.status == .seeOther)
            #expect(try await stage.now.known["signal"]?.answer == .text("Is soms moe."))
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get(DossierStage.path).words.contains("op verzoek van het gezin"))
            let unsaid = try await officer.post(asked.handled, [("act", "decide"), ("outcome", "refused")])
            #expect(unsaid.status == .unprocessableContent)
            let decided = try await officer.post(
                asked.handled, [("act", "decide"), ("outcome", "granted"), ("reason", "U had gelijk.")])
            #expect(decided.status == .seeOther)
            // Who was typing while somebody else answered keeps their words, and reads the answer that stands.
            for (act, words) in [("decide", "Het is anders gegaan."), ("prolong", "Wij zoeken het na.")] {
                let late = try await officer.post(
                    asked.handled, [("act", act), ("outcome", "refused"), ("ground", "UAVG 41"), ("reason", words)])
                #expect(late.status == .unprocessableContent)
                #expect(late.words.contains("U had gelijk.") && late.text.contains(words), "\(act)")
                #expect(late.words.contains("Dit verzoek is intussen beantwoord"), "\(act)")
            }
            #expect(try await officer.get(part).status == .notFound)
            #expect(!(try await officer.get("/verzoeken").text.contains(asked.handled)))
            // Once it is answered the part is closed: a correction gives back what was typed, and nothing of what stands there.
            let late = try await officer.post(
                asked.handled, [("act", "correct"), ("signal", "Is nooit moe."), ("signal.revision", "1")])
            #expect(late.status == .unprocessableContent && late.text.contains("Is nooit moe."))
            let curious = try await officer.post(asked.handled, [("act", "correct"), ("deel", "general")])
            #expect(curious.status == .unprocessableContent)
            #expect(!curious.text.contains("Is soms moe.") && !curious.text.contains("Nederlands"))
            let mother = try await stage.visitor(Testland.mother)
            let added = try await mother.post(asked.page + "/aanvullen", [("words", "Nog één ding.")])
            #expect(added.status == .unprocessableContent && added.text.contains("Nog één ding."))
            #expect(added.words.contains("Dit verzoek is intussen beantwoord") && added.words.contains("U had gelijk."))
            let answer = try await mother.get(asked.page)
            #expect(!answer.text.contains("/aanvullen"))
            #expect(answer.words.contains("U had gelijk.") && answer.words.contains("Autoriteit Persoonsgegevens (AVG 77)"))
        }
    }

    @Test("What is late shows as late, and more time is given in the first month alone, with a reason that the family reads")
    func late() async throws {
        try await DossierStage.run { stage in
            let asked = try await ask(stage, .restriction)
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await officer.post(asked.handled, [("act", "prolong"), ("reason", "")]).status == .unprocessableContent)
            stage.clock.move(to: .of("2021-10-07"))
            let later = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await later.get("/verzoeken").words.contains("Te laat"))
            #expect(try await later.get("/leeslogs").words.contains("1 verzoek is te laat"))
            let refused = try await later.post(asked.handled, [("act", "prolong"), ("reason", "Veel werk.")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("alleen tot en met 6 oktober 2021"))
            stage.clock.move(to: .of("2021-10-06"))
            let inTime = try await stage.visitor(Testland.privacyOfficer)
            let prolonged = try await inTime.post(asked.handled, [("act", "prolong"), ("reason", "Veel werk.")])
            #expect(prolonged.location == "\(asked.handled)?gedaan=verzoek-verlengd")
            let page = try await stage.visitor(Testland.mother).get(asked.page)
            #expect(page.words.contains("Veel werk.") && page.words.contains("6 december 2021"))
        }
    }

    @Test("A copy tells everything but what was left out, on paper as for a program, for four weeks and for the asker alone")
    func copy() async throws {
        try await DossierStage.run { stage in
            try await fill(stage)
            let asked = try await ask(stage, .copy, about: "all", words: "Graag alles.")
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let mother = try await stage.visitor(Testland.mother)
            let preview = asked.handled + "/afschrift"
            let before = try await officer.get(preview)
            #expect(before.words.contains("Kees de Boer"))
            // Nobody's address but the asker's own.
            #expect(!before.text.contains("piet@"))
            let missing = try await officer.post(
                preview, [("place", "field:signal"), ("words", "Jan"), ("reason", "Een ander kind.")])
            #expect(missing.status == .unprocessableContent && missing.words.contains("Deze woorden staan hier niet."))
            let shielded = try await officer.post(
                preview, [("place", "field:signal"), ("words", "kees de boer"), ("reason", "Dit gaat over Kees de Boer.")])
            #expect(shielded.status == .seeOther)
            let after = try await officer.get(preview)
            #expect(after.words.contains("Zit naast [hier is iets weggelaten] en is vaak moe."))
            #expect(try await mother.get(asked.page + "/afschrift.json").status == .notFound)
            #expect(
                try await officer.post(asked.handled, [("act", "decide"), ("outcome", "granted"), ("reason", "")]).status
                    == .seeOther)
            #expect(try await mother.get(asked.page).text.contains(asked.page + "/afschrift.pdf"))
            for file in ["afschrift.pdf", "afschrift.json"] {
                let copy = try await mother.get("\(asked.page)/\(file)")
                #expect(copy.status == .ok)
                #expect(copy.text.contains("[hier is iets weggelaten] en is vaak moe."), "\(file)")
                #expect(!copy.text.lowercased().contains("kees"), "\(file)")
                #expect(copy.text.contains("Graag alles.") && copy.text.contains("Nederlands"), "\(file)")
                #expect(try await stage.reads.first?.kind == .export)
            }
            let json = try await mother.get(asked.page + "/afschrift.json")
            #expect(json.headers[.contentType] == "application/json; charset=utf-8")
            let copy = try JSONDecoder().decode(FamilyCopy.self, from: Data(buffer: json.body))
            // Who read what is in it, the officer's reading for this request too.
            let reads = copy.sections.first { $0.key == "reads" }?.passages ?? []
            #expect(
                reads.contains {
                    $0.title.contains("Naam van privacy") && $0.lines.contains("om een verzoek van het gezin te behandelen")
                })
            #expect(copy.sections.map(\.key).contains("why"))
            let father = try await stage.visitor(Testland.father)
            #expect(try await father.get(asked.page + "/afschrift.json").status == .notFound)
            stage.clock.move(to: .of("2021-10-04"))
            #expect(try await stage.visitor(Testland.mother).get(asked.page + "/afschrift.json").status == .ok)
            stage.clock.move(to: .of("2021-10-05"))
            let late = try await stage.visitor(Testland.mother)
            #expect(try await late.get(asked.page + "/afschrift.json").status == .notFound)
            #expect(try await late.get(asked.page).words.contains("Ophalen kon tot en met 4 oktober 2021."))
        }
    }

    @Test("A copy tells what a fixed version said that reads otherwise now, and why somebody was asked in")
    func history() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(
                Testland.shares(Testland.motherInDossier), Testland.shares(Testland.fatherInDossier), Testland.asksIn(),
                .lockVersion)
            let then = try #require(try await stage.now.versions.first?.answers["signal"]?.text)
            let revision = try #require(try await stage.now.known["signal"]).revision
            try await stage.happened(
                .write(.init(part: "general", answers: ["signal": .text("Slaapt nu goed.")], basedOn: ["signal": revision])))
            let asked = try await ask(stage, .copy, about: "all", words: "Graag alles.")
            let preview = try await stage.visitor(Testland.privacyOfficer).get(asked.handled + "/afschrift").words
            #expect(preview.contains("Slaapt nu goed.") && preview.contains("’: \(then)"))
            #expect(preview.matches(of: /Toen stond er bij/).count == 1, "what reads the same now is told once")
            let weighing = try #require(try await stage.now.askedIn.first?.asked.weighing)
            #expect(preview.contains("Is het echt nodig? \(weighing.subsidiarity)"))
        }
    }

    @Test("A part that rests says so and cannot be written in, and words of the family stand beside it, in print too")
    func resting() async throws {
        try await DossierStage.run { stage in
            try await fill(stage)
            try await stage.happened(.lockVersion)
            let ib = try await stage.visitor(Testland.ib)
            let part = DossierStage.path + "/groeidocument/general"
            #expect(try await ib.get(part).text.contains("<textarea"))
            let objection = try await ask(stage, .objection, words: "Liever niet.")
            let resting = try await ib.get(part)
            #expect(resting.words.contains("Dit deel rust op verzoek van het gezin."))
            #expect(!resting.text.contains("<textarea"))
            #expect(!(try await ib.get(part).words.contains("Liever niet.")))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            _ = try await officer.post(
                objection.handled,
                [("act", "decide"), ("outcome", "refused"), ("ground", "UAVG 41"), ("reason", "Het is nodig.")])
            #expect(try await ib.get(part).text.contains("<textarea"))
            let addition = try await ask(stage, .addition, words: "Wij zien dat anders.")
            _ = try await officer.post(addition.handled, [("act", "decide"), ("outcome", "granted")])
            #expect(try await ib.get(part).words.contains("Wij zien dat anders."))
            #expect(try await ib.get(DossierStage.path + "/groeidocument/versies/1").words.contains("Wij zien dat anders."))
        }
    }

    @Test("A correction of everything is mended in the part that whoever handles it chooses")
    func correctionOfAll() async throws {
        try await DossierStage.run { stage in
            try await fill(stage)
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(Self.path).words.contains("Kies dan het deel waarin het staat."))
            let asked = try await ask(stage, .correction, about: "all")
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let page = try await officer.get(asked.handled)
            #expect(page.text.contains("href=\"\(asked.handled)?deel=general\""))
            #expect(!page.text.contains("name=\"signal\""))
            #expect(!(try await officer.get(asked.handled + "?deel=bestaat-niet").text.contains("name=\"signal\"")))
            let chosen = try await officer.get(asked.handled + "?deel=general")
            #expect(chosen.text.contains("name=\"signal\""))
            let revision = try #require(try await stage.now.known["signal"]?.revision)
            let press = [("act", "correct"), ("deel", "general"), ("signal", "Is soms moe.")]
            let stale = try await officer.post(asked.handled, press + [("signal.revision", "0")])
            #expect(stale.status == .unprocessableContent && stale.text.contains("Is soms moe."))
            let corrected = try await officer.post(asked.handled, press + [("signal.revision", String(revision))])
            #expect(corrected.status == .seeOther)
            #expect(try await stage.now.known["signal"]?.answer == .text("Is soms moe."))
            let nowhere = [("act", "correct"), ("signal", "Anders."), ("signal.revision", "0")]
            #expect(try await officer.post(asked.handled, nowhere).status == .forbidden)
        }
    }

    // MARK: In a letter, or said aloud

    private static let recording = path + "/vastleggen"

    /// What a coordinator types over from a letter of the father, who has no account.
    private static func letter(
        _ right: Right, received: String = "2021-09-03", guardian: Guardian = Testland.fatherInDossier
    ) -> [(String, String)] {
        [
            ("guardian", guardian.id.rawValue), ("way", "paper"), ("received", received), ("right", right.rawValue),
            ("subject", "all"), ("words", "In mijn brief staat: graag alles."), ("_key", "\(right.rawValue)"),
        ]
    }

    /// Records a letter, and tells where whoever handles it finds it.
    private func record(_ stage: DossierStage, _ fields: [(String, String)]) async throws -> String {
        let ib = try await stage.visitor(Testland.ib)
        let answer = try await ib.post(Self.recording, fields)
        #expect(answer.location == "\(Self.recording)?gedaan=verzoek-vastgelegd")
        let id = try #require(try await stage.now.rights.last?.id)
        return "/verzoeken/d-1/\(id)"
    }

    @Test("A letter is written down by whoever may record agreements, and its month counts from the day it came in")
    func records() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            let family = try await ib.get(DossierStage.path + "/gezin")
            #expect(family.text.contains("\(Self.recording)?guardian=g-father"))
            #expect(!family.text.contains("\(Self.recording)?guardian=g-stepfather"))
            #expect(try await ib.get(Self.recording + "?guardian=g-father").status == .ok)
            for (field, value, reason) in [
                ("way", "", "Vul dit in"), ("received", "2031-01-01", "Deze dag moet nog komen."),
                ("received", "2001-01-01", "Toen was dit dossier er nog niet"), ("words", " ", "Vul dit in"),
            ] {
                let sent = Self.letter(.copy).map { $0.0 == field ? (field, value) : $0 }
                let refused = try await ib.post(Self.recording, sent)
                #expect(refused.status == .unprocessableContent && refused.words.contains(reason), "\(field) \(value)")
            }
            #expect(try await stage.now.rights.isEmpty)
            let handled = try await record(stage, Self.letter(.copy))
            #expect(try await stage.now.rights.first?.due == .of("2021-10-04"))
            _ = try await ib.post(Self.recording, Self.letter(.copy))
            #expect(try await stage.now.rights.count == 1, "a form that is sent twice records once")
            let listed = try await ib.get(Self.recording)
            #expect(listed.words.contains("van Piet Pluis, in een brief op 3 september 2021; vastgelegd door Naam van ib"))
            // Whoever wrote it down handles nothing, and finds no page of the request.
            #expect(try await ib.get(handled).status == .notFound)
            let page = try await stage.visitor(Testland.privacyOfficer).get(handled)
            #expect(
                page.words.contains("Piet Pluis, in een brief die op 3 september 2021 binnenkwam; vastgelegd door Naam van ib"))
            #expect(page.words.contains("Deze ouder heeft geen account"))
        }
    }

    @Test("Nobody else writes down what a family asks, and no parent for another")
    func recordsNot() async throws {
        try await DossierStage.run { stage in
            for actor in [Testland.mother, Testland.stepfather, Testland.director, Testland.teacher, Testland.privacyOfficer] {
                let visitor = try await stage.visitor(actor)
                for answer in [
                    try await visitor.get(Self.recording), try await visitor.post(Self.recording, Self.letter(.copy)),
                ] {
                    #expect([.notFound, .forbidden].contains(answer.status), "\(actor.person)")
                }
            }
            #expect(try await stage.now.rights.isEmpty)
        }
    }

    @Test("The answer and the copy are printed by whoever handles it, until the guardian has an account and reads them there")
    func handsOver() async throws {
        try await DossierStage.run { stage in
            try await fill(stage)
            let handled = try await record(stage, Self.letter(.copy))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let files = ["antwoord.pdf", "afschrift.pdf", "afschrift.json"].map { "\(handled)/\($0)" }
            for file in files { #expect(try await officer.get(file).status == .notFound, "\(file) before the answer") }
            let decided = try await officer.post(handled, [("act", "decide"), ("outcome", "granted"), ("reason", "")])
            #expect(decided.location == "\(handled)?gedaan=verzoek-op-papier")
            let page = try await officer.get(handled)
            for file in files { #expect(page.text.contains(file)) }
            let letter = try await officer.get(files[0])
            #expect(letter.status == .ok)
            #expect(letter.text.contains("Aan Piet Pluis") && letter.text.contains("Autoriteit Persoonsgegevens (AVG 77)"))
            for file in files.dropFirst() {
                let copy = try await officer.get(file)
                #expect(copy.status == .ok && copy.text.contains("Kees de Boer"), "\(file)")
                #expect(try await stage.reads.first?.kind == .export)
                #expect(try await stage.reads.first?.purpose == ReadEntry.rights)
            }
            for actor in [Testland.ib, Testland.mother, Testland.director] {
                let other = try await stage.visitor(actor)
                for file in files { #expect(try await other.get(file).status == .notFound, "\(actor.person) \(file)") }
            }
            var father = Testland.fatherInDossier
            father.person = Testland.father.person
            try await stage.happened(.recordGuardian(father))
            for file in files { #expect(try await officer.get(file).status == .notFound, "\(file) with an account") }
            let own = try await stage.visitor(Testland.father)
            let id = try #require(try await stage.now.rights.last?.id)
            #expect(try await own.get(Self.path).text.contains("\(Self.path)/\(id)"))
            let followed = try await own.get("\(Self.path)/\(id)")
            #expect(followed.words.contains("vastgelegd door Naam van ib"))
            #expect(try await own.get("\(Self.path)/\(id)/afschrift.json").text.contains("Kees de Boer"))
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get("\(Self.path)/\(id)").status == .notFound)
        }
    }

    @Test("What comes in later of a guardian without an account is written beside the request, and can take it back")
    func furtherLetter() async throws {
        try await DossierStage.run { stage in
            let handled = try await record(stage, Self.letter(.copy))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await officer.get(handled).words.contains("Er kwam nog iets bij"))
            let wrong = try await officer.post(handled, [("act", "further"), ("received", "gisteren"), ("words", "")])
            for field in ["way", "received", "words"] {
                #expect(wrong.text.contains("id=\"field-further-\(field)-error\""), "\(field)")
            }
            func sent(_ words: String, withdraws: Bool) -> [(String, String)] {
                [("act", "further"), ("way", "paper"), ("received", "2021-09-05"), ("words", words)]
                    + (withdraws ? [("withdraws", "yes")] : [])
            }
            let early = sent("Ook dit.", withdraws: false).map { $0.0 == "received" ? ("received", "2021-09-02") : $0 }
            #expect(try await officer.post(handled, early).words.contains("Het verzoek kwam pas op 3 september 2021 binnen."))
            #expect(
                try await officer.post(handled, sent("Ook de verslagen.", withdraws: false)).location
                    == "\(handled)?gedaan=verzoek-bijgeschreven")
            let page = try await officer.get(handled)
            #expect(page.words.contains("Later toegevoegd") && page.words.contains("Ook de verslagen."))
            #expect(page.words.contains("in een brief die op 5 september 2021 binnenkwam; opgeschreven door Naam van"))
            // In the copy it stands with its own day, and who wrote it down, and not under the day of the first letter.
            let copy = try await officer.get("\(handled)/afschrift")
            #expect(copy.words.contains("Later toegevoegd") && copy.words.contains("opgeschreven door Naam van"))
            let taken = try await officer.post(handled, sent("Laat maar.", withdraws: true))
            #expect(taken.location?.hasSuffix("?gedaan=verzoek-teruggenomen") == true)
            #expect(try await stage.now.rights.last?.withdrawn != nil)
            // Pressed twice: the list, and not a page that is not there.
            #expect(try await officer.post(handled, sent("Laat maar.", withdraws: true)).status == .seeOther)
            #expect(try await officer.get(handled).status == .notFound)
            let school = try await stage.visitor(Testland.ib)
            #expect(try await school.get(Self.recording).words.contains("Ingetrokken in een brief die op 5 september 2021"))
            // A parent who gets an account reads who wrote that down, and not that they did it themselves.
            var father = Testland.fatherInDossier
            father.person = Testland.father.person
            try await stage.happened(.recordGuardian(father))
            let id = try #require(try await stage.now.rights.last?.id)
            let own = try await stage.visitor(Testland.father).get("\(Self.path)/\(id)")
            #expect(own.words.contains("Ingetrokken in een brief") && !own.words.contains("U hebt dit verzoek ingetrokken"))
            #expect(try await school.post(handled, sent("Laat maar.", withdraws: true)).status == .notFound)
        }
    }

    @Test("A guardian with an account finds a letter among their own requests, and nobody is told to print anything")
    func letterWithAccount() async throws {
        try await DossierStage.run { stage in
            let handled = try await record(stage, Self.letter(.objection, guardian: Testland.motherInDossier))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(!(try await officer.get(handled).words.contains("heeft geen account")))
            let mother = try await stage.visitor(Testland.mother)
            let id = try #require(try await stage.now.rights.last?.id)
            #expect(try await mother.post("\(Self.path)/\(id)/intrekken").status == .seeOther)
            #expect(try await stage.now.rights.last?.withdrawn != nil)
        }
    }

    @Test("A guardian without authority is told kindly what is possible, and can ask nothing")
    func withoutAuthority() async throws {
        try await DossierStage.run { stage in
            let stepfather = try await stage.visitor(Testland.stepfather)
            let page = try await stepfather.get(Self.path)
            #expect(page.words.contains("U hebt geen gezag over dit kind.") && page.words.contains("BW 1:377c"))
            #expect(!page.text.contains("name=\"right\""))
            let sent = try await stepfather.post(
                Self.path, [("right", "copy"), ("subject", "all"), ("words", "Graag."), ("_key", "k")])
            #expect(sent.status == .unprocessableContent)
            #expect(try await stage.now.rights.isEmpty)
        }
    }
}
