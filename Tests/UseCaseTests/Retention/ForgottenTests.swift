import Domain
import Foundation
import Journal
import JournalSQLite
import Synchronization
import TestKit
import Testing
import UseCases

/// The proof that forgetting is forgetting: every invented word is looked for in every byte, before and after.
@Suite("A dossier that was destroyed")
struct ForgottenTests {
    private static let id = DossierID("d-forgotten")
    private static let other = DossierID("d-other")

    /// Words that stand nowhere else, by where they are written.
    private enum Word {
        static let given = "Xavelijntje", family = "Kwiebelstam", before = "Oudenaamster"
        static let mother = "Mirabelquist", father = "Fredegonder", gone = "Vertrokkenaar"
        static let mail = "mirabelpost", fatherMail = "fredegonpost"
        static let signal = "signaalwoordje", goal = "doelenwoordje", parents = "oudersmenende", child = "kindermeninkje"
        static let place = "vergaderlokatie", minutes = "verslaglegging", second = "herschrevenzin"
        static let paper = "papierinhouden", large = "grootbestanden", file = "bestandsnaampje", largeFile = "scanuitgebreid"
        static let draft = "conceptgedachte", start = "conceptbeginnen"
        static let hold = "vasthoudreden", release = "loslaatreden", stop = "tegenhoudreden"
        static let asked = "verzoekwoordje", shielded = "afgeschermdwoord", copied = "afschriftinhoud", answered = "antwoordreden"

        static let all = [
            given, family, before, mother, father, gone, mail, fatherMail, signal, goal, parents, child, place, minutes, second,
            paper, large, file, largeFile, draft, start, hold, release, stop, asked, shielded, copied, answered,
        ]
    }

    /// Those of another child, which must stay.
    private static let staying = ["Blijverdina", "Gebleveling", "blijvendwoord"]

    private static let search = Search(words: Word.all + staying)

