import ArgumentParser
import Foundation

/// The settings of a server as they are given to a command; what is not given here comes from the environment or the file.
struct ServeOptions: ParsableArguments {
    @Option(help: "The file of settings; serve.yaml in the data folder when it is not given.")
    var settings: String?

    @Option(help: "The port to listen on (8080).")
    var port: String?

    @Option(help: "The address to listen on (127.0.0.1).")
    var host: String?

    @Flag(
        inversion: .prefixedNo,
        help: "The site is reached over TLS by a proxy: cookies are for TLS only, and the proxy tells the visitor's address.")
    var behindProxy: Bool?

    @Option(
        help:
            "The certificate in PEM, with those between it and its root, to answer over TLS without a proxy; with {name} in the path one for each name."
    )
    var certificate: String?

    @Option(help: "The private key of the certificate, in PEM.")
    var certificateKey: String?

    @Option(help: "Mail the hourly checkpoints of the journal to this address; can be given more than once.")
    var witness: [String] = []

    @Option(help: "Path or name of the program that takes mail, as sendmail does (/usr/sbin/sendmail).")
    var sendmail: String?

    @Option(help: "The address at which people reach the site, such as https://sentrum.example: then accounts are sent by mail.")
    var address: String?

    @Option(
        help: """
            An address and port of their own for those who keep the machine, such as 127.0.0.1:9464: /gezond, /klaar and /metrics.
            """)
    var operations: String?

    @Option(help: "Path or name of the qrencode program, for pictures that an authenticator app reads.")
    var qrencode: String?

    @Option(help: "Path or name of the WeasyPrint program that makes PDFs.")
    var weasyprint: String?

    @Option(help: "How the program writes what it has to say: text, or json with one object a line.")
    var log: String?

    /// The settings that hold for a data folder.
    ///
    /// - Throws: `CommandRefusal` or `PlanProblems` with everything that is wrong.
    func settings(of folder: URL) throws -> ServeSettings {
        var layer: ServeSettings.Layer = [:]
        let given: [(ServeSetting, String?)] = [
            (.port, port), (.host, host), (.behindProxy, behindProxy.map { String($0) }),
            (.certificate, certificate), (.certificateKey, certificateKey), (.sendmail, sendmail), (.address, address),
            (.operations, operations), (.qrencode, qrencode), (.weasyprint, weasyprint), (.log, log),
        ]
        for case (let setting, let value?) in given { layer[setting] = [value] }
        if !witness.isEmpty { layer[.witness] = witness }
        return try ServeSettings(
            commandLine: layer, environment: ProcessInfo.processInfo.environment,
            file: ServeSettings.file(settings, in: folder))
    }
}
