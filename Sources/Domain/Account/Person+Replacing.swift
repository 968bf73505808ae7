extension Person {
    /// What is given to this person to take somebody's place for a time: the absent one's function, under its own last day.
    ///
    /// The absent one keeps it and finds everything as it is when they are back. An expert is only replaced by somebody of the
    /// same discipline, which they hold of their own.
    ///
    /// - Parameters:
    ///   - absent: who is away.
    ///   - grant: key of the function of theirs.
    ///   - from: the first day.
    ///   - until: the last day; nil when it was left open.
    ///   - key: the key of what is given.
    /// - Throws: `Refused` when it isn't theirs in all that time, the discipline is another, no last day is given, the end lies
    ///   before the begin, or it is the same person.
    package func replacing(
        _ absent: Person, in grant: String, from: Day, until: Day?, key: String
    ) throws(Refused) -> FunctionGrant {
        guard exists else { throw Refused(.unknownPerson, field: "email") }
        guard absent.id != id else { throw Refused(.ownPlace, field: "email") }
        guard let until else { throw Refused(.required, field: "until") }
        guard from <= until else { throw Refused(.endBeforeBegin, field: "until") }
        guard let held = absent.functions.first(where: { $0.id == grant })?.held, held.replaces == nil, held.isHeld(on: from)
        else { throw Refused(.notHeldThen, field: "from") }
        if let end = held.until, end < until { throw Refused(.notHeldThen, field: "until") }
        // Managing people is nobody's to pass on by way of being away.
        guard held.function != Person.administrator else { throw Refused(.unknownFunction, field: "grant") }
        if let discipline = held.discipline {
            let own = functions.map(\.held).filter { $0.function == held.function && $0.discipline == discipline }
            guard own.contains(where: { $0.replaces == nil && $0.isHeld(on: from) && $0.isHeld(on: until) }) else {
                throw Refused(.wrongDiscipline, field: "email")
            }
        }
        return FunctionGrant(
            id: key,
            held: HeldFunction(
                function: held.function, organisation: held.organisation, discipline: held.discipline, from: from, until: until,
                replaces: absent.id))
    }
}
