import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Mail that tells a family what was done")
struct NoticeTests {
    /// What no mail may tell: who the child is, who did it, and in which dossier.
    private static func tellsNobody(_ mail: OutgoingMail) -> Bool {
        let all = mail.subject + mail.text
        return !["Pim", "Pluis", "Yara", "Naam van", DossierStage.path, "weggelopen", "rekenen"].contains { all.contains($0) }
    }

    private static let askedIn: [(String, String)] = [
        ("_key", "een-sleutel-van-een-formulier"), ("kind", "practitioner"), ("recipient", Testland.practice),
        ("name", "Yara Smit"),
        ("email", "yara@testland.example"), ("parts", "groeidocument"), ("purpose", "Om mee te denken over rekenen."),
        ("until", "2021-10-01"), ("proportionality", "Alleen dit deel."), ("subsidiarity", "Bellen was te weinig."),
        ("effectiveness", "De hulp sluit aan."),
    ]

    @Test("Whoever decides for the child hears that somebody from outside was let in, once, and not who or about whom")
    func letIn() async throws {
        let box = Letterbox()
        try await DossierStage.run(post: box) { stage in
            try await stage.happened(
                Testland.shares(Testland.motherInDossier), Testland.shares(Testland.fatherInDossier))
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.post(DossierStage.path + "/meelezers", Self.askedIn)
            // The father has no address: the school tells him.
            let wanted: Set = ["p-mother@testland.example"]
            let told = try await box.mails(wanted.count).filter { $0.subject == "Iemand van buiten leest mee" }
            #expect(Set(told.map(\.to)) == wanted)
            #expect(told.allSatisfy(Self.tellsNobody))
            #expect(told.allSatisfy { $0.text.contains("Somebody from outside the school") })
            // Pressed twice: nobody is told twice.
            _ = try await ib.post(DossierStage.path + "/meelezers", Self.askedIn)
            try await Task.sleep(for: .milliseconds(200))
            #expect(box.all.count { $0.subject == "Iemand van buiten leest mee" } == wanted.count)
        }
    }

    @Test("Whoever decides for the child, and who watches over the logs, hear at once of an opening in an emergency")
    func emergency() async throws {
        let box = Letterbox()
        try await DossierStage.run(post: box) { stage in
            let board = try await stage.visitor(Testland.board)
            let form = [
                ("given-name", "Pim"), ("family-name", "Pluis"), ("born", "2014-03-10"), ("reason", "Pim is weggelopen."),
            ]
            #expect(try await board.post("/noodtoegang", form).location == DossierStage.path)
            let family: Set = ["p-mother@testland.example"]
            let officer = "p-privacy@testland.example"
            let told = try await box.mails(family.count + 1)
            #expect(Set(told.map(\.to)) == family.union([officer]))
            #expect(told.count == family.count + 1)
            #expect(told.allSatisfy(Self.tellsNobody))
            #expect(told.first { $0.to == officer }?.text.contains("het staat bij uw werk") == true)
            // Opened already: nobody is told again.
            _ = try await board.post("/noodtoegang", form)
            try await Task.sleep(for: .milliseconds(200))
            #expect(box.all.count == told.count)
        }
    }

    @Test("A mail that cannot go out keeps nobody from acting")
    func shut() async throws {
        try await DossierStage.run(post: Letterbox(isShut: true)) { stage in
            let board = try await stage.visitor(Testland.board)
            let form = [
                ("given-name", "Pim"), ("family-name", "Pluis"), ("born", "2014-03-10"), ("reason", "Pim is weggelopen."),
            ]
            #expect(try await board.post("/noodtoegang", form).location == DossierStage.path)
        }
    }
}
