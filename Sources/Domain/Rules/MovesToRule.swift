/// An outcome by which the child goes to another school and the dossier with it.
package struct MovesToRule: Hashable, Sendable {
    /// Field in which the school is chosen; left empty, the child goes to a school outside the register and nothing moves.
    package let field: String
    /// Purpose that the parents agree to when everything goes along; nil when the plan asks no agreement.
    package let agreement: String?
    /// The parts that the new school reads without that agreement: what the law allows.
    package let without: Set<DossierPart>
    package let source: String

    package init(field: String, agreement: String? = nil, without: Set<DossierPart> = [], source: String) {
        self.field = field
        self.agreement = agreement
        self.without = without
        self.source = source
    }
}
