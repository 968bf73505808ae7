/// Who may act in a step.
package struct ActorRule: Hashable, Sendable {
    /// Holders of one of these functions; at the child's school when the function is held at a school.
    package let functions: [String]
    /// Field in which the person was chosen; then nobody else may act.
    package let chosenIn: String?
    /// Disciplines of which the actor must have one.
    package let disciplines: [String]
    /// Steps whose actor may not be the same person; `procedure.step` for a step of another route, as it was done last.
    package let notActorOf: [String]
    /// Steps whose actor had better not be the same person: allowed, but said aloud.
    package let warnActorOf: [String]
    /// Whether the actor may hold no function at the child's school.
    package let notOfThisSchool: Bool
    /// Functions that may choose another person, beside whoever chose the first.
    package let replacedBy: [String]
    package let source: String?

    package init(
        functions: [String], chosenIn: String? = nil, disciplines: [String] = [], notActorOf: [String] = [],
        warnActorOf: [String] = [], notOfThisSchool: Bool = false, replacedBy: [String] = [], source: String? = nil
    ) {
        self.functions = functions
        self.chosenIn = chosenIn
        self.disciplines = disciplines
        self.notActorOf = notActorOf
        self.warnActorOf = warnActorOf
        self.notOfThisSchool = notOfThisSchool
        self.replacedBy = replacedBy
        self.source = source
    }
}

extension ActorRule {
    /// The route and step of another route that is written `procedure.step`; nil for a step of the own route.
    package static func elsewhere(_ written: String) -> (procedure: String, step: String)? {
        let parts = written.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
}
