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
    private let exposition: Exposition
    private let logger: Logger
    private let look: @Sendable () async -> Watched

    /// - Parameter look: how it is now.
    package init(_ exposition: Exposition, logger: Logger, look: @escaping @Sendable () async -> Watched) {
        self.exposition = exposition
        self.logger = logger
        self.look = look
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.get("/gezond") { _, _ in Self.text("ok\n") }
        router.get("/klaar") { _, _ in
            let watched = await look()
            let lines = [watched.isReady ? "ready" : "not ready"] + watched.lines
            return Self.text(
                lines.map { "\($0)\n" }.joined(), status: watched.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            Self.text(exposition.text(await look().gauges + ProcessFigures.now), version: "; version=0.0.4")
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
