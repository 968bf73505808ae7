import Domain
import Foundation
import Plan
import UseCases
import Web

/// How a server serves, from the command line, the environment, the file of settings and what holds when nobody says anything,
/// in that order: the first that says something wins.
struct ServeSettings {
    /// How the program writes what it has to say to those who keep the machine.
    enum LogForm: String, Sendable {
        /// A line for people.
        case text
        /// One JSON object a line, for programs that gather logs.
        case json
    }

    /// Where a value comes from, nearest first.
    enum Origin: String, Sendable, Encodable {
        case commandLine = "command line"
        case environment, file
        case standard
    }

    /// Values as written, each setting with one or more of them.
    typealias Layer = [ServeSetting: [String]]

    /// The name of the file of settings in a data folder.
    static let fileName = "serve.yaml"

    private let layers: [(origin: Origin, values: Layer)]

    /// Puts the layers together.
    ///
    /// - Throws: `CommandRefusal` with every value that is wrong, each with where it stands.
    init(commandLine: Layer, environment: [String: String], file: Layer, standard: Layer = standard) throws {
        let surroundings = Self.layer(environment)
        layers = [(.commandLine, commandLine), (.environment, surroundings), (.file, file), (.standard, standard)]
        // The file was judged when it was read, with its lines; what is standard is right.
        let wrong = [(commandLine, { "--\($0.rawValue)" }), (surroundings, { (setting: ServeSetting) in setting.variable })]
            .flatMap { layer, name in
                ServeSetting.allCases.flatMap { setting in
                    (layer[setting] ?? []).compactMap { value in setting.fault(value).map { "\(name(setting)): \($0.en)" } }
                }
            }
        guard wrong.isEmpty else { throw CommandRefusal("these settings cannot be used", details: wrong) }
        guard (value(.certificate) == nil) == (value(.certificateKey) == nil) else {
            throw CommandRefusal("certificate and certificate-key are said together or not at all")
        }
    }

    /// What holds when nobody says anything.
    static var standard: Layer {
        [
            .port: ["8080"], .host: ["127.0.0.1"], .behindProxy: ["false"], .sendmail: ["/usr/sbin/sendmail"],
            .qrencode: ["qrencode"], .weasyprint: [foundWeasyPrint], .log: ["text"],
        ]
    }

    /// What the environment says; an empty variable says nothing.
    private static func layer(_ environment: [String: String]) -> Layer {
        var layer: Layer = [:]
        for setting in ServeSetting.allCases {
            guard let value = environment[setting.variable], !value.isEmpty else { continue }
            layer[setting] = setting.isList ? value.split(separator: ",").map { String($0).trimmed } : [value]
        }
        return layer
    }

    /// The values of one setting and where they come from; nil when nothing is said and nothing holds.
    func found(_ setting: ServeSetting) -> (values: [String], origin: Origin)? {
        for layer in layers { if let values = layer.values[setting], !values.isEmpty { return (values, layer.origin) } }
        return nil
    }

    private func value(_ setting: ServeSetting) -> String? { found(setting)?.values.first }

    // MARK: What is meant

    var port: Int { value(.port).flatMap { Int($0) } ?? 0 }
    var host: String { value(.host) ?? "" }
    /// The address at which people reach the site, without a `/` at its end; nil when it is not told.
    var address: String? { value(.address).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }
    var isBehindProxy: Bool { value(.behindProxy) == "true" }
    /// The files of the certificate with which it answers over TLS itself; nil when it does not.
    var certificate: Certificates.Files? {
        guard let chain = value(.certificate), let key = value(.certificateKey) else { return nil }
        return Certificates.Files(chain: chain, key: key)
    }
    /// Whether people come over TLS, to a proxy or to the server itself.
    var isSecure: Bool { isBehindProxy || certificate != nil }
    var operations: (host: String, port: Int)? { value(.operations).flatMap { Self.address($0) } }
    var witnesses: [String] { found(.witness)?.values ?? [] }
    var sendmail: String { value(.sendmail) ?? "" }
    var qrencode: String { value(.qrencode) ?? "" }
    var weasyprint: String { value(.weasyprint) ?? "" }
    var log: LogForm { value(.log).flatMap { LogForm(rawValue: $0) } ?? .text }
    /// Whether mail is sent: accounts of people, or checkpoints to a witness.
    var sendsMail: Bool { address != nil || !witnesses.isEmpty }

    /// A host and a port as they are written: `127.0.0.1:9464`, `[::1]:9464`; nil for anything else.
    static func address(_ written: String) -> (host: String, port: Int)? {
        guard let colon = written.lastIndex(of: ":"), let port = Int(written[written.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        let host = written[..<colon].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return host.isEmpty ? nil : (host, port)
    }

    /// The program in the project's own environment when there is one, else the one on the path.
    private static var foundWeasyPrint: String {
        let own = FileManager.default.currentDirectoryPath + "/.venv/bin/weasyprint"
        return FileManager.default.isExecutableFile(atPath: own) ? own : "weasyprint"
    }
}

extension ServeSettings {
    /// What a file of settings says.
    ///
    /// - Parameter name: what it is called where problems are told.
    /// - Throws: `PlanProblems` with everything that is wrong, each with file, line and key.
    static func read(_ text: String, name: String = fileName) throws(PlanProblems) -> Layer {
        // A file in which everything is a remark says nothing.
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.contains(where: { !$0.isEmpty && !$0.hasPrefix("#") }) else { return [:] }
        return try SettingsFile.read(text, file: name) { section in
            var layer: Layer = [:]
            for setting in ServeSetting.allCases {
                let key = setting.rawValue
                let values = setting.isList ? section.keys(key) : section.optionalString(key).map { [$0] } ?? []
                guard !values.isEmpty else { continue }
                layer[setting] = values
                for value in values {
                    if let fault = setting.fault(value) {
                        section.refuse(key, nl: "‘\(value)’: \(fault.nl)", en: "‘\(value)’: \(fault.en)")
                    }
                }
            }
            return layer
        }
    }

    /// The file that is named, or the one in the data folder when there is one.
    ///
    /// - Throws: `CommandRefusal` when a named file is not there; `PlanProblems` with everything that is wrong.
    static func file(_ named: String?, in folder: URL) throws -> Layer {
        let place = named.map { URL(filePath: $0) } ?? folder.appending(path: fileName)
        guard let contents = FileManager.default.contents(atPath: place.path(percentEncoded: false)) else {
            guard let named else { return [:] }
            throw CommandRefusal("\(named) cannot be read")
        }
        return try read(String(decoding: contents, as: UTF8.self), name: named ?? fileName)
    }
}
