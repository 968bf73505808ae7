import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The list of pupils")
struct PupilsTests {
    @Test("A coordinator finds the pupils of the school, somebody of another school finds none")
    func list() async throws {
        try await DossierStage.run { stage in
            let mine = try await stage.visitor(Testland.ib).get("/leerlingen")
            #expect(mine.status == .ok)
            #expect(mine.words.contains("Pim Pluis 7 jaar Groep 4 De Lindeboom"))
            #expect(mine.words.contains("1 leerling "))
            let other = try await stage.visitor(Testland.otherIB).get("/leerlingen?zoek=Pim")
            #expect(other.status == .ok)
            #expect(!other.text.contains("Pluis"))
        }
    }

    @Test(
        "The search looks at the beginning of words, in any order",
        arguments: ["pim", "Plu", "pim+pluis", "Pluis%20pim"])
    func search(_ query: String) async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).get("/leerlingen?zoek=\(query)")
            #expect(page.words.contains("Pim Pluis 7 jaar"))
        }
    }

    @Test("What is not found is said, and a broken address is no fault", arguments: ["Jan", "%zz", "%", ""])
    func notFound(_ query: String) async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).get("/leerlingen?zoek=\(query)&na=%2e%2e")
            #expect(page.status == .ok)
            #expect(page.words.contains("Geen leerling gevonden") == (query == "Jan"))
        }
    }

    @Test("A script gets the rows alone")
    func rows() async throws {
        try await DossierStage.run { stage in
            let rows = try await stage.visitor(Testland.ib).get("/leerlingen?zoek=pim", script: true)
            #expect(rows.status == .ok)
            #expect(rows.text.contains("class=\"row-link\" href=\"/leerlingen/d-1\""))
            #expect(!rows.text.contains("<html"))
        }
    }

    @Test("Listing is no reading: the log stays empty until a dossier is opened")
    func notLogged() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.get("/leerlingen?zoek=pim")
            #expect(try await stage.reads.isEmpty)
            _ = try await ib.get(DossierStage.path)
            #expect(try await stage.reads.map(\.person) == [Testland.ib.person])
        }
    }

    @Test("A running route stands in the list for who may see procedures, and not for a teacher who may not")
    func standing() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
            #expect(try await stage.visitor(Testland.ib).get("/leerlingen").words.contains("De Lindeboom Overleg"))
            let teacher = try await stage.visitor(Testland.teacher).get("/leerlingen")
            #expect(teacher.words.contains("Pim Pluis"))
            #expect(!teacher.words.contains("Overleg"))
        }
    }

    @Test("Who watches over the log reads that log, and nowhere who the child is")
    func onlyLog() async throws {
        try await DossierStage.run { stage in
            let officer = try await stage.visitor(Testland.privacyOfficer)
            for path in ["/leerlingen", DossierStage.path, "\(DossierStage.path)/leeslog"] {
                let page = try await officer.get(path)
                #expect(page.status == .ok)
                for word in ["Pim", "Pluis", "7 jaar", "Groep 4"] { #expect(!page.words.contains(word), "\(path)") }
            }
        }
    }

    @Test("More than fits goes on from the last dossier, with no name in the address")
    func pages() async throws {
        try await DossierStage.run { stage in
            for number in 0..<60 {
                let child = Child(givenName: "Kind\(number)", familyName: "Aa\(number)", born: .of("2014-01-01"), group: "4")
                _ = try await stage.installation.openDossier(
                    NewDossier(child: child, school: Testland.school, guardians: []), as: Testland.ib)
            }
            let ib = try await stage.visitor(Testland.ib)
            let first = try await ib.get("/leerlingen")
            let next = try #require(first.text.firstMatch(of: /href="(\/leerlingen\?na=[a-z0-9]+)"/)).1
            // The key of a dossier and nothing else: no name stands in an address.
            #expect(next.drop { $0 != "=" }.count == 27, "\(next)")
            #expect(first.text.matches(of: /row-link/).count == PupilsRoutes.most)
            let second = try await ib.get(String(next))
            #expect(second.text.matches(of: /row-link/).count == 11)
            #expect(second.words.contains("Pim Pluis"))
            let other = try await stage.visitor(Testland.otherIB).get(String(next))
            #expect(!other.text.contains("row-link"))
        }
    }
}
