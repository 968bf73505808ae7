import Foundation

/// Makes pictures that a telephone reads.
package protocol QRCodes: Sendable {
    /// The rows of the picture, dark where true; nil when none can be made.
    func rows(of text: String) async -> [[Bool]]?
}

/// No pictures: what they would say is typed.
package struct NoQRCodes: QRCodes {
    package init() {}
    package func rows(of text: String) async -> [[Bool]]? { nil }
}

/// Pictures by the program `qrencode`. The text goes by its standard input, so that no list of processes shows it.
package struct QREncode: QRCodes {
    private let program: OutsideProgram

    /// - Parameters:
    ///   - program: path of the program, or its name to be looked up.
    ///   - patience: how long it may take before there is no picture: a page waits for it.
    package init(program: String, patience: Duration = .seconds(5)) {
        self.program = OutsideProgram(program, patience: patience)
    }

    package func rows(of text: String) async -> [[Bool]]? {
        guard let drawn = try? await program.run(["-t", "ASCII", "-m", "0", "-o", "-"], input: text, most: 200_000) else {
            return nil
        }
        // Two signs a square, so that it is a square on a screen of letters.
        let rows = String(decoding: drawn, as: UTF8.self).split(separator: "\n").map { line in
            stride(from: 0, to: line.utf8.count, by: 2).map { line.utf8.dropFirst($0).first == UInt8(ascii: "#") }
        }
        guard rows.count >= 21, rows.allSatisfy({ $0.count == rows.count }) else { return nil }
        return rows
    }
}
