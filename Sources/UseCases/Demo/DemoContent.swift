import Domain
import Foundation
import Yams

/// What a partnership's demo is made of: weights, names, schools and phrases, from the folder `demo` beside its plans.
///
/// All of one partnership stands there and nothing of it here: procedures, steps, fields and functions are only keys.
package struct DemoContent: Sendable {
    package let settings: DemoSettings
    let schools: DemoSchools
    let names: DemoNames
    let phrases: DemoPhrases
    /// By name, so that their order is always the same.
    let themes: [DemoTheme]
    /// Versions of the plan with how they came about; none without `versions.yaml`.
    let versions: [DemoVersion]

    /// Reads `settings.yaml`, `schools.yaml`, `names.yaml`, `phrases.yaml`, `themes/*.yaml` and, if it is there,
    /// `versions.yaml`.
    ///
    /// - Throws: `DemoContentFault` with the first file that is missing or does not read.
    package static func read(_ folder: URL) throws(DemoContentFault) -> DemoContent {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "themes").path)
        let names = (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
        guard !names.isEmpty else { throw DemoContentFault(file: "themes", problem: "there are no themes") }
        var themes: [DemoTheme] = []
        for name in names { themes.append(try decode("themes/\(name)", folder)) }
        return DemoContent(
            settings: try decode("settings.yaml", folder), schools: try decode("schools.yaml", folder),
            names: try decode("names.yaml", folder), phrases: try decode("phrases.yaml", folder), themes: themes,
            versions: FileManager.default.fileExists(atPath: folder.appending(path: "versions.yaml").path)
                ? try decode("versions.yaml", folder) : [])
    }

    private static func decode<Part: Decodable>(_ file: String, _ folder: URL) throws(DemoContentFault) -> Part {
        guard let data = FileManager.default.contents(atPath: folder.appending(path: file).path) else {
            throw DemoContentFault(file: file, problem: "it is not there")
        }
        do {
            return try YAMLDecoder().decode(Part.self, from: data)
        } catch let DecodingError.keyNotFound(key, _) {
            throw DemoContentFault(file: file, problem: "the key \(key.stringValue) is missing")
        } catch let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context),
            let DecodingError.dataCorrupted(context)
        {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            throw DemoContentFault(file: file, problem: path.isEmpty ? "it is no YAML" : "\(path): \(context.debugDescription)")
        } catch {
            throw DemoContentFault(file: file, problem: "it does not read")
        }
    }
}

/// A file of a demo that cannot be used.
package struct DemoContentFault: Error, Hashable, Sendable {
    /// From the folder `demo`.
    package let file: String
    package let problem: String

    package init(file: String, problem: String) {
        self.file = file
        self.problem = problem
    }
}

extension DemoContent {
    /// Fields of the plan in which people write and for which there is no phrase: a demo would say something general there.
    package func fieldsWithoutPhrase(_ rules: PlanRules) -> [String] {
        rules.fields.values.filter { field in
            switch field.kind {
            case .text, .paragraph: phrases.phrases[field.id] == nil && !themes.allSatisfy { $0.phrases[field.id] != nil }
            default: false
            }
        }.map(\.id).sorted()
    }

    /// Keys of the settings that the plan does not know: a typing mistake there would go unseen.
    package func unknownKeys(_ rules: PlanRules) -> [String] {
        let routes = Set(rules.procedures.map(\.id))
        let steps = Set(rules.procedures.flatMap { route in route.steps.map { "\(route.id).\($0.id)" } })
        let choices = Set(
            rules.procedures.flatMap { route in
                route.steps.flatMap { step in step.choices.map { "\(route.id).\(step.id).\($0.id)" } }
            })
        let functions = Set(rules.functions.map(\.id) + [Person.administrator, DemoTally.ofSchool])
        let fields = Set(rules.fields.keys)
        var unknown: [String] = []
        func look(_ keys: some Sequence<String>, _ known: Set<String>, _ place: String) {
            unknown += keys.filter { !known.contains($0) }.map { "\(place).\($0)" }
        }
        look(settings.routes.keys, routes, "routes")
        look(settings.rare ?? [], routes, "rare")
        look(settings.choices.keys, choices, "choices")
        look(settings.pace.keys, steps, "pace")
        look(settings.staff.keys, functions, "staff")
        look(settings.people.keys, functions, "people")
        look(settings.options.keys, fields, "options")
        look(settings.days.keys, fields, "days")
        look(settings.filled.keys, fields, "filled")
        let outcomes = Set(rules.procedures.flatMap { route in route.outcomes.map { "\(route.id).\($0.id)" } })
        look(settings.last, outcomes, "last")
        look(settings.toward.keys, routes, "toward")
        look(settings.toward.flatMap { route, ends in ends.keys.map { "\(route).\($0)" } }, outcomes, "toward")
        look(phrases.said.keys, choices, "said")
        look(phrases.said.values.flatMap(\.keys), fields, "said")
        look(phrases.leaning.keys, outcomes, "leaning")
        look(phrases.leaning.values.flatMap(\.keys), fields, "leaning")
        look(settings.papers.keys, Set(rules.evidence.map(\.id)), "papers")
        look(settings.papers.values.compactMap(\.after), routes, "papers")
        look(settings.showpiece, outcomes.union(steps), "showpiece")
        look(phrases.documents.keys, Set(rules.evidence.map(\.id)), "documents")
        let spoken = fields.union([MeetingField.reason])
        look(phrases.phrases.keys, spoken, "phrases")
        for theme in themes {
            look(theme.routes.keys, routes, "\(theme.name).routes")
            look(theme.choices.keys, choices, "\(theme.name).choices")
            look(theme.options.keys, fields, "\(theme.name).options")
            look(theme.phrases.keys, fields, "\(theme.name).phrases")
            for (field, options) in theme.options {
                look(options.keys, Set(rules.fields[field]?.options.map(\.id) ?? []), "\(theme.name).options.\(field)")
            }
        }
        for (field, options) in settings.options {
            let possible = rules.fields[field].map { $0.kind == .yesNo ? ["yes", "no"] : $0.options.map(\.id) } ?? []
            look(options.keys, Set(possible), "options.\(field)")
        }
        return unknown.sorted()
    }
}
