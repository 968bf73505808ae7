import Domain
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("Telling that a dossier will be destroyed")
struct AnnouncedTests {
    private static let page = "/bewaren/d-1"

    /// Somebody who announces it, long after the dossier was needed; of the family only the father has an address.
    private func announced(
        _ post: Letterbox?,
        _ test: @Sendable (_ before: Visitor.Answer, _ answer: Visitor.Answer, _ after: String) async throws -> Void
    ) async throws {
        try await DossierStage.run(plan: Testland.keepingPlan, post: post) { stage in
            let father = Guardian(
                id: Testland.fatherInDossier.id, name: "Piet Pluis", relation: "father", authority: true,
                email: "piet@testland.example")
            try await stage.happened(.recordGuardian(father))
            stage.clock.move(to: .of("2024-10-01"))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            let before = try await officer.get(Self.page)
            let answer = try await officer.post(Self.page, [("act", "announce")])
            try await test(before, answer, try await officer.get(answer.location ?? "").words)
        }
    }

    @Test("School and parents get mail that names nobody, once; who has no address is counted for a letter")
    func mailed() async throws {
        let post = Letterbox()
        try await announced(post) { before, answer, after in
            #expect(before.words.contains("School en ouders krijgen er bericht van"))
            #expect(answer.location == "\(Self.page)?gedaan=vernietigen-aangekondigd")
            #expect(after.contains("2 ouders en verzorgers hebben geen e-mailadres"))
        }
        let mails = post.all
        #expect(mails.map(\.to).contains("piet@testland.example"))
        #expect(mails.map(\.to).contains("p-ib@testland.example"))
        #expect(Set(mails.map(\.to)).count == mails.count)
        for mail in mails {
            #expect(!"\(mail.subject) \(mail.text)".contains("Pluis"))
            #expect(!"\(mail.subject) \(mail.text)".contains("d-1"))
        }
    }

    @Test(
        "Who was typing why it must stop while somebody else stopped it keeps the words, here and at the child",
        arguments: [true, false])
    func stoppedTwice(_ atSchool: Bool) async throws {
        try await DossierStage.run(plan: Testland.keepingPlan) { stage in
            stage.clock.move(to: .of("2024-10-01"))
            let officer = try await stage.visitor(Testland.privacyOfficer)
            #expect(try await officer.post(Self.page, [("act", "announce")]).status == .seeOther)
            let ib = try await stage.visitor(Testland.ib)
            let told = DossierStage.path + "/bewaren"
            #expect(try await ib.get(told).text.contains("<form"))
            let words = "Er loopt nog een bezwaar van de ouders."
            let (first, second) = atSchool ? (officer, ib) : (ib, officer)
            let stop = [("act", "stop"), ("reason", words)]
            #expect(try await first.post(atSchool ? Self.page : told, stop).status == .seeOther)
            let late = try await second.post(atSchool ? told : Self.page, stop)
            #expect(late.status == .unprocessableContent)
            #expect(late.text.contains("value=\"\(words)\""))
            #expect(late.words.contains(stage.site.face.texts(.nl)("refusal.notAnnounced")))
        }
    }

    @Test("When mail is not taken, or none is sent from here, the page says that letters are needed")
    func letters() async throws {
        try await announced(Letterbox(isShut: true)) { _, answer, after in
            #expect(answer.location == "\(Self.page)?gedaan=vernietigen-aangekondigd-brief")
            #expect(after.contains("Niet iedereen kon er e-mail over krijgen"))
        }
        try await announced(nil) { before, answer, _ in
            #expect(before.words.contains("Hiervandaan gaat geen e-mail"))
            #expect(!before.words.contains("krijgen er bericht van"))
            #expect(answer.location == "\(Self.page)?gedaan=vernietigen-aangekondigd")
        }
    }
}
