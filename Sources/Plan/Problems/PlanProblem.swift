import Domain

/// One thing wrong with a plan, at the place where its writer can mend it.
package struct PlanProblem: Hashable, Sendable, Codable {
    /// Whether the plan can be used at all.
    package enum Severity: String, Hashable, Sendable, Codable {
        case error, warning
    }

    /// What kind of fault it is; stable, for tests and for programs that read the list.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        // files and YAML
        case noSuchPlan = "no-such-plan"
        case missingFile = "missing-file"
        case unknownFile = "unknown-file"
        case unreadable
        case notYAML = "not-yaml"
        case duplicateKey = "duplicate-key"
        case emptyValue = "empty-value"
        // values
        case unknownKey = "unknown-key"
        case missingKey = "missing-key"
        case wrongKind = "wrong-kind"
        case badValue = "bad-value"
        case badKey = "bad-key"
        case reservedKey = "reserved-key"
        case duplicateField = "duplicate-field"
        case wrongVersion = "wrong-version"
        // amending
        case amendsUnknown = "amends-unknown"
        case amendsItself = "amends-itself"
        case removesNothing = "removes-nothing"
        // references
        case unknownReference = "unknown-reference"
        case missingFunction = "missing-function"
        // texts
        case emptyText = "empty-text"
        case missingSource = "missing-source"
        /// A source that names nothing in the plan's table of contents or the law's list.
        case unknownSource = "unknown-source"
        case tooLong = "too-long"
        case badTemplate = "bad-template"
        /// A word of a letter that no decision fills: a gap on paper. It refuses a plan that is checked, and stops no
        /// installation that follows such a plan already.
        case unknownWord = "unknown-word"
        case numberRepeats = "number-repeats"
        /// Something that the law asks of a plan and that this one does not place.
        case missingContent = "missing-content"
        // fields
        case badField = "bad-field"
        case neverAsked = "never-asked"
        // people
        case noActor = "no-actor"
        case nobodyCanAct = "nobody-can-act"
        case actsUnseen = "acts-unseen"
        case seesNothing = "sees-nothing"
        // steps
        case noWayOut = "no-way-out"
        case unreachableStep = "unreachable-step"
        case waitsForever = "waits-forever"
        case deadEnd = "dead-end"
        case neverEnds = "never-ends"
        case unreachedOutcome = "unreached-outcome"
        case meetingNotPlanned = "meeting-not-planned"
        case neverComplete = "never-complete"
        case leadsNowhere = "leads-nowhere"
        case neverStarts = "never-starts"
        case neverHolds = "never-holds"
        // tables
        case tableGap = "table-gap"
        case tableOverlap = "table-overlap"
        case rowNeverMatches = "row-never-matches"
        case tooLargeToCheck = "too-large-to-check"
        // the whole
        case neverUsed = "never-used"
        case versionsClash = "versions-clash"
    }

    package let severity: Severity
    package let code: Code
    /// The file, from the folder of all plans, and the line; nil for what stands nowhere.
    package let place: PlanPlace?
    /// The keys that lead to the value, with dots between them: `procedures.tlv.steps.check.by`.
    package let path: String
    package let message: Localized
    /// What the writer may have meant, or what to do.
    package let hint: Localized

    package init(
        _ code: Code, severity: Severity = .error, at place: PlanPlace?, path: String, message: Localized,
        hint: Localized? = nil
    ) {
        self.severity = severity
        self.code = code
        self.place = place
        self.path = path
        self.message = message
        self.hint = hint ?? code.remedy
    }

    /// One line for a terminal: `file:line: path: message [code]`, and the hint.
    package func line(in language: Language) -> String {
        let start = [place.map { "\($0.file):\($0.line)" }, path.isEmpty ? nil : path].compactMap(\.self)
        let word = severity == .warning ? (language == .nl ? "let op: " : "warning: ") : ""
        return (start + ["\(word)\(message[language]) (\(hint[language])) [\(code.rawValue)]"]).joined(separator: ": ")
    }
}

/// A line of a file of a plan.
package struct PlanPlace: Hashable, Sendable, Codable, Comparable {
    /// Path from the folder of all plans: `name/2020/plan.yaml`.
    package let file: String
    /// Line, from 1.
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package static func < (left: Self, right: Self) -> Bool { (left.file, left.line) < (right.file, right.line) }
}

/// Thrown when a plan cannot be used; holds everything that is wrong at once, in the order of files and lines.
package struct PlanProblems: Error, Hashable, Sendable {
    package let problems: [PlanProblem]

    package init(_ problems: [PlanProblem]) { self.problems = problems.inOrder() }

    /// All lines for a terminal.
    package func lines(in language: Language) -> [String] { problems.map { $0.line(in: language) } }
}

extension [PlanProblem] {
    /// Whether the plan can be used: warnings alone do not stop it.
    package var haveErrors: Bool { contains { $0.severity == .error } }

    /// By file and line, each once: the same fault of a version shows in every version that amends it.
    func inOrder() -> [PlanProblem] {
        var seen: Set<PlanProblem> = []
        let nowhere = PlanPlace(file: "", line: 0)
        return filter { seen.insert($0).inserted }.sorted { ($0.place ?? nowhere, $0.path) < ($1.place ?? nowhere, $1.path) }
    }
}
