import JournalSQLite
import ArgumentParser
import Journal
import UseCases

/// Fills the registers again from the journal.
struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Fill the registers again from the journal and say whether they were equal.")

    @OptionGroup var place: InstallationOptions

    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Result: Encodable {
        struct Register: Encodable {
            let name: String
            let rows: Int
            let before: Int
            let equal: Bool
            /// Key of the first row that was another, was missing or was too many.
            let firstDifference: String?
        }

        let equal: Bool
        let registers: [Register]
    }

    /// Registers with more rows than this are compared by digest alone.
    private static let most = 200_000

    func run() async throws {
        let opened = try await place.open()
        let journal = opened.journal
        let before = try await journal.registerDigests()
        var dumps: [String: [[RegisterValue]]] = [:]
        for digest in before where digest.rows <= Self.most {
            guard let table = RegisterRows.tables.first(where: { $0.name == digest.table }) else { continue }
            dumps[digest.table] = try await journal.registerDump(table)
        }
        let shelf = opened.installation.shelf
        let today = opened.installation.today
        try await journal.rebuild { stream, events in try Projection.rows(stream, events, shelf, on: today) }
        let after = try await journal.registerDigests()
        var registers: [Result.Register] = []
        for digest in after {
            let live = before.first { $0.table == digest.table }
            var difference: String?
            if live?.digest != digest.digest, let dump = dumps[digest.table],
                let table = RegisterRows.tables.first(where: { $0.name == digest.table })
            {
                difference = Self.firstDifference(dump, try await journal.registerDump(table), table)
            }
            registers.append(
                Result.Register(
                    name: digest.table, rows: digest.rows, before: live?.rows ?? 0, equal: live?.digest == digest.digest,
                    firstDifference: difference))
        }
        try await opened.close()
        let result = Result(equal: registers.allSatisfy(\.equal), registers: registers)
        if json { try Output.json(result) } else { print(result) }
        if !result.equal { throw ExitCode(Ending.refused) }
    }

    private func print(_ result: Result) {
        for register in result.registers {
            let note = register.equal ? "equal" : "was another, \(register.before) rows before"
            Output.line(
                "\(register.name): \(register.rows) rows, \(note)" + (register.firstDifference.map { ", first at \($0)" } ?? ""))
        }
        Output.line(result.equal ? "the registers were equal, row for row" : "the registers were not equal; they are now")
    }

    /// The key of the first row that is not the same in both; keys are ids and numbers, never names.
    private static func firstDifference(
        _ live: [[RegisterValue]], _ rebuilt: [[RegisterValue]], _ table: RegisterTable
    ) -> String? {
        let differing = zip(live, rebuilt).first { $0 != $1 }.map { $0.precedes($1) ? $0 : $1 }
        let row =
            differing
            ?? (live.count > rebuilt.count ? live[rebuilt.count] : rebuilt.count > live.count ? rebuilt[live.count] : nil)
        return row.map { values in
            values.prefix(table.keyCount).map { value in
                switch value {
                case .null: "-"
                case .int(let number): String(number)
                case .text(let text): text
                }
            }.joined(separator: " ")
        }
    }
}
