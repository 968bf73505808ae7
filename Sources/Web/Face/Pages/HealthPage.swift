/// Whether all is well with the installation, part by part, for the administrator.
struct HealthPage: Page {
    static let template = "operation/health"

    struct Part: Sendable {
        let title: String
        let chip: Chip
        /// How it is, and where it is not well what to do.
        let text: String
    }

    let title: String
    let tabs: [Tab]
    /// Whether something asks attention, or worse.
    let isBad: Bool
    /// "Alles is in orde."
    let summary: String
    let parts: [Part]
}
