import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The main job through the interface for programs")
struct MainJobTests {
    @Test("From opening a dossier to a numbered decision, by programs of different people", arguments: MainJob.all)
    func whole(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            for route in job.routes {
                let stands = try await filler.walk(route)
                #expect(stands["uitkomst"].text != nil)
            }
            let decisions = try await filler.school.done(.get, "\(filler.path)/besluiten")["besluiten"].list ?? []
            let decision = try #require(decisions.first)
            #expect(decisions.count == 1)
            #expect(decision["nummer"].text == job.number)
            #expect(decision["begin"].text == job.begin)
            #expect(decision["einde"].text == job.end)
            #expect(decision["besloten"].text == "2023-11-06")
            #expect(decision["gegevens"].object == job.copies)
            #expect(decision["redenen"].text == "Ingevuld door een programma.")
            #expect((decision["bezwaarTotEnMet"].text != nil) == job.objection)
            let instance = try #require(decision["instantie"].text)
            let address = "\(filler.path)/besluiten/\(instance)"
            let whole = try await filler.school.done(.get, address)
            let advisers = Set((whole["adviezen"].list ?? []).compactMap { $0["door"]["persoon"].text })
            #expect(advisers.count == (whole["adviezen"].list ?? []).count, "advices of different people")
            #expect(!advisers.contains(whole["door"]["persoon"].text ?? ""), "decided by somebody else")
            #expect(whole["uitleg"].list?.isEmpty == (job.end == nil), "the end is explained")
            let letter = try await filler.school.done(.get, "\(address)/brief")
            #expect(letter.headers[.contentType] == "application/pdf")
            #expect(letter.text.hasPrefix("%PDF-"))
            #expect(letter.text.contains(job.number))
            let page = try await filler.school.ask(.get, "\(address)/brief", headers: [.accept: "text/html"])
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(page.text.contains(job.number))
            let none = try await filler.school.get("\(filler.path)/besluiten/onbekend/brief")
            #expect(none.status == .notFound)
        }
    }

    @Test("A guardian with an account agrees, writes and signs with a program of their own", arguments: MainJob.all)
    func guardian(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            let guardians = try await filler.school.done(.get, "\(filler.path)/verzorgers")["verzorgers"].list ?? []
            let first = try #require(guardians.first?["id"].text)
            let account = try await filler.school.done(.post, "\(filler.path)/verzorgers/\(first)/accounts")
            #expect(account.status == .created)
            let email = try #require(account["email"].text)
            let password = try #require(account["wachtwoord"].text)
            let person = try await stage.installation.vault.accounts.signIn(
                email: email, password: password, source: "test", at: stage.clock.now()
            ).session.person
            let again = try await filler.school.done(.post, "\(filler.path)/verzorgers/\(first)/accounts")
            #expect(again["wachtwoord"] == .null)
            await #expect(throws: AccountRefusal.ownPasswordFirst) { _ = try await stage.program(person) }
            try await stage.choosePassword(person)

            let mother = try await stage.program(person)
            let listed = try await mother.done(.get, "/dossiers")["dossiers"].list ?? []
            #expect(listed.map { $0["id"].text } == [filler.dossier])
            let plan = try await mother.done(.get, "/plan")
            let purpose = try #require(plan["doelen"].list?.first)["id"]
            let agreed = try await mother.done(
                .post, "\(filler.path)/toestemmingen", ["verzorger": .text(first), "doel": purpose, "woord": "given"])
            #expect(agreed["toestemmingen"].list?.last?["wijze"] == "account", "by account, whatever was sent")
            let other = try #require(guardians.last)["id"]
            let forOther = try await mother.ask(
                .post, "\(filler.path)/toestemmingen", ["verzorger": other, "doel": purpose, "woord": "given"])
            #expect(forOther.status == .forbidden)
            #expect(forOther.codes == ["notAllowed"])

            let withOwn = plan["delen"].list?.first { part in
                part["vragen"].list?.contains { $0["stem"] == "parents" } == true
            }
            let questions = try #require(withOwn)
            let part = try #require(questions["id"].text)
            let own = try #require(questions["vragen"].list?.first { $0["stem"] == "parents" }?["id"].text)
            let schools = try #require(
                plan["delen"].list?.compactMap { part in
                    part["vragen"].list?.first { $0["stem"] != "parents" && $0["stem"] != "child" }.map { (part["id"], $0["id"]) }
                }.first)
            let written = try await mother.done(
                .patch, "\(filler.path)/groeidocument/\(part)", ["antwoorden": [own: "Zij leest graag voor."]])
            #expect(written["antwoorden"][own] == "Zij leest graag voor.")
            let refused = try await mother.ask(
                .patch, "\(filler.path)/groeidocument/\(schools.0.text ?? "")",
                ["antwoorden": [schools.1.text ?? "": "Dit schrijft de school."]])
            #expect(refused.codes == ["notYourVoice"])
        }
    }

    @Test(
        "A meeting sooner than the plan asks is refused with the day from which it may, and goes through with a reason",
        arguments: MainJob.withMeetingAhead)
    func tooSoon(_ job: MainJob) async throws {
        let meeting = try #require(job.meeting)
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            let today = stage.clock.now().day
            // Everything else is there: only the moment is in the way.
            let form = try await filler.prepare(meeting.route)
            #expect(form["overleg"]["eerstZonderReden"].text == today.adding(days: meeting.ahead).description)
            var answers: [String: JSON] = [
                "meeting-moment": .text("\(today.adding(days: meeting.ahead - 1))T15:30"), "meeting-place": "School",
            ]
            let refused = try await filler.school.ask(
                .post, "\(filler.path)/procedures",
                ["procedure": .text(meeting.route), "antwoorden": .object(answers)])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.codes == ["tooSoon"])
            #expect(refused.pointers == ["/antwoorden/meeting-reason"])
            let reason = try #require(refused.errors.first)
            #expect(reason["waarden"]["earliest"].text == today.adding(days: meeting.ahead).description)
            #expect(reason["bron"].text != nil)
            answers["meeting-reason"] = "Iedereen kan alleen dan."
            _ = try await filler.start(meeting.route, also: answers)
            let planned = try await filler.school.done(.get, "\(filler.path)/procedures")["procedures"].list?.first?["overleggen"]
            #expect(planned?.list?.first?["reden"] == "Iedereen kan alleen dan.")
        }
    }

    @Test("Whoever advised may not decide, and is told on which ground", arguments: MainJob.withAdviser)
    func samePerson(_ job: MainJob) async throws {
        try await PlanStage.run(job.plan) { stage in
            let filler = try await job.open(stage)
            for route in job.routes.dropLast() { _ = try await filler.walk(route) }
            let route = try #require(job.routes.last)
            let instance = try await filler.start(route)
            var advised: Program?
            let last = job.decides.step
            while true {
                let open = try await filler.school.done(.get, "\(filler.path)/procedures/\(instance)")["openStappen"].list ?? []
                let step = try #require(open.first?["stap"].text)
                if step == last { break }
                let form = try await filler.whoeverHas(step, of: instance)
                try await filler.take(step, of: instance, by: form)
                if step == job.decides.adviser { advised = form }
            }
            let adviser = try #require(advised)
            let account = try await adviser.done(.get, "/account")
            let person = PersonID(try #require(account["persoon"].text))
            let function = stage.installation.rules.procedure(route)?.step(last)?.by.functions.first
            try await stage.grant(try #require(function), to: person)
            let address = "\(filler.path)/procedures/\(instance)/stappen/\(last)"
            let form = try await adviser.get(address)
            #expect(form.status == .forbidden)
            let choice = try #require(job.script.choices["\(route).\(last)"])
            let decided = try await adviser.ask(.post, address, ["keuze": .text(choice), "antwoorden": [:]])
            #expect(decided.status == .forbidden)
            #expect(decided.problem == "not-allowed")
            #expect(decided.codes == ["samePerson"])
            #expect(decided.errors.first?["bron"].text != nil)
        }
    }

    @Test("Thirty-two decisions at once get thirty-two numbers without gap or double")
    func manyAtOnce() async throws {
        let job = MainJob.heuvelrug
        try await PlanStage.run(job.plan) { stage in
            let count = 32
            var waiting: [(filler: FormFiller, instance: String)] = []
            for number in 0..<count {
                let filler = try await job.open(stage, given: "Kind \(number)")
                _ = try await filler.walk("trajectoverleg")
                let instance = try await filler.start("toewijzing")
                for step in ["ontvangst", "toets"] {
                    try await filler.take(step, of: instance, by: try await filler.whoeverHas(step, of: instance))
                }
                waiting.append((filler, instance))
            }
            let committee = try await stage.program(try stage.holder("commissielid"))
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for (filler, instance) in waiting {
                    group.addTask {
                        try await committee.ask(
                            .post, "\(filler.path)/procedures/\(instance)/stappen/commissie",
                            ["keuze": "toewijzen", "antwoorden": ["besluit-reden": "Deze plek past."]]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == .ok })
            var numbers: [String] = []
            for (filler, _) in waiting {
                let decisions = try await filler.school.done(.get, "\(filler.path)/besluiten")["besluiten"].list ?? []
                numbers += decisions.compactMap { $0["nummer"].text }
            }
            let expected = (1...count).map { "T\(String(repeating: "0", count: $0 < 10 ? 4 : 3))\($0)/2023-2024" }
            #expect(numbers.sorted() == expected)
        }
    }
}
