import Domain
import Foundation
import HTTPTypes
import TestKit
import Testing
import UseCases

@testable import Web

/// A program that walks any route of any plan: it reads what a form asks and needs, and sees to that.
///
/// It knows keys of no plan. What a key alone does not say, such as which choice is made, is in its script.
struct FormFiller: Sendable {
    let stage: PlanStage
    let dossier: String
    /// Who does the work at the school: writes, records, signs for guardians, adds documents.
    let school: Program
    let script: Script

    /// What is wanted, by keys of one plan.
    struct Script: Sendable {
        /// Choices by `procedure.step`; the first choice when a step is not named.
        var choices: [String: String] = [:]
        /// Answers by question, where anything readable will not do.
        var answers: [String: JSON] = [:]
        /// Function of who starts a procedure, where that is not the school.
        var starters: [String: String] = [:]
    }

    var path: String { "/dossiers/\(dossier)" }

    /// A file that is a report, by its first bytes.
    static let report = Data("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)

    // MARK: Routes

    /// Starts a route, walks it to its end, and gives how it stands then.
    func walk(_ procedure: String) async throws -> JSON {
        let instance = try await start(procedure)
        for _ in 0..<20 {
            let stands = try await school.done(.get, "\(path)/procedures/\(instance)").json
            guard stands["uitkomst"] == .null else { return stands }
            for step in try #require(stands["openStappen"].list) {
                let name = try #require(step["stap"].text)
                try await take(name, of: instance, by: try await whoeverHas(name, of: instance))
            }
        }
        Issue.record("\(procedure) does not end")
        return .null
    }

    /// Sees to everything that a route needs before it starts; its form.
    @discardableResult
    func prepare(_ procedure: String) async throws -> JSON {
        let starter = try await starter(of: procedure)
        return try await settled { try await starter.done(.get, "\(path)/procedure-formulieren/\(procedure)").json }
    }

    private func starter(of procedure: String) async throws -> Program {
        guard let function = script.starters[procedure] else { return school }
        return try await stage.program(try stage.holder(function))
    }

    /// Starts a route with everything that it asks and needs; its key.
    func start(_ procedure: String, also answers: [String: JSON] = [:]) async throws -> String {
        let form = try await prepare(procedure)
        let starter = try await starter(of: procedure)
        let started = try await submit(by: starter, "\(path)/procedures", asked: questions(in: form)) { filled in
            ["procedure": .text(procedure), "antwoorden": .object(filled.merging(answers) { _, given in given })]
        }
        #expect(started.status == .created)
        let instance = try #require(started["id"].text)
        #expect(started.location == "/v1\(path)/procedures/\(instance)")
        return instance
    }

    /// Takes a step with the choice of the script.
    func take(_ step: String, of instance: String, by program: Program) async throws {
        let address = "\(path)/procedures/\(instance)/stappen/\(step)"
        let form = try await settled { chosen(in: try await program.done(.get, address).json) }
        let taken = try await submit(by: program, address, asked: questions(in: form)) { filled in
            ["keuze": form["keuze"], "antwoorden": .object(filled)]
        }
        #expect([.ok, .noContent].contains(taken.status))
    }

    /// A step's form with what its choice of the script asks and needs beside what it asks in any case.
    private func chosen(in step: JSON) -> JSON {
        let choices = step["keuzes"].list ?? []
        let wanted = script.choices["\(step["procedure"].text ?? "").\(step["stap"].text ?? "")"]
        guard let choice = choices.first(where: { wanted == nil || $0["id"].text == wanted }) else { return .null }
        return [
            "keuze": choice["id"], "vragen": .list((step["vragen"].list ?? []) + (choice["vragen"].list ?? [])),
            "nodig": choice["nodig"], "overleg": choice["overleg"],
        ]
    }

    /// Whoever finds the step in the list of work.
    func whoeverHas(_ step: String, of instance: String) async throws -> Program {
        for member in stage.cast {
            let program = try await stage.program(member.person)
            let tasks = try await program.done(.get, "/taken")["wachtOpMij"].list ?? []
            if tasks.contains(where: { $0["instantie"].text == instance && $0["stap"].text == step }) { return program }
        }
        throw Lost(what: "nobody has \(step)")
    }

    struct Lost: Error { let what: String }

    // MARK: Answering

    private func questions(in form: JSON) -> [JSON] { (form["vragen"].list ?? []) + (form["overleg"]["vragen"].list ?? []) }

