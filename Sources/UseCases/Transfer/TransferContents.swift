import Domain
import Foundation
import Journal

/// What a package holds: who the child is, what may be read, and the documents that belong to it.
///
/// Keys and words are those of the field, because another version and another program read it as well; a key that is not known
/// is passed over.
package struct TransferContents: Codable, Sendable, Hashable {
    /// Who the child is.
    package struct Child: Codable, Sendable, Hashable {
        package let givenName: String
        package let familyName: String
        package let born: Day
        /// Key of the group in the sender's plan.
        package let group: String?

        private enum CodingKeys: String, CodingKey {
            case givenName = "roepnaam"
            case familyName = "achternaam"
            case born = "geboren"
            case group = "groep"
        }

        package init(_ child: Domain.Child) {
            givenName = child.givenName
            familyName = child.familyName
            born = child.born
            group = child.group
        }

        /// Whether this is the same child, by name and day of birth.
        package func isSame(as child: Domain.Child) -> Bool {
            born == child.born && NameKey.fold(givenName) == NameKey.fold(child.givenName)
                && NameKey.fold(familyName) == NameKey.fold(child.familyName)
        }
    }

    /// A guardian; only where the family was opened to the other.
    package struct Guardian: Codable, Sendable, Hashable {
        package let name: String
        /// Key of the relation in the sender's plan.
        package let relation: String
        package let authority: Bool

        private enum CodingKeys: String, CodingKey {
            case name = "naam"
            case relation = "relatie"
            case authority = "gezag"
        }
    }

    /// A document, as it was added at the sender.
    package struct Document: Codable, Sendable, Hashable {
        package let name: String
        package let bytes: Data

        private enum CodingKeys: String, CodingKey {
            case name = "naam"
            case bytes = "inhoud"
        }

        package init(name: String, bytes: Data) {
            self.name = name
            self.bytes = bytes
        }
    }

    package let child: Child
    package let guardians: [Guardian]
    /// What it is for, as the family reads it.
    package let purpose: String
    /// The purpose of agreement at the sender by which it was permitted; nil where the law permits it.
    package let agreement: String?
    package let parts: [DossierPart]
    /// What may be read, in the form of a copy.
    package let copy: Data
    package let documents: [Document]

    private enum CodingKeys: String, CodingKey {
        case child = "kind"
        case guardians = "verzorgers"
        case purpose = "waarvoor"
        case agreement = "toestemming"
        case parts = "onderdelen"
        case copy = "afschrift"
        case documents = "documenten"
    }

    init(
        child: Child, guardians: [Guardian], purpose: String, agreement: String?, parts: Set<DossierPart>, copy: Data,
        documents: [Document]
    ) {
        self.child = child
        self.guardians = guardians
        self.purpose = purpose
        self.agreement = agreement
        self.parts = DossierPart.allCases.filter(parts.contains)
        self.copy = copy
        self.documents = documents
    }
}
