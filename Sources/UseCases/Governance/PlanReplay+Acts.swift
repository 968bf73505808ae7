import Domain

extension PlanReplay {
    /// Something that was done in a procedure, or waits to be done, of which the other plan says otherwise.
    package struct ActTurn: Sendable, Hashable {
        /// What it is.
        package enum Act: Sendable, Hashable {
            case start
            case did(step: String, choice: String)
            /// A choice of a step that is open on the day of the replay.
            case waits(step: String, choice: String)
        }

        /// What becomes of it by the other plan.
        package enum Would: Sendable, Hashable {
            /// It could not be done.
            case not([Refusal])
            /// It could be done, which it cannot now.
            case possible
            /// It would lead elsewhere.
            case leads(ChoiceRule.Next)
            /// There is no such thing.
            case absent
        }

        package let dossier: DossierID
        package let instance: InstanceID
        /// Key of the route.
        package let procedure: String
        package let act: Act
        /// The day on which it was done; the day of the replay for what waits.
        package let on: Day
        /// Whether the procedure still runs.
        package internal(set) var runs: Bool
        package let would: Would
    }

    /// What is needed to try acts: the two plans, the day, and who held which functions when.
    struct Trial {
        let before: PlanRules
        let after: PlanRules
        let today: Day
        /// Somebody with the functions held on a day.
        let actor: (PersonID, Day) async throws -> Actor
        /// The dossier with the kind of its school.
        let knowingSchool: (Dossier) async throws -> Dossier
    }

    // MARK: what was done

    /// The start of a procedure, just after it.
    mutating func compareStart(of procedure: Procedure, in dossier: Dossier, _ trial: Trial) async throws {
        guard let own = trial.before.procedure(procedure.rule) else { return }
        acts += 1
        let day = procedure.received
        guard let other = trial.after.procedure(procedure.rule) else {
            return turn(.start, of: procedure, dossier, day, .absent)
        }
        let was = dossier.barriers(toStarting: own, procedure, trial.before, on: day)
        var would = dossier.barriers(toStarting: other, procedure, trial.after, on: day)
        if own.start.by != other.start.by {
            let held = dossier.functions(of: try await trial.actor(procedure.startedBy, day))
            // Who cannot be told to have been one of these then is not told to be none now.
            if !held.isDisjoint(with: own.start.by), held.isDisjoint(with: other.start.by) {
                would.append(Refusal(.mayNotStart, source: other.source))
            }
        }
        let new = would.besides(was)
        if !new.isEmpty { turn(.start, of: procedure, dossier, day, .not(new)) }
    }

    /// A step, just after it was done.
    mutating func compareStep(
        _ done: Procedure.DoneStep, of procedure: Procedure, in dossier: Dossier, _ trial: Trial
    ) async throws {
        guard let own = trial.before.procedure(procedure.rule), let step = own.step(done.step),
            let choice = step.choice(done.choice)
        else { return }
        acts += 1
        let act = ActTurn.Act.did(step: step.id, choice: choice.id)
        let day = done.at.day
        guard let route = trial.after.procedure(procedure.rule), let other = route.step(step.id),
            let same = other.choice(choice.id)
        else { return turn(act, of: procedure, dossier, day, .absent) }
        var was = dossier.barriers(toTaking: choice, of: step, in: procedure, trial.before, on: day, isDone: true)
        var would = dossier.barriers(toTaking: same, of: other, in: procedure, trial.after, on: day, isDone: true)
        if step.by != other.by || own.steps.map(\.by.notActorOf) != route.steps.map(\.by.notActorOf) {
            let actor = try await trial.actor(done.by, day)
            was += dossier.barriers(
                to: actor, step, in: procedure, own, inPlaceOf: done.inPlaceOf, discipline: done.discipline)
            would += dossier.barriers(
                to: actor, other, in: procedure, route, inPlaceOf: done.inPlaceOf, discipline: done.discipline)
        }
        let new = would.besides(was)
        if !new.isEmpty {
            turn(act, of: procedure, dossier, day, .not(new))
        } else if choice.then != same.then, choice.then.isEnd || same.then.isEnd {
            turn(act, of: procedure, dossier, day, .leads(same.then))
        }
    }

