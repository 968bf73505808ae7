import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing

@testable import Web

@Suite("A dossier through the interface for programs")
struct APIDossierTests {
    @Test("A second dossier of the same child takes a word that it is another child")
    func alike() async throws {
        try await APICase.run { api in
            let body: JSON = [
                "kind": ["voornaam": "pim", "achternaam": "Van den Berg", "geboortedatum": "2015-03-10", "groep": "5"],
                "school": .text(PlanStage.school.rawValue),
            ]
            let refused = try await api.school.ask(.post, "/dossiers", body)
            #expect(refused.status == .conflict)
            #expect(refused.problem == "alike")
            #expect(refused["dossiers"] == .list([.text(api.filler.dossier)]))
            guard case .object(var members) = body else { return }
            members["anderKind"] = true
            #expect(try await api.school.ask(.post, "/dossiers", .object(members)).status == .created)
        }
    }

    @Test("The child is corrected as a whole, and the same again changes nothing")
    func child() async throws {
        try await APICase.run { api in
            let child: JSON = [
                "voornaam": "Pim", "achternaam": "van der Berg", "geboortedatum": "2015-03-10", "groep": "6",
            ]
            #expect(try await api.school.done(.put, "\(api.path)/kind", child).json == child)
            let version = try await api.version
            #expect(try await api.school.done(.put, "\(api.path)/kind", child).json == child)
            #expect(try await api.version == version)
            #expect(try await api.school.done(.get, "\(api.path)/kind").json == child)
            let half = try await api.school.ask(.put, "\(api.path)/kind", ["groep": "7"])
            #expect(half.status == .badRequest)
            #expect(half.codes == ["missing", "missing", "missing"])
        }
    }

