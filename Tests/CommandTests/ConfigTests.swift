import Domain
import Foundation
import Plan
import Testing

@testable import sentrum

@Suite("The settings of a server")
struct ConfigTests {
    private static func settings(
        _ line: ServeSettings.Layer = [:], _ environment: [String: String] = [:], _ file: String = ""
    ) throws -> ServeSettings {
        try ServeSettings(commandLine: line, environment: environment, file: try ServeSettings.read(file))
    }

    @Test("The nearest that says something wins: the command, the environment, the file, what holds otherwise")
    func order() throws {
        let file = "port: 8083\nhost: 10.0.0.1\nlog: json\n"
        let environment = ["SENTRUM_PORT": "8082", "SENTRUM_HOST": "10.0.0.2", "SENTRUM_LOG": ""]
        let settings = try Self.settings([.port: ["8081"]], environment, file)
        #expect(settings.port == 8081)
        #expect(settings.host == "10.0.0.2")
        // An empty variable says nothing.
        #expect(settings.log == .json)
        #expect(!settings.isBehindProxy)
        #expect(
            ServeSetting.allCases.map { settings.found($0)?.origin } == [
                .commandLine, .environment, nil, .standard, nil, nil, nil, nil, .standard, .standard, .standard, .file,
            ])
        #expect(try Self.settings().port == 8080)
    }

    @Test("Every setting can be said in each of the three places, under one word")
    func everywhere() throws {
        let values: [ServeSetting: String] = [
            .port: "9", .host: "::1", .address: "https://sentrum.example", .behindProxy: "true",
            .certificate: "/live/fullchain.pem", .certificateKey: "/live/privkey.pem", .operations: "[::1]:9464",
            .witness: "a@example.org", .sendmail: "/bin/mail", .qrencode: "/bin/qr", .weasyprint: "/bin/wp", .log: "json",
        ]
        for setting in ServeSetting.allCases {
            let value = try #require(values[setting])
            // The two of a certificate are said together.
            let other: ServeSettings.Layer =
                setting == .certificate
                ? [.certificateKey: ["/a.key"]] : setting == .certificateKey ? [.certificate: ["/a.pem"]] : [:]
            let written = setting == .operations || setting == .host ? "\"\(value)\"" : value
            let told = [
                try Self.settings(other.merging([setting: [value]]) { $1 }),
                try Self.settings(other, [setting.variable: value]),
                try Self.settings(other, [:], "\(setting.rawValue): \(written)\n"),
            ]
            #expect(told.map { $0.found(setting)?.values } == [[value], [value], [value]], "\(setting)")
            #expect(told.map { $0.found(setting)?.origin } == [.commandLine, .environment, .file])
            #expect(setting.variable == "SENTRUM_" + setting.rawValue.uppercased().replacing("-", with: "_"))
        }
    }

    @Test("Witnesses are several: given more than once, with commas, or as a list; nearer ones take the place of all others")
    func witnesses() throws {
        let two = ["a@example.org", "b@example.org"]
        #expect(try Self.settings([.witness: two]).witnesses == two)
        #expect(try Self.settings([:], ["SENTRUM_WITNESS": "a@example.org, b@example.org"]).witnesses == two)
        #expect(try Self.settings([:], [:], "witness: [a@example.org, b@example.org]\n").witnesses == two)
        #expect(try Self.settings([.witness: ["c@example.org"]], [:], "witness: a@example.org\n").witnesses == ["c@example.org"])
        #expect(try Self.settings([.witness: two]).sendsMail)
        #expect(try !Self.settings().sendsMail)
    }

    @Test("The address of the site has no page and loses the stroke at its end")
    func address() throws {
        #expect(try Self.settings([.address: ["https://sentrum.example/"]]).address == "https://sentrum.example")
        for wrong in ["sentrum.example", "ftp://sentrum.example", "https://sentrum.example/a", "https://sentrum.example?x=1"] {
            #expect(ServeSetting.address.fault(wrong) != nil, "\(wrong)")
        }
    }

    @Test(
        "A value that cannot be is refused by name, wherever it stands",
        arguments: [
            (ServeSetting.port, "70000"), (.port, "x"), (.behindProxy, "ja"), (.operations, "9464"), (.operations, ":9464"),
            (.witness, "a"), (.witness, "a@"), (.log, "xml"), (.sendmail, ""),
        ])
    func wrong(_ setting: ServeSetting, _ value: String) throws {
        let line = #expect(throws: CommandRefusal.self) { _ = try Self.settings([setting: [value]]) }
        #expect(line?.details.first?.hasPrefix("--\(setting.rawValue): ") == true)
        if !value.isEmpty {
            let variable = #expect(throws: CommandRefusal.self) { _ = try Self.settings([:], [setting.variable: value]) }
            #expect(variable?.details.first?.hasPrefix("\(setting.variable): ") == true)
        }
        let file = #expect(throws: PlanProblems.self) {
            _ = try Self.settings([:], [:], "host: 127.0.0.1\n\(setting.rawValue): \"\(value)\"\n")
        }
        let told = try #require(file?.lines(in: .en).first)
        #expect(told.hasPrefix("serve.yaml:2") && told.contains(setting.rawValue), "\(told)")
    }

    @Test("A certificate without its key, or a key without its certificate, is refused")
    func halfACertificate() throws {
        let pair: ServeSettings.Layer = [.certificate: ["/a.pem"], .certificateKey: ["/a.key"]]
        #expect(try Self.settings(pair).isSecure)
        #expect(try !Self.settings().isSecure)
        for setting in pair.keys {
            #expect(throws: CommandRefusal.self) { _ = try Self.settings(pair.filter { $0.key != setting }) }
        }
    }

    @Test("A word that is no setting is told with its line; a file of remarks says nothing")
    func unknown() throws {
        let fault = #expect(throws: PlanProblems.self) { _ = try ServeSettings.read("port: 80\nprot: 81\n") }
        #expect(fault?.lines(in: .en).first?.hasPrefix("serve.yaml:2") == true)
        #expect(try ServeSettings.read("\n# port: 81\n").isEmpty)
        #expect(try ServeSettings.read("").isEmpty)
    }

    // MARK: The command

    private struct Result: Decodable {
        struct Setting: Decodable {
            let name: String
            let values: [String]
            let origin: String
        }

        let settings: [Setting]
        let problems: [String]
        let remarks: [String]
    }

    @Test("What holds is told with where it comes from, and the folder is not changed")
    func told() throws {
        let scratch = try Scratch()
        let made = try Tool.sentrum(
            "init", scratch.path("a"), "--plan", "plans/spow", "--admin-name", "An", "--admin-email", "an@example.org")
        try #require(made.status == 0, "\(made.err)")
        try "port: 8083\n".write(toFile: scratch.path("a/serve.yaml"), atomically: true, encoding: .utf8)
        let before = try FileManager.default.contentsOfDirectory(atPath: scratch.path("a")).sorted()
        let run = try Tool.sentrum("config", "check", scratch.path("a"), "--host", "127.0.0.2", "--json")
        #expect(run.status == 0, "\(run.err)\(run.out)")
        let result = try run.json(Result.self)
        #expect(result.settings.first { $0.name == "port" }?.values == ["8083"])
        #expect(result.settings.first { $0.name == "port" }?.origin == "file")
        #expect(result.settings.first { $0.name == "host" }?.origin == "command line")
        #expect(result.problems.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("a")).sorted() == before)
        let words = try Tool.sentrum("config", "check", scratch.path("a"))
        #expect(words.out.contains("8083  (file)") && words.out.contains("a server can serve with this"))
    }

    @Test("What will not work is told, all of it, and ends with 2")
    func trouble() throws {
        let scratch = try Scratch()
        let made = try Tool.sentrum(
            "init", scratch.path("a"), "--plan", "plans/spow", "--admin-name", "An", "--admin-email", "an@example.org")
        try #require(made.status == 0, "\(made.err)")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: scratch.path("a/keys/master.key"))
        let run = try Tool.sentrum(
            "config", "check", scratch.path("a"), "--address", "https://sentrum.example", "--sendmail", "/nowhere/sendmail",
            "--weasyprint", "/nowhere/weasyprint", "--json")
        #expect(run.status == 2)
        let result = try run.json(Result.self)
        #expect(result.problems.count == 3, "\(result.problems)")
        for part in ["master key", "/nowhere/sendmail", "behind-proxy"] {
            #expect(result.problems.contains { $0.contains(part) }, "\(part)")
        }
        #expect(result.remarks.contains { $0.contains("/nowhere/weasyprint") })
    }

    @Test("A server does not begin with settings that cannot be used")
    func serve() throws {
        let scratch = try Scratch()
        let run = try Tool.sentrum("serve", scratch.path("none"), "--port", "many")
        #expect(run.status == 2)
        #expect(run.err.contains("--port: a port is a number from 0 to 65535"))
    }
}
