import Domain
import Hummingbird
import Journal
import NIOCore
import UseCases

/// What is known of a request while it is answered: who asks, in which language, and the form that came along.
struct SiteContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    /// Random letters that name this request in the log and on an error page; they say nothing else.
    var reference = ""
    var language: Language = .nl
    var session: Session?
    /// A session that ended less than a day ago, of whoever still has its secret: it opens nothing, but what was typed in it
    /// is kept for its person.
    var ended: Session?
    /// Who asks, with the functions held now; nil for a guest.
    var actor: Actor?
    /// The form of a POST, read and checked before any handler.
    var form = PostedForm()
    /// The same form, and who asks, for who answers when a handler could not.
    let soFar = KnownSoFar()

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// Who asks.
    ///
    /// - Throws: `SignInFirst` for a guest.
    var signedIn: Actor {
        get throws {
            guard let actor else { throw SignInFirst() }
            return actor
        }
    }
}

/// Thrown when a guest asks for what only signed-in people have.
struct SignInFirst: Error {
    /// Where to go afterwards, a path of this site; nil for the page that was asked for.
    var back: String?
}

/// Thrown for a request that cannot be read; the sentence is in the texts under `error.<code>`.
struct BadRequest: Error {
    enum Code: String {
        case csrf, tooLarge, unreadable, throttled
    }
    let code: Code
    let status: HTTPResponse.Status
    /// Seconds after which it may be tried again.
    var retryAfter: Int?
}

extension HTTPResponse.Status {
    static let throttled = HTTPResponse.Status.tooManyRequests
}
