import Foundation
import Testing

@Suite("sentrum sign-in")
struct SignInTests {
    private func data(_ settings: String) throws -> (scratch: Scratch, path: String) {
        let scratch = try Scratch()
        let path = try scratch.installation()
        try Data(settings.utf8).write(to: URL(filePath: "\(path)/sign-in.yaml"))
        return (scratch, path)
    }

    private static let good = """
        providers:
          school:
            name: { nl: School, en: School }
            issuer: http://127.0.0.1:1
            client: sentrum
            secret-file: school.secret
            organisation: { claim: org, is: school-number }
        """

    @Test("check tells what is wrong by line and key, looks at the secret, and never shows it")
    func check() throws {
        let (scratch, path) = try data(Self.good.replacing("client:", with: "cleint:"))
        let wrong = try Tool.sentrum("sign-in", "check", path)
        #expect(wrong.status == 2)
        #expect(wrong.err.contains("sign-in.yaml:5: providers.school.cleint: ‘cleint’ is no known key here"))
        try Data(Self.good.utf8).write(to: URL(filePath: "\(path)/sign-in.yaml"))
        let missing = try Tool.sentrum("sign-in", "check", path)
        #expect(missing.status == 2 && missing.err.contains("the file school.secret with the secret is not there"))
        let secret = "\(path)/school.secret"
        try Data("heel geheim\n".utf8).write(to: URL(filePath: secret))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        let right = try Tool.sentrum("sign-in", "check", path)
        #expect(right.status == 0)
        #expect(right.out.contains("school: http://127.0.0.1:1, back at /aanmelden/via/school/terug: set up"))
        let asked = try Tool.sentrum("sign-in", "check", path, "--ask")
        #expect(asked.status == 2 && asked.out.contains("trouble: unreachable"))
        for run in [missing, right, asked] { #expect(!(run.out + run.err).contains("heel geheim")) }
        _ = scratch
    }

    @Test("without settings there is nothing to check, and with them the server asks for its address")
    func serve() throws {
        let scratch = try Scratch()
        let none = try Tool.sentrum("sign-in", "check", try scratch.installation())
        #expect(none.status == 2 && none.err.contains("holds no sign-in.yaml"))
        let (other, path) = try data(Self.good)
        let served = try Tool.sentrum("serve", path, "--port", "0")
        #expect(served.status == 2 && served.err.contains("say the address of the site with --address"))
        let unsafe = try Tool.sentrum("serve", path, "--port", "0", "--address", "http://sentrum.example")
        #expect(unsafe.status == 2 && unsafe.err.contains("begins with https://"))
        _ = other
    }
}
