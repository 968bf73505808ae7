import Domain

/// Every way through a route, walked as the engine walks it: which steps can be open together, and where it can end.
struct RouteWalk {
    /// Steps that can be open at some moment.
    private(set) var opened: Set<String> = []
    /// Steps that a start or choice of such a step names, whether they open or wait for ever.
    private(set) var named: Set<String> = []
    /// Outcomes that can be reached.
    private(set) var ended: Set<String> = []
    /// Choices after which nothing is open although the procedure has not ended.
    private(set) var deadEnds: [(step: String, choice: String)] = []
    /// The open steps of a moment from which no outcome can be reached; nil when there is no such moment.
    private(set) var stuck: [String]?

    /// Steps as bits: those open now and those done at least once.
    private struct Moment: Hashable {
        var open: UInt64
        var done: UInt64
    }

    private static let most = 20_000

    /// Nil when there are too many steps or moments to walk them all.
    init?(_ route: ProcedureRule) {
        guard route.steps.count <= 64 else { return nil }
        let ids = route.steps.map(\.id)
        let bits = Dictionary(ids.enumerated().map { ($1, UInt64(1) << UInt64($0)) }) { first, _ in first }
        let mask = { (steps: [String]) in steps.reduce(UInt64(0)) { $0 | (bits[$1] ?? 0) } }
        let waits = route.steps.map { mask($0.waitsFor) }
        let start = Moment(open: mask(route.start.opens), done: 0)
        named.formUnion(route.start.opens)

        var numbers = [start: 0]
        var moments = [start]
        var before: [[Int]] = [[]]
        var ends: [Int] = []
        var dead: Set<[Int]> = []
        var next = 0
        while next < moments.count {
            let now = moments[next]
            for (index, step) in route.steps.enumerated() where now.open & (1 << UInt64(index)) != 0 {
                let bit = UInt64(1) << UInt64(index)
                for (number, choice) in step.choices.enumerated() {
                    guard case .open(let steps) = choice.then else {
                        if case .end(let outcome) = choice.then { ended.insert(outcome) }
                        ends.append(next)
                        continue
                    }
                    named.formUnion(steps)
                    var then = Moment(open: now.open & ~bit, done: now.done | bit)
                    // As the engine: what is waited for has been done, is not open, and does not open again by this choice.
                    let ready = (now.done & ~now.open) | bit
                    let reopens = mask(steps)
                    for (target, id) in ids.enumerated() where steps.contains(id) && waits[target] & ~ready == 0 {
                        let others = reopens & ~(1 << UInt64(target))
                        if waits[target] & others == 0 { then.open |= 1 << UInt64(target) }
                    }
                    if then.open == 0 { dead.insert([index, number]) }
                    if let known = numbers[then] {
                        before[known].append(next)
                    } else {
                        guard moments.count < Self.most else { return nil }
                        numbers[then] = moments.count
                        moments.append(then)
                        before.append([next])
                    }
                }
            }
            next += 1
        }
        var open: UInt64 = 0
        for moment in moments { open |= moment.open }
        let steps = { (open: UInt64) in ids.enumerated().filter { open & (1 << UInt64($0.offset)) != 0 }.map(\.element) }
        opened = Set(steps(open))
        deadEnds = dead.map { (ids[$0[0]], route.steps[$0[0]].choices[$0[1]].id) }.sorted { $0 < $1 }

        var canEnd = Set(ends)
        while let moment = ends.popLast() {
            for earlier in before[moment] where canEnd.insert(earlier).inserted { ends.append(earlier) }
        }
        if let first = moments.indices.first(where: { !canEnd.contains($0) }) { stuck = steps(moments[first].open) }
    }
}
