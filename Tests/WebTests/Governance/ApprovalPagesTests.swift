import Domain
import Foundation
import HTTPTypes
import Testing
import UseCases

@testable import Web

@Suite("The pages of a version of the plan")
struct ApprovalPagesTests {
    private static let path = "/plan/versies/spow/2023-najaar"
    private static let key = PlanKey("spow/2023-najaar")
    /// A paper that shows a step.
    static let paper = (name: "brief.pdf", contents: Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8))

    /// A stage with a draft, and everybody who has a part in it signed in.
    private struct Hall {
        let stage: PlanStage
        let guest: Visitor
        let director: Visitor
        let chair: Visitor
        let member: Visitor
        let towns: [String: Visitor]
        let board: Visitor
        let ib: Visitor

        static func run(_ language: Language = .nl, _ test: @Sendable (Hall) async throws -> Void) async throws {
            try await PlanStage.run("spow") { stage in
                func visitor(_ function: String) async throws -> Visitor {
                    let person = try stage.holder(function)
                    let signedIn = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
                    return Visitor(
                        client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=\(language.rawValue)",
                        csrf: signedIn.session.csrf.text)
                }
                let director = try await stage.installation.actor(try stage.holder("swv-director"))
                let base = stage.installation.rules.key
                let title = Localized(nl: "Plan najaar 2023", en: "Plan autumn 2023")
                _ = try await stage.installation.perform(
                    .draft(
                        .init(
                            title: title, amends: base,
                            files: stage.installation.firstFile(of: key, amends: base, title: title, from: .of("2024-01-01")))),
                    on: key, as: director)
                var towns: [String: Visitor] = [:]
                for town in ["westland", "midden-delfland", "rotterdam"] {
                    towns[town] = try await visitor("municipality-\(town)")
                }
                try await test(
                    Hall(
                        stage: stage, guest: Visitor(client: stage.client, cookie: "lang=\(language.rawValue)", csrf: ""),
                        director: try await visitor("swv-director"), chair: try await visitor("opr-chair"),
                        member: try await visitor("opr-member"), towns: towns,
                        board: try await visitor("general-board-member"), ib: try await visitor("ib")))
            }
        }

        var day: String { stage.clock.now().day.description }

        func version() async throws -> PlanVersion { try await stage.installation.planVersion(key) }

        func agree() async throws {
            for (town, visitor) in towns {
                let answer = try await visitor.upload(
                    "\(path)/overeenstemmen", file: paper, [("municipality", town), ("day", day)])
                #expect(answer.status == .seeOther, "\(town)")
            }
        }
    }

    @Test("A version walks from draft to in force by its pages, each step by who may take it", arguments: Language.allCases)
    func walk(_ language: Language) async throws {
        try await Hall.run(language) { (hall: Hall) async throws in
            let path = Self.path
            let draft = try await hall.director.get(path)
            #expect(draft.text.contains("\(path)/voorleggen"))
            #expect(!draft.text.contains("\(path)/instemmen"))
            #expect(try await hall.chair.post("\(path)/instemmen", [("day", hall.day)]).status == .unprocessableContent)
            #expect(try await hall.director.post("\(path)/voorleggen", [("day", hall.day)]).status == .seeOther)

            let asked = try await hall.member.post(
                "\(path)/vraag",
                [
                    ("chapter", "inrichting"), ("group", "ouders"), ("question", "Waarom zes weken?"),
                    ("_key", "0123456789abcdefgh"),
                ])
            #expect(asked.status == .seeOther)
            _ = try await hall.member.post(
                "\(path)/vraag",
                [
                    ("chapter", "inrichting"), ("group", "ouders"), ("question", "Waarom zes weken?"),
                    ("_key", "0123456789abcdefgh"),
                ])
            #expect(try await hall.version().questions.count == 1)
            let waiting = try await hall.chair.post("\(path)/instemmen", [("day", hall.day), ("note", "Unaniem")])
            #expect(waiting.status == .unprocessableContent)
            #expect(waiting.text.contains("Unaniem"))
            #expect(try await hall.director.get("/").text.contains(path))
            let id = try #require(try await hall.version().questions.first?.id)
            let answered = try await hall.director.post("\(path)/antwoord", [("id", id), ("answer", "Zo staat het in de wet.")])
            #expect(answered.status == .seeOther)
            #expect(try await hall.member.get(path).text.contains("Zo staat het in de wet."))
            #expect(try await hall.member.post("\(path)/afronden", [("id", id)]).status == .seeOther)
            #expect(try await hall.chair.get("/").text.contains(path))
            let bare = try await hall.chair.post("\(path)/instemmen", [("day", hall.day)])
            #expect(bare.status == .unprocessableContent)
            #expect(bare.text.contains("field-instemmen-file-error"))
            #expect(
                try await hall.chair.upload("\(path)/instemmen", file: Self.paper, [("day", hall.day)]).status == .seeOther)

            #expect(
                try await hall.towns["westland"]?.post(
                    "\(path)/overeenstemmen", [("municipality", "rotterdam"), ("day", hall.day)]
                )
                .status == .unprocessableContent)
            try await hall.agree()
            let boards = hall.stage.installation.rules.governance?.boards.map(\.id) ?? []
            let most = boards.dropLast().map { ("for", $0) } + [("against", boards.last ?? ""), ("day", hall.day)]
            let refused = try await hall.board.upload("\(path)/vaststellen", file: Self.paper, most)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("11"))
            #expect(
                try await hall.board.upload(
                    "\(path)/vaststellen", file: Self.paper, boards.map { ("for", $0) } + [("day", hall.day)]
                ).status == .seeOther)
            // Adopted is public; who recorded it and how it was voted is not.
            let open = try await hall.guest.get(path)
            #expect(open.status == .ok)
            #expect(!open.text.contains("Naam van"))
            #expect(!open.text.contains("Waarom zes weken?"))
            #expect(try await hall.director.get(path).text.contains("Waarom zes weken?"))

            let past = try await hall.director.post("\(path)/ingaan", [("from", "2020-01-01"), ("day", hall.day)])
            #expect(past.status == .unprocessableContent)
            #expect(
                try await hall.director.post("\(path)/ingaan", [("from", hall.day), ("day", hall.day)]).status == .seeOther)
            #expect(hall.stage.installation.rules.key == Self.key)
            #expect(
                try await hall.director.upload("\(path)/inspectie", file: Self.paper, [("day", hall.day)]).status == .seeOther)
            #expect(try await hall.version().steps.last?.kind == .reported)
            #expect(try await hall.guest.get("/plan?versie=\(Self.key)").text.contains(language == .nl ? "najaar" : "autumn"))
        }
    }

    @Test("A draft, its list entry and its papers are there for those with a part in the plan and for nobody else")
    func hidden() async throws {
        try await Hall.run { (hall: Hall) async throws in
            for visitor in [hall.guest, hall.ib] {
                #expect(try await visitor.get(Self.path).status == .notFound)
                #expect(try await !visitor.get("/plan/versies").text.contains("2023-najaar"))
            }
            #expect(try await hall.ib.post("\(Self.path)/voorleggen", [("day", hall.day)]).status == .notFound)
            #expect(try await !hall.ib.get("/").text.contains("2023-najaar"))
            for visitor in [hall.director, hall.member, hall.board] {
                #expect(try await visitor.get(Self.path).status == .ok)
                #expect(try await visitor.get("/plan/versies").text.contains("2023-najaar"))
            }
            #expect(try await hall.guest.get("/plan/versies/spow/nergens").status == .notFound)
            #expect(try await hall.guest.get("/plan/versies/spow/2020-2024").status == .ok)
        }
    }

    @Test("A form that is refused keeps what was typed and says why beside the field")
    func keeps() async throws {
        try await Hall.run { (hall: Hall) async throws in
            for (day, problem) in [("gisteren", "Dit is geen datum"), ("", ""), ("2030-01-01", "")] {
                let answer = try await hall.director.post(
                    "\(Self.path)/voorleggen", [("day", day), ("note", "Met dank aan de werkgroep")])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains("Met dank aan de werkgroep"))
                #expect(answer.text.contains("field-voorleggen-day-error"))
                #expect(problem.isEmpty || answer.text.contains(problem) || !day.isEmpty)
            }
            let reason = try await hall.director.post("\(Self.path)/intrekken", [("day", hall.day)])
            #expect(reason.text.contains("field-intrekken-note-error"))
            #expect(reason.text.contains("<details class=\"card\" open"))
        }
    }

    @Test("Who was typing while somebody else went further keeps the words, with why they can no longer be sent")
    func somebodyWasFirst() async throws {
        try await Hall.run { (hall: Hall) async throws in
            let sent = try await hall.director.upload("\(Self.path)/voorleggen", file: Self.paper, [("day", hall.day)])
            #expect(sent.status == .seeOther)
            let asked = try await hall.member.post(
                "\(Self.path)/vraag", [("chapter", try #require(chapter(hall))), ("question", "Waarom zo lang?")])
            #expect(asked.status == .seeOther)
            let id = try #require(try await hall.version().questions.first?.id)
            // Two who answer the same question: the second reads the first before theirs takes its place.
            func answer(_ text: String, over: String?) async throws -> Visitor.Answer {
                try await hall.director.post(
                    "\(Self.path)/antwoord", [("id", id), ("answer", text)] + (over.map { [(Approval.over, $0)] } ?? []))
            }
            #expect(try await answer("Zo is de wet.\r\nHelaas.", over: "").status == .seeOther)
            let second = try await answer("Vraag het de minister.", over: "")
            #expect(second.status == .unprocessableContent)
            #expect(second.words.contains("Zo is de wet.") && second.text.contains(">Vraag het de minister.</textarea>"))
            #expect(try await answer("Vraag het de minister.", over: second.value(Approval.over)).status == .seeOther)
            #expect(try await hall.chair.post("\(Self.path)/afronden", [("id", id)]).status == .seeOther)
            let words = "Omdat twee deskundigen ernaar kijken."
            let answer = try await hall.director.post("\(Self.path)/antwoord", [("id", id), ("answer", words)])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(words) && answer.words.contains("Dit kan hier niet meer."))
            #expect(answer.words.contains(hall.stage.site.face.texts(.nl)("refusal.questionSettled")))
            #expect(!(try await hall.director.get(Self.path).words.contains("Dit kan hier niet meer.")))
        }
    }

    private func chapter(_ hall: Hall) -> String? { hall.stage.installation.rules.outline.chapters.first?.id }

    @Test("A draft with an error in it says which when it is submitted")
    func faults() async throws {
        try await Hall.run { (hall: Hall) async throws in
            let director = try await hall.stage.installation.actor(try hall.stage.holder("swv-director"))
            _ = try await hall.stage.installation.perform(
                .write([.init(file: "fields.yaml", text: "iets: { titel: x }\n")], basedOn: nil), on: Self.key, as: director)
            let answer = try await hall.director.post("\(Self.path)/voorleggen", [("day", hall.day)])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("fields.yaml, regel 1"))
        }
    }

    @Test("How a version that is followed came about is recorded on its page, with days that are past")
    func known() async throws {
        try await Hall.run { (hall: Hall) async throws in
            let path = "/plan/versies/spow/2020-2024"
            #expect(try await hall.director.get(path).text.contains("\(path)/vastleggen"))
            #expect(try await !hall.chair.get(path).text.contains("\(path)/vastleggen"))
            #expect(try await hall.director.post("\(path)/vastleggen").status == .seeOther)
            #expect(try await hall.director.post("\(path)/voorleggen", [("day", "2020-01-15")]).status == .seeOther)
            #expect(
                try await hall.chair.upload("\(path)/instemmen", file: Self.paper, [("day", "2020-02-20")]).status == .seeOther)
            #expect(try await hall.guest.get(path).status == .ok)
        }
    }
}
