import Domain
import Foundation
import TestKit
import Testing

/// Every event of a dossier as it is stored. These texts are frozen: what was written once must be read for ever, so a new
/// form gets a new name and a new line, and no line ever changes.
@Suite("Stored events of a dossier")
struct DossierEventTests {
    struct Stored: Sendable, CustomStringConvertible {
        let event: DossierEvent
        let name: String
        let payload: String
        var description: String { name }
    }

    private static let child = Child(givenName: "Pim", familyName: "Pluis", born: .of("2014-03-10"), group: "4")
    private static let instance = InstanceID("i1")
    private static let meeting = Meeting(
        step: "meet", moment: "2021-09-20T15:30", place: "Lokaal 3", also: ["youth-team"], reason: "Spoed")

    static let all: [Stored] = [
        Stored(
            event: .opened(.init(child: child, school: OrganisationID("s1"))), name: "dossier.opened.v1",
            payload: #"{"child":{"born":"2014-03-10","familyName":"Pluis","givenName":"Pim","group":"4"},"school":"s1"}"#),
        Stored(
            event: .childCorrected(child), name: "child.corrected.v1",
            payload: #"{"born":"2014-03-10","familyName":"Pluis","givenName":"Pim","group":"4"}"#),
        Stored(
            event: .guardianRecorded(
                Guardian(
                    id: GuardianID("g1"), name: "Mies Pluis", relation: "mother", authority: true, email: "mies@testland.example",
                    person: PersonID("p1"))), name: "guardian.recorded.v1",
            payload:
                #"{"authority":true,"email":"mies@testland.example","id":"g1","name":"Mies Pluis","person":"p1","relation":"mother"}"#
        ),
        Stored(
            event: .guardianRecorded(Guardian(id: GuardianID("g2"), name: "Piet Pluis", relation: "father", authority: false)),
            name: "guardian.recorded.v1", payload: #"{"authority":false,"id":"g2","name":"Piet Pluis","relation":"father"}"#),
        Stored(
            event: .guardianEnded(.init(guardian: GuardianID("g1"))), name: "guardian.ended.v1", payload: #"{"guardian":"g1"}"#),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: GuardianID("g1"), purpose: "talk", word: .given, way: .account, on: .of("2021-09-03"),
                    recordedBy: PersonID("p1"))), name: "agreement.recorded.v1",
            payload: #"{"guardian":"g1","on":"2021-09-03","purpose":"talk","recordedBy":"p1","way":"account","word":"given"}"#),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: GuardianID("g1"), purpose: "talk", word: .withdrawn, way: .paper, on: .of("2021-09-03"),
                    recordedBy: PersonID("p2"))), name: "agreement.recorded.v1",
            payload: #"{"guardian":"g1","on":"2021-09-03","purpose":"talk","recordedBy":"p2","way":"paper","word":"withdrawn"}"#),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: GuardianID("g1"), purpose: "talk", word: .refused, way: .spoken, on: .of("2021-09-03"),
                    recordedBy: PersonID("p2"))), name: "agreement.recorded.v1",
            payload: #"{"guardian":"g1","on":"2021-09-03","purpose":"talk","recordedBy":"p2","way":"spoken","word":"refused"}"#),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: GuardianID("g1"), purpose: "share", word: .given, way: .paper, on: .of("2021-09-03"),
                    recordedBy: PersonID("p2"), recipient: "Praktijk De Brug")), name: "agreement.recorded.v1",
            payload:
                #"{"guardian":"g1","on":"2021-09-03","purpose":"share","recipient":"Praktijk De Brug","recordedBy":"p2","way":"paper","word":"given"}"#
        ),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: nil, purpose: "talk", word: .given, way: .spoken, on: .of("2021-09-03"),
                    recordedBy: PersonID("p2"))), name: "agreement.recorded.v1",
            payload: #"{"on":"2021-09-03","purpose":"talk","recordedBy":"p2","way":"spoken","word":"given"}"#),
        Stored(
            event: .agreementRecorded(
                Agreement(
                    guardian: GuardianID("g1"), purpose: "talk", word: .given, way: .paper, on: .of("2021-09-03"),
                    recordedBy: PersonID("p2"), besideChild: true)), name: "agreement.recorded.v1",
            payload:
                #"{"besideChild":true,"guardian":"g1","on":"2021-09-03","purpose":"talk","recordedBy":"p2","way":"paper","word":"given"}"#
        ),
        Stored(
            event: .answersWritten(
                .init(
                    part: "observe", answers: ["helps": .list(["rest", "contact"]), "strengths": .text("Bouwt \"graag\" / é")])),
            name: "answers.written.v1",
            payload: #"{"answers":{"helps":["rest","contact"],"strengths":"Bouwt \"graag\" / é"},"part":"observe"}"#),
        Stored(
            event: .versionLocked(.init(number: 1, reason: "procedure:talk", fields: ["signal", "goal"])),
            name: "version.locked.v1",
            payload: #"{"fields":["signal","goal"],"number":1,"reason":"procedure:talk"}"#),
        Stored(
            event: .versionSigned(
                Signature(version: 1, guardian: GuardianID("g1"), way: .paper, on: .of("2021-09-05"), recordedBy: PersonID("p2"))),
            name: "version.signed.v1",
            payload: #"{"guardian":"g1","on":"2021-09-05","recordedBy":"p2","version":1,"way":"paper"}"#),
        Stored(
            event: .versionSigned(
                Signature(version: 1, guardian: nil, way: .account, on: .of("2021-09-05"), recordedBy: PersonID("p2"))),
            name: "version.signed.v1", payload: #"{"on":"2021-09-05","recordedBy":"p2","version":1,"way":"account"}"#),
        Stored(
            event: .documentAdded(
                DossierDocument(
                    id: DocumentID("d1"), name: "verslag.pdf", kind: "report", format: "pdf", size: 1200, digest: "ab12",
                    blob: "b1",
                    by: PersonID("p2"), at: .of("2021-09-10"))), name: "document.added.v1",
            payload:
                #"{"at":"2021-09-10T08:00:00.000Z","blob":"b1","by":"p2","digest":"ab12","format":"pdf","id":"d1","kind":"report","name":"verslag.pdf","size":1200,"withdrawn":false}"#
        ),
        Stored(
            event: .documentWithdrawn(.init(document: DocumentID("d1"))), name: "document.withdrawn.v1",
            payload: #"{"document":"d1"}"#),
        Stored(
            event: .personNamed(NamedPerson(person: PersonID("p3"), function: "teacher")), name: "person.named.v1",
            payload: #"{"function":"teacher","person":"p3"}"#),
        Stored(
            event: .personUnnamed(NamedPerson(person: PersonID("p3"), function: "teacher")), name: "person.unnamed.v1",
            payload: #"{"function":"teacher","person":"p3"}"#),
        Stored(
            event: .procedureStarted(
                .init(
                    instance: instance, procedure: "talk", plan: PlanKey("testland/2020"), answers: ["school-type": .text("so")],
                    opens: ["meet"], meeting: meeting)), name: "procedure.started.v1",
            payload:
                #"{"answers":{"school-type":"so"},"instance":"i1","meeting":{"also":["youth-team"],"moment":"2021-09-20T15:30","place":"Lokaal 3","reason":"Spoed","step":"meet"},"opens":["meet"],"plan":"testland/2020","procedure":"talk"}"#
        ),
        Stored(
            event: .procedureStarted(
                .init(
                    instance: instance, procedure: "entry", plan: PlanKey("testland/2020"), answers: [:], opens: [], meeting: nil)
            ),
            name: "procedure.started.v1",
            payload: #"{"answers":{},"instance":"i1","opens":[],"plan":"testland/2020","procedure":"entry"}"#),
        Stored(
            event: .stepTaken(
                .init(
                    instance: instance, step: "first", choice: "done", answers: ["first-advice": .text("Ja")], opens: ["decide"],
                    meeting: meeting, complete: .of("2021-10-04"), discipline: "orthopedagoog")), name: "step.taken.v1",
            payload:
                #"{"answers":{"first-advice":"Ja"},"choice":"done","complete":"2021-10-04","discipline":"orthopedagoog","instance":"i1","meeting":{"also":["youth-team"],"moment":"2021-09-20T15:30","place":"Lokaal 3","reason":"Spoed","step":"meet"},"opens":["decide"],"step":"first"}"#
        ),
        Stored(
            event: .stepTaken(
                .init(instance: instance, step: "ask", choice: "withdraw", answers: [:], opens: [], meeting: nil, complete: nil)),
            name: "step.taken.v1", payload: #"{"answers":{},"choice":"withdraw","instance":"i1","opens":[],"step":"ask"}"#),
        Stored(
            event: .procedureEnded(.init(instance: instance, outcome: "granted")), name: "procedure.ended.v1",
            payload: #"{"instance":"i1","outcome":"granted"}"#),
        Stored(
            event: .decisionIssued(
                Decision(
                    instance: instance, outcome: "granted", number: "PO9999-2021-2022-0001-so", counter: "entry-2021-2022",
                    ordinal: 1,
                    begin: .of("2022-01-10"), end: .of("2026-07-31"), deviates: true, issued: .of("2021-10-18"),
                    by: PersonID("p4"),
                    advices: [
                        .init(step: "first", by: PersonID("p5"), discipline: "orthopedagoog", on: .of("2021-10-11")),
                        .init(step: "second", by: PersonID("p6"), discipline: nil, on: .of("2021-10-12")),
                    ], copies: ["goal": .text("Rust")], reasons: "Beide adviezen", objectionUntil: .of("2021-11-29"),
                    explanation: [Explained("validity.row", ["row": "older", "table": "entry-duration"])])),
            name: "decision.issued.v1",
            payload:
                #"{"advices":[{"by":"p5","discipline":"orthopedagoog","on":"2021-10-11","step":"first"},{"by":"p6","on":"2021-10-12","step":"second"}],"begin":"2022-01-10","by":"p4","copies":{"goal":"Rust"},"counter":"entry-2021-2022","deviates":true,"end":"2026-07-31","explanation":[{"code":"validity.row","values":{"row":"older","table":"entry-duration"}}],"instance":"i1","issued":"2021-10-18","number":"PO9999-2021-2022-0001-so","objectionUntil":"2021-11-29","ordinal":1,"outcome":"granted","reasons":"Beide adviezen"}"#
        ),
        Stored(
            event: .decisionIssued(
                Decision(
                    instance: instance, outcome: "refused", number: "PO9999-N-2021-2022-0001", counter: "entry-refused-2021-2022",
                    ordinal: 1, begin: nil, end: nil, deviates: false, issued: .of("2021-10-18"), by: PersonID("p4"), advices: [],
                    copies: [:], reasons: "", objectionUntil: nil, explanation: [])), name: "decision.issued.v1",
            payload:
                #"{"advices":[],"by":"p4","copies":{},"counter":"entry-refused-2021-2022","deviates":false,"explanation":[],"instance":"i1","issued":"2021-10-18","number":"PO9999-N-2021-2022-0001","ordinal":1,"outcome":"refused","reasons":""}"#
        ),
        Stored(
            event: .stepReassigned(
                .init(instance: instance, field: "second-expert", person: PersonID("p7"), reason: "Werkt hier niet meer.")),
            name: "step.reassigned.v1",
            payload: #"{"field":"second-expert","instance":"i1","person":"p7","reason":"Werkt hier niet meer."}"#),
        Stored(
            event: .procedureMoved(
                .init(
                    instance: instance, from: PlanKey("testland/2020"), to: PlanKey("testland/2022"),
                    reason: "Op verzoek van de ouders.")),
            name: "procedure.moved.v1",
            payload:
                #"{"from":"testland/2020","instance":"i1","reason":"Op verzoek van de ouders.","to":"testland/2022"}"#),
        Stored(
            event: .moved(
                .init(
                    from: OrganisationID("s1"), to: OrganisationID("s2"), instance: instance,
                    withheld: Withheld(purpose: "talk", parts: [.groeidocument, .documents]))), name: "dossier.moved.v1",
            payload:
                #"{"from":"s1","instance":"i1","to":"s2","withheld":{"parts":["documents","groeidocument"],"purpose":"talk"}}"#),
        Stored(
            event: .moved(.init(from: OrganisationID("s1"), to: OrganisationID("s2"), instance: instance, withheld: nil)),
            name: "dossier.moved.v1", payload: #"{"from":"s1","instance":"i1","to":"s2"}"#),
        Stored(
            event: .askedIn(
                .init(
                    id: AskedInID("a1"), kind: "practitioner", person: PersonID("p7"), parts: [.groeidocument, .child],
                    purpose: "Om te helpen.", agreement: "share", until: .of("2021-10-01"),
                    weighing: Weighing(proportionality: "Kort.", subsidiarity: "Nodig.", effectiveness: "Helpt."))),
            name: "asked-in.opened.v1",
            payload:
                #"{"agreement":"share","id":"a1","kind":"practitioner","parts":["child","groeidocument"],"person":"p7","purpose":"Om te helpen.","until":"2021-10-01","weighing":{"effectiveness":"Helpt.","proportionality":"Kort.","subsidiarity":"Nodig."}}"#
        ),
        Stored(
            event: .askedIn(
                .init(
                    id: AskedInID("a1"), kind: "practitioner", person: PersonID("p7"), parts: [.groeidocument, .child],
                    purpose: "Om te helpen.", agreement: "share", recipient: "Praktijk De Brug", until: .of("2021-10-01"),
                    weighing: Weighing(proportionality: "Kort.", subsidiarity: "Nodig.", effectiveness: "Helpt."))),
            name: "asked-in.opened.v1",
            payload:
                #"{"agreement":"share","id":"a1","kind":"practitioner","parts":["child","groeidocument"],"person":"p7","purpose":"Om te helpen.","recipient":"Praktijk De Brug","until":"2021-10-01","weighing":{"effectiveness":"Helpt.","proportionality":"Kort.","subsidiarity":"Nodig."}}"#
        ),
        Stored(
            event: .askedIn(
                .init(
                    id: AskedInID("a2"), kind: "receiving-school", person: PersonID("p7"), parts: [.child],
                    purpose: "Om te helpen.", agreement: nil, until: .of("2021-10-01"), weighing: nil)),
            name: "asked-in.opened.v1",
            payload:
                #"{"id":"a2","kind":"receiving-school","parts":["child"],"person":"p7","purpose":"Om te helpen.","until":"2021-10-01"}"#
        ),
        Stored(
            event: .askedInProlonged(.init(id: AskedInID("a1"), until: .of("2021-10-08"), reason: "Nog een gesprek.")),
            name: "asked-in.prolonged.v1", payload: #"{"id":"a1","reason":"Nog een gesprek.","until":"2021-10-08"}"#),
        Stored(
            event: .askedInWithdrawn(.init(id: AskedInID("a1"))), name: "asked-in.withdrawn.v1", payload: #"{"id":"a1"}"#),
        Stored(
            event: .askedInHandedOver(
                .init(
                    id: AskedInID("a1"), to: "Samenwerkingsverband VO West", card: "0011-2233", parts: [.decisions, .child],
                    digest: "ab")), name: "asked-in.handed-over.v1",
            payload:
                #"{"card":"0011-2233","digest":"ab","id":"a1","parts":["child","decisions"],"to":"Samenwerkingsverband VO West"}"#
        ),
        Stored(
            event: .retention(.held(.init(reason: "Er loopt een klacht."))), name: "retention.held.v1",
            payload: #"{"reason":"Er loopt een klacht."}"#),
        Stored(
            event: .retention(.released(.init(reason: "Afgehandeld."))), name: "retention.released.v1",
            payload: #"{"reason":"Afgehandeld."}"#),
        Stored(
            event: .retention(.announced(.init(keptUntil: .of("2025-07-31"), ground: "WPO art. 18a lid 13"))),
            name: "destruction.announced.v1", payload: #"{"ground":"WPO art. 18a lid 13","keptUntil":"2025-07-31"}"#),
        Stored(
            event: .retention(.agreed(.init(stopUntil: .of("2025-08-12")))), name: "destruction.agreed.v1",
            payload: #"{"stopUntil":"2025-08-12"}"#),
        Stored(
            event: .retention(.stopped(.init(reason: "Wij willen het nog lezen."))), name: "destruction.stopped.v1",
            payload: #"{"reason":"Wij willen het nog lezen."}"#),
        Stored(
            event: .retention(.begun(.init(on: .of("2025-08-13")))), name: "destruction.begun.v1",
            payload: #"{"on":"2025-08-13"}"#),
        Stored(
            event: .openedInEmergency(.init(function: "board", reason: "Pim is weggelopen.")), name: "emergency.opened.v1",
            payload: #"{"function":"board","reason":"Pim is weggelopen."}"#),
        Stored(
            event: .rights(
                .asked(
                    .init(
                        id: RightsRequestID("r1"), right: .correction, subject: .part("general"), words: "Dit klopt niet.",
                        guardian: GuardianID("g1"), childView: "Mag wel.", childAsks: false, due: .of("2021-10-06"),
                        source: "AVG art. 12 lid 3"))), name: "rights.asked.v1",
            payload:
                #"{"childAsks":false,"childView":"Mag wel.","due":"2021-10-06","guardian":"g1","id":"r1","right":"correction","source":"AVG art. 12 lid 3","subject":"part:general","words":"Dit klopt niet."}"#
        ),
        Stored(
            event: .rights(
                .asked(
                    .init(
                        id: RightsRequestID("r2"), right: .copy, subject: .all, words: "Graag alles.",
                        guardian: GuardianID("g1"), childView: nil, childAsks: true, due: .of("2021-10-06"),
                        source: "AVG art. 12 lid 3"))), name: "rights.asked.v1",
            payload:
                #"{"childAsks":true,"due":"2021-10-06","guardian":"g1","id":"r2","right":"copy","source":"AVG art. 12 lid 3","subject":"all","words":"Graag alles."}"#
        ),
        Stored(
            event: .rights(
                .asked(
                    .init(
                        id: RightsRequestID("r3"), right: .access, subject: .all, words: "Graag alles zien.",
                        guardian: GuardianID("g1"), childView: nil, childAsks: false, due: .of("2021-10-04"),
                        source: "AVG art. 12 lid 3", received: .init(on: .of("2021-09-03"), way: .paper)))),
            name: "rights.asked.v1",
            payload:
                #"{"childAsks":false,"due":"2021-10-04","guardian":"g1","id":"r3","received":{"on":"2021-09-03","way":"paper"},"right":"access","source":"AVG art. 12 lid 3","subject":"all","words":"Graag alles zien."}"#
        ),
        Stored(
            event: .rights(.added(.init(id: RightsRequestID("r1"), words: "En dit ook."))), name: "rights.added.v1",
            payload: #"{"id":"r1","words":"En dit ook."}"#),
        Stored(
            event: .rights(.withdrawn(.init(id: RightsRequestID("r1")))), name: "rights.withdrawn.v1",
            payload: #"{"id":"r1"}"#),
        Stored(
            event: .rights(
                .added(
                    .init(
                        id: RightsRequestID("r3"), words: "En dit ook.", received: .init(on: .of("2021-09-05"), way: .paper)))),
            name: "rights.added.v1",
            payload: #"{"id":"r3","received":{"on":"2021-09-05","way":"paper"},"words":"En dit ook."}"#),
        Stored(
            event: .rights(
                .withdrawn(.init(id: RightsRequestID("r3"), received: .init(on: .of("2021-09-05"), way: .spoken)))),
            name: "rights.withdrawn.v1", payload: #"{"id":"r3","received":{"on":"2021-09-05","way":"spoken"}}"#),
        Stored(
            event: .rights(.prolonged(.init(id: RightsRequestID("r1"), due: .of("2021-12-06"), reason: "Het is veel."))),
            name: "rights.prolonged.v1", payload: #"{"due":"2021-12-06","id":"r1","reason":"Het is veel."}"#),
        Stored(
            event: .rights(
                .shielded(
                    .init(
                        id: RightsRequestID("r2"),
                        shields: [
                            .init(place: "field:signal", words: "Kees", reason: "Een ander kind."),
                            .init(place: "read:1", words: nil, reason: "Een ander."),
                        ]))), name: "rights.shielded.v1",
            payload:
                #"{"id":"r2","shields":[{"place":"field:signal","reason":"Een ander kind.","words":"Kees"},{"place":"read:1","reason":"Een ander."}]}"#
        ),
        Stored(
            event: .rights(.corrected(.init(id: RightsRequestID("r1"), part: "general", answers: ["signal": .text("Anders.")]))),
            name: "rights.corrected.v1", payload: #"{"answers":{"signal":"Anders."},"id":"r1","part":"general"}"#),
        Stored(
            event: .rights(
                .decided(
                    .init(id: RightsRequestID("r1"), outcome: .refused, reason: "Het klopt.", ground: "AVG art. 16", copy: nil))),
            name: "rights.decided.v1",
            payload: #"{"ground":"AVG art. 16","id":"r1","outcome":"refused","reason":"Het klopt."}"#),
        Stored(
            event: .rights(
                .decided(
                    .init(
                        id: RightsRequestID("r2"), outcome: .granted, reason: "", ground: nil,
                        copy: .init(blob: "b2", digest: "ab12", size: 900, until: .of("2021-10-28"))))),
            name: "rights.decided.v1",
            payload:
                #"{"copy":{"blob":"b2","digest":"ab12","size":900,"until":"2021-10-28"},"id":"r2","outcome":"granted","reason":""}"#
        ),
        Stored(
            event: .rights(.lifting(.init(id: RightsRequestID("r1"), on: .of("2021-10-20"), reason: "Het is uitgezocht."))),
            name: "rights.lifting-announced.v1",
            payload: #"{"id":"r1","on":"2021-10-20","reason":"Het is uitgezocht."}"#),
        Stored(
            event: .rights(.told(.init(id: RightsRequestID("r1")))), name: "rights.recipients-told.v1",
            payload: #"{"id":"r1"}"#),
    ]

    @Test("are written as ever, and read as ever", arguments: all)
    func frozen(_ stored: Stored) throws {
        #expect(stored.event.name == stored.name)
        #expect(String(decoding: try stored.event.payload(), as: UTF8.self) == stored.payload)
        #expect(try DossierEvent(name: stored.name, payload: Data(stored.payload.utf8)) == stored.event)
    }

    @Test("of every kind stand in this list")
    func complete() {
        // The compiler asks for a line here when a kind of event is added; the list above then needs one too.
        func kind(_ event: DossierEvent) -> Int {
            switch event {
            case .opened: 0
            case .childCorrected: 1
            case .guardianRecorded: 2
            case .guardianEnded: 3
            case .agreementRecorded: 4
            case .answersWritten: 5
            case .versionLocked: 6
            case .versionSigned: 7
            case .documentAdded: 8
            case .documentWithdrawn: 9
            case .personNamed: 10
            case .personUnnamed: 11
            case .procedureStarted: 12
            case .stepTaken: 13
            case .procedureEnded: 14
            case .decisionIssued: 15
            case .stepReassigned: 16
            case .procedureMoved: 17
            case .moved: 18
            case .askedIn: 19
            case .askedInProlonged: 20
            case .askedInWithdrawn: 21
            case .retention(.held): 22
            case .retention(.released): 23
            case .retention(.announced): 24
            case .retention(.agreed): 25
            case .retention(.stopped): 26
            case .retention(.begun): 27
            case .openedInEmergency: 28
            case .rights(.asked): 29
            case .rights(.added): 30
            case .rights(.withdrawn): 31
            case .rights(.prolonged): 32
            case .rights(.shielded): 33
            case .rights(.corrected): 34
            case .rights(.decided): 35
            case .rights(.lifting): 36
            case .rights(.told): 37
            case .askedInHandedOver: 38
            }
        }
        #expect(Set(Self.all.map { kind($0.event) }) == Set(0...38))
    }

    @Test("a name that was never written, or a payload that is broken, is an error and no event")
    func broken() {
        #expect(throws: UnknownEvent(name: "dossier.opened.v9")) {
            try DossierEvent(name: "dossier.opened.v9", payload: Data("{}".utf8))
        }
        for stored in Self.all {
            #expect(throws: DecodingError.self) { try DossierEvent(name: stored.name, payload: Data("{".utf8)) }
            #expect(throws: DecodingError.self) { try DossierEvent(name: stored.name, payload: Data("{}".utf8)) }
        }
    }

    @Test("keys that a newer program added are passed over")
    func newerKeys() throws {
        let payload = Data(#"{"guardian":"g1","because":"moved"}"#.utf8)
        #expect(
            try DossierEvent(name: "guardian.ended.v1", payload: payload) == .guardianEnded(.init(guardian: GuardianID("g1"))))
    }

    @Test("any one of them can be folded into any dossier, for what is stored has happened")
    func folded() {
        for first in Self.all {
            var dossier = Dossier(id: DossierID("d"))
            for (index, stored) in ([first] + Self.all).enumerated() {
                dossier.apply(stored.event, EventContext(version: index + 1, at: .of("2021-09-01"), actor: PersonID("p1")))
            }
            #expect(dossier.version == Self.all.count + 1)
        }
    }
}
