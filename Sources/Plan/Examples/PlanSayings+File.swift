import Domain

extension PlanSayings {
    /// The examples that pin how a version words things, as the text of a file of examples; of an amending version what it touches.
    package static func file(of plan: LoadedPlan) -> String {
        let said = PlanSayings(plan.rules)
        let touched = plan.rules.amends == nil ? nil : plan.touched.map(\.path)
        var text = """
            # De teksten van dit plan, woord voor woord: zo verandert er geen zonder dat iemand het bedoelt.
            # Gemaakt met: sentrum plan says. Lees na wat er verandert voordat u dit bestand opnieuw laat maken.

            """
        var groups: [(name: String, paths: [String])] = []
        for path in said.paths {
            if let touched, !touched.contains(where: { $0.hasPrefix(path) || path.hasPrefix($0) }) { continue }
            guard said.lines(of: path)?.isEmpty == false else { continue }
            let parts = path.split(separator: ".").map(String.init)
            let name = parts.count > 1 && ["procedures", "rules"].contains(parts[0]) ? "\(parts[0])-\(parts[1])" : parts[0]
            if let index = groups.firstIndex(where: { $0.name == name }) {
                groups[index].paths.append(path)
            } else {
                groups.append((name, [path]))
            }
        }
        for (name, paths) in groups {
            text += "\n\(name):\n  kind: says\n"
            text += "  why: { nl: \"Hoe het er staat: \(name)\", en: \"How it is worded: \(name)\" }\n  says:\n"
            for path in paths {
                text += "    \(path):\n"
                for line in said.lines(of: path) ?? [] { text += "      - \(quoted(line))\n" }
            }
        }
        return text
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
