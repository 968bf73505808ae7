/// That there is no site at this address, or none that can be used now; it belongs to no partnership.
struct NoSitePage: Page {
    static let template = "no-site"

    /// Why; the raw value is the end of the keys of its texts.
    enum Reason: String, CaseIterable {
        case unknown, opening, outOfOrder, busy
    }

    let title: String
    /// What happened and what can be done.
    let message: String
    /// What became of what was sent; only where something was.
    let sent: String?

    init(_ reason: Reason, wasSent: Bool, _ texts: Texts) {
        title = texts("noSite.\(reason.rawValue).title")
        message = texts("noSite.\(reason.rawValue).text")
        sent = wasSent ? texts("noSite.sent") : nil
    }
}
