/// One short form at a door: choosing a password, proving that one is still the owner, asking for a new way in.
struct DoorPage: Page {
    static let template = "account/door"

    let title: String
    /// Why it is asked.
    let lead: String
    /// Nil when there is nothing to fill in, only something to know.
    let form: Form?
    /// Where to go on, or back to.
    let next: Link?

    init(title: String, lead: String, form: Form?, next: Link? = nil) {
        self.title = title
        self.lead = lead
        self.form = form
        self.next = next
    }
}
