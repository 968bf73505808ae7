import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Web

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

@Suite("Clients that take their time")
struct SlowClientTests {
    /// A bare connection to the server.
    private struct Line {
        let socket: Int32

        init(port: Int) throws {
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let socket = socket
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            try #require(result == 0)
        }

        /// False when the other side has closed.
        func send(_ text: String) -> Bool {
            Glibc.send(socket, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count
        }

        /// Everything that came until now; nil when the other side has closed.
        func received() -> String? {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count == 0 || count < 0 && errno != EAGAIN { return nil }
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }

        func close() { _ = Glibc.close(socket) }
    }

    /// Sends a beginning and then a letter every tenth of a second; the seconds until the server closes, nil if it does not.
    private func dribble(_ beginning: String, on line: Line, for seconds: Double) async throws -> Double? {
        let clock = ContinuousClock()
        let start = clock.now
        try #require(line.send(beginning))
        while clock.now - start < .seconds(seconds) {
            try await Task.sleep(for: .milliseconds(100))
            if !line.send("a") || line.received() == nil { return (clock.now - start) / .seconds(1) }
        }
        return nil
    }

    private func serving(patience: Int64 = 1_000, _ test: @Sendable (Int) async throws -> Void) async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let listener = Listener(
                host: "127.0.0.1", port: 0, most: 100, patience: patience, logger: .silent)
            try await listener.application(WebServer(site: stage.site)).test(.live) { client in
                try await test(try #require(client.port))
            }
        }
    }

    @Test(
        "A byte now and then holds no connection: not before a request, not within its head, not within its body",
        arguments: [
            "POST /aanmelden HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 5000\r\n\r\nemail=",
            "GET /aanmelden HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "GET /aan",
        ])
    func slow(_ beginning: String) async throws {
        try await serving { port in
            let line = try Line(port: port)
            defer { line.close() }
            let closed = try await dribble(beginning, on: line, for: 8)
            #expect(closed.map { $0 > 0.5 && $0 < 6 } == true, "\(closed ?? -1)")
        }
    }

    @Test("A request after another on one connection is answered, and so is one that comes in pieces")
    func patient() async throws {
        try await serving(patience: 20_000) { port in
            let line = try Line(port: port)
            defer { line.close() }
            for _ in 0..<2 {
                #expect(line.send("GET /gezond HTTP/1.1\r\nHost: "))
                try await Task.sleep(for: .milliseconds(400))
                #expect(line.send("localhost\r\n\r\n"))
                try await Task.sleep(for: .milliseconds(400))
                #expect(line.received()?.contains("200 OK") == true)
            }
        }
    }
}
