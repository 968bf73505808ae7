import Domain
import Foundation
import HTTPTypes
import Journal
import Synchronization
import Testing
import UseCases

@testable import Web

/// A browser that keeps the cookies it is given, as browsers do.
final class Browsing: Sendable {
    private let stage: PlanStage
    private let jar: Mutex<[String: String]>

    init(_ stage: PlanStage, cookies: [String: String] = ["lang": "nl"]) {
        self.stage = stage
        jar = Mutex(cookies)
    }

    var cookies: [String: String] { jar.withLock { $0 } }

    func set(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    /// The session that the browser has now.
    var session: Session? {
        get async throws {
            guard let secret = cookies["sessie"] else { return nil }
            return try await stage.installation.vault.accounts.session(secret, at: stage.clock.now())
        }
    }

    func get(_ path: String) async throws -> Visitor.Answer { keep(try await visitor().get(path)) }

    func post(_ path: String, _ fields: [(String, String)] = []) async throws -> Visitor.Answer {
        let session = try await session
        return keep(try await visitor(session).post(path, fields, csrf: session != nil))
    }

    private func visitor(_ session: Session? = nil) -> Visitor {
        let text = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return Visitor(client: stage.client, cookie: text, csrf: session?.csrf.text ?? "")
    }

    private func keep(_ answer: Visitor.Answer) -> Visitor.Answer {
        for cookie in answer.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isGone = cookie.contains("Max-Age=0")
            set(String(pair[0]), isGone ? nil : String(pair[1]))
        }
        return answer
    }
}

/// A provider elsewhere that answers what a test puts behind a code; that of `SignIn` has tests of its own.
final class SchoolProvider: SignInProvider {
    let key: String
    let name = Localized(nl: "Schoolaccount", en: "School account")
    private let answers = Mutex<[String: Result<ProvedIdentity, SignInTrouble>]>([:])
    private let questions = Mutex<[SignInQuestion]>([])

    init(_ key: String = "school") { self.key = key }

    /// Every question so far, the last one last.
    var asked: [SignInQuestion] { questions.withLock { $0 } }

    func answer(_ code: String, _ answer: Result<ProvedIdentity, SignInTrouble>) {
        answers.withLock { $0[code] = answer }
    }

    /// Somebody of the child's school, as this provider proves them.
    func proved(
        _ subject: String = "noor", _ place: ProvedIdentity.Place = .school("99AA"), mail: String? = nil, isProved: Bool = false,
        signedIn: Instant? = nil
    ) -> ProvedIdentity {
        ProvedIdentity(
            provider: key, subject: LinkedIdentity.digest(issuer: "https://id.example", subject: subject), organisation: "99AA",
            places: [place], mail: mail, isProved: isProved, signedIn: signedIn)
    }

    func address(asking question: SignInQuestion) async throws(SignInTrouble) -> String {
        if case .failure(let trouble) = answers.withLock({ $0["*"] }) { throw trouble }
        questions.withLock { $0.append(question) }
        return "https://id.example/authorize?state=\(question.state)"
    }

    func identity(
        of code: String, from issuer: String?, answering question: SignInQuestion, at: Instant
    ) async throws(SignInTrouble) -> ProvedIdentity {
        guard asked.contains(question), let answer = answers.withLock({ $0[code] }) else { throw .codeRefused }
        return try answer.get()
    }

    func signOutAddress() async -> String? { "https://id.example/end" }
}
