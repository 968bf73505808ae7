import Domain
import Foundation
import Journal
import TestKit
import Testing
import UseCases

extension Stage {
    /// How far a dossier of the invented partnership has come.
    enum Chapter: Int, CaseIterable, Comparable, Sendable {
        case opened, written, agreed, talking, wider, asked, complete, advised, granted

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// One command of the story: who, when.
    struct Line: Sendable {
        let chapter: Chapter
        let day: String
        let actor: Actor
        let command: DossierCommand
    }

    /// Key of the talk of a dossier.
    static func talk(_ id: DossierID) -> InstanceID { InstanceID("talk-\(id)") }
    /// Key of the request of a dossier.
    static func entry(_ id: DossierID) -> InstanceID { InstanceID("entry-\(id)") }

    /// A step of a dossier's request.
    static func take(_ id: DossierID, _ step: String, _ choice: String, _ answers: Answers = [:]) -> DossierCommand {
        .take(.init(instance: entry(id), step: step, choice: choice, answers: answers))
    }

    /// The decision of a dossier's request.
    static func decides(_ id: DossierID, _ choice: String = "grant") -> DossierCommand {
        take(id, "decide", choice, ["reasons": .text("Beide adviezen zijn het eens.")])
    }

    /// An answer in the groeidocument, written on what is there.
    static func writes(_ field: String, _ text: String, in part: String, on revision: Int = 0) -> DossierCommand {
        .write(.init(part: part, answers: [field: .text(text)], basedOn: revision == 0 ? [:] : [field: revision]))
    }

    /// The life of one dossier from its opening to the decision.
    static func lines(of id: DossierID, child: Child = Testland.child) -> [Line] {
        let open = DossierCommand.open(
            .init(
                child: child, school: Testland.school,
                guardians: [Testland.motherInDossier, Testland.fatherInDossier, Testland.stepfatherInDossier],
                named: [NamedPerson(person: Testland.teacher.person, function: "teacher")]))
        let talked = DossierCommand.take(
            .init(instance: talk(id), step: "meet", choice: "wider", answers: ["minutes": .text("Besproken.")]))
        return [Line(chapter: .opened, day: "2021-09-01", actor: Testland.ib, command: open)]
            + Testland.everyPart.map { Line(chapter: .written, day: "2021-09-02", actor: Testland.ib, command: .write($0)) }
            + [
                Line(
                    chapter: .agreed, day: "2021-09-03", actor: Testland.mother,
                    command: Testland.agrees(Testland.motherInDossier)),
                Line(
                    chapter: .agreed, day: "2021-09-03", actor: Testland.ib, command: Testland.agrees(Testland.fatherInDossier)),
                Line(
                    chapter: .talking, day: "2021-09-06", actor: Testland.ib,
                    command: Testland.startTalk(instance: talk(id))),
                Line(chapter: .wider, day: "2021-09-20", actor: Testland.ib, command: talked),
                Line(
                    chapter: .asked, day: "2021-10-01", actor: Testland.ib,
                    command: Testland.startEntry(instance: entry(id))),
                Line(
                    chapter: .complete, day: "2021-10-04", actor: Testland.secretary,
                    command: take(id, "check", "complete", ["second-expert": .text(Testland.expert.person.rawValue)])),
                Line(
                    chapter: .advised, day: "2021-10-11", actor: Testland.adviser,
                    command: take(id, "first", "done", ["first-advice": .text("Ja, passend.")])),
                Line(
                    chapter: .advised, day: "2021-10-12", actor: Testland.expert,
                    command: take(id, "second", "done", ["second-advice": .text("Ook passend.")])),
                Line(chapter: .granted, day: "2021-10-18", actor: Testland.decider, command: decides(id)),
            ]
    }

    /// Tells a dossier's story up to and with a chapter; the clock stands at its last day afterwards.
    @discardableResult
    func tell(_ id: DossierID, to chapter: Chapter, child: Child = Testland.child) async throws -> Dossier {
        var dossier = Dossier(id: id)
        for line in Stage.lines(of: id, child: child) where line.chapter <= chapter {
            clock.move(line.day)
            dossier = try await installation.perform(line.command, on: id, as: line.actor)
        }
        return dossier
    }

    /// The same for many dossiers at once, day by day.
    func tell(_ ids: [DossierID], to chapter: Chapter) async throws {
        let installation = installation
        let lines = ids.map { Stage.lines(of: $0) }
        guard let first = lines.first else { return }
        for (index, line) in first.enumerated() where line.chapter <= chapter {
            clock.move(line.day)
            try await withThrowingTaskGroup { group in
                for (id, lines) in zip(ids, lines) {
                    group.addTask { _ = try await installation.perform(lines[index].command, on: id, as: lines[index].actor) }
                }
                try await group.waitForAll()
            }
        }
    }
}

extension Child {
    /// Another child, by name.
    static func named(_ given: String, _ family: String) -> Child {
        Child(givenName: given, familyName: family, born: Testland.child.born, group: Testland.child.group)
    }
}
