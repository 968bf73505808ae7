import Foundation
import Synchronization

/// Stands between a store and its server, and can let the store's connections break off while the server goes on with what it
/// was asked.
final class CuttingProxy: Sendable {
    /// The folder with its socket.
    let folder: String
    private let listener: Int32
    private let clients = Mutex<[Int32]>([])
    private let isClosed = Mutex(false)

    /// - Parameter server: the folder of the server's socket.
    init(to server: String) throws {
        folder = "/tmp/sentrum-cut-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = Self.withAddress("\(folder)/.s.PGSQL.5432") { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 64) == 0 else { throw Refused() }
        let path = "\(server)/.s.PGSQL.5432"
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, !isClosed.withLock({ $0 }) else {
                    // Closed where it is used: by its number somebody else may have a connection the moment after.
                    close(listener)
                    return
                }
                let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                guard Self.withAddress(path, { connect(upstream, $0, $1) }) == 0 else {
                    close(client)
                    close(upstream)
                    continue
                }
                clients.withLock { $0.append(client) }
                Thread.detachNewThread { Self.carry(from: client, to: upstream, endsWriting: false) }
                Thread.detachNewThread { Self.carry(from: upstream, to: client, endsWriting: true) }
            }
        }
    }

    /// Breaks off what stores have open here; the server is not told, and answers nobody.
    func cut() {
        for client in clients.withLock({ clients in
            defer { clients = [] }
            return clients
        }) { shutdown(client, Int32(SHUT_RDWR)) }
    }

    /// Takes no more connections, and breaks off those that there are. Once more does nothing more.
    func stop() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Carries bytes one way until either end breaks off.
    private static func carry(from source: Int32, to target: Int32, endsWriting: Bool) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            // When the store is gone the server's answers go nowhere, but it is listened to until it is done.
            _ = send(target, buffer, count, Int32(MSG_NOSIGNAL))
        }
        // The server's side stays open when the store broke off; when the server ends, both do.
        if endsWriting { shutdown(target, Int32(SHUT_RDWR)) }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (index, byte) in path.utf8.enumerated() where index < bytes.count - 1 { bytes[index] = byte }
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }
}
