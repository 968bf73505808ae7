import Domain
import Hummingbird
import Journal
import UseCases

/// A form filled in as its reader left it.
struct BegunForm {
    /// What was typed, as if it was sent and not refused.
    let sent: PostedForm
    /// "U was hier gebleven, gisteren 14.05 uur."
    let note: String
    let updated: Instant
}

// Forms that are sent in one go are kept while one types: by a script now and then, without a script by a button.
extension Site {
    /// What the reader of a form typed in it before and did not send.
    func begun(_ form: DraftForm, _ words: Words, by person: PersonID) async throws -> BegunForm? {
        guard let typed = try await installation.typed(in: form, by: person) else { return nil }
        let note = words.texts("draft.note", ["when": words.format.recent(typed.updated, today: words.today)])
        return BegunForm(sent: PostedForm(fields: typed.fields), note: note, updated: typed.updated)
    }

    /// Keeps what was typed, or forgets it for whoever begins anew.
    ///
    /// - Parameters:
    ///   - address: of the form itself.
    ///   - place: where one goes on after the button that keeps it.
    func keep(
        _ form: DraftForm, _ request: Request, _ context: SiteContext, address: Address, place: Address
    ) async throws -> Response {
        let actor = try context.signedIn
        if context.form[PostedForm.anew] == "ja" {
            try await installation.forget(typedIn: form, by: actor.person)
            return redirect(address)
        }
        try await installation.keep(context.form.typed, typedIn: form, by: actor.person)
        guard request.isByScript else { return redirect(place, done: "concept-bewaard") }
        let words = words(context)
        let time = installation.clock.now().localTime
        let text = words.texts("draft.saved", ["time": words.format.time(hour: time.hour, minute: time.minute)])
        return try ScriptAnswer(status: "saved", text: text).response()
    }

    /// The answer to somebody whose session ended while typing: what was typed is kept, and a script says where to go on.
    ///
    /// - Returns: nil for somebody who is signed in.
    func answerToEnded(
        _ request: Request, _ context: SiteContext, _ address: Address, _ form: (PersonID) async throws -> DraftForm?
    ) async throws -> Response? {
        do {
            _ = try await sender(context, address: address, form: form)
            return nil
        } catch let guest as SignInFirst where request.isByScript {
            let texts = texts(context)
            return try ScriptAnswer(
                status: "signedOut", text: texts("draft.signedOut"),
                href: ErrorPages.signInPath(request, back: guest.back), link: texts("draft.signIn")
            ).response(.unauthorized)
        }
    }

    /// Who sends a form; of somebody whose session ended meanwhile what was typed is kept, to go on with after signing in.
    ///
    /// - Parameter form: the form of that person; nil when it is not theirs to fill in.
    /// - Throws: `SignInFirst` for a guest, with the address of the form.
    func sender(
        _ context: SiteContext, address: Address, form: (PersonID) async throws -> DraftForm?
    ) async throws -> Actor {
        if let actor = context.actor { return actor }
        if let ended = context.ended, ended.csrf.matches(context.form[PostedForm.csrf]), let form = try await form(ended.person) {
            try await installation.keep(context.form.typed, typedIn: form, by: ended.person)
        }
        throw SignInFirst(back: address.path)
    }
}

extension PostedForm {
    /// Name of the button that throws away what was typed.
    static let anew = "opnieuw"
    /// What goes along with a form and was not typed in it.
    private static let notTyped: Set<String> = [
        PostedForm.key, PostedForm.csrf, OwnerCheck.field, anew, "meer", "verwijder",
    ]

    /// What was typed: without the word of the session and the names of buttons.
    var typed: [String: [String]] { fields.filter { !Self.notTyped.contains($0.key) } }
}
