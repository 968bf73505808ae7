import Domain
import TestKit
import Testing

@Suite("Documents of a dossier")
struct DossierDocumentTests {
    @Test("a document is added by whoever adds it, now, whatever the command says")
    func added() {
        let forged = DossierDocument(
            id: DocumentID("doc-1"), name: "a.pdf", kind: "report", format: "pdf", size: 1, digest: "d", blob: "b",
            by: Testland.decider.person, at: .of("2001-01-01"), withdrawn: true)
        let added = Given.opened().when(.addDocument(forged), as: Testland.mother, on: "2021-09-02").events
        guard case .documentAdded(let document)? = added.first else {
            Issue.record("nothing was added")
            return
        }
        #expect(document.by == Testland.mother.person)
        #expect(document.at == .of("2021-09-02"))
        #expect(!document.withdrawn)
    }

    @Test("its kind is one of the plan's")
    func kind() {
        Given.opened().when(.addDocument(Testland.document("holiday-photo")), on: "2021-09-02")
            .refused(.notAnOption, field: "kind")
    }

    @Test("a second click adds no second one")
    func twice() {
        let story = Given.opened().after(.addDocument(Testland.document()), on: "2021-09-02")
        story.when(.addDocument(Testland.document()), on: "2021-09-02").nothing()
        #expect(story.dossier.documents.count == 1)
    }

    @Test("a withdrawn document is out of sight; withdrawing it again is nothing")
    func withdrawn() {
        let story = Given.opened().after(.addDocument(Testland.document()), on: "2021-09-02")
            .when(.withdrawDocument(DocumentID("doc-1")), on: "2021-09-03")
            .then(.documentWithdrawn(.init(document: DocumentID("doc-1"))))
        #expect(story.dossier.documentsInSight.isEmpty)
        story.when(.withdrawDocument(DocumentID("doc-1")), on: "2021-09-03").nothing()
        story.when(.withdrawDocument(DocumentID("doc-2")), on: "2021-09-03").refused(.unknownDocument)
    }

    @Test("a family takes back what it added itself, not what the school added")
    func family() {
        let school = Given.opened().after(.addDocument(Testland.document()), on: "2021-09-02")
        school.when(.withdrawDocument(DocumentID("doc-1")), as: Testland.mother, on: "2021-09-03").refused(.notAllowed)
        let own = Given.opened().after(.addDocument(Testland.document()), as: Testland.mother, on: "2021-09-02")
        own.when(.withdrawDocument(DocumentID("doc-1")), as: Testland.mother, on: "2021-09-03").happens("document.withdrawn.v1")
    }

    @Test("who may not add does not", arguments: [Testland.teacher, Testland.director, Testland.stepfather])
    func mayNot(_ actor: Actor) {
        Given.opened().when(.addDocument(Testland.document()), as: actor, on: "2021-09-02").refused(.notAllowed)
    }
}

@Suite("People named for a child")
struct NamedPeopleTests {
    private let other = NamedPerson(person: Testland.otherTeacher.person, function: "teacher")

    @Test("a teacher is named and unnamed; saying it again is nothing")
    func named() {
        let story = Given.opened().when(.namePerson(other), on: "2021-09-02").then(.personNamed(other))
        story.when(.namePerson(other), on: "2021-09-02").nothing()
        let gone = story.when(.unnamePerson(other), on: "2021-09-03").then(.personUnnamed(other))
        gone.when(.unnamePerson(other), on: "2021-09-03").nothing()
        #expect(gone.sight(of: Testland.otherTeacher, on: "2021-09-03") == nil)
        #expect(gone.sight(of: Testland.teacher, on: "2021-09-03") != nil)
    }

    @Test("somebody of another school, or who does not hold the function, is not named")
    func unknown() {
        Given.opened().when(.namePerson(.init(person: Testland.otherIB.person, function: "ib")), on: "2021-09-02")
            .refused(.unknownPerson, field: "ib")
        Given.opened().when(.namePerson(.init(person: Testland.ib.person, function: "teacher")), on: "2021-09-02")
            .refused(.unknownPerson, field: "teacher")
    }

    @Test("a function that the plan does not have is not one to be named for")
    func unknownFunction() {
        Given.opened().when(
            .namePerson(.init(person: Testland.administrator.person, function: Person.administrator)), on: "2021-09-02"
        ).refused(.unknownFunction, field: Person.administrator)
    }

    @Test("somebody of the partnership is named where the plan lets them see by name")
    func partnership() {
        let functions = Testland.plan().functions.map { rule in
            FunctionRule(
                id: rule.id, title: rule.title, explanation: rule.explanation, place: rule.place,
                sight: rule.id == "adviser" ? [.named] : rule.sight, reads: rule.reads, may: rule.may,
                disciplines: rule.disciplines, source: rule.source)
        }
        let story = Given.opened(shelf: .of([Testland.plan(functions: functions)]))
        #expect(story.sight(of: Testland.adviser, on: "2021-09-02") == nil)
        let named = story.after(.namePerson(.init(person: Testland.adviser.person, function: "adviser")), on: "2021-09-02")
        #expect(named.sight(of: Testland.adviser, on: "2021-09-02") != nil)
    }

    @Test("a teacher names nobody", arguments: [Testland.teacher, Testland.mother])
    func mayNot(_ actor: Actor) {
        Given.opened().when(.namePerson(other), as: actor, on: "2021-09-02").refused(.notAllowed)
    }
}
