/// One short form at a door: choosing a password, proving that one is still the owner, asking for a new way in.
struct DoorPage: Page {
    static let template = "account/door"

    let title: String
    /// Why it is asked.
    let lead: String
    /// To show elsewhere who one is, beside this page: what was filled in here stays. Nil when it is asked here.
    let elsewhere: Link?
    /// Nil when there is nothing to fill in, only something to know.
    let form: Form?
    /// Other ways to do the same, by a provider elsewhere.
    let others: [Link]
    /// Where to go on, or back to.
    let next: Link?

    init(title: String, lead: String, elsewhere: Link? = nil, form: Form?, others: [Link] = [], next: Link? = nil) {
        self.title = title
        self.lead = lead
        self.elsewhere = elsewhere
        self.form = form
        self.others = others
        self.next = next
    }
}
