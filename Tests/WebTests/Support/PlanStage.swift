import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import JournalSQLite
import Logging
import Plan
import TestKit
import Testing
import UseCases

@testable import Web

/// A whole site over a store in memory that follows one of the plans of this repository, answered without a socket.
///
/// Every function of the plan is held by somebody: those at a school at two schools, each discipline by somebody of its own.
struct PlanStage: Sendable {
    let installation: Installation
    let site: Site
    let clock: DossierStage.Moved
    let client: any TestClientProtocol
    /// Where all of it is kept.
    let store: SQLiteStore
    /// Who holds what.
    let cast: [Cast]

    /// Somebody with one function.
    struct Cast: Sendable {
        let person: PersonID
        let function: String
        let organisation: OrganisationID
        let discipline: String?
    }

    static let school = OrganisationID("school-het-anker")
    static let otherSchool = OrganisationID("school-de-boei")
    private static let since = Day.of("2018-08-01")

    /// The plans at the root of the repository.
    static let plans = PlanFolder(
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../plans").standardized.path)

    /// The face is the same for every stage, and reading it takes long.
    private static let face = Result { try Face(resources: Site.resources) }

    /// Runs a test on a stage where it is the morning of the day.
    static func run(
        _ partnership: String, on day: String = "2023-11-06", asksSecondFactor: Bool = false, post: (any Post)? = nil,
        providers: [any SignInProvider] = [], transfers: (any TransferDesk)? = nil,
        _ test: @Sendable (PlanStage) async throws -> Void
    ) async throws {
        let store = try SQLiteStore.inMemory()
        let journal = SQLiteJournal(store)
        let vault = SQLiteVault(store, directory: nil)
        let clock = DossierStage.Moved(.of(day))
        let shelf = try PlanLoader.shelf(partnership, from: plans)
        let installation = Installation(
            journal: journal, registers: journal,
            vault: Vault(
                accounts: Accounts(store: vault.accounts, hasher: PasswordHasher(cost: .demonstration)), reads: vault.reads,
                drafts: vault.drafts, blobs: vault.blobs), shelf: shelf, plans: plans,
            checkpoints: journal, clock: clock, transfers: transfers)
        var options = Site.Options(secureCookies: false)
        options.asksSecondFactor = asksSecondFactor
        options.address = post != nil || !providers.isEmpty ? "https://sentrum.example" : nil
        let site = Site(
            installation: installation, face: try face.get(), options: options, paper: PlainPaper(),
            qrCodes: QREncode(program: "qrencode", patience: .seconds(120)),
            post: post, providers: providers)
        let cast = cast(of: installation.rules)
        try await fill(installation, cast)
        let key = try CheckpointKey.generate(name: "sentrum/\(partnership)")
        _ = try await journal.makeCheckpoint(by: key, at: clock.now())
        let application = Application(router: WebServer(site: site).router(), logger: .silent)
        try await application.test(.router) { client in
            try await test(
                PlanStage(installation: installation, site: site, clock: clock, client: client, store: store, cast: cast))
        }
    }

    /// Paper that needs no program.
    private struct PlainPaper: Paper {
        func pdf(html: String, language: Language) async throws -> Data { Data("%PDF-1.7\n\(html)".utf8) }
    }

    private static func cast(of rules: PlanRules) -> [Cast] {
        rules.functions.flatMap { function -> [Cast] in
            let places: [OrganisationID] =
                switch function.place {
                case .school: [school, otherSchool]
                case .partnership: [.partnership]
                case .family, .outside: []
                }
            let disciplines: [String?] = function.disciplines.isEmpty ? [nil] : function.disciplines
            return places.flatMap { place in
                disciplines.map { discipline in
                    let key = ["p", function.id, place.rawValue, discipline].compactMap { $0 }.joined(separator: "-")
                    return Cast(person: PersonID(key), function: function.id, organisation: place, discipline: discipline)
                }
            }
        } + [
            Cast(
                person: PersonID("p-administrator"), function: Person.administrator, organisation: .partnership, discipline: nil)
        ]
    }

    private static func fill(_ installation: Installation, _ cast: [Cast]) async throws {
        let partnership = installation.rules.partnership
        for organisation in [
            Organisation(id: .partnership, kind: "partnership", name: partnership.name, code: partnership.code),
            Organisation(id: school, kind: "bo", name: "Het Anker", code: "99AA00", place: "Bosdorp"),
            Organisation(id: otherSchool, kind: "bo", name: "De Boei", code: "99BB00", place: "Bosdorp"),
        ] { try await installation.register(organisation, as: .program) }
        for member in cast {
            try await register(member.person, installation)
            try await grant(member, installation)
        }
    }

    private static func register(_ person: PersonID, _ installation: Installation) async throws {
        let email = "\(person)@voorbeeld.example"
        _ = try await installation.perform(
            PersonCommand.register(name: "Naam van \(person.rawValue.dropFirst(2))", email: email), on: person, as: .program)
        try await installation.vault.accounts.open(
            person, email: email, password: nil, name: nil, at: installation.clock.now())
    }

    private static func grant(_ member: Cast, _ installation: Installation) async throws {
        _ = try await installation.perform(
            PersonCommand.grant(
                FunctionGrant(
                    id: "\(member.person)-\(member.function)",
                    held: HeldFunction(
                        function: member.function, organisation: member.organisation, discipline: member.discipline,
                        from: since))), on: member.person, as: .program)
    }

    // MARK: People

    /// Who holds a function: at the child's school, or at the partnership.
    func holder(_ function: String, discipline: String? = nil) throws -> PersonID {
        try #require(
            cast.first {
                $0.function == function && $0.organisation != Self.otherSchool
                    && (discipline == nil || $0.discipline == discipline)
            }?.person, "nobody is \(function)")
    }

    /// Who holds a function at the other school.
    func stranger(_ function: String) throws -> PersonID {
        try #require(cast.first { $0.function == function && $0.organisation == Self.otherSchool }?.person)
    }

    /// Gives somebody another function as well.
    func grant(_ function: String, to person: PersonID, discipline: String? = nil) async throws {
        let place: OrganisationID = installation.rules.function(function)?.place == .school ? Self.school : .partnership
        try await Self.grant(
            Cast(person: person, function: function, organisation: place, discipline: discipline), installation)
    }

    /// Somebody new with an account and nothing else.
    func newcomer(_ name: String) async throws -> PersonID {
        let person = PersonID("p-\(name)")
        try await Self.register(person, installation)
        return person
    }

    /// Somebody new who looks after the people of a school, and holds nothing else.
    func administrator(at school: OrganisationID) async throws -> PersonID {
        let person = try await newcomer("administrator-\(school)")
        try await Self.grant(
            Cast(person: person, function: Person.administrator, organisation: school, discipline: nil), installation)
        return person
    }

    /// Somebody chooses a password of their own in the place of the one that was handed out.
    func choosePassword(_ person: PersonID, _ password: String = "vier oude bruggen bij het veer") async throws {
        try await installation.vault.accounts.setPassword(password, of: person, name: nil)
    }

    // MARK: Programs

    /// A program with a token of somebody; without one it is a guest.
    func program(_ person: PersonID?) async throws -> Program {
        guard let person else { return Program(client: client, token: nil) }
        let now = clock.now()
        let issued = try await installation.vault.accounts.issueToken(
            for: person, name: "test", expires: now.adding(days: 400), at: now)
        return Program(client: client, token: issued.secret.text)
    }
}
