/// A typed key: the text that names one thing of one kind, so that a person's key never stands where a dossier's belongs.
///
/// The text is random (made by the shell, never here), lower case, ASCII, and says nothing about what it names.
package protocol Identifier: RawRepresentable<String>, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    init(rawValue: String)
}

extension Identifier {
    package init(_ rawValue: String) { self.init(rawValue: rawValue) }
    package var description: String { rawValue }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// One child's dossier: the stream of everything about its support.
package struct DossierID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A human being who acts in or is named by the system: staff, expert or guardian with an account.
package struct PersonID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A school location, the partnership itself, or another organisation where people hold functions.
package struct OrganisationID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A guardian as named in one dossier, with or without an account of their own.
package struct GuardianID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// A file added to a dossier.
package struct DocumentID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// One running or ended procedure of a dossier.
package struct InstanceID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// The key of one stream of the journal, `kind-key`: `dossier-…`, `person-…`, `organisation-…`.
package struct StreamID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
