import Foundation
import Synchronization

/// A server of PostgreSQL for tests: its files in a folder of its own, reached by a socket in it, gone when the tests end.
///
/// It sorts as Dutch does, so that whoever leaves the order to the database is found out.
package final class PostgresServer: Sendable {
    /// Why there is none.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    /// One for all tests of a run that do no harm to it; it does not wait for the disk.
    package static let shared: PostgresServer? = try? PostgresServer(durable: false)

    /// Whether tests of it can run; where it is required they run and fail.
    package static let isAvailable = programs != nil || isRequired

    /// Whether its absence is a failure: `SENTRUM_REQUIRE_POSTGRES=1`, as in continuous integration.
    package static let isRequired = ProcessInfo.processInfo.environment["SENTRUM_REQUIRE_POSTGRES"] == "1"

    /// Where `initdb` and `postgres` are: where Debian puts them, or where `SENTRUM_POSTGRES` says.
    private static let programs: String? = {
        let debian = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []).sorted {
            (Int($0) ?? 0) > (Int($1) ?? 0)
        }
        let named = ProcessInfo.processInfo.environment["SENTRUM_POSTGRES"].map { [$0] } ?? []
        return (named + versions.map { "\(debian)/\($0)/bin" }).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
        }
    }()

    private static let count = Mutex(0)

    /// Where its files and its socket are.
    package let folder: String
    private let programs: String

    /// Starts a server, and sees to it that it ends with this process, however that ends.
    ///
    /// - Parameter durable: whether it waits for the disk, as it must where something is killed.
    package init(durable: Bool) throws {
        guard let programs = Self.programs else {
            throw Missing(description: "PostgreSQL is not installed: apt install postgresql")
        }
        self.programs = programs
        // Short, because the name of a socket may not be long.
        folder = "/tmp/sentrum-pg-\(getpid())-\(Self.count.withLock { $0 += 1; return $0 })"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0 { try Self.run("/bin/chown", ["postgres", folder]) }
        let settings = """
            listen_addresses = ''
            unix_socket_directories = '\(folder)'
            max_connections = 300
            shared_buffers = 64MB
            fsync = \(durable ? "on" : "off")
            full_page_writes = \(durable ? "on" : "off")
            logging_collector = off
            """
        try Self.run("/bin/sh", ["-c", Self.make, "sh"] + [programs, folder] + Self.owner)
        let file = "\(folder)/data/postgresql.auto.conf"
        let handle = try FileHandle(forWritingTo: URL(filePath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\(settings)\n".utf8))
        try handle.close()
        try start()
        _ = try Self.spawn("/bin/sh", ["-c", Self.watch, "sh", folder, "\(getpid())"], output: "/dev/null")
    }

    /// Where it is, as libpq reads it.
    package var address: String { "host=\(folder) user=sentrum dbname=postgres" }

    /// A name for a schema that nobody has.
    package func freshSchema() -> String { "t\(getpid())_\(Self.count.withLock { $0 += 1; return $0 })" }

    /// Starts it again after `stop`.
    package func start() throws { try control(["-w", "-t", "60", "-l", "\(folder)/log", "start"]) }

    /// Stops it: at once, as after a power cut, or in good order.
    package func stop(atOnce: Bool) throws { try control(["-w", "-t", "60", "-m", atOnce ? "immediate" : "fast", "stop"]) }

    /// Runs statements in the server's own shell, and gives what it printed.
    @discardableResult
    package func shell(_ statements: String) throws -> String {
        try Self.run("\(programs)/psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statements])
    }

    private func control(_ arguments: [String]) throws {
        let command = Self.owner + ["\(programs)/pg_ctl", "-D", "\(folder)/data"] + arguments
        try Self.run(command[0], Array(command.dropFirst()))
    }

    /// The server refuses to run as root.
    private static var owner: [String] {
        getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    }

    /// `sh PROGRAMS FOLDER [OWNER…]`
    private static let make = """
        programs=$1; folder=$2; shift 2
        "$@" "$programs/initdb" -D "$folder/data" -U sentrum -A trust -E UTF8 --no-sync \\
            --locale=C.UTF-8 --locale-provider=icu --icu-locale=nl >"$folder/made" 2>&1 && exit 0
        rm -rf "$folder/data"
        "$@" "$programs/initdb" -D "$folder/data" -U sentrum -A trust -E UTF8 --no-sync --locale=C.UTF-8 >"$folder/made" 2>&1
        """

    /// `sh FOLDER PROCESS`: waits for the process to end, ends the server and removes its files.
    private static let watch = """
        while kill -0 "$2" 2>/dev/null; do sleep 0.5; done
        server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
        [ -z "$server" ] || kill -QUIT "$server"
        sleep 1
        rm -rf "$1"
        """

    /// `bash PROGRAM ARGUMENTS…`: a run of all tests has more than a thousand files open.
    private static let closing = """
        for open in /dev/fd/*; do
            open=${open##*/}
            if [ "$open" -gt 2 ]; then eval "exec $open>&-"; fi
        done
        exec "$@"
        """

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        // A file and not a pipe: the server inherits it and would keep a pipe open.
        let output = FileManager.default.temporaryDirectory.appending(path: "sentrum-out-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        let process = try spawn(program, arguments, output: output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Missing(description: "\(program): it cannot be waited for") }
        }
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard status == 0 else { throw Missing(description: "\(program): \(text)") }
        return text
    }

    /// Starts a program in which nothing is open that is open here.
    ///
    /// It is not `Process`, which knows an end by a socket that a server started here would keep open, or that the closing of it
    /// takes for the end.
    private static func spawn(_ program: String, _ arguments: [String], output: String) throws -> pid_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let words = ["/bin/bash", "-c", "cd /tmp\n\(closing)", "bash", program] + arguments
        let settings = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var told = words.map { strdup($0) } + [nil]
        var known = settings.map { strdup($0) } + [nil]
        defer { (told + known).forEach { free($0) } }
        var process = pid_t()
        guard posix_spawn(&process, "/bin/bash", &actions, nil, &told, &known) == 0 else {
            throw Missing(description: "\(program): it cannot be started")
        }
        return process
    }
}