    /// Sends a form; what proves to be required on second thoughts is filled in and sent again.
    private func submit(
        by program: Program, _ address: String, asked: [JSON], _ body: ([String: JSON]) -> JSON
    ) async throws -> Program.Answer {
        var filled: [String: JSON] = [:]
        for question in asked where question["bekend"] != true {
            guard let id = question["id"].text else { continue }
            let isWanted = question["verplicht"] == true && question["voorwaardelijk"] != true || id == MeetingField.reason
            if let answer = script.answers[id] { filled[id] = answer } else if isWanted { filled[id] = answer(to: question) }
        }
        let first = try await program.ask(.post, address, body(filled))
        guard first.status == .unprocessableContent, first.codes.allSatisfy({ $0 == "required" }) else { return try fine(first) }
        for pointer in first.pointers {
            let id = String(pointer.split(separator: "/").last ?? "")
            filled[id] = try answer(to: #require(asked.first { $0["id"].text == id }))
        }
        return try fine(try await program.ask(.post, address, body(filled)))
    }

    private func fine(_ answer: Program.Answer) throws -> Program.Answer {
        try #require(answer.status.kind == .successful, "\(answer.status) \(answer.text)")
        return answer
    }

    /// Anything that can be read as an answer.
    private func answer(to question: JSON) -> JSON {
        switch question["soort"].text {
        case "dag": .text(stage.clock.now().day.adding(days: 30).description)
        // Late today: what comes of a meeting is told on its day at the earliest.
        case "moment": .text("\(stage.clock.now().day)T23:30")
        case "keuze": question["opties"].list?.first?["id"] ?? .null
        case "keuzes": .list(Array((question["opties"].list ?? []).prefix(1).map { $0["id"] }))
        case "janee": true
        case "getal": .text(String(question["minste"].int ?? 0))
        case "teksten": .list((1...(question["tenMinste"].int ?? 1)).map { .text("Ingevuld \($0)") })
        // One part of the week, at the first place.
        case "week":
            .list([
                .text(
                    [
                        question["dagen"].list?.first, question["dagdelen"].list?.first?["id"],
                        question["opties"].list?.first?["id"],
                    ]
                    .compactMap { $0?.text }.joined(separator: "."))
            ])
        case "persoon": question["kandidaten"].list?.first?["persoon"] ?? .null
        // Left empty: a school that is not in the register.
        case "school": ""
        default: "Ingevuld door een programma."
        }
    }

    // MARK: Seeing to what is needed

    /// A form of which everything that it needs is there.
    private func settled(_ form: () async throws -> JSON) async throws -> JSON {
        for _ in 0..<6 {
            let form = try await form()
            let lacking = (form["nodig"].list ?? []).filter { $0["aanwezig"] == false && applies($0) }
            guard let need = lacking.first else { return form }
            try await see(to: need)
        }
        throw Lost(what: "the needs of a form are never met")
    }

    /// Whether a need that depends on the form's own answers comes to apply.
    private func applies(_ need: JSON) -> Bool {
        guard need["voorwaardelijk"] == true else { return true }
        return (need["wanneer"].list ?? []).allSatisfy { clause in
            guard let answer = script.answers[clause["feit"].text ?? ""] else { return clause["leeg"] == true }
            return clause["waarden"].list?.contains(answer) ?? false
        }
    }

    private func see(to need: JSON) async throws {
        let lack = need["ontbreekt"]
        switch lack["wat"].text {
        case "toestemmingen":
            for guardian in lack["verzorgers"].list ?? [] {
                _ = try await school.done(
                    .post, "\(path)/toestemmingen",
                    ["verzorger": guardian, "doel": need["doel"], "woord": "given", "wijze": "paper"])
            }
        case "antwoorden": try await write((lack["vragen"].list ?? []).compactMap(\.text))
        case "vastgezette-versie": _ = try await school.done(.post, "\(path)/groeidocument-versies")
        case "handtekeningen":
            let versions = try await school.done(.get, "\(path)/groeidocument-versies")["versies"].list ?? []
            let last = try #require(versions.last?["nummer"].int)
            for guardian in lack["verzorgers"].list ?? [] {
                _ = try await school.done(
                    .post, "\(path)/groeidocument-versies/\(last)/handtekeningen", ["verzorger": guardian])
            }
        case "document":
            _ = try await school.done(
                .post, "\(path)/documenten",
                [
                    "naam": "verslag.pdf", "soort": lack["documentsoort"], "inhoud": .text(Self.report.base64EncodedString()),
                ])
        default: throw Lost(what: "nothing is known about \(lack)")
        }
    }

    /// Writes answers in the parts that ask them.
    private func write(_ wanted: [String]) async throws {
        for part in try await school.done(.get, "/plan")["delen"].list ?? [] {
            let questions = (part["vragen"].list ?? []).filter { wanted.contains($0["id"].text ?? "") }
            guard !questions.isEmpty, let id = part["id"].text else { continue }
            var answers: [String: JSON] = [:]
            for question in questions {
                guard let id = question["id"].text else { continue }
                answers[id] = script.answers[id] ?? answer(to: question)
            }
            _ = try await school.done(.patch, "\(path)/groeidocument/\(id)", ["antwoorden": .object(answers)])
        }
    }
}
