import Domain
import TestKit
import Testing

@Suite("What guardians say together")
struct StandingTests {
    private static func said(_ mother: Agreement.Word?, _ father: Agreement.Word?) -> Standing {
        var story = Given.written()
        if let mother { story = story.after(Testland.shares(Testland.motherInDossier, mother, with: nil), on: "2021-09-03") }
        if let father { story = story.after(Testland.shares(Testland.fatherInDossier, father, with: nil), on: "2021-09-03") }
        return story.dossier.standing(on: "share")
    }

    @Test(
        "is a state for each pair of words, and a disagreement one of them",
        arguments: [
            (nil, nil, Standing.State.unsaid), (.given, nil, .waiting), (nil, .given, .waiting), (.given, .given, .agreed),
            (.given, .refused, .divided), (.withdrawn, .given, .divided), (.refused, .refused, .refused),
            (.refused, nil, .refused), (.withdrawn, .refused, .refused),
        ] as [(Agreement.Word?, Agreement.Word?, Standing.State)])
    func states(_ mother: Agreement.Word?, _ father: Agreement.Word?, _ state: Standing.State) {
        #expect(Self.said(mother, father).state == state)
    }

    @Test("names who agreed, who did not and who said nothing; who has no authority is not asked")
    func names() {
        let divided = Self.said(.given, .refused)
        #expect(divided.agreed.map(\.id) == [Testland.motherInDossier.id])
        #expect(divided.refused.map(\.id) == [Testland.fatherInDossier.id])
        #expect(divided.silent.isEmpty)
        #expect(Self.said(.given, nil).silent.map(\.id) == [Testland.fatherInDossier.id])
    }

    @Test("tells what does not go on without agreement: routes and people from outside")
    func follows() {
        #expect(PlanRules.invented.procedures(needingAgreementTo: "talk").map(\.id) == ["talk"])
        #expect(PlanRules.invented.procedures(needingAgreementTo: "share").isEmpty)
        #expect(PlanRules.invented.askedIn(needingAgreementTo: "share").map(\.id) == ["practitioner"])
    }
}
