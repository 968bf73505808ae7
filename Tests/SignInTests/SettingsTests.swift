import Domain
import Foundation
import Plan
import Testing
import UseCases

@testable import SignIn

@Suite("The settings for signing in elsewhere")
struct SettingsTests {
    private static let good = """
        providers:
          entree:
            name: { nl: Entree Federatie, en: Entree Federation }
            issuer: https://id.example/entree
            client: sentrum
            secret-file: entree.secret
            scopes: [profile]
            subject: uid
            organisation: { claim: nlEduPersonHomeOrganizationId, is: school-number }
            requires: { eduPersonAffiliation: [employee, staff] }
          kantoor:
            name: { nl: Kantoor, en: Office }
            issuer: http://localhost:5000
            client: sentrum
            secret-variable: KANTOOR_SECRET
            organisation: { claim: tid, map: { 1f2e: partnership } }
            mail: { claim: upn, verified: xms_edov }
            second-factor: { amr: mfa }
        """

    private func problems(_ text: String) -> [String] {
        do throws(PlanProblems) {
            _ = try SignInSettings.read(text)
            return []
        } catch {
            return error.lines(in: .en)
        }
    }

    @Test("Everything is read as written, with the standard's own words for what is left out")
    func good() throws {
        let providers = try SignInSettings.read(Self.good).providers
        let (entree, office) = (providers[0], providers[1])
        #expect(entree.key == "entree" && entree.name.nl == "Entree Federatie" && entree.subject == "uid")
        #expect(entree.scopes == ["openid", "profile"] && entree.secret == .file("entree.secret"))
        #expect(entree.organisation.meaning == .schoolNumber && entree.mail == nil && entree.secondFactor == nil)
        #expect(entree.requires == [.init(claim: "eduPersonAffiliation", oneOf: ["employee", "staff"])])
        #expect(office.subject == "sub" && office.scopes == ["openid"] && office.secret == .environment("KANTOOR_SECRET"))
        #expect(office.mail == .init(claim: "upn", verified: "xms_edov"))
        #expect(office.organisation.meaning == .map(["1f2e": [.partnership]]))
        #expect(office.secondFactor == .init(acr: [], amr: ["mfa"]))
    }

    @Test(
        "What is wrong is told with file, line and key",
        arguments: [
            (
                "secret-file: entree.secret", "secret: geheim",
                "sign-in.yaml:6: providers.entree.secret: ‘secret’ is no known key here"
            ),
            ("secret-file: entree.secret", "# nothing", "providers.entree.secret-file: ‘secret-file’ is missing"),
            (
                "https://id.example/entree", "http://id.example",
                "sign-in.yaml:4: providers.entree.issuer: ‘http://id.example’ is no"
            ),
            ("https://id.example/entree", "http://localhost.evil.example", "providers.entree.issuer"),
            ("https://id.example/entree", "https://u:p@id.example", "providers.entree.issuer"),
            ("https://id.example/entree", "https://id.example/?a=b", "providers.entree.issuer"),
            ("scopes: [profile]", "scopes: [offline_access]", "sign-in.yaml:7: providers.entree.scopes: ‘offline_access’ asks"),
            ("is: school-number", "is: brin", "providers.entree.organisation.is: only ‘school-number’"),
            ("is: school-number", "map: { a: De Linde }", "providers.entree.organisation.map: ‘De Linde’ is no organisation"),
            ("is: school-number", "is: school-number, map: {}", "choose one"),
            ("second-factor: { amr: mfa }", "second-factor: {}", "providers.kantoor.second-factor: name values"),
            ("secret-variable: KANTOOR_SECRET", "secret-variable: A\n    secret-file: b", "providers.kantoor.secret-variable"),
            ("subject: uid", "subjcet: uid", "did you mean ‘subject’?"),
            ("  entree:", "  Entree:", "providers.Entree: ‘Entree’ cannot be a key"),
            ("client: sentrum", "client: ''", "providers.entree.client: this text is empty"),
            ("providers:", "providers: [", "this is not YAML"),
        ])
    func bad(_ old: String, _ new: String, _ told: String) throws {
        let spoiled = Self.good.replacing(old, with: new, maxReplacements: 1)
        #expect(spoiled != Self.good)
        let problems = problems(spoiled)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }

    @Test("An organisation is asked of every provider: without it nothing would be proved")
    func organisation() {
        let without = Self.good.replacing("    organisation: { claim: tid, map: { 1f2e: partnership } }\n", with: "")
        #expect(problems(without).contains { $0.contains("providers.kantoor.organisation: ‘organisation’ is missing") })
    }

    @Test("A secret lies in a file that nobody else reads, or in the environment, and is never told")
    func secrets() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sign-in-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try SignInSettings.of(folder) == nil)
        try Data(Self.good.utf8).write(to: folder.appending(path: SignInSettings.fileName))
        let settings = try #require(try SignInSettings.of(folder))
        func open(_ environment: [String: String] = ["KANTOOR_SECRET": "s"]) throws -> [String] {
            try settings.open(in: folder, environment: environment, outside: TestProvider(), clock: SystemClock()).map(\.key)
        }
        func refused(_ environment: [String: String] = ["KANTOOR_SECRET": "s"]) -> String? {
            do {
                _ = try open(environment)
                return nil
            } catch {
                return (error as? SignInSettings.SecretProblem)?.message
            }
        }
        #expect(refused() == "sign-in.yaml: providers.entree: the file entree.secret with the secret is not there")
        let file = folder.appending(path: "entree.secret")
        try Data("heel geheim\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(refused()?.contains("others can read") == true)
        #expect(refused()?.contains("heel geheim") == false)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(try open() == ["entree", "kantoor"])
        #expect(refused([:])?.contains("the variable KANTOOR_SECRET is not set") == true)
    }
}
