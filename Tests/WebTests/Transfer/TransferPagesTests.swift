import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("A dossier between two partnerships")
struct TransferPagesTests {
    private static let page = DossierStage.path + "/meelezers"
    private static let hand = page + "/a-1/overdragen"
    private static let report = Data("Pim telt tot honderd en weer terug. Hij leest graag voor aan anderen.".utf8)

    /// A desk, and the words of the card that it keeps.
    private static func partner(_ desk: Desk) throws -> String { try desk.partners()[0].fingerprint }

    /// The receiving school asked in, which reads who the child is and what was decided.
    private static func asked(_ stage: DossierStage) async throws {
        try await stage.happened(
            Testland.asksIn(kind: "receiving-school", parts: [.decisions], until: "2021-09-15", weighing: nil))
    }

    /// A package as the other partnership gets it.
    private static func package(_ desk: Desk) async throws -> Data {
        nonisolated(unsafe) var made = Data()
        try await DossierStage.run(transfers: desk) { stage in
            try await asked(stage)
            let ib = try await stage.visitor(Testland.ib)
            made = Data(buffer: try await ib.post(hand, [("partner", try partner(desk))]).body)
        }
        return made
    }

    @Test("What somebody asked in reads is handed over as a sealed file; the dossier, the log and the family tell of it")
    func handOver() async throws {
        let (here, there, _) = try Desk.two()
        let letters = Letterbox()
        try await DossierStage.run(post: letters, transfers: here) { stage in
            try await Self.asked(stage)
            let ib = try await stage.visitor(Testland.ib)
            let page = try await ib.get(Self.page)
            #expect(page.words.contains("Overdragen aan een ander samenwerkingsverband"))
            #expect(page.words.contains("Samenwerkingsverband VO West"))
            let file = try await ib.post(Self.hand, [("partner", try Self.partner(here))])
            #expect(file.status == .ok)
            #expect(file.headers[.contentDisposition]?.contains("overdracht-2021-09-06.sentrum") == true)
            #expect(file.headers[.contentType] == "application/octet-stream")
            let bytes = Data(buffer: file.body)
            #expect(bytes.range(of: Data("Pim".utf8)) == nil)
            let opened = try there.key().open(bytes, knowing: try there.partners())
            let contents = try JSONDecoder().decode(TransferContents.self, from: opened.contents)
            #expect(contents.child.givenName == "Pim")
            #expect(contents.parts == [.child, .decisions])
            #expect(contents.guardians.isEmpty)
            #expect(contents.documents.isEmpty)
            #expect(contents.purpose == "Om de hulp op school en thuis te laten passen.")

            let handed = try await stage.now.askedIn[0].handedOver
            #expect(handed.map(\.what.to) == ["Samenwerkingsverband VO West"])
            let read = try #require(try await stage.reads.first { $0.kind == .export })
            #expect(read.person == Testland.ib.person)
            #expect(Set(read.parts) == ["child", "decisions"])
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get(Self.page).words.contains("Overgedragen aan Samenwerkingsverband VO West"))
        }
    }

    @Test("Nobody to choose, a kind that the plan does not let, and who may not ask in: nothing is handed over")
    func notHandedOver() async throws {
        let (here, _, _) = try Desk.two()
        try await DossierStage.run(transfers: here) { stage in
            try await Self.asked(stage)
            let ib = try await stage.visitor(Testland.ib)
            let nobody = try await ib.post(Self.hand, [("partner", "")])
            #expect(nobody.status == .unprocessableContent)
            #expect(nobody.words.contains("Vul dit in."))
            #expect(try await ib.post(Self.hand, [("partner", "0000")]).status == .unprocessableContent)
            let teacher = try await stage.visitor(Testland.teacher)
            #expect(try await teacher.post(Self.hand, [("partner", try Self.partner(here))]).status != .ok)
            #expect(try await stage.now.askedIn[0].handedOver.isEmpty)
        }
        try await DossierStage.run(transfers: here) { stage in
            _ = try await stage.practitioner()
            let ib = try await stage.visitor(Testland.ib)
            #expect(!(try await ib.get(Self.page).words.contains("Overdragen aan een ander")))
            #expect(try await ib.post(Self.hand, [("partner", try Self.partner(here))]).status == .forbidden)
        }
        try await DossierStage.run(transfers: here.withoutKey) { stage in
            try await Self.asked(stage)
            let ib = try await stage.visitor(Testland.ib)
            let refused = try await ib.post(Self.hand, [("partner", try Self.partner(here))])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.words.contains("Overdragen is hier nog niet goed ingesteld"))
            #expect(try await stage.now.askedIn[0].handedOver.isEmpty)
        }
        // Where no partnership is known there is nothing to choose.
        try await DossierStage.run { stage in
            try await Self.asked(stage)
            let ib = try await stage.visitor(Testland.ib)
            #expect(!(try await ib.get(Self.page).words.contains("Overdragen aan een ander")))
            #expect(!(try await ib.get("/leerlingen/nieuw").text.contains("/overdracht")))
            #expect(try await ib.get("/overdracht").words.contains("Er is nog geen samenwerkingsverband bekend"))
        }
    }

    @Test("On the other side a dossier is opened that is filled in, and what came with it stands among its documents")
    func takenIn() async throws {
        let (here, there, _) = try Desk.two()
        let package = try await Self.package(here)
        try await DossierStage.run(transfers: there) { stage in
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get("/leerlingen/nieuw").text.contains("href=\"/overdracht\""))
            let kind = try #require(stage.installation.rules.evidence.first?.id)
            let form = try await ib.upload("/overdracht", file: ("overdracht.sentrum", package), [("kind", kind)])
            #expect(form.status == .ok)
            #expect(form.words.contains("Samenwerkingsverband Oost stuurde dit op 6 september 2021"))
            #expect(form.value("given-name") == "Pim")
            #expect(form.value("born") == (try await stage.now.child?.born.description))
            #expect(form.text.contains("selected"))
            func filled(_ form: Visitor.Answer) -> [(String, String)] {
                ["given-name", "family-name", "born", "_key", "overdracht"].map { ($0, form.value($0) ?? "") }
            }
            let rest = [("group", stage.installation.rules.groups[0].id), ("school", Testland.school.rawValue)]
            // A child of this name is known here already: it is asked whether this is another, and the package waits.
            let asked = try await ib.post("/leerlingen/nieuw", filled(form) + rest)
            #expect(asked.status == .unprocessableContent)
            let answered = filled(asked) + rest + [("ander-kind", "yes")]
            let opened = try await ib.post("/leerlingen/nieuw", answered)
            #expect(opened.status == .seeOther)
            #expect(opened.location?.hasSuffix("gedaan=overdracht-overgenomen") == true, "\(opened.location ?? opened.words)")
            // Sent again, nothing is there twice.
            _ = try await ib.post("/leerlingen/nieuw", answered)
            let id = DossierID(String(try #require(opened.location?.split(separator: "/").last?.split(separator: "?").first)))
            let documents = try await stage.installation.load(id).documents
            #expect(documents.map(\.name) == ["overdracht-2021-09-06.txt"])
            let text = try await stage.installation.document(documents[0].id, of: id, as: Testland.ib).contents
            #expect(String(decoding: text, as: UTF8.self).contains("Samenwerkingsverband Oost stuurde dit"))
        }
    }

    @Test("A dossier that is there gets it among its documents, when it is about the same child")
    func added() async throws {
        let (here, there, _) = try Desk.two()
        let package = try await Self.package(here)
        try await DossierStage.run(transfers: there) { stage in
            let ib = try await stage.visitor(Testland.ib)
            let kind = try #require(stage.installation.rules.evidence.first?.id)
            let path = DossierStage.path + "/documenten"
            let sent = [("kind", kind), ("_key", "een-sleutel-van-een-formulier")]
            let added = try await ib.upload(path, file: ("x.sentrum", package), sent)
            #expect(added.location == "\(path)?gedaan=overdracht-overgenomen")
            _ = try await ib.upload(path, file: ("x.sentrum", package), sent)
            #expect(try await stage.now.documents.map(\.name) == ["overdracht-2021-09-06.txt"])
            let child = try #require(try await stage.now.child)
            try await stage.happened(
                .correctChild(
                    Child(givenName: "Bram", familyName: child.familyName, born: child.born, group: child.group)))
            let other = try await ib.upload(path, file: ("x.sentrum", package), [("kind", kind)])
            #expect(other.status == .unprocessableContent)
            #expect(other.words.contains("Dit bestand gaat over een ander kind"))
            #expect(try await stage.now.documents.count == 1)
        }
    }

    @Test("A file that was changed, is of somebody unknown, for another or none at all is refused beside the field")
    func refused() async throws {
        let (here, there, stranger) = try Desk.two()
        let package = try await Self.package(here)
        let middle = package.count / 2
        let altered = package.prefix(middle) + Data([package[middle] ^ 1]) + package.suffix(from: middle + 1)
        let strange = try stranger.key().package(Data("{}".utf8), for: try there.key().card, made: .of("2021-09-06"))
        let unreadable = try here.key().package(Data("{}".utf8), for: try there.key().card, made: .of("2021-09-06"))
        let elsewhere = try there.key().package(Data("{}".utf8), for: try here.key().card, made: .of("2021-09-06"))
        try await DossierStage.run(transfers: there) { stage in
            let ib = try await stage.visitor(Testland.ib)
            let kind = try #require(stage.installation.rules.evidence.first?.id)
            for (file, said) in [
                (altered, "niet zoals de afzender het maakte"), (strange, "De afzender van dit bestand is hier niet bekend"),
                (elsewhere, "voor een ander samenwerkingsverband verzegeld"), (unreadable, "met een nieuwere versie gemaakt"),
                (Data("%PDF-1.7".utf8), "Dit is geen overdracht"),
            ] {
                let answer = try await ib.upload("/overdracht", file: ("x.sentrum", file), [("kind", kind)])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.words.contains(said), "\(said)")
            }
            let path = DossierStage.path + "/documenten"
            let answer = try await ib.upload(path, file: ("x.sentrum", altered), [("kind", kind)])
            #expect(answer.words.contains("niet zoals de afzender het maakte"))
            #expect(try await ib.upload("/overdracht", file: nil, []).words.contains("Vul dit in."))
            // Where a package is kept follows from the form: what is written there by hand opens nothing of another dossier.
            let forged = try await ib.post(
                "/leerlingen/nieuw",
                [
                    ("given-name", "Noor"), ("family-name", "Vos"), ("born", "2013-05-05"),
                    ("_key", "een-sleutel-van-een-formulier"),
                    ("group", stage.installation.rules.groups[0].id), ("school", Testland.school.rawValue),
                    ("overdracht", "0123456789abcdef \(String(repeating: "0", count: 64)) 10 \(kind)"),
                ])
            #expect(forged.location?.hasSuffix("gedaan=dossier-zonder-overdracht") == true)
            // What was done in part does not look as if all is well.
            #expect(try await ib.get(try #require(forged.location)).text.contains("class=\"notice warning\""))
            let mother = try await stage.visitor(Testland.mother)
            #expect(try await mother.get("/overdracht").status == .forbidden)
        }
    }
}
