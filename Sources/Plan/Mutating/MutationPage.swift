import Domain

/// The figures of a mutation as a page of the reference.
package struct MutationPage {
    private let reports: [(plan: LoadedPlan, report: MutationReport)]

    package init(_ reports: [(plan: LoadedPlan, report: MutationReport)]) { self.reports = reports }

    /// A share in percent, rounded down so that it never promises more than there is.
    package static func percent(_ share: Double) -> String { "\((share * 1000).rounded(.down) / 10) %" }

    package var lines: [String] {
        var lines = [
            "# How much of a plan is held fast", "",
            "`make mutate` changes every value of each plan below in turn and sees who notices. It makes this page.", "",
            "**A value** is whatever stands behind a key of the plan's files, each item of a list included. Texts are emptied and",
            "reworded; yes becomes no; numbers, periods and days go one down and one up; items of lists are dropped; what an amending",
            "version removes is kept; a source becomes another paragraph and one that does not exist; every other word becomes another",
            "one that could stand there and one that nobody knows. Every value counts, texts too.", "",
            "**Who notices**, in the order in which they are asked (of a text *wording* is asked right after *reading*):", "",
            "- *reading*: the files cannot be read any more;",
            "- *situation*: an example comes out otherwise. Examples are situations with what must come out, and cards on which somebody",
            "  who works by the plan finds who reads along, what a route asks of whom and by when, how a question is answered, and which",
            "  paragraph of the document is carried out where;",
            "- *check*: an error of `plan check`;",
            "- *wording*: an example that repeats a text word for word. It counts for texts only, because it shows that nobody reworded",
            "  something unseen, and not that the text is right.", "",
            "A *warning* of the check stops nothing, so a change that only a warning notices counts as unnoticed.", "",
            "What the cards cannot show: that a value is right. They follow the plan, so whoever changes the plan changes the card too",
            "and has to mean it twice; whether both are right shows only who reads them beside the document.", "",
            "| version | in force | changes | reading | situation | check | wording | warning | nobody | noticed |",
            "|---|---|---|---|---|---|---|---|---|---|",
        ]
        for (plan, report) in reports {
            for (name, counts) in [("decides", report.values), ("texts", report.wording), ("all", report.all)] {
                let by = MutationReport.Noticed.allCases.map { String(counts.by[$0] ?? 0) }.joined(separator: " | ")
                lines.append(
                    "| \(plan.rules.key), \(name) | \(plan.rules.inForce) | \(counts.all) | \(by) | \(Self.percent(counts.share)) |"
                )
            }
        }
        lines += ["", "| change | noticed | of |", "|---|---|---|"]
        for change in PlanMutant.Change.allCases {
            let found = reports.compactMap { $0.report.changes[change] }
            guard !found.isEmpty else { continue }
            lines.append("| \(change.rawValue) | \(found.map(\.noticed).reduce(0, +)) | \(found.map(\.all).reduce(0, +)) |")
        }
        let left = reports.flatMap(\.report.survivors)
        lines += ["", left.isEmpty ? "Nothing goes unnoticed." : "## What goes unnoticed", ""]
        let kinds = Dictionary(grouping: left, by: \.kind).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for (kind, survivors) in kinds {
            lines += ["### \(kind)", ""]
            for one in survivors {
                let warned = one.isWarned ? " (a warning)" : ""
                lines.append(
                    "- `\(one.file):\(one.line)` `\(one.path)`: \(one.change.rawValue), `\(one.before)` → `\(one.after ?? "")`\(warned)"
                )
            }
            lines.append("")
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension MutationReport.Survivor {
    /// The kind of value: the branch of the plan and the last key that is no position in a list.
    package var kind: String {
        let keys = path.split(separator: ".").map(String.init)
        let last = keys.last { Int($0) == nil } ?? path
        return keys.count > 1 ? "\(keys[0]): \(last)" : path
    }
}
