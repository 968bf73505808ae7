import Domain
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The list of pupils")
struct PupilsTests {
    private static let search = "/leerlingen/_zoek"

    @Test("A coordinator finds the pupils of the school, somebody of another school finds none")
    func list() async throws {
        try await DossierStage.run { stage in
            let mine = try await stage.visitor(Testland.ib).get("/leerlingen")
            #expect(mine.status == .ok)
            #expect(mine.words.contains("Pim Pluis 7 jaar Groep 4 De Lindeboom"))
            #expect(mine.words.contains("1 leerling "))
            let other = try await stage.visitor(Testland.otherIB).post(Self.search, [("zoek", "Pim")])
            #expect(other.status == .ok)
            #expect(other.words.contains("Geen leerling gevonden"))
            #expect(!other.text.contains("Pluis"))
        }
    }

    @Test(
        "The search looks at the beginning of words, in any order",
        arguments: ["pim", "Plu", "pim pluis", " Pluis  pim"])
    func search(_ query: String) async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).post(Self.search, [("zoek", query)])
            #expect(page.words.contains("Pim Pluis 7 jaar"))
            #expect(page.value("zoek") == query.trimmed)
        }
    }

    @Test("What is not found is said, and a broken place to go on from is no fault", arguments: ["Jan", "%", ""])
    func notFound(_ query: String) async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            #expect(try await ib.get("/leerlingen?na=%2e%2e&zoek=%zz").status == .ok)
            let page = try await ib.post(Self.search, [("zoek", query), ("na", "..")])
            #expect(page.status == .ok)
            #expect(page.words.contains("Geen leerling gevonden") == (query == "Jan"))
        }
    }

    @Test("A script gets the rows alone")
    func rows() async throws {
        try await DossierStage.run { stage in
            let rows = try await stage.visitor(Testland.ib).post(Self.search, [("zoek", "pim")], script: true)
            #expect(rows.status == .ok)
            #expect(rows.text.contains("class=\"row-link\" href=\"/leerlingen/d-1\""))
            #expect(!rows.text.contains("<html"))
        }
    }

    @Test("The list of one's own pupils is no reading: the log stays empty until a dossier is opened")
    func notLogged() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            _ = try await ib.get("/leerlingen")
            _ = try await ib.post(Self.search, [("zoek", " ")])
            #expect(try await stage.reads.isEmpty)
            _ = try await ib.get(DossierStage.path)
            #expect(try await stage.reads.map(\.person) == [Testland.ib.person])
        }
    }

    @Test("What a search shows is in the log of each child, once for what is typed letter by letter, and the family reads it")
    func logged() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            for typed in ["pi", "pim", "pim p"] { _ = try await ib.post(Self.search, [("zoek", typed)], script: true) }
            _ = try await stage.visitor(Testland.otherIB).post(Self.search, [("zoek", "pim")])
            _ = try await ib.post(Self.search, [("zoek", "iemand anders")])
            let read = try #require(try await stage.reads.first)
            #expect(try await stage.reads.count == 1)
            #expect(read.kind == .search)
            #expect(read.person == Testland.ib.person)
            #expect(read.function == "ib")
            #expect(read.parts == ["child"])
            let log = try await stage.visitor(Testland.mother).get("\(DossierStage.path)/leeslog")
            #expect(log.words.contains("stond in een lijst na zoeken op naam"))
            // After a while it is another search.
            stage.clock.move(to: stage.clock.now().adding(milliseconds: 600_000))
            _ = try await ib.post(Self.search, [("zoek", "pim")])
            #expect(try await stage.reads.count { $0.kind == .search } == 2)
        }
    }

    @Test("A search that shows what runs says so in the log")
    func loggedProcedures() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
            _ = try await stage.visitor(Testland.ib).post(Self.search, [("zoek", "pim")])
            #expect(try await stage.reads.map(\.parts) == [["child", "procedures"]])
            _ = try await stage.visitor(Testland.teacher).post(Self.search, [("zoek", "pim")])
            #expect(try await stage.reads.first?.parts == ["child"])
        }
    }

    @Test(
        "No name stands in an address: every form that asks for one is posted, and what is found has no address to come back to")
    func noName() async throws {
        try await DossierStage.run { stage in
            let ib = try await stage.visitor(Testland.ib)
            for page in [try await ib.get("/leerlingen"), try await ib.post(Self.search, [("zoek", "pim")])] {
                let forms = Markup(page.text).tags("form")
                // What narrows the list down holds codes alone, and may be kept as a bookmark.
                #expect(forms.allSatisfy { $0.attributes["method"] == "post" || $0.attributes["action"] == "/leerlingen" })
                #expect(forms.count { $0.attributes["method"] == "post" } > 1)
                #expect(!page.text.contains("?zoek="))
            }
            #expect(try await ib.get(Self.search).location == "/leerlingen")
            let administrator = try await stage.visitor(Testland.administrator)
            let found = try await administrator.post("/beheer/mensen/_zoek", [("zoek", "mother")])
            #expect(found.status == .ok)
            #expect(found.words.contains("Naam van mother"))
            #expect(!found.words.contains("Naam van teacher"))
            #expect(Markup(found.text).tags("form").allSatisfy { $0.attributes["method"] == "post" })
            #expect(try await administrator.get("/beheer/mensen/_zoek").location == "/beheer/mensen")
            #expect(try await ib.post("/beheer/mensen/_zoek", [("zoek", "mother")]).status == .notFound)
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

            // What a search found goes on without a script and without an address.
            let found = try await ib.post(Self.search, [("zoek", "kind")])
            #expect(found.text.matches(of: /row-link/).count == PupilsRoutes.most)
            let place = try #require(found.value("na"))
            let further = try await ib.post(Self.search, [("zoek", "kind"), ("na", place)])
            #expect(further.text.matches(of: /row-link/).count == 10)
            #expect(further.value("na") == nil)
            #expect(further.words.contains("Terug naar het begin"))
        }
    }

    @Test("The list is narrowed down by what is chosen, and each choice can be taken away", arguments: Language.allCases)
    func narrowed(_ language: Language) async throws {
        try await DossierStage.run { stage in
            let other = Child(givenName: "Saar", familyName: "Zand", born: .of("2013-01-01"), group: "5")
            _ = try await stage.installation.openDossier(
                NewDossier(child: other, school: Testland.school, guardians: []), as: Testland.ib)
            let ib = try await stage.visitor(Testland.ib, language: language)
            let all = try await ib.get("/leerlingen")
            #expect(all.text.contains("name=\"groep\""))
            #expect(!all.text.contains("name=\"school\""), "this coordinator works at one school")
            let fifth = try await ib.get("/leerlingen?school=&groep=5&loopt=")
            #expect(fifth.words.contains("Saar Zand"))
            #expect(!fifth.words.contains("Pim Pluis"))
            #expect(fifth.text.contains("<option value=\"5\" selected>"))
            #expect(fifth.text.contains("<a href=\"/leerlingen\"><span class=\"unseen\">"))
            let none = try await ib.get("/leerlingen?groep=5&wacht=yes")
            #expect(!none.text.contains("row-link"))
            #expect(none.words.contains(language == .nl ? "haal een keuze weg" : "remove a choice"))
            #expect(none.text.contains("<a href=\"/leerlingen?groep=5\">"))
        }
    }

    @Test("What runs, waits and is late is found by who may see it, and by nobody else")
    func narrowedByProcedure() async throws {
        try await DossierStage.run { stage in
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
            let ib = try await stage.visitor(Testland.ib)
            for query in ["loopt=talk", "wacht=yes", "loopt=talk&wacht=yes&groep=4"] {
                #expect(try await ib.get("/leerlingen?\(query)").words.contains("Pim Pluis"), "\(query)")
            }
            #expect(try await !ib.get("/leerlingen?loopt=entry").text.contains("row-link"))
            #expect(try await !ib.get("/leerlingen?telaat=yes").text.contains("row-link"))
            let teacher = try await stage.visitor(Testland.teacher)
            let page = try await teacher.get("/leerlingen?loopt=talk&telaat=yes")
            #expect(!page.text.contains("name=\"loopt\""))
            #expect(page.words.contains("Pim Pluis"), "what a teacher may not ask is not asked")
            #expect(try await !stage.visitor(Testland.mother).get("/leerlingen?groep=7").text.contains("class=\"narrowing\""))
        }
    }

    @Test("A broken choice in the address is no fault", arguments: ["groep=%zz", "groep=99", "loopt=%3Cb%3E", "school=..%2F"])
    func brokenFilter(_ query: String) async throws {
        try await DossierStage.run { stage in
            let page = try await stage.visitor(Testland.ib).get("/leerlingen?\(query)")
            #expect(page.status == .ok)
            #expect(page.words.contains("Pim Pluis"))
        }
    }

    @Test("Among very many schools one types the name: of one it is shown, else why not beside it", arguments: Language.allCases)
    func typedSchool(_ language: Language) async throws {
        try await DossierStage.run { stage in
            for number in 0..<310 {
                _ = try await stage.installation.register(
                    Organisation(id: OrganisationID("many-\(number)"), kind: "bo", name: "De Akker \(number)"), as: .program)
            }
            let adviser = try await stage.visitor(Testland.adviser, language: language)
            // Where there is no pupil at all there is nothing to narrow down; but what was typed comes back.
            #expect(try await !adviser.get("/leerlingen").text.contains("name=\"school\""))
            let nothing = try await adviser.get("/leerlingen?school=Nergens")
            #expect(nothing.words.contains(stage.site.face.texts(language)("pupils.filter.noSchool")))
            #expect(nothing.text.contains("value=\"Nergens\""))
            for write in Testland.everyPart { try await stage.happened(.write(write)) }
            try await stage.happened(Testland.agrees(Testland.motherInDossier), by: Testland.mother)
            try await stage.happened(Testland.agrees(Testland.fatherInDossier), Testland.startTalk())
            let all = try await adviser.get("/leerlingen")
            #expect(all.text.contains("name=\"school\" type=\"text\"") && !all.text.contains("De Akker 7"))
            // Nothing of the form need be filled in, so of no field that is said.
            #expect(!all.text.contains("class=\"optional\""))
            let one = try await adviser.get("/leerlingen?school=lindeboom&groep=")
            #expect(one.text.contains("value=\"De Lindeboom\"") && !one.text.contains("class=\"narrowing\" open"))
            #expect(one.words.contains("Pim Pluis"))
            // The whole name is that of one, though others begin with it; a form sends a space as a plus.
            let whole = try await adviser.get("/leerlingen?school=De+Akker+7")
            #expect(!whole.text.contains("row-link") && whole.words.contains("De Akker 7"))
            for (name, why) in [("akker", "pupils.filter.severalSchools"), ("Nergens", "pupils.filter.noSchool")] {
                let unclear = try await adviser.get("/leerlingen?school=\(name)&groep=")
                #expect(unclear.words.contains(stage.site.face.texts(language)(why)), "\(name)")
                #expect(unclear.text.contains("value=\"\(name)\"") && unclear.text.contains("class=\"narrowing\" open"))
                #expect(unclear.words.contains("Pim Pluis"))
            }
            // Two schools of one name: one chooses, and a link with a key is a key whatever list it is in.
            for number in 1...2 {
                _ = try await stage.installation.register(
                    Organisation(
                        id: OrganisationID("twin-\(number)"), kind: "bo", name: "De Regenboog", code: "77AA0\(number)"),
                    as: .program)
            }
            let twins = try await adviser.get("/leerlingen?school=De+Regenboog")
            #expect(twins.text.contains("<option value=\"twin-1\">") && twins.words.contains("De Regenboog, 77AA02"))
            #expect(twins.words.contains(stage.site.face.texts(language)("pupils.filter.chooseSchool")))
            #expect(try await !adviser.get("/leerlingen?school=twin-2").text.contains("row-link"))
        }
    }

    @Test("A narrowed list goes on narrowed")
    func narrowedPages() async throws {
        try await DossierStage.run { stage in
            for number in 0..<110 {
                let group = number % 2 == 0 ? "5" : "6"
                let child = Child(givenName: "Kind", familyName: "Aa\(number)", born: .of("2014-01-01"), group: group)
                _ = try await stage.installation.openDossier(
                    NewDossier(child: child, school: Testland.school, guardians: []), as: Testland.ib)
            }
            let ib = try await stage.visitor(Testland.ib)
            let first = try await ib.get("/leerlingen?groep=5")
            #expect(first.text.matches(of: /row-link/).count == PupilsRoutes.most)
            let next = try #require(first.text.firstMatch(of: /href="(\/leerlingen\?groep=5&amp;na=[a-z0-9]+)"/)).1
            let second = try await ib.get(String(next).replacing("&amp;", with: "&"))
            #expect(second.text.matches(of: /row-link/).count == 5)
            #expect(!second.words.contains("Groep 6 De Lindeboom"))
            #expect(second.text.contains("href=\"/leerlingen?groep=5\""))
        }
    }
}
