import Foundation

/// A person of the installation as folded from their events.
package struct Person: Sendable, Equatable {
    package let id: PersonID
    package var version = 0
    package var name: String?
    package var email: String?
    /// Every function ever granted, by the key of the grant.
    package var functions: [FunctionGrant] = []

    package init(id: PersonID) { self.id = id }

    package var exists: Bool { name != nil }

    /// This person as an actor on a day: only what is held on it.
    package func actor(on day: Day) -> Actor {
        Actor(person: id, functions: functions.map(\.held).filter { $0.isHeld(on: day) })
    }
}

/// A function granted to somebody, with a key of its own so that it can be ended.
package struct FunctionGrant: Sendable, Hashable, Codable {
    package let id: String
    package var held: HeldFunction
    package init(id: String, held: HeldFunction) {
        self.id = id
        self.held = held
    }
}

/// What happened to a person of the installation; names and keys are stored for ever.
package enum PersonEvent: Sendable, Hashable {
    case registered(Registered)
    case functionGranted(FunctionGrant)
    case functionEnded(FunctionEnded)
    case accountHandled(AccountHandled)

    package struct Registered: Sendable, Hashable, Codable {
        package let name: String
        package let email: String
        package init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    package struct FunctionEnded: Sendable, Hashable, Codable {
        package let id: String
        /// The last day on which it is held.
        package let until: Day
        package init(id: String, until: Day) {
            self.id = id
            self.until = until
        }
    }

    /// What an administrator did with the account: who did it when is of the journal, and the account itself of the vault.
    package struct AccountHandled: Sendable, Hashable, Codable {
        package let act: AccountAct
        package init(act: AccountAct) { self.act = act }
    }

    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .registered: "person.registered.v1"
        case .functionGranted: "function.granted.v1"
        case .functionEnded: "function.ended.v1"
        case .accountHandled: "account.handled.v1"
        }
    }

    /// The payload as stored.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return switch self {
        case .registered(let value): try encoder.encode(value)
        case .functionGranted(let value): try encoder.encode(value)
        case .functionEnded(let value): try encoder.encode(value)
        case .accountHandled(let value): try encoder.encode(value)
        }
    }

    /// Reads a stored event.
    ///
    /// - Throws: `UnknownEvent`, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        let decoder = JSONDecoder()
        self =
            switch name {
            case "person.registered.v1": .registered(try decoder.decode(Registered.self, from: payload))
            case "function.granted.v1": .functionGranted(try decoder.decode(FunctionGrant.self, from: payload))
            case "function.ended.v1": .functionEnded(try decoder.decode(FunctionEnded.self, from: payload))
            case "account.handled.v1": .accountHandled(try decoder.decode(AccountHandled.self, from: payload))
            default: throw UnknownEvent(name: name)
            }
    }
}

extension Person {
    /// Folds one event in.
    package mutating func apply(_ event: PersonEvent, version: Int) {
        self.version = version
        switch event {
        case .registered(let registered):
            name = registered.name
            email = registered.email
        case .functionGranted(let grant):
            functions.append(grant)
        case .functionEnded(let ended):
            guard let index = functions.firstIndex(where: { $0.id == ended.id }) else { return }
            functions[index].held = functions[index].held.ending(ended.until)
        case .accountHandled: break
        }
    }
}

/// What an administrator wants to happen to a person.
package enum PersonCommand: Sendable, Hashable {
    case register(name: String, email: String)
    case grant(FunctionGrant)
    case end(id: String, until: Day)
    /// - Parameter on: today, for what the person holds then.
    case handleAccount(AccountAct, on: Day)
}

/// What an administrator does with somebody's account; the names are stored for ever.
package enum AccountAct: String, Sendable, Hashable, Codable, CaseIterable {
    /// A first password was given anew.
    case passwordRenewed = "password-renewed"
    /// The same by the school of their child, for a parent who never chose one of their own.
    case unusedPasswordRenewed = "unused-password-renewed"
    /// The second factor was taken away.
    case secondFactorReset = "second-factor-reset"
    case closed, reopened
}

extension Person {
    /// What a command leads to.
    ///
    /// - Throws: `Refused` when a name or address is missing or wrong, a function or discipline is not of the plan, or the
    ///   end lies before the begin.
    package func decide(_ command: PersonCommand, rules: PlanRules) throws(Refused) -> [PersonEvent] {
        switch command {
        case .register(let name, let email):
            guard !exists else {
                guard name == self.name, email == self.email else { throw Refused(.alreadyKnown) }
                return []
            }
            var reasons: [Refusal] = []
            if name.allSatisfy(\.isWhitespace) { reasons.append(Refusal(.required, field: "name")) }
            if Field.isLonger(name, than: Field.longestText) { reasons.append(Refusal(.tooLong, field: "name")) }
            if !EmailAddress.looksRight(email) { reasons.append(Refusal(.notAnEmail, field: "email")) }
            guard reasons.isEmpty else { throw Refused(reasons) }
            return [.registered(.init(name: name, email: email))]
        case .grant(let grant):
            guard exists else { throw Refused(.unknownPerson) }
            if functions.contains(where: { $0.id == grant.id }) { return [] }
            let held = grant.held
            // An administrator is one of the partnership or of a school.
            if held.function != Person.administrator {
                guard let rule = rules.function(held.function), rule.place == .school || rule.place == .partnership else {
                    throw Refused(.unknownFunction, field: "function")
                }
                if rule.place == .partnership, held.organisation != .partnership {
                    throw Refused(.unknownOrganisation, field: "organisation")
                }
                if rule.place == .school, held.organisation == .partnership {
                    throw Refused(.unknownOrganisation, field: "organisation")
                }
                if let discipline = held.discipline, !rule.disciplines.contains(discipline) {
                    throw Refused(.wrongDiscipline, field: "discipline")
                }
            }
            if let until = held.until, until < held.from { throw Refused(.endBeforeBegin, field: "until") }
            if let absent = held.replaces {
                guard absent != self.id else { throw Refused(.ownPlace, field: "email") }
                // It closes by itself: nobody thinks of it on the day the other one is back.
                guard held.until != nil else { throw Refused(.required, field: "until") }
            }
            // Held twice at a time, ending one would leave the other and close nothing.
            guard !functions.contains(where: { $0.held.overlaps(held) }) else {
                throw Refused(.alreadyKnown, field: "function")
            }
            return [.functionGranted(grant)]
        case .end(let id, let until):
            guard let grant = functions.first(where: { $0.id == id }) else { throw Refused(.unknownFunction) }
            guard until >= grant.held.from.adding(days: -1) else { throw Refused(.endBeforeBegin, field: "until") }
            return grant.held.until == until ? [] : [.functionEnded(.init(id: id, until: until))]
        case .handleAccount(let act, _):
            guard exists else { throw Refused(.unknownPerson) }
            return [.accountHandled(.init(act: act))]
        }
    }

    /// The one function that belongs to the installation and not to a plan: looks after people, at the partnership also after
    /// schools, and sees no dossier.
    package static let administrator = "administrator"
}
