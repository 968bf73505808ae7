import ArgumentParser
import Domain
import Foundation
import Journal
import UseCases

/// Registers the schools of the partnership's area from DUO's open data.
struct ImportSchoolsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schools", abstract: "Register the schools of the area from DUO's files 02 and 09; none is ever closed.")

    @OptionGroup var place: InstallationOptions

    @Argument(help: "DUO's file 02, \"Alle schoolvestigingen basisonderwijs\".")
    var file02: String

    @Argument(help: "DUO's file 09, \"Alle vestigingen sbo, so en vso\".")
    var file09: String?

    @Flag(help: "Leave out rows that do not read instead of refusing the file.")
    var skipBadRows = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Problem: Encodable {
            let file: String
            let line: Int
            let column: String?
            let found: String
            let expected: String
            let rowLeftOut: Bool
        }

        var registered = 0
        var changed = 0
        var unchanged = 0
        var outsideArea = 0
        var problems: [Problem] = []
    }

    func run() async throws {
        let opened = try await place.open()
        let installation = opened.installation
        let postcodes = Set(installation.rules.partnership.postcodes)
        var result = Result()
        var locations: [SchoolLocation] = []
        for (path, source) in [(file02, DUOSchools.Source.file02), (file09, .file09)] {
            guard let path else { continue }
            let read = try read(path, source, postcodes)
            locations += read.locations
            result.outsideArea += read.outside
            result.problems += read.problems.map { problem(path, $0) }
        }
        for location in locations {
            let organisation = Organisation(location)
            let before = try await installation.registers.organisation(organisation.id)
            let head = try await installation.journal.head()
            try await installation.register(organisation, as: .program)
            if try await installation.journal.head() == head {
                result.unchanged += 1
            } else if before == nil {
                result.registered += 1
            } else {
                result.changed += 1
            }
        }
        try await opened.close()
        if json { return try Output.json(result) }
        for problem in result.problems { Output.problem(Self.line(problem)) }
        Output.line(
            "\(result.registered) schools registered, \(result.changed) changed, \(result.unchanged) as they were; "
                + "\(result.outsideArea) rows outside the area, \(result.problems.count { $0.rowLeftOut }) left out")
    }

    private func read(_ path: String, _ source: DUOSchools.Source, _ postcodes: Set<String>) throws -> DUOSchools {
        guard let data = FileManager.default.contents(atPath: path) else { throw CommandRefusal("\(path) cannot be read") }
        do throws(DUOFileRefusal) {
            return try DUOSchools.read(
                [UInt8](data), source: source, postcodes: postcodes, faultyRows: skipBadRows ? .skip : .refuseFile)
        } catch {
            switch error {
            case .rows(let rows):
                throw CommandRefusal(
                    "\(path): \(rows.count) rows do not read; leave them out with --skip-bad-rows",
                    details: rows.map { Self.line(problem(path, $0)) })
            case .columnsMissing(let columns):
                throw CommandRefusal("\(path): these columns are missing: \(columns.joined(separator: ", "))")
            case .columnTwice(let column): throw CommandRefusal("\(path): the column \(column) is there twice")
            case .otherFile: throw CommandRefusal("\(path) is DUO's other file: 02 comes first, then 09")
            case .empty, .encoding, .header: throw CommandRefusal("\(path) is refused: \(error.code)")
            }
        }
    }

    private func problem(_ path: String, _ problem: RowProblem) -> Result.Problem {
        Result.Problem(
            file: path, line: problem.line, column: problem.column, found: problem.found,
            expected: problem.expected.description, rowLeftOut: problem.isRowLeftOut)
    }

    private static func line(_ problem: Result.Problem) -> String {
        let place = [problem.column, "\"\(problem.found)\""].compactMap(\.self).joined(separator: " ")
        return "\(problem.file):\(problem.line): \(place): \(problem.expected) is asked"
            + (problem.rowLeftOut ? "" : " (taken without it)")
    }
}

extension Organisation {
    /// A school as DUO registers it, always under the same key.
    init(_ location: SchoolLocation) {
        self.init(
            id: OrganisationID(location.code.lowercased()), kind: location.kind.rawValue, name: location.name,
            code: location.code, board: location.board, street: "\(location.street) \(location.number)",
            postcode: location.postcode, place: PlaceName.written(location.place), phone: location.phone,
            website: location.website)
    }
}
