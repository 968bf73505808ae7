import Domain
import Journal
import TestKit
import Testing

@testable import Web

@Suite("Who else is writing")
struct PresenceTests {
    private let dossier = DossierID("d-1")
    private let ann = PersonID("ann")
    private let ben = PersonID("ben")

    @Test("Others see who has a part open, oneself does not")
    func others() {
        let presence = Presence()
        let now = Instant.of("2021-09-06")
        presence.note(ann, in: "observe", of: dossier, at: now)
        #expect(presence.others(than: ben, in: "observe", of: dossier, at: now) == [ann])
        #expect(presence.others(than: ann, in: "observe", of: dossier, at: now).isEmpty)
        #expect(presence.others(than: ben, in: "strategy", of: dossier, at: now).isEmpty)
        #expect(presence.others(than: ben, of: dossier, at: now) == [ann])
        #expect(presence.others(than: ben, of: DossierID("d-2"), at: now).isEmpty)
    }

    @Test("After two minutes without a sign somebody is no longer there", arguments: [(119_999, true), (120_000, false)])
    func expires(_ milliseconds: Int64, _ isThere: Bool) {
        let presence = Presence()
        let start = Instant.of("2021-09-06")
        presence.note(ann, in: "observe", of: dossier, at: start)
        let later = start.adding(milliseconds: milliseconds)
        #expect(presence.others(than: ben, in: "observe", of: dossier, at: later).isEmpty == !isThere)
    }
}
