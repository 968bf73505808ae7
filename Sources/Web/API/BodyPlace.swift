import Domain

/// Where in a body the fields stand that the rules speak of, as JSON pointers (RFC 6901).
enum BodyPlace {
    private static let childMembers = [
        "given-name": "voornaam", "family-name": "achternaam", "born": "geboortedatum", "group": "groep",
    ]
    private static let guardianMembers = ["name": "naam", "relation": "relatie", "email": "email"]

    /// A body that is a child.
    static func child(_ refusal: Refusal) -> String? { refusal.field.flatMap { childMembers[$0] }.map { "/\($0)" } }

    /// A body that is a guardian.
    static func guardian(_ refusal: Refusal) -> String? { guardianMember(refusal.field)?.member }

    /// A body that opens a dossier; the rules count its guardians from one, and leave a single one without a number.
    static func opening(_ refusal: Refusal, named: [NamedPerson]) -> String? {
        guard let field = refusal.field else { return nil }
        if let member = childMembers[field] { return "/kind/\(member)" }
        if let guardian = guardianMember(field) { return "/verzorgers/\(guardian.index)\(guardian.member)" }
        return named.firstIndex { $0.function == field }.map { "/betrokkenen/\($0)" }
    }

    private static func guardianMember(_ field: String?) -> (index: Int, member: String)? {
        guard let parts = field?.split(separator: "-"), parts.count > 1, parts[0] == "guardian",
            let member = guardianMembers[String(parts[1])]
        else { return nil }
        return (parts.count > 2 ? (Int(parts[2]) ?? 1) - 1 : 0, "/\(member)")
    }

    /// A body that names a person for a function.
    static func named(_ refusal: Refusal) -> String? {
        if refusal.field == nil { return nil }
        return refusal.code == .unknownFunction ? "/functie" : "/persoon"
    }

    /// A body with answers, and perhaps a choice or the key of a procedure.
    static func answers(_ refusal: Refusal) -> String? {
        guard let field = refusal.field else { return refusal.code == .unknownProcedure ? "/procedure" : nil }
        if refusal.code == .needMissing { return nil }
        return field == "choice" ? "/keuze" : "/antwoorden/\(field)"
    }

    /// A body whose members are these, by field of the rules.
    static func members(_ members: [String: String]) -> (Refusal) -> String? {
        { refusal in refusal.field.flatMap { members[$0] }.map { "/\($0)" } }
    }
}
