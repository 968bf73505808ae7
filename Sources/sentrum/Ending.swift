import Domain
import Foundation
import Journal
import Plan
import SignIn
import UseCases

/// How a command ends that could not do its work: the exit code, and what is said about it.
struct Ending {
    /// The rules or the state of things say no.
    static let refused: Int32 = 2
    /// Something broke that nobody is asked to mend by another command.
    static let fault: Int32 = 70

    let code: Int32
    let lines: [String]
    /// A stable name of it without spaces, for those who keep the machine.
    var name: String {
        lines.first?.firstMatch(of: /^fault ([a-z.-]+):/).map { String($0.1) } ?? (code == Self.refused ? "refused" : "fault")
    }

    init(_ error: any Error) {
        switch error {
        case let refusal as CommandRefusal:
            (code, lines) = (Self.refused, [refusal.message] + refusal.details)
        case let refused as Refused:
            (code, lines) = (Self.refused, refused.reasons.map(Self.line))
        case let problems as PlanProblems:
            (code, lines) = (Self.refused, problems.lines(in: .en))
        case let problem as SignInSettings.SecretProblem:
            (code, lines) = (Self.refused, [problem.message])
        case let content as DemoContentFault:
            (code, lines) = (Self.refused, ["demo/\(content.file): \(content.problem)"])
        case let refusal as AccountRefusal:
            (code, lines) = (Self.refused, ["refused: \(refusal.code)"])
        case is NotFound:
            (code, lines) = (Self.refused, ["refused: not found"])
        case JournalFault.younger:
            (code, lines) = (
                Self.refused,
                [
                    "a younger version of the program used this installation: nothing was changed",
                    "use that version, or put back the backup of before the upgrade; see docs/how-to/upgrade.md",
                ]
            )
        case JournalFault.outage(let outage):
            (code, lines) = (Self.fault, ["fault \(outage.rawValue): \(Self.line(outage))"])
        case let fault as JournalFault:
            (code, lines) = (Self.fault, ["fault \(fault.code): \(fault)"])
        case CopyFault.notEmpty:
            (code, lines) = (Self.refused, ["what is copied to holds something already: nothing was changed"])
        case CopyFault.contentsMissing(let id):
            (code, lines) = (Self.fault, ["the contents \(id) are not in blobs/: nothing was copied"])
        case let fault as BackupFault:
            (code, lines) = (fault.isRefusal ? Self.refused : Self.fault, [Self.line(fault)])
        case let half as HalfMade:
            let cause = Ending(half.cause)
            let more = "what was made so far stays, in the folder and in the database: take both away before it is made anew"
            (code, lines) = (cause.code, cause.lines + [more])
        default:
            code = Self.fault
            lines =
                if let outage = WriteOutage(error) {
                    ["fault \(outage.rawValue): \(Self.line(outage))"]
                } else if let fault = error as? VaultFault {
                    ["fault \(fault.code)"]
                } else {
                    // Only the kind: what an unknown error says of itself may hold what must not be printed.
                    ["fault: \(type(of: error))"]
                }
        }
    }

    private static func line(_ fault: BackupFault) -> String {
        switch fault {
        case .notOurs(let folder):
            "\(folder) has no backups of this kind: contents (TO) and keys (KEYDIR) lie in two places"
        case .notEmpty(let folder): "\(folder) is not empty and has no backups: nothing was changed"
        case .otherInstallation(let folder): "the backups in \(folder) are of another installation: each has places of its own"
        case .busy(let folder): "somebody else is working in \(folder): try again when that is done"
        case .manifest(let file): "\(file) cannot be read as the manifest of a backup"
        case .none(let folder): "\(folder) has no backup of that moment or before it"
        case .damaged(let file, let piece, let reason):
            "damaged: \(file) cannot be put back, its piece \(piece) is \(reason == .missing ? "not there" : "not what it was")"
        case .vanished(let file): "\(file) is not there any more: try again"
        case .keysLost(let count):
            "\(count) dossiers have no key in keys.sqlite: no backup was made, so that it does not take the place of a good one"
        case .file(let what, let path, let code): "\(path): \(what): \(String(cString: strerror(code)))"
        }
    }

    private static func line(_ outage: WriteOutage) -> String {
        switch outage {
        case .diskFull: "the disk with the data is full"
        case .diskReadOnly: "the disk with the data takes no writing"
        case .diskFailed: "the disk with the data fails: look in the log of the system"
        case .storeAway: "the database is not reached"
        case .storeBusy: "too many wait for the database"
        case .uncertain: "whether it was written is not known: look, and do it again if it was not"
        }
    }

    private static func line(_ reason: Refusal) -> String {
        let values = reason.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let about = [reason.field, values.isEmpty ? nil : values.joined(separator: ", "), reason.source].compactMap(\.self)
        return "refused: \(reason.code.rawValue)" + (about.isEmpty ? "" : " (\(about.joined(separator: "; ")))")
    }
}

/// A command that cannot be carried out as asked, in one sentence.
struct CommandRefusal: Error {
    let message: String
    let details: [String]

    init(_ message: String, details: [String] = []) {
        self.message = message
        self.details = details
    }
}
