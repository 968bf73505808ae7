import Domain
import UseCases

/// What those who keep the machine are told: of one installation, or of many by name.
package struct Watched: Sendable {
    /// One of many.
    package struct Place: Sendable {
        /// Whether it is there for people.
        package enum State: String, Sendable, CaseIterable {
            /// Nobody asked for it lately; it opens when somebody does.
            case closed
            case open
            /// It could not be opened; it is tried again when somebody asks for it.
            case broken
        }

        let name: HostName
        let state: State
        /// The stable name of what is wrong, where there is one.
        let code: String?
        /// How it is; nil when it is not open.
        let health: Health?

        package init(_ name: HostName, _ state: State, code: String? = nil, health: Health? = nil) {
            self.name = name
            self.state = state
            self.code = code
            self.health = health
        }
    }

    private let one: Health?
    private let places: [Place]

    /// One installation.
    package init(_ watch: HealthWatch) async {
        one = await watch.look()
        places = []
    }

    /// Many, by name.
    package init(_ places: [Place]) {
        one = nil
        self.places = places.sorted { $0.name < $1.name }
    }

    /// Whether people can work: of many, whether those of one can, because what is wrong with another is no reason to send
    /// nobody here.
    var isReady: Bool {
        if let one { return one.isReady }
        let open = places.compactMap(\.health)
        return open.isEmpty || open.contains { $0.isReady }
    }

    /// A line for each finding; of many with the name before it.
    var lines: [String] {
        (one.map { Self.lines($0) } ?? [])
            + places.flatMap { place in
                let said = [place.name.text, place.state.rawValue, place.code].compactMap(\.self).joined(separator: " ")
                return [said] + (place.health.map { Self.lines($0) } ?? []).map { "\(place.name) \($0)" }
            }
    }

    /// The findings as figures: 0 for well, 1 for what asks attention, 2 for trouble; and of many 0 for what is closed, 1 for
    /// what is open, 2 for what is broken.
    var gauges: [Exposition.Gauge] {
        (one.map { Self.gauges($0, []) } ?? [])
            + places.flatMap { place in
                let label = [("partnership", place.name.text)]
                let state: Double = place.state == .closed ? 0 : place.state == .open ? 1 : 2
                return [Exposition.Gauge("sentrum_partnership", label, state)]
                    + (place.health.map { Self.gauges($0, label) } ?? [])
            }
    }

    private static func lines(_ health: Health) -> [String] {
        health.findings.map { finding in
            [finding.part.rawValue, finding.state.rawValue, finding.code].compactMap(\.self).joined(separator: " ")
        }
    }

    private static func gauges(_ health: Health, _ place: [(String, String)]) -> [Exposition.Gauge] {
        health.findings.flatMap { finding -> [Exposition.Gauge] in
            let state: Double = finding.state == .well ? 0 : finding.state == .attention ? 1 : 2
            let labels = [("part", finding.part.rawValue)] + place
            var told = [Exposition.Gauge("sentrum_health", labels, state)]
            if let at = finding.at { told.append(.init("sentrum_last_time_seconds", labels, Double(at.milliseconds) / 1000)) }
            if let number = finding.number { told.append(.init("sentrum_\(finding.part.figure)", place, Double(number))) }
            return told
        }
    }
}

extension Health.Part {
    /// What its number counts.
    fileprivate var figure: String {
        switch self {
        case .journal: "journal_rows"
        case .checkpoint: "checkpoint_rows"
        case .plan: "plan_faults"
        case .disk: "disk_free_bytes"
        case .saving, .upkeep, .mail, .backup, .certificate: rawValue
        }
    }
}
