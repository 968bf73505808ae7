/// Somebody who acts, with the functions they hold at this moment.
package struct Actor: Sendable, Hashable {
    package let person: PersonID
    /// Held today; what has ended or not begun is not in it.
    package let functions: [HeldFunction]

    package init(person: PersonID, functions: [HeldFunction] = []) {
        self.person = person
        self.functions = functions
    }

    /// The program itself, for what no human being did: the first administrator, an import.
    package static let program = Actor(person: PersonID("program"))

    /// Every name under which this person may stand in an opening.
    package var principals: Set<Principal> { principals(of: functions) }

    /// The same on a day, without the functions that ended since this actor was looked up.
    package func principals(on day: Day) -> Set<Principal> { principals(of: functions.filter { $0.isHeld(on: day) }) }

    private func principals(of functions: [HeldFunction]) -> Set<Principal> {
        var principals: Set<Principal> = [
            .guardian(person, authority: true), .guardian(person, authority: false), .askedIn(person), .emergency(person),
        ]
        for held in functions {
            principals.insert(.holders(of: held.function, at: held.organisation))
            principals.insert(.holder(person, of: held.function, at: held.organisation))
            principals.insert(.handling(held.function, at: held.organisation))
            // What was asked of somebody by name is open to whoever stands in for them.
            if let absent = held.replaces { principals.insert(.holder(absent, of: held.function, at: held.organisation)) }
        }
        return principals
    }

    /// Whether this person takes somebody's place today, in one of these functions at one of these places.
    ///
    /// Only what is asked of a person by name passes on; who did something remains who did it, so that two pairs of eyes stay
    /// those of two people.
    package func standsIn(for absent: PersonID, in functions: [String], at places: [OrganisationID?]) -> Bool {
        self.functions.contains { held in
            held.replaces == absent && functions.contains(held.function) && places.contains(held.organisation)
        }
    }

    /// Whether this person holds a function at an organisation.
    package func holds(_ function: String, at organisation: OrganisationID) -> Bool {
        functions.contains { $0.function == function && $0.organisation == organisation }
    }
}

/// A function somebody holds somewhere, from a day on and perhaps until one.
package struct HeldFunction: Sendable, Hashable, Codable {
    package let function: String
    package let organisation: OrganisationID
    package let discipline: String?
    package let from: Day
    /// The last day on which it is held.
    package let until: Day?
    /// Who is absent and whose place is taken; nil for a function of one's own.
    package let replaces: PersonID?

    package init(
        function: String, organisation: OrganisationID, discipline: String? = nil, from: Day, until: Day? = nil,
        replaces: PersonID? = nil
    ) {
        self.replaces = replaces
        self.function = function
        self.organisation = organisation
        self.discipline = discipline
        self.from = from
        self.until = until
    }

    /// Whether it is held on the day.
    package func isHeld(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }

    /// The same, with another last day.
    package func ending(_ until: Day) -> HeldFunction {
        HeldFunction(
            function: function, organisation: organisation, discipline: discipline, from: from, until: until, replaces: replaces)
    }

    /// Whether both are the same function at the same place in the same discipline and for the same person, on some day at a
    /// time.
    package func overlaps(_ other: HeldFunction) -> Bool {
        func isEmpty(_ held: HeldFunction) -> Bool { held.until.map { $0 < held.from } ?? false }
        return function == other.function && organisation == other.organisation && discipline == other.discipline
            && replaces == other.replaces && !isEmpty(self) && !isEmpty(other) && from <= other.until ?? .latest
            && other.from <= until ?? .latest
    }
}

extension OrganisationID {
    /// The partnership itself; an installation serves one.
    package static let partnership = OrganisationID("partnership")
}

/// A name under which access is opened: all holders of a function somewhere, one of them, or a guardian.
package struct Principal: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The key of the function by which somebody is one of these.
    package var function: String { String(rawValue.prefix { $0 != "@" && $0 != "#" }) }

    /// Everybody who holds the function at the organisation.
    package static func holders(of function: String, at organisation: OrganisationID) -> Principal {
        Principal("\(function)@\(organisation)")
    }

    /// One person, as long as they hold the function at the organisation.
    package static func holder(_ person: PersonID, of function: String, at organisation: OrganisationID) -> Principal {
        Principal("\(function)@\(organisation)#\(person)")
    }

    /// Where the function is held; nil for a name that is that of somebody asked in, or no name of a function.
    package var organisation: OrganisationID? {
        let parts = rawValue.split(separator: "@", maxSplits: 1)
        return parts.count == 2 ? OrganisationID(String(parts[1].prefix { $0 != "#" })) : nil
    }

    /// The person behind the name, when it is one holder of a function.
    package var holder: PersonID? {
        let parts = rawValue.split(separator: "#", maxSplits: 1)
        return parts.count == 2 && parts[0].contains("@") ? PersonID(String(parts[1])) : nil
    }

    /// How the name of somebody asked in begins.
    package static let askedInPrefix = "asked-in#"

    /// Somebody asked in from outside, whatever for.
    package static func askedIn(_ person: PersonID) -> Principal { Principal("\(askedInPrefix)\(person)") }

    /// The person behind the name, when it is that of somebody asked in.
    package var askedIn: PersonID? {
        rawValue.hasPrefix(Self.askedInPrefix) ? PersonID(String(rawValue.dropFirst(Self.askedInPrefix.count))) : nil
    }

    /// Somebody who opened a dossier in an emergency.
    package static func emergency(_ person: PersonID) -> Principal { Principal("emergency#\(person)") }

    /// A guardian's account.
    package static func guardian(_ person: PersonID, authority: Bool) -> Principal {
        Principal("\(authority ? PlanRules.guardian : PlanRules.guardianWithoutAuthority)#\(person)")
    }
}

extension PlanRules {
    /// Whether somebody signs in with a code beside the password: because of a function, or as administrator.
    package func asksSecondFactor(of actor: Actor) -> Bool {
        actor.functions.contains { held in
            held.function == Person.administrator || function(held.function)?.secondFactor == true
        }
    }

    /// Keys of the two functions that every plan has: they say what guardians see and may do.
    package static let guardian = "guardian"
    package static let guardianWithoutAuthority = "guardian-without-authority"
    /// Keys of the voices that families write in.
    package static let familyVoices: Set<String> = ["parents", "child"]
}
