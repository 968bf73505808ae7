import Foundation

/// The files served under `/static/`, each with an address that changes when its content does.
package struct Assets: Sendable {
    /// The path below which they are served.
    static let root = "/static/"

    private let hashes: [String: String]
    private let contents: [String: Data]

    /// Reads the names and contents of a folder's files.
    init(folder: URL) throws {
        var hashes: [String: String] = [:]
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where !name.hasPrefix(".") {
            let data = try Data(contentsOf: folder.appending(path: name))
            hashes[name] = Assets.hash(data)
            contents[name] = data
        }
        self.hashes = hashes
        self.contents = contents
    }

    /// The names of the files.
    package var names: [String] { hashes.keys.sorted() }

    /// The contents of a file; nil when there is none of that name.
    package func contents(of name: String) -> Data? { contents[name] }

    /// The content type of a file by its ending.
    package static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml; charset=utf-8"
        case "png": "image/png"
        default: "application/octet-stream"
        }
    }

    /// The address of a file: `/static/face.css?v=1a2b3c4d`; without version when there is no such file.
    package func address(of name: String) -> String {
        Self.root + name + (hashes[name].map { "?v=" + $0 } ?? "")
    }

    /// Whether this is the version that is served, so that a browser may keep it for ever.
    package func isCurrent(_ name: String, version: String) -> Bool { hashes[name] == version }

    /// FNV-1a, 64 bits: it only has to differ when the file does.
    private static func hash(_ data: Data) -> String {
        let value = data.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return String(value, radix: 16)
    }
}
