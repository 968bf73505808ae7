/// The dossiers whose term is over, those whose destruction is under way, and what was said of those that are gone.
struct RetentionPage: Page {
    static let template = "retention/list"

    /// Dossiers under one heading.
    struct Group: Sendable {
        let title: String
        /// What is to be done with them.
        let text: String
        let rows: [Row]
    }

    struct Row: Sendable {
        /// "Dossier x7k2qa": no name of a child.
        let label: String
        let href: String
        let school: String
        /// "tot en met 31 juli 2024"
        let kept: String
        let state: Chip?
    }

    /// What stays of dossiers that were destroyed.
    struct Statement: Sendable {
        let day: String
        /// "3 dossiers met 120 gebeurtenissen"
        let what: String
        let who: String
    }

    let title: String
    let lead: String
    let groups: [Group]
    let more: String?
    let statements: [Statement]
}

/// One dossier on the way to its destruction, for those who see to it and see nothing of what is in it.
struct KeptPage: Page {
    static let template = "retention/kept"

    /// Something that can be done now.
    struct Act: Sendable {
        let title: String
        let text: String
        let form: Form
    }

    let title: String
    let lead: String
    let back: Link
    let state: Chip?
    let facts: [Fact]
    /// What was refused and belongs to no one form.
    let problems: [FormProblem]
    let acts: [Act]
    /// Why nothing can be done now by this reader.
    let quiet: String?
}
