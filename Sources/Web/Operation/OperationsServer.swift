import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import UseCases

/// What those who keep the machine ask, on an address of its own that no visitor reaches: whether people can work, and figures.
///
/// Nothing of it is about anybody: routes are told as they stand in the table of routes, never as they were asked.
package struct OperationsServer: Sendable {
    private let watch: HealthWatch
    private let exposition: Exposition
    private let logger: Logger

    package init(_ watch: HealthWatch, _ exposition: Exposition, logger: Logger) {
        self.watch = watch
        self.exposition = exposition
        self.logger = logger
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.get("/gezond") { _, _ in Self.text("ok\n") }
        router.get("/klaar") { _, _ in
            let health = await watch.look()
            let parts = health.findings.map { finding in
                [finding.part.rawValue, finding.state.rawValue, finding.code].compactMap(\.self).joined(separator: " ") + "\n"
            }.joined()
            return Self.text(
                "\(health.isReady ? "ready" : "not ready")\n\(parts)", status: health.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            Self.text(exposition.text(Self.gauges(await watch.look()) + ProcessFigures.now), version: "; version=0.0.4")
        }
        return router
    }

    /// The server on an address.
    package func application(host: String, port: Int) -> some ApplicationProtocol {
        Application(
            router: router(), configuration: .init(address: .hostname(host, port: port), serverName: nil), logger: logger)
    }

    private static func text(_ body: String, status: HTTPResponse.Status = .ok, version: String = "") -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain\(version); charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: body)))
    }

    /// The findings as figures: 0 for well, 1 for what asks attention, 2 for trouble.
    private static func gauges(_ health: Health) -> [Exposition.Gauge] {
        health.findings.flatMap { finding -> [Exposition.Gauge] in
            let state: Double = finding.state == .well ? 0 : finding.state == .attention ? 1 : 2
            let labels = [("part", finding.part.rawValue)]
            var told = [Exposition.Gauge("sentrum_health", labels, state)]
            if let at = finding.at { told.append(.init("sentrum_last_time_seconds", labels, Double(at.milliseconds) / 1000)) }
            if let number = finding.number { told.append(.init("sentrum_\(finding.part.figure)", [], Double(number))) }
            return told
        }
    }
}

extension Health.Part {
    /// What its number counts.
    fileprivate var figure: String {
        switch self {
        case .journal: "journal_rows"
        case .checkpoint: "checkpoint_rows"
        case .plan: "plan_faults"
        case .disk: "disk_free_bytes"
        case .saving, .upkeep, .mail, .backup: rawValue
        }
    }
}

/// What the system tells of this process, under the names that are usual for it; nothing where it tells nothing.
enum ProcessFigures {
    static var now: [Exposition.Gauge] {
        var told: [Exposition.Gauge] = []
        // Pages of memory in /proc/self/statm (proc(5)).
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").map(String.init)
        if let resident = pages?.dropFirst().first.flatMap(Double.init) {
            told.append(.init("process_resident_memory_bytes", [], resident * Double(sysconf(Int32(_SC_PAGESIZE)))))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
            told.append(.init("process_open_fds", [], Double(open)))
        }
        return told
    }
}
