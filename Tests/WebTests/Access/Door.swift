import Domain
import Foundation
import HTTPTypes

@testable import Web

/// What stands before one route: who gets through by the plan's functions, and what happens to everybody else.
struct Door: Sendable {
    /// Whom a route is for.
    enum Room: Sendable, Equatable {
        /// Guests too.
        case everybody
        /// Whoever signed in, whatever they hold.
        case signedIn
        /// The administrator of the partnership; for others there is nothing.
        case administrator
        /// An administrator, also that of a school who sees the person of the address; for others there is nothing.
        case keeperOfPeople
        /// The privacy officer; for others there is nothing.
        case officer
        /// The family of the child; for others there is nothing.
        case family
        /// The guardian who asked what the address names; for others there is nothing.
        case asker
        /// Those who see to it that dossiers are destroyed in time; for others there is nothing.
        case keeper
        /// Whoever has a part in how the plan comes about; others hear that they may not.
        case approver
        /// Whoever writes drafts of the plan; for others there is nothing.
        case drafter
        /// Whom the plan trusts with emergency access; for others there is nothing.
        case emergency
        /// Those who ask or answer questions without a name; for others there is nothing.
        case questioner
        /// Whoever may open a dossier at some school; others hear that they may not.
        case opener
        /// Those to whom this dossier is open; for others there is nothing.
        case dossier
    }

    let room: Room
    /// Parts of which the function must read all; others find nothing.
    var all: Set<DossierPart> = []
    /// Parts of which the function must read one; others find nothing.
    var any: Set<DossierPart> = []
    /// Acts of which the function must be allowed one; others hear that they may not.
    var may: Set<DossierAct> = []
    /// Functions of the plan that get through; others hear that they may not.
    var functions: Set<String>?
    /// Parts of which it tells something beside what the function reads, such as to whom a letter goes.
    var tells: Set<DossierPart> = []
    /// A guardian may do it with what is their own only.
    var notFamily = false
    /// The moments at which what the address names is there; nothing is found before.
    var from: LifeStage = .opened
    /// What those get who get through.
    var through: Set<Int> = [200]
    /// What those get who get through while what it is about rests; empty where that makes no difference.
    var whenResting: Set<Int> = []
    /// Moments at which the step of the address is over: then everybody who gets that far hears the same.
    var over: Set<LifeStage> = []
    var whenOver: Set<Int> = []
    /// What is sent along; a fresh one for each request.
    var sends: @Sendable (AccessStage) async throws -> Sent = { _ in Sent() }

    /// What goes with a request: names in the address, fields of a form, a body.
    struct Sent: Sendable {
        var names: [String: String] = [:]
        var form: [(String, String)] = []
        var body: JSON?
    }

    /// The statuses that somebody may get, by the plan alone.
    func expected(_ relation: Relation, at moment: LifeStage, _ rules: PlanRules, isAPI: Bool) -> Set<Int> {
        if room == .everybody { return through }
        // A page sends a guest to sign in; an interface says that a key is missing.
        if relation == .guest { return [isAPI ? 401 : 303] }
        switch room {
        case .everybody, .signedIn: return through
        case .administrator: return relation == .administrator ? through : [404]
        case .keeperOfPeople: return [.administrator, .schoolAdministrator].contains(relation) ? through : [404]
        case .officer: return relation == .privacyOfficer ? through : [404]
        case .family: return [.guardian, .guardianWithoutAuthority].contains(relation) ? through : [404]
        case .asker: return relation == .guardian ? through : [404]
        case .keeper: return [.privacyOfficer, .partnershipDirector].contains(relation) ? through : [404]
        case .drafter: return relation == .partnershipDirector ? through : [404]
        case .approver: return relation == .partnershipDirector ? through : [403]
        case .emergency:
            let may: [Relation] = [.adviser, .adviserElsewhere, .partnershipDirector, .emergencyNow, .emergencyOver]
            return may.contains(relation) ? through : [404]
        case .questioner:
            let may: [Relation] = [
                .ib, .teacher, .standsIn, .otherTeacher, .ibElsewhere, .adviser, .adviserElsewhere, .emergencyNow, .emergencyOver,
            ]
            return may.contains(relation) ? through : [404]
        case .opener:
            let may = [.ib, .ibElsewhere, .director].contains(relation)
            return may ? through : [403]
        case .dossier: break
        }
        guard let key = relation.function(at: moment), let function = rules.standing(key, at: moment), isThere(at: moment)
        else {
            return [404]
        }
        guard function.reads.isSuperset(of: all), any.isEmpty || !function.reads.isDisjoint(with: any) else { return [404] }
        if over.contains(moment) { return whenOver }
        guard may.isEmpty || !function.may.isDisjoint(with: may) else { return [403] }
        if let functions, !functions.contains(key) { return [403] }
        if notFamily, function.place == .family { return [403] }
        return moment == .resting && !whenResting.isEmpty ? whenResting : through
    }