    // MARK: what waits

    /// Every choice of the steps that are open now.
    mutating func compareOpen(of procedure: Procedure, in dossier: Dossier, _ trial: Trial) async throws {
        guard let own = trial.before.procedure(procedure.rule) else { return }
        for open in procedure.open {
            guard let step = own.step(open.step) else { continue }
            let route = trial.after.procedure(procedure.rule)
            let other = route?.step(step.id)
            // Nobody is known by name but whoever was chosen.
            let chosen = step.by.chosenIn.flatMap { procedure.answers[$0]?.text }.map { PersonID($0) }
            var (was, would): ([Refusal], [Refusal]) = ([], [])
            if let chosen, let route, let other, step.by != other.by {
                let actor = try await trial.actor(chosen, trial.today)
                was = dossier.barriers(to: actor, step, in: procedure, own)
                would = dossier.barriers(to: actor, other, in: procedure, route)
            } else if let other, Set(step.by.functions).isDisjoint(with: other.by.functions) {
                would = [Refusal(.notYourStep, source: other.by.source)]
            }
            for choice in step.choices {
                acts += 1
                let act = ActTurn.Act.waits(step: step.id, choice: choice.id)
                guard let other, let same = other.choice(choice.id) else {
                    turn(act, of: procedure, dossier, trial.today, .absent)
                    continue
                }
                let now =
                    was
                    + dossier.barriers(toTaking: choice, of: step, in: procedure, trial.before, on: trial.today, isDone: false)
                let then =
                    would
                    + dossier.barriers(toTaking: same, of: other, in: procedure, trial.after, on: trial.today, isDone: false)
                let new = then.besides(now)
                if !new.isEmpty {
                    turn(act, of: procedure, dossier, trial.today, .not(new))
                } else if then.isEmpty, !now.isEmpty {
                    turn(act, of: procedure, dossier, trial.today, .possible)
                } else if choice.then != same.then, choice.then.isEnd || same.then.isEnd {
                    turn(act, of: procedure, dossier, trial.today, .leads(same.then))
                }
            }
        }
    }

    private mutating func turn(
        _ act: ActTurn.Act, of procedure: Procedure, _ dossier: Dossier, _ day: Day, _ would: ActTurn.Would
    ) {
        turnedActs.append(
            ActTurn(
                dossier: dossier.id, instance: procedure.id, procedure: procedure.rule, act: act, on: day,
                runs: procedure.isRunning, would: would))
    }
}

extension ChoiceRule.Next {
    fileprivate var isEnd: Bool { if case .end = self { true } else { false } }
}

extension [Refusal] {
    /// Those of which the others have no like, each once.
    fileprivate func besides(_ others: [Refusal]) -> [Refusal] {
        var seen: Set<Refusal> = []
        return filter { refusal in
            !others.contains { $0.code == refusal.code && $0.values == refusal.values } && seen.insert(refusal).inserted
        }
    }
}

extension SeenDossier {
    /// Whether a reader of the procedures may read this: of what was done no more than the pages of the procedure tell.
    ///
    /// - Parameter rules: of the version that the procedure followed.
    package func tells(_ turn: PlanReplay.ActTurn, _ rules: PlanRules) -> Bool {
        guard sight.sees(.procedures), let run = dossier.procedure(turn.instance) else { return false }
        guard turn.act != .start, run.isRunning, let route = rules.procedure(run.rule) else { return true }
        let told = run.told(toDo: toDo(in: run, route, rules))
        // What waits can hang on what somebody who looks independently may not know yet.
        guard case .did(let step, let choice) = turn.act else { return told.count == run.done.count }
        return told.contains { $0.step == step && $0.choice == choice && $0.at.day == turn.on }
    }
}
