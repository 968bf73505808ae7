import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite("Paper by a program of its own")
struct PaperTests {
    /// A program that does this instead.
    private func program(_ lines: String, _ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sentrum-paper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "weasyprint")
        try "#!/bin/sh\n\(lines)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        try await body(file.path)
    }

    @Test("Two are made at once and some wait; who comes after those is told so at once, and the others get theirs")
    func busy() async throws {
        try await program("cat > /dev/null; sleep 2; echo %PDF-1.7") { program in
            let paper = WeasyPrint(program: program, style: "letter.css", waiting: 3)
            let outcomes = await withTaskGroup(of: String.self, returning: [String].self) { group in
                for _ in 0..<9 {
                    group.addTask {
                        do {
                            return try await paper.pdf(html: "<p>Brief</p>", language: .nl).isEmpty ? "empty" : "made"
                        } catch {
                            return (error as? PaperUnavailable)?.reason ?? "\(error)"
                        }
                    }
                }
                var outcomes: [String] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            #expect(outcomes.filter { $0 == "made" }.count == 5)
            #expect(outcomes.filter { $0 == "busy" }.count == 4)
            #expect(outcomes.first == "busy", "nobody waits to hear that there is no place to wait")
            let again = try await paper.pdf(html: "<p>Brief</p>", language: .nl)
            #expect(!again.isEmpty, "places come free again")
        }
    }

    @Test("A program reads all of what it is given, and nothing of it is left behind")
    func whole() async throws {
        try await program("cat") { path in
            let page = String(repeating: "Brief é. ", count: 200_000)
            let open = { (try? FileManager.default.contentsOfDirectory(atPath: "/dev/shm"))?.filter { $0.hasPrefix("sentrum-") } }
            let came = try await OutsideProgram(path, patience: .seconds(300)).run([], input: page, most: 5_000_000)
            #expect(came == Data(page.utf8))
            #expect(open() == [])
        }
    }

    @Test(
        "A program that never ends is given up in time, whatever it leaves behind", .timeLimit(.minutes(30)),
        arguments: [
            "exec sleep 1000", "sleep 1000 & echo $! > \"$0.child\"; cat > /dev/null; sleep 1000",
            "trap '' TERM PIPE; while true; do sleep 1; done",
        ])
    func hangs(_ lines: String) async throws {
        try await program(lines) { path in
            let clock = ContinuousClock()
            let start = clock.now
            let program = OutsideProgram(path, patience: .seconds(1))
            // More than a pipe holds, for one that reads nothing.
            let page = String(repeating: "Brief. ", count: 50_000)
            await #expect(throws: OutsideProgram.Trouble.slow) { try await program.run([], input: page, most: 1_000) }
            #expect(clock.now - start < .seconds(200))
            guard let child = try? String(contentsOfFile: "\(path).child", encoding: .utf8).trimmed else { return }
            // What is over and not yet cleared away has no command any more.
            func command() -> Data? { try? Data(contentsOf: URL(filePath: "/proc/\(child)/cmdline")) }
            for _ in 0..<100 where command()?.isEmpty == false { try await Task.sleep(for: .milliseconds(20)) }
            #expect(command()?.isEmpty ?? true, "what it began is over as well")
        }
    }

    @Test(
        "A program that ends without reading what it is given fails, and nothing else ends with it",
        arguments: [
            "exit 3", "exit 0", "kill -9 $$", "head -c 10 > /dev/null; exit 0", "exec < /dev/null; sleep 0.1; echo %PDF-1.7",
        ])
    func unread(_ lines: String) async throws {
        try await program(lines) { path in
            let program = OutsideProgram(path, patience: .seconds(300))
            // More than a pipe holds, so that it cannot all be written before the program is over.
            let page = String(repeating: "Brief. ", count: 50_000)
            for _ in 0..<10 {
                await #expect(throws: OutsideProgram.Trouble.failed) { try await program.run([], input: page, most: 1_000) }
            }
            // A little may be written or not; whichever, this process goes on.
            for _ in 0..<10 { _ = try? await program.run([], input: "Brief.", most: 1_000) }
        }
    }

    @Test("Where no PDF can be made the page is there to print, and says so above it")
    func said() async throws {
        try await PlanStage.run("heuvelrug") { stage in
            let site = Site(
                installation: stage.installation, face: stage.site.face, options: stage.site.options, paper: NoPaper())
            let router = Router(context: SiteContext.self)
            router.get("/brief") { _, _ in
                try await site.onPaper("<html><body>\n<h1>Over <body></h1></body></html>", named: "brief.pdf", .nl)
            }
            try await Application(router: router, logger: .silent).test(.router) { client in
                let answer = try await client.execute(uri: "/brief", method: .get)
                let page = String(buffer: answer.body)
                #expect(answer.status == .ok)
                #expect(page.hasPrefix("<html><body>\n<p class=\"no-pdf\" role=\"status\">"))
                #expect(page.components(separatedBy: "no-pdf").count == 2)
                #expect(page.contains(site.face.texts(.nl)("print.noPDF")))
            }
        }
    }

    @Test("What is no PDF, and a program that fails or is not there, is no paper")
    func fails() async throws {
        for lines in ["cat > /dev/null; echo Sorry", "cat > /dev/null; echo %PDF-1.7; exit 3"] {
            try await program(lines) { program in
                let paper = WeasyPrint(program: program, style: "letter.css")
                await #expect(throws: PaperUnavailable.self) { try await paper.pdf(html: "<p>Brief</p>", language: .nl) }
            }
        }
        let paper = WeasyPrint(program: "/nergens/weasyprint", style: "letter.css")
        await #expect(throws: PaperUnavailable.self) { try await paper.pdf(html: "<p>Brief</p>", language: .nl) }
    }
}