    /// A dossier full of words, another beside it, and the first one ready to be destroyed on 9 October 2024.
    private func story(_ house: House, _ open: House.Open) async throws {
        let installation = open.installation
        try await house.fill(open)
        func act(_ command: DossierCommand, as actor: Actor = Testland.ib, on id: DossierID = Self.id) async throws {
            _ = try await installation.perform(command, on: id, as: actor)
        }
        func write(_ part: String, _ field: String, _ text: String, on revision: Int = 0) async throws {
            try await act(
                .write(
                    .init(part: part, answers: [field: .text(text)], basedOn: revision == 0 ? [:] : [field: revision])))
        }
        house.clock.move("2021-09-01")
        let born = Day.of("2014-03-10")
        _ = try await installation.openDossier(
            NewDossier(
                child: Child(givenName: Word.given, familyName: Word.before, born: born, group: "4"), school: Testland.school,
                guardians: [
                    NewGuardian(
                        name: Word.mother, relation: "mother", authority: true, email: "\(Word.mail)@testland.example"),
                    NewGuardian(
                        name: Word.father, relation: "father", authority: true, email: "\(Word.fatherMail)@testland.example"),
                    NewGuardian(name: Word.gone, relation: "stepparent", authority: false, email: nil),
                ]), id: Self.id, as: Testland.ib)
        _ = try await installation.openDossier(
            NewDossier(
                child: Child(givenName: Self.staying[0], familyName: Self.staying[1], born: born, group: "4"),
                school: Testland.school, guardians: []), id: Self.other, as: Testland.ib)
        try await act(
            .write(.init(part: "general", answers: ["signal": .text(Self.staying[2])], basedOn: [:])), on: Self.other)
        try await act(.correctChild(Child(givenName: Word.given, familyName: Word.family, born: born, group: "4")))
        let guardians = try await installation.load(Self.id).guardians
        let stepfather = try #require(guardians.first { $0.name == Word.gone })
        try await act(.endGuardian(stepfather.id))
        let mother = try #require(guardians.first { $0.name == Word.mother })
        let (_, password) = try await installation.giveAccount(to: mother.id, in: Self.id, as: Testland.ib)
        #expect(password != nil)
        let account = try await installation.vault.accounts.account(email: "\(Word.mail)@testland.example")
        let person = Actor(person: try #require(account).person)
        _ = try await installation.vault.accounts.begin(person.person, at: house.clock.now())
        // Words in the groeidocument, one of them written over.
        try await write("general", "signal", Word.signal)
        try await write("general", "language", "Nederlands")
        try await write("observe", "parents-view", Word.parents)
        try await write("observe", "child-view", Word.child)
        try await write("observe", "strengths", Word.second)
        let revision = try await installation.load(Self.id).known["strengths"]?.revision ?? 0
        try await write("observe", "strengths", "Bouwt graag.", on: revision)
        try await write("strategy", "goal", Word.goal)
        try await act(.lockVersion)
        for (text, name) in [
            (Word.paper, "\(Word.file).txt"),
            (String(repeating: "\(Word.large) ", count: 12_000), "\(Word.largeFile).txt"),
        ] { _ = try await installation.addDocument(Data(text.utf8), name: name, kind: "report", to: Self.id, as: Testland.ib) }
        for guardian in [mother, try #require(guardians.first { $0.name == Word.father })] {
            try await act(Testland.agrees(guardian, on: "2021-09-01"))
        }
        house.clock.move("2021-09-06")
        try await act(Testland.startTalk(Testland.meeting(place: Word.place)))
        // What was typed and not sent.
        try await installation.keep(
            ["minutes": [Word.draft]], typedIn: .step("meet", of: Testland.talkInstance, in: Self.id),
            by: Testland.ib.person)
        try await installation.keep(["place": [Word.start]], typedIn: .start("talk", in: Self.id), by: Testland.ib.person)
        // Looked for, and looked at.
        _ = try await installation.dossiers(for: Testland.ib, search: Word.family, after: nil, limit: 10)
        _ = try await installation.see(Self.id, [.child], as: person)
        house.clock.move("2021-09-20", "16:30")
        try await act(Testland.talked("in-school", ["minutes": .text(Word.minutes)]))
        // Asked with a right, with something left out, and answered with a copy.
        let request = RightsRequestID("r-1")
        try await act(Testland.asks(.copy, about: .all, words: Word.asked), as: person)
        try await act(
            .rights(
                .shield(request, .init(place: "field:goal", words: Word.shielded, reason: "Een ander."))),
            as: Testland.privacyOfficer)
        let copy = try await installation.keepCopy(Data(Word.copied.utf8), of: Self.id)
        try await act(
            .rights(.decide(.init(id: request, outcome: .granted, reason: Word.answered, ground: nil, copy: copy))),
            as: Testland.privacyOfficer)
        house.clock.move("2024-09-21")
        try await act(.retention(.hold(reason: Word.hold)), as: Testland.privacyOfficer)
        try await act(.retention(.release(reason: Word.release)), as: Testland.privacyOfficer)
        try await act(.retention(.announce), as: Testland.privacyOfficer)
        try await act(.retention(.stop(reason: Word.stop)), as: person)
        house.clock.move("2024-10-01")
        try await act(.retention(.announce), as: Testland.privacyOfficer)
        try await act(.retention(.agree), as: Testland.board)
    }

    private func checkpoint(_ open: House.Open) async throws -> Checkpoint {
        let size = try await open.journal.head()
        let root = try await open.journal.tree(to: size).root(at: size)
        return Checkpoint(origin: "sentrum/testland", size: size, root: try #require(root), at: .of("2024-10-01"))
    }

    private func expectRebuilt(_ house: House, _ open: House.Open) async throws {
        let live = try await open.journal.registerDigests()
        let (shelf, today) = (house.shelf, house.clock.now().day)
        try await open.journal.rebuild { try Projection.rows($0, $1, shelf, on: today) }
        #expect(try await open.journal.registerDigests() == live)
    }

    @Test("is in no byte of the folder any more, nor of a backup that is put back; chain, registers and figures stand")
    func everyByte() async throws {
        try await House.build { house in
            var open = try await house.open()
            try await story(house, open)
            let counts = try await open.journal.counts()
            let before = try await checkpoint(open)
            // The control: each word is there, in the clear or behind a key that lies beside it.
            let inFiles = try Self.search.files(house.data)
            #expect(inFiles.isSuperset(of: [Word.given, Word.family, Word.mother, Word.mail]))
            #expect(inFiles.union(try await Self.search.contents(open)) == Set(Self.search.words))
            let events = try await open.journal.read(Projection.stream(Self.id)).count
            try await open.close()
            let backup = try house.copy("backup")

            // Seven days, and not one fewer.
            open = try await house.open()
            house.clock.move("2024-10-08", "23:59")
            #expect(try await open.forgetting.work() == nil)
            house.clock.move("2024-10-09", "00:01")
            let done = try await open.forgetting.work()
            let statement = try #require(done)
            #expect(statement.dossiers == 1)
            #expect(statement.events == events + 1)
            #expect(statement.documents == 2)
            #expect(statement.people == 1)
            #expect(statement.grounds == ["WPO art. 18a lid 13"])
            #expect(statement.announcedBy == [Testland.privacyOfficer.person])
            #expect(statement.agreedBy == [Testland.board.person])
            #expect(try await open.forgetting.work() == nil)

            // While it is open, after it was closed, and in what was copied before.
            #expect(try Self.search.files(house.data) == Set(Self.staying.prefix(2)))
            #expect(try await Self.search.contents(open) == Set(Self.staying))
            await #expect(throws: NotFound()) { try await open.installation.load(Self.id) }
            let after = try await open.journal.counts()
            #expect(after.dossiers == counts.dossiers)
            #expect(after.procedures == counts.procedures)
            #expect(after.decisions == counts.decisions)
            let verification = try await open.journal.verify(contents: true, against: [before])
            #expect(verification.isWhole, "\(verification)")
            try await expectRebuilt(house, open)
            let listed = try await open.installation.retentionList(as: Testland.privacyOfficer)
            #expect(listed.statements == [statement])
            #expect(listed.underWay.isEmpty)
            try await open.close()
            #expect(try Self.search.files(house.data) == Set(Self.staying.prefix(2)))
            #expect(try Self.search.files(house.root.appending(path: "data")) == Set(Self.staying.prefix(2)))
            #expect(try !String(contentsOf: house.root.appending(path: "data.erasures"), encoding: .utf8).contains(Word.given))

            // Control: the backup still has them all, until it is opened.
            #expect(try Self.search.files(backup).isSuperset(of: [Word.given, Word.family, Word.mother, Word.mail]))
            let restored = try await house.open(backup)
            await #expect(throws: NotFound()) { try await restored.installation.load(Self.id) }
            #expect(try await Self.search.contents(restored) == Set(Self.staying))
            let whole = try await restored.journal.verify(contents: true, against: [before])
            #expect(whole.isWhole, "\(whole)")
            try await expectRebuilt(house, restored)
            #expect(try await restored.installation.retentionList(as: Testland.privacyOfficer).statements == [statement])
            try await restored.close()
            #expect(try Self.search.files(backup) == Set(Self.staying.prefix(2)))
        }
    }

    @Test("cannot be read from an older database with the keys of now, even before the list is followed")
    func keysGone() async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            try await open.close()
            let backup = try house.copy("backup")
            let again = try await house.open()
            house.clock.move("2024-10-09")
            _ = try await again.forgetting.work()
            try await again.close()
            for name in ["keys.sqlite"] {
                try FileManager.default.removeItem(at: backup.appending(path: name))
                try FileManager.default.copyItem(at: house.data.appending(path: name), to: backup.appending(path: name))
            }
            let restored = try await house.open(backup, completes: false)
            await #expect(throws: JournalFault.keyMissing(Projection.stream(Self.id))) {
                try await restored.journal.read(Projection.stream(Self.id))
            }
            try await restored.close()
        }
    }

    /// A backup of the house as `sentrum backup` makes one.
    private func backUp(_ house: House) throws -> SQLiteBackup.Made {
        let places = try places(house)
        return try SQLiteBackup(of: house.data, contents: places.contents, keys: places.keys).make(
            settings: [], secrets: [], listed: try house.list.read().entries.count, now: house.clock.now)
    }

    private func places(_ house: House) throws -> (contents: BackupPlace, keys: BackupPlace) {
        (
            try BackupPlace.make(house.root.appending(path: "backups", directoryHint: .isDirectory), .contents),
            try BackupPlace.make(house.root.appending(path: "key-copies", directoryHint: .isDirectory), .keys)
        )
    }

    /// Puts a backup back, with the keys of another.
    private func putBack(
        _ house: House, _ contents: BackupManifest, keys: BackupManifest, _ name: String
    ) throws -> URL {
        let folder = house.root.appending(path: name, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try places(house).keys.restore(keys, into: folder)
        try places(house).contents.restore(contents, into: folder)
        return folder
    }

    @Test(
        "is in no byte of a folder restored from a backup made before, and with the keys of now nobody reads it even before the list is followed"
    )
    func restored() async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            // Made while it is open, as a server has it.
            let before = try backUp(house)
            let signed = try await checkpoint(open)
            house.clock.move("2024-10-09", "00:01")
            #expect(try await open.forgetting.work()?.dossiers == 1)
            let after = try backUp(house)
            #expect(after.contents.journal?.listedErasures == 1)
            try await open.close()

            // Control: with the keys of then everything is there that was.
            let unheld = try await house.open(
                try putBack(house, before.contents, keys: before.keys, "unheld"), completes: false)
            #expect(try await Self.search.contents(unheld).isSuperset(of: [Word.goal, Word.large, Word.minutes]))
            try await unheld.close()

            for keys in [before.keys, after.keys] {
                let folder = try putBack(house, before.contents, keys: keys, "restored-\(keys.moment.milliseconds)")
                // Names stand in the registers until the list is followed; what was written is behind the key.
                #expect(try Self.search.files(folder).isSuperset(of: [Word.given, Word.family]))
                if keys == after.keys {
                    let locked = try await house.open(folder, completes: false)
                    await #expect(throws: JournalFault.keyMissing(Projection.stream(Self.id))) {
                        try await locked.journal.read(Projection.stream(Self.id))
                    }
                    try await locked.close()
                }
                let restored = try await house.open(folder)
                #expect(try await restored.forgetting.forgetAgain(keys.erased ?? []) == 0)
                #expect(try await Self.search.contents(restored) == Set(Self.staying))
                let whole = try await restored.journal.verify(contents: true, against: [signed])
                #expect(whole.isWhole, "\(whole)")
                try await expectRebuilt(house, restored)
                try await restored.close()
                #expect(try Self.search.files(folder) == Set(Self.staying.prefix(2)))
            }
            // The backup of after never had it.
            let folder = try putBack(house, after.contents, keys: after.keys, "later")
            #expect(try Self.search.files(folder) == Set(Self.staying.prefix(2)))
        }
    }

    @Test("without a line in the list, as a question is, goes from a restored backup by the account of the keys")
    func unlisted() async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            let question = QuestionID("q-1")
            _ = try await open.installation.perform(
                .ask(kind: "adviser", school: Testland.school, group: nil, text: "Een leerling leest traag."), on: question,
                as: Testland.ib)
            let before = try backUp(house)
            try await open.journal.erase(
                [Projection.stream(Self.id), Projection.stream(question)], at: house.clock.now(),
                registers: RegisterChange(
                    deletes: [RegisterKey(table: QuestionRow.table, values: [RegisterValue(question)])], dossiers: [Self.id]))
            let after = try backUp(house)
            try await open.close()
            let folder = try putBack(house, before.contents, keys: after.keys, "restored")
            let restored = try await house.open(folder)
            #expect(try await restored.journal.verify(contents: true).firstBreak?.reason == .keyMissing)
            #expect(try await restored.forgetting.forgetAgain(after.keys.erased ?? []) == 2)
            let whole = try await restored.journal.verify(contents: true)
            #expect(whole.isWhole, "\(whole)")
            try await expectRebuilt(house, restored)
            await #expect(throws: NotFound()) { try await restored.installation.load(Self.id) }
            #expect(try await restored.installation.questions(for: Testland.ib).isEmpty)
            try await restored.close()
            #expect(try Self.search.files(folder).isDisjoint(with: [Word.given, Word.family, Word.large, Word.goal]))
        }
    }

    /// Where the machine stops.
    enum End: CaseIterable, Sendable {
        case listed, erased, cleared, settled
    }

    @Test("is destroyed to the end by the next start, wherever the machine stopped in the middle", arguments: End.allCases)
    func stopped(_ end: End) async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            try await open.close()
            let list = StoppingList(house.list, after: end)
            let stopping = try await house.open(list: list, vault: { StoppingVault($0, at: end) })
            house.clock.move("2024-10-09")
            await #expect(throws: (any Error).self) { try await stopping.forgetting.work() }
            // As it lies on disk at that moment, with what was written ahead.
            let left = try house.copy("left")
            try stopping.store.close()
            let next = try await house.open(left)
            await #expect(throws: NotFound()) { try await next.installation.load(Self.id) }
            #expect(try await next.installation.retentionList(as: Testland.privacyOfficer).statements.count == 1)
            #expect(try await Self.search.contents(next) == Set(Self.staying))
            #expect(try Self.search.files(left) == Set(Self.staying.prefix(2)))
            let read = try house.list.read()
            #expect(read.finished == Set(read.entries.map(\.id)))
            #expect(read.entries.count == 1)
            try await expectRebuilt(house, next)
            try await next.close()
        }
    }

    @Test("takes nobody along who has another reason to be known here")
    func otherReason() async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            let installation = open.installation
            // The mother has a second child here.
            let dossier = try await installation.load(Self.id)
            var mother = try #require(dossier.guardians.first { $0.person != nil })
            let person = try #require(mother.person)
            mother = Guardian(
                id: GuardianID("g-other"), name: mother.name, relation: "mother", authority: true, email: mother.email,
                person: person)
            _ = try await installation.perform(.recordGuardian(mother), on: Self.other, as: Testland.ib)
            house.clock.move("2024-10-09")
            #expect(try await open.forgetting.work()?.people == 0)
            #expect(try await installation.person(person).exists)
            #expect(try await installation.vault.accounts.account(of: person) != nil)
            #expect(try await installation.load(Self.other).exists)
            try await open.close()
        }
    }

    @Test("stays when something new happened before the wait was over")
    func lapsed() async throws {
        try await House.build { house in
            let open = try await house.open()
            try await story(house, open)
            house.clock.move("2024-10-05")
            let revision = try await open.installation.load(Self.id).known["signal"]?.revision ?? 0
            _ = try await open.installation.perform(
                .write(.init(part: "general", answers: ["signal": .text("Toch nog iets.")], basedOn: ["signal": revision])),
                on: Self.id, as: Testland.ib)
            house.clock.move("2024-11-01")
            #expect(try await open.forgetting.work() == nil)
            #expect(try await open.installation.load(Self.id).exists)
            try await open.close()
        }
    }
}

/// The machine stops.
private struct Stopped: Error, Equatable {}

/// A list after which the machine stops.
private struct StoppingList: ErasureList {
    private let list: ErasureFile
    private let end: ForgottenTests.End

    init(_ list: ErasureFile, after end: ForgottenTests.End) {
        self.list = list
        self.end = end
    }

    func read() throws(JournalFault) -> (entries: [ErasureEntry], finished: Set<String>) { try list.read() }
    func add(_ entry: ErasureEntry) throws(JournalFault) {
        try list.add(entry)
        if end == .listed { throw .cancelled }
    }
    func finish(_ id: String) throws(JournalFault) {
        if end != .settled { try list.finish(id) } else { throw .cancelled }
    }
}

/// A vault at which the machine stops.
private struct StoppingVault: VaultUpkeep {
    private let vault: SQLiteVault
    private let end: ForgottenTests.End

    init(_ vault: SQLiteVault, at end: ForgottenTests.End) {
        self.vault = vault
        self.end = end
    }

    func forget(dossiers: [DossierID], people: [PersonID], streams: [StreamID]) async throws {
        if end == .erased { throw Stopped() }
        try await vault.forget(dossiers: dossiers, people: people, streams: streams)
        if end == .cleared { throw Stopped() }
    }
}
