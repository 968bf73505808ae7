import Domain
import Foundation
import Logging
import NIOCore
import NIOSSL
import TestKit
import Testing
import UseCases

@testable import Web

@Suite("The certificates with which a server answers over TLS")
struct CertificatesTests {
    /// A folder with certificates of its own making.
    private final class Desk {
        private let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-tls-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ file: String) -> String { folder.appending(path: file).path(percentEncoded: false) }

        /// Makes one that ends after some days, as `NAME.pem` and `NAME.key`.
        func make(_ name: String, days: Int) throws {
            let openssl = Process()
            openssl.executableURL = URL(filePath: "/usr/bin/openssl")
            openssl.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)",
                "-days", "\(days)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
            ]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            try #require(openssl.terminationStatus == 0)
        }

        func copy(_ one: String, _ other: String) throws {
            try? FileManager.default.removeItem(atPath: path(other))
            try FileManager.default.copyItem(atPath: path(one), toPath: path(other))
        }

        func files(_ name: String) -> Certificates.Files { .init(chain: path("\(name).pem"), key: path("\(name).key")) }

        func certificates(
            _ files: Certificates.Files, patience: Duration = .zero, holds: @escaping @Sendable (HostName) -> Bool = { _ in true }
        ) -> Certificates {
            Certificates(files, patience: patience, logger: .silent, holds: holds)
        }
    }

    private static func days(_ standing: Surroundings.Certificate) -> Int64? {
        guard case .ends(let end) = standing else { return nil }
        return (end.milliseconds - Int64(Date().timeIntervalSince1970 * 1000) + 3_600_000) / 86_400_000
    }

    @Test("One that is renewed is taken over without a new start")
    func renewed() async throws {
        let desk = try Desk()
        try desk.make("old", days: 10)
        try desk.make("new", days: 90)
        try desk.copy("old.pem", "site.pem")
        try desk.copy("old.key", "site.key")
        let certificates = desk.certificates(desk.files("site"))
        #expect(Self.days(await certificates.standing(nil)) == 10)
        // Between the two files somebody comes: the one that can be used stays.
        try desk.copy("new.pem", "site.pem")
        #expect(Self.days(await certificates.standing(nil)) == 10)
        try desk.copy("new.key", "site.key")
        #expect(Self.days(await certificates.standing(nil)) == 90)
        // And it stays when the files are gone.
        try FileManager.default.removeItem(atPath: desk.path("site.key"))
        #expect(Self.days(await certificates.standing(nil)) == 90)
    }

    @Test("Files are not read again within their time")
    func patience() async throws {
        let desk = try Desk()
        try desk.make("site", days: 10)
        let certificates = desk.certificates(desk.files("site"), patience: .seconds(3600))
        #expect(Self.days(await certificates.standing(nil)) == 10)
        try desk.make("site", days: 90)
        #expect(Self.days(await certificates.standing(nil)) == 10)
    }

    @Test("Each name has its own, and a name that is no site's has none")
    func names() async throws {
        let desk = try Desk()
        try desk.make("west.example", days: 20)
        try desk.make("oost.example", days: 40)
        let certificates = desk.certificates(desk.files("{name}"), holds: { $0.text != "oost.example" })
        #expect(Self.days(await certificates.standing(HostName("west.example"))) == 20)
        #expect(await certificates.standing(HostName("oost.example")) == .none)
        #expect(await certificates.standing(HostName("zuid.example")) == .none)
        #expect(await certificates.standing(nil) == .none)
    }

    @Test("What keeps one from being used is told by name")
    func faults() throws {
        let desk = try Desk()
        try desk.make("a", days: 10)
        try desk.make("b", days: 10)
        try "geen PEM".write(toFile: desk.path("c.pem"), atomically: true, encoding: .utf8)
        func fault(_ chain: String, _ key: String) -> Certificates.Fault? {
            #expect(throws: Certificates.Fault.self) {
                _ = try Certificates.Certificate(.init(chain: desk.path(chain), key: desk.path(key)))
            }
        }
        #expect(fault("nergens.pem", "a.key") == .unreadable(desk.path("nergens.pem")))
        #expect(fault("c.pem", "a.key") == .notPEM(desk.path("c.pem")))
        #expect(fault("a.pem", "c.pem") == .notPEM(desk.path("c.pem")))
        #expect(fault("a.pem", "b.key") == .otherKey(desk.path("b.key")))
    }

    @Test(
        "Whoever looks after it hears that one ends within a fortnight, ended, or is not there",
        arguments: [
            (Surroundings.Certificate.ends(.of("2026-12-01", "09:00")), Health.State.well),
            (.ends(.of("2026-11-10", "09:00")), .attention), (.ends(.of("2026-11-01", "09:00")), .trouble), (.none, .trouble),
        ])
    func health(_ certificate: Surroundings.Certificate, _ state: Health.State) async throws {
        try await PlanStage.run("spow") { stage in
            stage.clock.move(to: .of("2026-11-02", "09:00"))
            let health = await HealthWatch(stage.installation, Surroundings(certificate: { certificate })).look()
            #expect(health.findings.first { $0.part == .certificate }?.state == state)
        }
    }
}
