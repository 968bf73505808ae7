/// Sites that share one address, each found by its name.
package protocol HostedSites: Sendable {
    /// Asks for room at a site; it may have to be opened first, and others may be before. Whoever is let in leaves once.
    func enter(_ name: HostName) async -> HostedEntry

    /// Says that whoever was let in has been answered.
    func leave(_ name: HostName)
}

/// What came of asking for room at a site.
package enum HostedEntry: Sendable {
    case letIn(SiteAnswer)
    /// No site has this name.
    case unknown
    /// It is being opened, and that takes longer than somebody should wait.
    case opening
    /// It cannot be opened.
    case outOfOrder
    /// More is asked of it at once than it has room for.
    case busy
}