    private func isThere(at moment: LifeStage) -> Bool {
        let order = LifeStage.allCases
        return (order.firstIndex(of: moment) ?? 0) >= (order.firstIndex(of: from) ?? 0)
    }
}

extension PlanRules {
    /// The function of the plan, or what is read in an emergency, from the school that the child left or by a kind of people
    /// asked in from outside, as if it were one.
    ///
    /// - Parameter moment: who is asked in does not read what rests.
    func standing(_ key: String, at moment: LifeStage) -> FunctionRule? {
        if key == AccessStage.emergency, let emergency {
            return FunctionRule(
                id: key, title: emergency.explanation, explanation: emergency.explanation, place: .partnership, sight: [],
                reads: emergency.parts, may: [], source: emergency.source)
        }
        if let left = AccessStage.functionLeft(key), let rule = function(left) {
            return FunctionRule(
                id: key, title: rule.title, explanation: rule.explanation, place: rule.place, sight: [], reads: rule.reads,
                may: [], source: rule.source)
        }
        guard let kind = AskedInRule.kind(ofFunction: key) else { return function(key) }
        return askedIn(kind).map { rule in
            FunctionRule(
                id: rule.function, title: rule.title, explanation: rule.explanation, place: .outside, sight: [],
                reads: moment == .resting ? rule.parts.subtracting(AccessStage.restingParts) : rule.parts, may: [],
                source: rule.source)
        }
    }
}

extension Door {
    static let everybody = Door(room: .everybody)
    static let signedIn = Door(room: .signedIn)
    static let administrator = Door(room: .administrator)
    static let keeperOfPeople = Door(room: .keeperOfPeople)
    static let asks = Door(room: .questioner)

    /// A page or an answer of the dossier that shows these parts.
    static func reads(_ all: DossierPart..., from: LifeStage = .opened) -> Door {
        Door(room: .dossier, all: Set(all), from: from)
    }

    static func reads(oneOf any: Set<DossierPart>, from: LifeStage = .opened) -> Door {
        Door(room: .dossier, any: any, from: from)
    }

    /// An act in the dossier, of somebody who reads the part that it is about.
    static func may(_ acts: DossierAct..., in part: DossierPart? = nil) -> Door {
        Door(room: .dossier, all: part.map { [$0] } ?? [], may: Set(acts), through: [200, 201, 204, 303, 422])
    }

    func through(_ statuses: Int...) -> Door { with { $0.through = Set(statuses) } }
    func by(_ functions: String...) -> Door { with { $0.functions = Set(functions) } }
    func over(at moments: Set<LifeStage>, _ statuses: Int...) -> Door {
        with {
            $0.over = moments
            $0.whenOver = Set(statuses)
        }
    }
    func resting(_ statuses: Int...) -> Door { with { $0.whenResting = Set(statuses) } }
    var notFamilys: Door { with { $0.notFamily = true } }

    func sending(_ form: (String, String)...) -> Door { sending { _ in Sent(form: form) } }
    func sending(_ body: JSON) -> Door { sending { _ in Sent(body: body) } }
    func sending(_ sends: @escaping @Sendable (AccessStage) async throws -> Sent) -> Door { with { $0.sends = sends } }

    private func with(_ change: (inout Door) -> Void) -> Door {
        var door = self
        change(&door)
        return door
    }
}