    @Test("A guardian is replaced as a whole, and ended")
    func guardians() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/verzorgers/\(api.guardian)"
            let changed = try await api.school.done(
                .put, address, ["naam": "Mies Pluis", "relatie": "voogd", "gezag": true])
            #expect(changed["naam"] == "Mies Pluis")
            #expect(changed["email"] == .null, "what is not sent is not there afterwards")
            #expect(try await api.school.ask(.delete, address).status == .noContent)
            #expect(try await api.school.get(address).status == .notFound)
            #expect(try await api.school.ask(.delete, address).status == .notFound)
            #expect(
                try await api.school.ask(.put, address, ["naam": "A", "relatie": "voogd", "gezag": true]).status == .notFound)
            let refused = try await api.school.ask(
                .post, "\(api.path)/verzorgers", ["naam": "", "relatie": "buur", "gezag": false, "email": "x"])
            #expect(Set(refused.pointers) == ["/naam", "/relatie", "/email"])
        }
    }

    @Test("Without an address no account, and the reason says so")
    func accountWithoutAddress() async throws {
        try await APICase.run { api in
            let guardians = try await api.school.done(.get, "\(api.path)/verzorgers")["verzorgers"].list ?? []
            let second = try #require(guardians.last?["id"].text)
            let answer = try await api.school.ask(.post, "\(api.path)/verzorgers/\(second)/accounts")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.codes == ["required"])
        }
    }

    @Test("People are named around the child and no longer, by whoever may")
    func named() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/betrokkenen"
            let before = try await api.school.done(.get, address)
            let candidate = try #require(before["kandidaten"]["groepsleider"].list?.first?["persoon"].text)
            let one = "\(address)/groepsleider/\(candidate)"
            #expect(before["betrokkenen"].list?.count == 1)
            #expect(try await api.school.ask(.delete, one).status == .noContent)
            #expect(try await api.school.ask(.delete, one).status == .noContent, "twice is no other than once")
            #expect(try await api.school.done(.get, address)["betrokkenen"].list?.isEmpty == true)
            let person: JSON = ["persoon": .text(candidate), "functie": "groepsleider"]
            #expect(try await api.school.ask(.post, address, person).status == .created)
            let unknown = try await api.school.ask(.post, address, ["persoon": "niemand", "functie": "groepsleider"])
            #expect(unknown.pointers == ["/persoon"])
            let function = try await api.school.ask(.post, address, ["persoon": .text(candidate), "functie": "kapitein"])
            #expect(function.pointers == ["/functie"])
            let leader = try await api.stage.program(PersonID(candidate))
            #expect(try await leader.done(.get, address)["kandidaten"] == .null)
            #expect(try await leader.ask(.post, address, person).status == .forbidden)
        }
    }

    @Test("Two who write in one answer: the second is told, and nothing of theirs is written")
    func revisions() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/groeidocument/wat-helpt"
            let read = try await api.school.done(.get, address)
            let revision = read["revisies"]["gedaan"]
            let first = try await api.school.done(
                .patch, address, ["antwoorden": ["gedaan": "Rustplek."], "revisies": ["gedaan": revision]])
            #expect(first["antwoorden"]["gedaan"] == "Rustplek.")
            let second = try await api.school.ask(
                .patch, address,
                [
                    "antwoorden": ["gedaan": "Koptelefoon.", "rust": false],
                    "revisies": ["gedaan": revision, "rust": read["revisies"]["rust"]],
                ])
            #expect(second.status == .conflict)
            #expect(second.problem == "moved-on")
            #expect(second.pointers == ["/antwoorden/gedaan"])
            let now = try await api.school.done(.get, address)
            #expect(now["antwoorden"]["gedaan"] == "Rustplek.")
            #expect(now["antwoorden"]["rust"] == read["antwoorden"]["rust"], "all or none")
            let third = try await api.school.done(
                .patch, address, ["antwoorden": ["gedaan": .null], "revisies": ["gedaan": now["revisies"]["gedaan"]]])
            #expect(third["open"] == ["gedaan"], "null clears")
        }
    }

    @Test("Thirty-two programs that write one answer at once: one writes, all others are told")
    func racing() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/groeidocument/wat-helpt"
            let revision = try await api.school.done(.get, address)["revisies"]["gedaan"]
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for number in 0..<32 {
                    group.addTask {
                        try await api.school.ask(
                            .patch, address,
                            ["antwoorden": ["gedaan": .text("Poging \(number)")], "revisies": ["gedaan": revision]]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .ok } == 1)
            #expect(statuses.count { $0 == .conflict } == 31)
        }
    }

    @Test("An answer to a question of another part, or of no part, is refused; a part that is none is not found")
    func parts() async throws {
        try await APICase.run { api in
            let other = try await api.school.ask(
                .patch, "\(api.path)/groeidocument/wat-helpt", ["antwoorden": ["trots": "Alles", "onzin": "x"]])
            #expect(other.codes == ["unknownField", "unknownField"])
            let none = try await api.school.ask(.patch, "\(api.path)/groeidocument/geen-deel", ["antwoorden": ["trots": "x"]])
            #expect(none.status == .notFound)
            #expect(try await api.school.get("\(api.path)/groeidocument/geen-deel").status == .notFound)
        }
    }

    @Test("A version is locked when something changed, and signed by whom it says")
    func versions() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/groeidocument-versies"
            // The start of the route fixed the first.
            let nothing = try await api.school.ask(.post, address)
            #expect(nothing.status == .conflict)
            #expect(nothing.codes == ["nothingToLock"])
            _ = try await api.school.done(.patch, "\(api.path)/groeidocument/zo-ken-je-mij", ["antwoorden": ["thuis": "Goed."]])
            let locked = try await api.school.done(.post, address)
            #expect(locked.status == .created)
            #expect(locked["nummer"] == 2)
            #expect(locked["antwoorden"]["thuis"] == "Goed.")
            #expect(try await api.school.done(.get, locked.location).json == locked.json)
            let signed = try await api.school.done(
                .post, "\(locked.location)/handtekeningen", ["verzorger": .text(api.guardian), "wijze": "paper"])
            #expect(signed["handtekeningen"].list?.map { $0["verzorger"] } == [.text(api.guardian)])
            let early = try await api.school.ask(
                .post, "\(locked.location)/handtekeningen", ["op": "2020-01-01"])
            #expect(early.pointers == ["/op"])
            let unknown = try await api.school.ask(.post, "\(locked.location)/handtekeningen", ["verzorger": "niemand"])
            #expect(unknown.pointers == ["/verzorger"])
            for number in ["3", "0", "een"] {
                #expect(try await api.school.get("\(address)/\(number)").status == .notFound)
                #expect(try await api.school.ask(.post, "\(address)/\(number)/handtekeningen", [:]).status == .notFound)
            }
        }
    }

    @Test("An agreement says who, what and how, and only that")
    func agreements() async throws {
        try await APICase.run { api in
            let address = "\(api.path)/toestemmingen"
            let refused = try await api.school.ask(
                .post, address, ["verzorger": "niemand", "doel": "overleg", "woord": "given"])
            #expect(refused.pointers == ["/verzorger"])
            let purpose = try await api.school.ask(
                .post, address, ["verzorger": .text(api.guardian), "doel": "feest", "woord": "given"])
            #expect(purpose.pointers == ["/doel"])
            let word = try await api.school.ask(
                .post, address, ["verzorger": .text(api.guardian), "doel": "overleg", "woord": "misschien"])
            #expect(word.status == .badRequest)
            #expect(word.codes == ["code"])
            let later = try await api.school.ask(
                .post, address,
                ["verzorger": .text(api.guardian), "doel": "overleg", "woord": "withdrawn", "op": "2030-01-01"])
            #expect(later.pointers == ["/op"])
            let withdrawn = try await api.school.done(
                .post, address, ["verzorger": .text(api.guardian), "doel": "overleg", "woord": "withdrawn", "wijze": "paper"])
            #expect(withdrawn.status == .created)
            #expect(withdrawn["toestemmingen"].list?.last?["woord"] == "withdrawn")
        }
    }
}
