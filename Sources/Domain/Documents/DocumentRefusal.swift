/// Why a file is not taken into a dossier.
package enum DocumentRefusal: Error, Hashable, Sendable {
    /// The file has no bytes: mostly an upload that broke off.
    case empty
    /// The file is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// The content is of no kind that is accepted.
    case unknownType
    /// The content is of an accepted kind, but the name says another one.
    case extensionDoesNotMatch(recognised: DocumentFormat)
    /// The file carries a program (macro) that would run when it is opened.
    case macro
    /// The file asks a password, so that nobody here could read or check it.
    case encrypted
    /// Unpacked or drawn it would be far larger than it looks.
    case bomb
    /// A name inside the file points outside the place where it would be unpacked.
    case pathTraversal
    /// The content starts as an accepted kind and then breaks its rules: cut off or tampered with.
    case damaged

    /// The stable name of the refusal, for texts, the interface for programs and tests.
    package var code: String {
        switch self {
        case .empty: "document.empty"
        case .tooLarge: "document.too-large"
        case .unknownType: "document.unknown-type"
        case .extensionDoesNotMatch: "document.extension-does-not-match"
        case .macro: "document.macro"
        case .encrypted: "document.encrypted"
        case .bomb: "document.bomb"
        case .pathTraversal: "document.path-traversal"
        case .damaged: "document.damaged"
        }
    }
}
