import Domain
import Journal

extension OrganisationRow {
    /// The school as the rules know it.
    package var known: KnownSchool { KnownSchool(id: id, kind: kind, closed: closed) }
}
