import ArgumentParser
import Domain
import Foundation
import Journal

/// A moment as typed: on the clock in Amsterdam, or as `sentrum backup list` prints it.
struct BackupMoment: ExpressibleByArgument {
    let instant: Instant

    init?(argument: String) {
        guard let instant = LocalTime(argument: argument)?.instant ?? Instant(argument) else { return nil }
        self.instant = instant
    }
}

/// How many backups are kept.
struct KeepOptions: ParsableArguments {
    @Option(
        name: .customLong("keep-daily"),
        help: "Keep the newest backup of each of this many days on which there was one, and take the others away.")
    var daily: Int?

    @Option(name: .customLong("keep-weekly"), help: "And of each of this many weeks.")
    var weekly: Int?

    func validate() throws {
        for (name, number) in [("daily", daily), ("weekly", weekly)] {
            guard (0...10_000).contains(number ?? 0) else { throw ValidationError("--keep-\(name) must be 0 to 10000") }
        }
    }

    /// The rule; nil when everything is kept.
    var rule: BackupKeep? {
        daily == nil && weekly == nil ? nil : BackupKeep(daily: daily ?? 0, weekly: weekly ?? 0)
    }
}

/// Places on disk of which none may lie in another.
enum ApartPlaces {
    /// - Throws: `CommandRefusal` that names the two.
    static func check(_ places: [(name: String, url: URL)]) throws {
        for (index, one) in places.enumerated() {
            for other in places[(index + 1)...] {
                let (here, there) = (parts(one.url), parts(other.url))
                guard !here.starts(with: there), !there.starts(with: here) else {
                    throw CommandRefusal(
                        "\(one.name) and \(other.name) must lie apart: one is in the other, or they are the same",
                        details: [one.url.path(percentEncoded: false), other.url.path(percentEncoded: false)])
                }
            }
        }
    }

    /// Where it really is, whatever links lead there; its end may not be there yet.
    private static func parts(_ url: URL) -> [String] {
        var there = url.standardizedFileURL
        var missing: [String] = []
        while !FileManager.default.fileExists(atPath: there.path(percentEncoded: false)), there.pathComponents.count > 1 {
            missing.insert(there.lastPathComponent, at: 0)
            there = there.deletingLastPathComponent().standardizedFileURL
        }
        return there.resolvingSymlinksInPath().pathComponents.filter { $0 != "/" } + missing
    }
}

/// Bytes as people read them.
func said(_ bytes: Int64) -> String {
    for (unit, name) in [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")] as [(Int64, String)] where bytes >= unit {
        let tenths = bytes * 10 / unit
        return "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return "\(bytes) bytes"
}
