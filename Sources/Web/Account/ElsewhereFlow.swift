import Domain
import Foundation
import Journal
import UseCases

/// What a browser carries while somebody signs in elsewhere: a secret of its own and what it was about.
///
/// Everything that goes to the provider follows from it, so nothing is kept here meanwhile; and an answer is taken only by the
/// browser that asked, for what it asked (against forged requests and answers, RFC 9700, 4.7). The provider gets to know none
/// of it.
struct ElsewhereFlow: Equatable {
    /// Why somebody was sent there.
    enum Purpose: Codable, Hashable {
        case signIn
        /// To make it a way in of the person of a session, by its name.
        case link(session: String)
        /// To show that they are still the owner of a session.
        case confirm(session: String)
        /// To take up an invitation instead of choosing a password, by the secret of its link.
        case invitation(link: String)
    }

    private struct Contents: Codable, Equatable {
        let provider: String
        let purpose: Purpose
        let after: String
        let asked: Int64
    }

    /// How long somebody may take to sign in there, in seconds.
    static let lasts = 600

    private let secret: SecretToken
    private let contents: Contents
    /// The secret and the contents, as the cookie has them.
    let carried: String

    var provider: String { contents.provider }
    var purpose: Purpose { contents.purpose }
    /// The page to go to afterwards; nothing when none was asked for.
    var after: String { contents.after }

    /// - Parameter after: of this site; what a visitor sent goes through `Site.isOwnPath` first.
    init(_ provider: String, _ purpose: Purpose, after: String, at: Instant) throws {
        secret = .generate()
        contents = Contents(provider: provider, purpose: purpose, after: after, asked: at.milliseconds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let letters = try encoder.encode(contents).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        carried = "\(secret.text).\(letters)"
    }

    /// Reads what a browser carries; nil when it is nothing of ours, or too long ago.
    init?(_ carried: String, at: Instant) {
        let parts = carried.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, carried.utf8.count <= 3_500, let secret = SecretToken(String(parts[0])) else { return nil }
        let letters = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - letters.utf8.count % 4) % 4)
        guard let json = Data(base64Encoded: letters + padding),
            let contents = try? JSONDecoder().decode(Contents.self, from: json),
            (0..<Int64(Self.lasts) * 1000).contains(at.milliseconds - contents.asked)
        else { return nil }
        self.secret = secret
        self.contents = contents
        self.carried = carried
    }

    private var isAnew: Bool {
        switch purpose {
        case .link, .confirm: true
        case .signIn, .invitation: false
        }
    }

    /// The question that goes to the provider.
    ///
    /// - Parameter back: where its answer comes.
    func question(back: String) -> SignInQuestion {
        SignInQuestion(
            state: state.text, nonce: secret.derived("nonce").text, verifier: secret.derived("verifier").text, back: back,
            isAnew: isAnew, asked: Instant(milliseconds: contents.asked))
    }

    /// Whether what came back belongs to this question, whole and unchanged.
    func isAnswered(by state: String) -> Bool { self.state.matches(state) }

    private var state: SecretToken { secret.derived("state|\(carried)") }

    static func == (left: Self, right: Self) -> Bool { left.carried == right.carried }
}
