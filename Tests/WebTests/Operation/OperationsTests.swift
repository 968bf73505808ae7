import CoreMetrics
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("What those who keep the machine are told")
struct OperationsTests {
    /// A server of figures beside an installation.
    private static func run(
        _ surroundings: Surroundings = Surroundings(), _ exposition: Exposition = Exposition(), sendsMail: Bool = false,
        _ test: @escaping @Sendable (any TestClientProtocol, HealthWatch) async throws -> Void
    ) async throws {
        try await PlanStage.run("spow") { stage in
            let watch = HealthWatch(stage.installation, surroundings, sendsMail: sendsMail)
            let server = OperationsServer(exposition, logger: .silent) { await Watched(watch) }
            try await Application(router: server.router(), logger: .silent).test(.router) { client in
                try await test(client, watch)
            }
        }
    }

    private static func get(_ client: any TestClientProtocol, _ path: String) async throws -> (HTTPResponse.Status, String) {
        let answer = try await client.execute(uri: path, method: .get)
        return (answer.status, String(buffer: answer.body))
    }

    @Test("that the program is up and that people can work")
    func ready() async throws {
        try await Self.run(Surroundings(freeBytes: { 50_000_000_000 }, backup: { .never })) { client, watch in
            #expect(try await Self.get(client, "/gezond") == (.ok, "ok\n"))
            let (status, told) = try await Self.get(client, "/klaar")
            #expect(status == .ok)
            #expect(told.hasPrefix("ready\n"))
            #expect(told.contains("disk well\n"))
            // A backup that was never made asks attention; people can work all the same.
            #expect(told.contains("backup attention\n"))
            #expect(await watch.look().state == .attention)
        }
    }

    @Test("that nobody can work when what is written cannot be kept")
    func full() async throws {
        try await Self.run(Surroundings(freeBytes: { 1_000_000 })) { client, watch in
            let (status, told) = try await Self.get(client, "/klaar")
            #expect(status == .serviceUnavailable)
            #expect(told.hasPrefix("not ready\n"))
            #expect(await watch.look().state == .trouble)
            #expect(try await Self.get(client, "/metrics").1.contains("sentrum_health{part=\"disk\"} 2\n"))
        }
    }

    @Test("figures in the format of Prometheus: counts, levels and times in the order of their bounds")
    func figures() async throws {
        let exposition = Exposition()
        Counter(label: "hb.requests", dimensions: [("http.route", "/leerlingen/:dossier"), ("a", "\"\\\n")], factory: exposition)
            .increment(by: 3)
        Counter(label: "hb.requests", dimensions: [("http.route", "/")], factory: exposition).increment()
        Meter(label: "http.server.active_requests", dimensions: [], factory: exposition).set(2)
        let timer = Timer(label: "http.server.request.duration", dimensions: [("http.route", "/")], factory: exposition)
        timer.recordNanoseconds(20_000_000)
        timer.recordNanoseconds(3_000_000_000)
        timer.recordNanoseconds(60_000_000_000)
        #expect(
            exposition.text([.init("sentrum_health", [("part", "disk")], 1.5)]) == """
                # TYPE hb_requests_total counter
                hb_requests_total{http_route="/"} 1
                hb_requests_total{http_route="/leerlingen/:dossier",a="\\"\\\\\\n"} 3
                # TYPE http_server_active_requests gauge
                http_server_active_requests 2
                # TYPE http_server_request_duration_seconds histogram
                http_server_request_duration_seconds_bucket{http_route="/",le="0.005"} 0
                http_server_request_duration_seconds_bucket{http_route="/",le="0.01"} 0
                http_server_request_duration_seconds_bucket{http_route="/",le="0.025"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="0.05"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="0.1"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="0.25"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="0.5"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="1"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="2.5"} 1
                http_server_request_duration_seconds_bucket{http_route="/",le="5"} 2
                http_server_request_duration_seconds_bucket{http_route="/",le="10"} 2
                http_server_request_duration_seconds_bucket{http_route="/",le="+Inf"} 3
                http_server_request_duration_seconds_sum{http_route="/"} 63.02
                http_server_request_duration_seconds_count{http_route="/"} 3
                # TYPE sentrum_health gauge
                sentrum_health{part="disk"} 1.5

                """)
    }

    @Test("work of every hour is due after an hour, and at once when the clock was set back")
    func due() {
        let now = Instant.of("2026-11-02", "09:00")
        let hour: Int64 = 3_600_000
        #expect(UpkeepRecord.isDue(nil, every: hour, at: now))
        #expect(!UpkeepRecord.isDue(now, every: hour, at: now))
        #expect(!UpkeepRecord.isDue(now, every: hour, at: now.adding(milliseconds: hour - 1)))
        #expect(UpkeepRecord.isDue(now, every: hour, at: now.adding(milliseconds: hour)))
        #expect(UpkeepRecord.isDue(now, every: hour, at: now.adding(days: -1)))
    }

    @Test("what does not go well, and until when it went well")
    func work() async throws {
        try await PlanStage.run("spow") { stage in
            let installation = stage.installation
            let watch = HealthWatch(installation, sendsMail: true)
            func state(_ part: Health.Part) async -> Health.State? {
                await watch.look().findings.first { $0.part == part }?.state
            }
            // Nothing was done yet, and nothing had to be.
            #expect(await state(.upkeep) == .well)
            #expect(await state(.mail) == .well)
            let began = stage.clock.now()
            installation.upkeep.succeeded(.minute, at: began)
            installation.upkeep.succeeded(.mail, at: began)
            stage.clock.move(by: 9 * 60)
            #expect(await state(.upkeep) == .well)
            stage.clock.move(by: 2 * 60)
            #expect(await state(.upkeep) == .attention)
            installation.upkeep.succeeded(.minute, at: stage.clock.now())
            #expect(await state(.upkeep) == .well)
            let post = RecordedPost(FailingPost(), installation.upkeep, clock: stage.clock)
            let mail = OutgoingMail(to: "iemand@voorbeeld.example", subject: "Er wacht iets", text: "Er wacht iets.")
            await #expect(throws: PostUnavailable.self) { try await post.send(mail) }
            #expect(await state(.mail) == .attention)
            #expect(await watch.look().findings.first { $0.part == .mail }?.at == began)
            installation.upkeep.foundShortened()
            #expect(await watch.look().isReady == false)
        }
    }

    private struct FailingPost: Post {
        func send(_ mail: OutgoingMail) async throws { throw PostUnavailable(reason: "no program") }
    }
}
