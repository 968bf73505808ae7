import Foundation

/// How many files this process may have open, and what of it is for connections.
enum OpenFiles {
    /// What a process has when nobody says anything (getrlimit(2)).
    private static let usual = 1024
    /// For stores, logs and programs that are started.
    private static let reserve = 124
    /// More connections at once than this are not of people: 46 schools would be in it a hundred times.
    private static let mostConnections = 20_000

    /// The limit of this process, as the system tells it (proc(5)); the usual one where it does not.
    static let limit: Int = {
        let told = (try? String(contentsOfFile: "/proc/self/limits", encoding: .utf8)) ?? ""
        let line = told.split(separator: "\n").first { $0.hasPrefix("Max open files") }
        let soft = line.map { $0.dropFirst("Max open files".count).split(separator: " ") }?.first
        return soft.map { $0 == "unlimited" ? Int.max : Int($0) ?? usual } ?? usual
    }()

    /// Connections at once, so that there are files for everything else.
    ///
    /// - Parameter stores: the most files that the stores have open.
    static func connections(besides stores: Int = 0) -> Int {
        min(max(limit - reserve - stores, reserve), mostConnections)
    }
}
