/// The name under which a site is asked for, as it stands in an address: small letters, without a port (RFC 1123, 2.1).
///
/// It is made of letters, digits and hyphens between dots alone, so it can name a folder: nothing in it leads elsewhere.
package struct HostName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: String

    /// In letters: that of a name and of what stands between two dots (RFC 1035, 2.3.4).
    private static let longest = 253
    private static let longestLabel = 63

    /// - Returns: nil when it is no name.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest else { return nil }
        for label in text.split(separator: ".", omittingEmptySubsequences: false) {
            let isPlain = label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            guard isPlain, !label.isEmpty, label.utf8.count <= Self.longestLabel, !label.hasPrefix("-"), !label.hasSuffix("-")
            else { return nil }
        }
        self.text = text
    }

    /// The name in what a browser says that it asks (RFC 9110, 7.2): in any letters, with a port and a dot at its end or without.
    package init?(authority: String) {
        var name = authority[...]
        if let colon = name.lastIndex(of: ":") {
            guard name[name.index(after: colon)...].utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            name = name[..<colon]
        }
        if name.hasSuffix(".") { name = name.dropLast() }
        self.init(name.lowercased())
    }

    package var description: String { text }
    package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}
