import Domain
import HTTPTypes
import Hummingbird
import Journal
import Logging
import UseCases

/// Answers whoever comes while nothing can be written: that nothing was saved, why, and what they filled in to send it again.
struct CannotSave {
    let site: Site
    let outage: WriteOutage

    /// The page, and a line in the log that names nobody.
    ///
    /// - Parameter sent: the form that was sent; nil where there was none, or it could not be kept.
    func answer(_ request: Request, _ sent: PostedForm?, _ context: SiteContext) async throws -> Response {
        note(context)
        let texts = site.texts(context)
        let again = sent.flatMap { form($0, at: request) }
        let page = CannotSavePage(
            title: texts("cannotSave.\(kind(request)).title"), paragraphs: paragraphs(request, sent, again, texts), again: again,
            back: again == nil ? back(request, texts) : nil, reference: "\(context.reference) (\(outage.rawValue))")
        var response = try await site.show(page, request, context, nil, status: .serviceUnavailable)
        response.headers[.retryAfter] = String(outage.pause)
        return response
    }

    /// Says it in the log, and to whoever keeps the machine.
    func note(_ context: SiteContext) {
        context.logger.error(
            "cannot save", metadata: ["reference": "\(context.reference)", "code": "\(outage.rawValue)"])
        // A busy moment is over before anybody looks.
        if outage != .storeBusy { site.installation.upkeep.couldNotSave(outage, at: site.installation.clock.now()) }
    }

    private func kind(_ request: Request) -> String {
        if request.method != .post { return "read" }
        return outage.isCertain ? "sent" : "uncertain"
    }

    private func paragraphs(
        _ request: Request, _ sent: PostedForm?, _ again: CannotSavePage.Again?, _ texts: Texts
    ) -> [String] {
        var said = [texts("cannotSave.\(kind(request)).text"), texts("cannotSave.why.\(outage.rawValue)")]
        guard request.method == .post else {
            if outage.isOfDisk { said.append(texts("cannotSave.notLogged")) }
            return said
        }
        if again == nil {
            said.append(texts("cannotSave.notKept"))
        } else {
            said.append(texts("cannotSave.kept"))
            if sent?.files.isEmpty == false { said.append(texts("cannotSave.files")) }
        }
        return said
    }

    /// Where to go on without a form that can be sent again.
    private func back(_ request: Request, _ texts: Texts) -> CannotSavePage.Back? {
        guard request.method == .post else { return .init(href: request.uri.path, label: texts("cannotSave.again")) }
        return ErrorPages.page(before: request).map { .init(href: $0, label: texts("error.back")) }
    }

    /// The form to be sent again; nil when it holds what is never put in a page, such as a password.
    private func form(_ sent: PostedForm, at request: Request) -> CannotSavePage.Again? {
        guard !sent.holdsSecret else { return nil }
        let fields = sent.fields.sorted { $0.key < $1.key }
        return CannotSavePage.Again(
            action: request.uri.description,
            fields: fields.flatMap { name, values in values.map { .init(name: name, value: $0) } }, written: sent.written)
    }
}

extension WriteOutage {
    /// Whether it is the disk of this machine, or of the database; then what was saved before can be read.
    fileprivate var isOfDisk: Bool { [.diskFull, .diskReadOnly, .diskFailed].contains(self) }

    /// After how many seconds it is worth trying again: a database is back soon, room on a disk somebody has to make.
    var pause: Int {
        switch self {
        case .storeBusy: ErrorPages.busyFor
        case .storeAway, .uncertain: 5
        case .diskFull, .diskReadOnly, .diskFailed: 30
        }
    }
}
