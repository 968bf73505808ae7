import Domain
import Foundation
import HTTPTypes
import Journal
import TestKit
import Testing
import UseCases

@testable import Web

/// SPOW's plan with one child whose dossier is at some moment of its life, and everybody who could ask for it.
struct AccessStage: Sendable {
    /// A given name that stands nowhere else, so that every leak shows.
    static let given = "Quirijntje"

    /// Words that stand in one part of the dossier only: whoever may not read the part must meet them nowhere.
    static let canaries: [DossierPart: String] = [
        .family: "Piet van den Berg", .groeidocument: "kanariegeel", .documents: "kanarie.pdf", .decisions: MainJob.spow.number,
    ]

    let stage: PlanStage
    let filler: FormFiller
    let moment: LifeStage
    let people: [Relation: PersonID]
    /// The first guardian, who has an account.
    let guardian: GuardianID
    let instances: [String: String]
    /// The time that somebody was asked in who reads along now.
    let asked: AskedInID

    var dossier: DossierID { DossierID(filler.dossier) }
    var rules: PlanRules { stage.installation.rules }

    static func run(at moment: LifeStage, _ test: @Sendable (AccessStage) async throws -> Void) async throws {
        try await PlanStage.run(MainJob.spow.plan, transfers: try Desk.two().here) { stage in
            let job = MainJob.spow
            let filler = try await job.open(stage, given: given)
            // Asked yesterday, so that what was for one day is over.
            let asked = try await askIn(stage, filler)
            let over = try await openInEmergency(.emergencyOver, stage, filler)
            stage.clock.move(to: stage.clock.now().adding(days: 1))
            var people = try await people(stage, filler).merging(asked) { $1 }
            people[.emergencyOver] = over
            people[.expertAsked] = try stage.holder("expert")
            try await write(filler)
            var instances: [String: String] = [:]
            if moment == .resting { try await rest(stage, filler, people) }
            if ![.opened, .resting].contains(moment) {
                for route in job.routes.dropLast() {
                    let walked = try await filler.walk(route)
                    let instance = try #require(walked["id"].text)
                    instances[route] = instance
                }
                let request = try await filler.start("tlv")
                instances["tlv"] = request
                try await filler.take("check", of: request, by: try await filler.whoeverHas("check", of: request))
                let asked = try await stage.installation.load(DossierID(filler.dossier)).procedure(InstanceID(request))?
                    .answers["second-expert"]
                people[.expertAsked] = PersonID(try #require(asked?.text))
                if moment != .running {
                    for step in ["advise-first", "advise-second", "decide"] {
                        try await filler.take(step, of: request, by: try await filler.whoeverHas(step, of: request))
                    }
                }
            }
            people[.expertNotAsked] =
                stage.cast.first {
                    $0.function == "expert" && $0.person != people[.expertAsked]
                }?.person
            let first = try #require(try await stage.installation.load(DossierID(filler.dossier)).guardians.first)
            if moment == .later { stage.clock.move(to: stage.clock.now().adding(days: 63)) }
            if moment == .moved { try await move(stage, filler) }
            if moment == .announced { try await announce(stage, filler, people) }
            people[.emergencyNow] = try await openInEmergency(.emergencyNow, stage, filler)
            try await test(
                AccessStage(
                    stage: stage, filler: filler, moment: moment, people: people, guardian: first.id, instances: instances,
                    asked: AskedInID("\(Relation.askedIn)")))
        }
    }

    /// What is not read from outside, nor changed, while everything rests.
    static let restingParts: Set<DossierPart> = [.groeidocument, .documents]

    /// A guardian asks that everything rests, and it does.
    private static func rest(_ stage: PlanStage, _ filler: FormFiller, _ people: [Relation: PersonID]) async throws {
        let id = RightsRequestID("r-resting")
        for (command, person) in [
            (RightsCommand.ask(.init(id: id, right: .restriction, subject: .all, words: "Nu even niet.")), people[.guardian]),
            (.decide(.init(id: id, outcome: .granted, reason: "", ground: nil, copy: nil)), people[.privacyOfficer]),
        ] {
            _ = try await stage.installation.perform(
                .rights(command), on: DossierID(filler.dossier),
                as: try await stage.installation.actor(try #require(person)))
        }
    }

    /// The child begins at the other school, which its parents agree may read the dossier.
    private static func move(_ stage: PlanStage, _ filler: FormFiller) async throws {
        let moving = FormFiller(
            stage: stage, dossier: filler.dossier, school: filler.school,
            script: .init(
                answers: [
                    "transfer-school": .text(PlanStage.otherSchool.rawValue),
                    "transfer-started-on": .text(stage.clock.now().day.description),
                ]))
        // Some time after the decision: what began and ended in one moment was nowhere.
        stage.clock.move(by: 60)
        #expect(try await moving.walk("overstap-po")["uitkomst"].text == "moved")
    }

    /// The time of keeping goes by, and the privacy officer announces that the dossier will be destroyed.
    private static func announce(_ stage: PlanStage, _ filler: FormFiller, _ people: [Relation: PersonID]) async throws {
        let dossier = DossierID(filler.dossier)
        let kept = try await stage.installation.load(dossier).retention(stage.installation.shelf)?.keptUntil
        stage.clock.move(to: .of(try #require(kept).adding(days: 30).description, "09:00"))
        _ = try await stage.installation.perform(
            .retention(.announce), on: dossier,
            as: try await stage.installation.actor(try #require(people[.privacyOfficer])))
    }

    /// A locked version, and a document.
    private static func write(_ filler: FormFiller) async throws {
        _ = try await filler.school.done(
            .patch, "\(filler.path)/groeidocument/algemeen",
            ["antwoorden": try await answer(filler, part: "algemeen")])
        _ = try await filler.school.done(.post, "\(filler.path)/groeidocument-versies")
    }

    /// Some answer to the first question in words of a part.
    static func answer(
        _ filler: FormFiller, part: String, text: String = "Haar tas is \(canaries[.groeidocument] ?? "")."
    ) async throws -> JSON {
        let parts = try await filler.school.done(.get, "/plan")["delen"].list ?? []
        let questions = parts.first { $0["id"].text == part }?["vragen"].list ?? []
        let question = try #require(questions.first { ["tekst", "alinea"].contains($0["soort"].text) })
        return .object([try #require(question["id"].text): .text(text)])
    }

    private static func people(_ stage: PlanStage, _ filler: FormFiller) async throws -> [Relation: PersonID] {
        var people: [Relation: PersonID] = [
            .ib: try stage.holder("ib"), .director: try stage.holder("school-director"),
            .teacher: try stage.holder("teacher"), .ibElsewhere: try stage.stranger("ib"),
            .adviser: try stage.holder("adviser"), .adviserElsewhere: try stage.stranger("adviser"),
            .secretary: try stage.holder("secretary"), .decisionMaker: try stage.holder("decision-maker"),
            .boskSpecialist: try stage.holder("bosk-specialist"), .privacyOfficer: try stage.holder("privacy-officer"),
            .partnershipDirector: try stage.holder("swv-director"), .administrator: PersonID("p-administrator"),
        ]
        let teacher = try await stage.newcomer("other-teacher")
        try await stage.grant("teacher", to: teacher)
        people[.otherTeacher] = teacher
        let today = stage.clock.now().day
        people[.schoolAdministrator] = try await stage.administrator(at: PlanStage.school)
        people[.formerIB] = try await ib(.formerIB, from: today.adding(days: -400), until: today.adding(days: -1), stage)
        // The last moment is some seven years from now.
        people[.futureIB] = try await ib(.futureIB, from: today.adding(days: 5_000), until: nil, stage)
        people[.standsIn] = try await standIn(
            .standsIn, for: try stage.holder("teacher"), as: "teacher", from: today, until: today.adding(days: 200), stage)
        people[.stoodIn] = try await standIn(
            .stoodIn, for: try stage.holder("ib"), as: "ib", from: today.adding(days: -30), until: today.adding(days: -1), stage)
        people[.guardian] = try await guardian(0, of: filler, stage)
        _ = try await filler.school.done(
            .post, "\(filler.path)/verzorgers",
            ["naam": "Jo Zonder", "relatie": try await relation(filler), "gezag": false, "email": "jo@voorbeeld.example"])
        people[.guardianWithoutAuthority] = try await guardian(2, of: filler, stage)
        people[.guardianOfAnother] = try await guardian(0, of: try await MainJob.spow.open(stage, given: "Puk"), stage)
        return people
    }

    private static func relation(_ filler: FormFiller) async throws -> JSON {
        let relations = try await filler.school.done(.get, "/plan")["relaties"].list ?? []
        return try #require(relations.first { $0["gezag"] == false } ?? relations.first)["id"]
    }

    /// The person behind a guardian, who gets an account for it.
    private static func guardian(_ index: Int, of filler: FormFiller, _ stage: PlanStage) async throws -> PersonID {
        let guardians = try await filler.school.done(.get, "\(filler.path)/verzorgers")["verzorgers"].list ?? []
        try #require(guardians.indices.contains(index))
        let id = try #require(guardians[index]["id"].text)
        _ = try await filler.school.done(.post, "\(filler.path)/verzorgers/\(id)/accounts")
        let dossier = try await stage.installation.load(DossierID(filler.dossier))
        let person = try #require(dossier.guardian(GuardianID(id))?.person)
        try await stage.choosePassword(person)
        return person
    }

    /// The kind of those asked in, as it stands where functions stand.
    static let askedIn = AskedInRule.function("professional")

    private static let recipient = "Zorggroep Noord"

    /// Three people from outside whom the parents agree to: one until long after the last moment, one until today, and one
    /// whose reading along is taken back.
    private static func askIn(_ stage: PlanStage, _ filler: FormFiller) async throws -> [Relation: PersonID] {
        let ib = try await stage.installation.actor(stage.holder("ib"))
        let dossier = DossierID(filler.dossier)
        let today = stage.clock.now().day
        for guardian in try await stage.installation.load(dossier).authorities {
            _ = try await stage.installation.perform(
                .recordAgreement(
                    .init(
                        guardian: guardian.id, purpose: "other-organisation", word: .given, way: .spoken, on: today,
                        recipient: recipient)),
                on: dossier, as: ib)
        }
        var people: [Relation: PersonID] = [:]
        for (relation, until) in [
            (Relation.askedIn, today.adding(days: 85)), (.askedInUntilYesterday, today),
            (.askedInWithdrawn, today.adding(days: 85)),
        ] {
            let person = try await stage.newcomer("\(relation)")
            people[relation] = person
            try await askIn(person, AskedInID("\(relation)"), until: until, dossier, stage.installation, as: ib)
        }
        _ = try await stage.installation.perform(
            .withdrawAskedIn(.init(id: AskedInID("\(Relation.askedInWithdrawn)"))), on: dossier, as: ib)
        return people
    }

    /// Where a key of a function stands, for who opened it in an emergency.
    static let emergency = "emergency"

    /// Where a key of a function stands, for its holders at the school that the child left: they read and do nothing.
    static func left(_ function: String) -> String { "left:\(function)" }

    /// The function in such a key; nil when it is none.
    static func functionLeft(_ key: String) -> String? {
        key.hasPrefix(left("")) ? String(key.dropFirst(left("").count)) : nil
    }

    /// Somebody new, an adviser of another school, who opens the dossier now.
    private static func openInEmergency(
        _ relation: Relation, _ stage: PlanStage, _ filler: FormFiller
    ) async throws -> PersonID {
        let person = try await stage.newcomer("\(relation)")
        let held = HeldFunction(function: "adviser", organisation: PlanStage.otherSchool, from: .of("2018-08-01"))
        _ = try await stage.installation.perform(
            PersonCommand.grant(FunctionGrant(id: "\(relation)", held: held)), on: person, as: .program)
        _ = try await stage.installation.perform(
            .openInEmergency(.init(reason: "Niemand anders is er.")), on: DossierID(filler.dossier),
            as: try await stage.installation.actor(person))
        return person
    }

    private static func askIn(
        _ person: PersonID, _ id: AskedInID, until: Day, _ dossier: DossierID, _ installation: Installation, as ib: Actor,
        without resting: Set<DossierPart> = []
    ) async throws {
        _ = try await installation.perform(
            .askIn(
                .init(
                    id: id, kind: "professional", person: person,
                    parts: try #require(installation.rules.askedIn("professional")).parts.subtracting(resting),
                    purpose: "Om mee te denken.",
                    recipient: recipient, until: until,
                    weighing: Weighing(proportionality: "Past.", subsidiarity: "Nodig.", effectiveness: "Helpt."))),
            on: dossier, as: ib)
    }

    /// Somebody new who is special needs coordinator of the child's school for a while.
    private static func ib(
        _ relation: Relation, from: Day, until: Day?, _ stage: PlanStage
    ) async throws -> PersonID {
        let person = try await stage.newcomer("\(relation)")
        let held = HeldFunction(function: "ib", organisation: PlanStage.school, from: from, until: until)
        _ = try await stage.installation.perform(
            PersonCommand.grant(FunctionGrant(id: "\(relation)", held: held)), on: person, as: .program)
        return person
    }

    /// Somebody new who stands in for another for a while.
    private static func standIn(
        _ relation: Relation, for absent: PersonID, as function: String, from: Day, until: Day, _ stage: PlanStage
    ) async throws -> PersonID {
        let person = try await stage.newcomer("\(relation)")
        let held = HeldFunction(
            function: function, organisation: PlanStage.school, from: from, until: until, replaces: absent)
        _ = try await stage.installation.perform(
            PersonCommand.grant(FunctionGrant(id: "\(relation)", held: held)), on: person, as: .program)
        return person
    }

    // MARK: Asking

    /// Somebody with a browser, freshly signed in; a guest has no session.
    func visitor(_ relation: Relation) async throws -> Visitor {
        guard let person = people[relation] else { return Visitor(client: stage.client, cookie: "lang=nl", csrf: "") }
        let signedIn = try await stage.installation.vault.accounts.begin(person, at: stage.clock.now())
        return Visitor(
            client: stage.client, cookie: "sessie=\(signedIn.secret.text); lang=nl", csrf: signedIn.session.csrf.text)
    }

    /// The place of the newest line in the read log of the dossier, and who read it.
    var newestRead: (sequence: Int64, person: PersonID)? {
        get async throws {
            try await stage.installation.vault.reads.reads(of: dossier, before: nil, limit: 1).first.map {
                ($0.sequence, $0.read.person)
            }
        }
    }

    /// Takes every row of the dossier out of the registers, as if it had never been opened.
    func takeOutOfRegisters() async throws {
        let stream = Projection.stream(PlanStage.school)
        let events = try await stage.installation.journal.read(stream)
        let last = try #require(events.last)
        // Some act has to bring the change along: a school that is registered as it was.
        let act = Act(
            events: [NewEvent(type: last.type, payload: last.payload)], registers: RegisterChange(dossiers: [dossier]))
        _ = try await stage.installation.journal.append(
            Appending(
                stream: stream, expectedVersion: events.count, at: stage.clock.now(), actor: Actor.program.person,
                make: { _ in act }))
    }

    // MARK: What a request may use up

    /// A guardian without an account, made for one request.
    func freshGuardian() async throws -> GuardianID {
        let id = GuardianID("g-\(UUID().uuidString.lowercased())")
        let guardian = Guardian(
            id: id, name: "Iemand Nieuw", relation: rules.relations[0].id, authority: false, email: "\(id)@voorbeeld.example")
        _ = try await perform(.recordGuardian(guardian))
        return id
    }

    /// Somebody asked in, for one request.
    func freshAskedIn() async throws -> AskedInID {
        let id = AskedInID("a-\(UUID().uuidString.lowercased())")
        let ib = try await stage.installation.actor(coordinator)
        try await Self.askIn(
            PersonID("p-\(id)"), id, until: stage.clock.now().day.adding(days: 7), dossier, stage.installation, as: ib,
            without: moment == .resting ? Self.restingParts : [])
        return id
    }

    /// What a guardian asked and was refused; the same each time.
    func answeredRequest() async throws -> RightsRequestID {
        let id = RightsRequestID("r-answered")
        try await answer(
            .ask(.init(id: id, right: .restriction, subject: .all, words: "Liever niet.")), id,
            by: try #require(people[.guardian]))
        return id
    }

    /// What a guardian without an account asked in a letter and was refused; the same each time.
    func answeredLetter() async throws -> RightsRequestID {
        let id = RightsRequestID("r-letter")
        let guardian = try #require(
            try await stage.installation.load(dossier).authorities.first { $0.person == nil })
        try await answer(
            .record(
                .init(id: id, right: .restriction, subject: .all, words: "Liever niet."), of: guardian.id,
                .init(on: stage.clock.now().day, way: .paper)),
            id, by: try coordinator)
        return id
    }

    /// Asks something and refuses it, once.
    private func answer(_ command: RightsCommand, _ id: RightsRequestID, by person: PersonID) async throws {
        guard try await stage.installation.load(dossier).request(id) == nil else { return }
        _ = try await stage.installation.perform(
            .rights(command), on: dossier, as: try await stage.installation.actor(person))
        let ground = try #require(rules.rights?.law.grounds(for: .restriction).first?.source)
        _ = try await stage.installation.perform(
            .rights(.decide(.init(id: id, outcome: .refused, reason: "Het is nodig.", ground: ground, copy: nil))), on: dossier,
            as: try await stage.installation.actor(try #require(people[.privacyOfficer])))
    }

    /// A document, made for one request.
    func freshDocument() async throws -> DocumentID {
        let ib = try await stage.installation.actor(coordinator)
        let kind = rules.evidence[0].id
        let after = try await stage.installation.addDocument(
            FormFiller.report, name: Self.canaries[.documents] ?? "", kind: kind, to: dossier, as: ib)
        return try #require(after.documents.last).id
    }

    /// Who is special needs coordinator of the school where the child is.
    var coordinator: PersonID {
        get throws { moment == .moved ? try stage.stranger("ib") : try stage.holder("ib") }
    }

    @discardableResult
    private func perform(_ command: DossierCommand) async throws -> Dossier {
        let ib = try await stage.installation.actor(coordinator)
        return try await stage.installation.perform(command, on: dossier, as: ib)
    }
}
