import Dispatch
import Logging
import ServiceLifecycle
import Synchronization
import UseCases
import Web

/// The partnerships of a house, each opened when somebody asks for it and closed when nobody did for a while.
///
/// What is wrong with one, or how much is asked of it, is no matter to another: each is opened by itself, has room for so many
/// requests at once and for so many that wait, and one that cannot be opened is tried again after a pause. Once an hour each is
/// opened for what must be done by itself, spread over the hour.
final class Partnerships: HostedSites, Service {
    /// How many at once, and how long.
    struct Limits: Sendable {
        /// Requests of one partnership that are answered at the same time.
        var room = 32
        /// Requests of one partnership that wait for their turn or for the opening; the next one is refused.
        var waiting = 256
        /// How long one waits.
        var patience = Duration.seconds(10)
        /// After how long without a request it is closed.
        var quiet = Duration.seconds(600)
        /// After how long one that could not be opened is tried again.
        var pause = Duration.seconds(10)
        /// How often each is opened, at the least.
        var round = Duration.seconds(3600)
    }

    /// What is needed of a partnership that is open.
    struct Opened: Sendable {
        let answer: SiteAnswer
        /// Does what must be done by itself, until it is cancelled.
        let keepHouse: @Sendable () async -> Void
        let health: @Sendable () async -> Health
        let close: @Sendable () async throws -> Void
    }

    /// Somebody who waits to be let in.
    private struct Waiter {
        let since: ContinuousClock.Instant
        let told: CheckedContinuation<HostedEntry, Never>
    }

    private struct Place {
        enum State {
            case closed, closing
            case opening(since: ContinuousClock.Instant)
            case open(Opened, keeping: Task<Void, Never>)
            case broken(until: ContinuousClock.Instant, code: String)
        }

        var state = State.closed
        /// Requests that are answered now.
        var inside = 0
        var waiting: [Waiter] = []
        /// When somebody asked for it last.
        var used: ContinuousClock.Instant
        /// When it was opened last, or is taken to have been.
        var opened: ContinuousClock.Instant

        var isAway: Bool {
            switch state {
            case .closed, .broken: true
            case .open, .opening, .closing: false
            }
        }
    }

    private let limits: Limits
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let names: @Sendable () -> [HostName]
    private let holds: @Sendable (HostName) -> Bool
    private let open: @Sendable (HostName) async throws -> Opened
    private let places = Mutex<[HostName: Place]>([:])
    private let threads = OpeningThreads()
    /// Whether the program is about to end.
    private let isOver = Atomic(false)

    /// - Parameters:
    ///   - now: the clock; another one in tests.
    ///   - names: the partnerships that are there.
    ///   - holds: whether one of a name is there.
    ///   - open: opens one; it may block its thread.
    init(
        _ limits: Limits = Limits(), now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, logger: Logger,
        names: @escaping @Sendable () -> [HostName],
        holds: @escaping @Sendable (HostName) -> Bool, open: @escaping @Sendable (HostName) async throws -> Opened
    ) {
        self.limits = limits
        self.now = now
        self.logger = logger
        self.names = names
        self.holds = holds
        self.open = open
    }

    // MARK: People come and go

    func enter(_ name: HostName) async -> HostedEntry {
        // Looked at on the disk only where nothing is open: whoever makes up names must not fill the memory.
        let isAway = places.withLock { $0[name]?.isAway ?? true }
        guard !isAway || holds(name) else { return .unknown }
        return await withCheckedContinuation { told in
            let now = self.now()
            let (answer, begins) = places.withLock { places -> (HostedEntry?, Bool) in
                var place = places[name] ?? Place(used: now, opened: now)
                defer { places[name] = place }
                place.used = now
                switch place.state {
                case .open(let opened, _) where place.inside < limits.room:
                    place.inside += 1
                    return (.letIn(opened.answer), false)
                case .broken(let until, _) where now < until: return (.outOfOrder, false)
                case .open, .broken, .closed, .opening, .closing: break
                }
                guard place.waiting.count < limits.waiting else { return (.busy, false) }
                place.waiting.append(Waiter(since: now, told: told))
                guard place.isAway else { return (nil, false) }
                place.state = .opening(since: now)
                return (nil, true)
            }
            if let answer { told.resume(returning: answer) }
            if begins { begin(name) }
        }
    }

    func leave(_ name: HostName) {
        let next = places.withLock { places -> (Waiter, Opened)? in
            guard var place = places[name] else { return nil }
            defer { places[name] = place }
            // Whoever waits longest takes the room that comes free.
            guard case .open(let opened, _) = place.state, !place.waiting.isEmpty else {
                place.inside -= 1
                return nil
            }
            return (place.waiting.removeFirst(), opened)
        }
        if let (waiter, opened) = next { waiter.told.resume(returning: .letIn(opened.answer)) }
    }

    // MARK: Opening and closing

    private func begin(_ name: HostName) {
        Task(executorPreference: threads) {
            do {
                let opened = try await self.open(name)
                let keeping = Task { await opened.keepHouse() }
                let letIn = self.places.withLock { places -> [Waiter] in
                    let now = self.now()
                    var place = places[name] ?? Place(used: now, opened: now)
                    let first = Array(place.waiting.prefix(self.limits.room))
                    place.waiting.removeFirst(first.count)
                    place.inside = first.count
                    place.opened = now
                    place.used = now
                    place.state = .open(opened, keeping: keeping)
                    places[name] = place
                    return first
                }
                for waiter in letIn { waiter.told.resume(returning: .letIn(opened.answer)) }
                // It took until after the end: nobody else closes it.
                if self.isOver.load(ordering: .relaxed), letIn.isEmpty { await self.close(name, opened, keeping) }
            } catch {
                let ending = Ending(error)
                // Problems of a plan may be many, and stand where it is checked.
                self.logger.error(
                    "a partnership cannot be opened",
                    metadata: ["partnership": "\(name)", "why": "\(ending.lines.first ?? "")"])
                self.fail(name, code: ending.name)
            }
        }
    }

    private func fail(_ name: HostName, code: String) {
        let sentAway = places.withLock { places -> [Waiter] in
            guard let waiting = places[name]?.waiting else { return [] }
            places[name]?.waiting = []
            places[name]?.state = .broken(until: now() + limits.pause, code: code)
            places[name]?.opened = now()
            return waiting
        }
        for waiter in sentAway { waiter.told.resume(returning: .outOfOrder) }
    }

    private func close(_ name: HostName, _ opened: Opened, _ keeping: Task<Void, Never>) async {
        keeping.cancel()
        await keeping.value
        do {
            try await opened.close()
        } catch {
            logger.warning(
                "a partnership was not closed in good order",
                metadata: ["partnership": "\(name)", "kind": "\(type(of: error))"])
        }
        let begins = places.withLock { places in
            let isAskedFor = places[name]?.waiting.isEmpty == false
            let begins = isAskedFor && !isOver.load(ordering: .relaxed)
            places[name]?.state = begins ? .opening(since: now()) : .closed
            return begins
        }
        if begins { begin(name) }
    }

    // MARK: What goes on by itself

    func run() async throws {
        await cancelWhenGracefulShutdown {
            self.spreadRounds()
            while !Task.isCancelled {
                self.tick()
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
            }
        }
    }

    /// Takes those that are there to have been opened at moments spread over the round that is over.
    private func spreadRounds() {
        let names = names()
        let now = self.now()
        places.withLock { places in
            for (number, name) in names.enumerated() where places[name] == nil {
                places[name] = Place(used: now, opened: now - limits.round + limits.round * number / max(1, names.count))
            }
        }
    }

    /// Sends away who waited too long, closes what is quiet, and opens the one that was closed longest when its round is due.
    func tick() {
        let now = self.now()
        var sentAway: [(Waiter, HostedEntry)] = []
        var quiet: [(HostName, Opened, Task<Void, Never>)] = []
        let there = names()
        let due = places.withLock { places -> HostName? in
            for (name, place) in places {
                let late = place.waiting.prefix { $0.since + limits.patience <= now }
                if !late.isEmpty {
                    places[name]?.waiting.removeFirst(late.count)
                    let answer: HostedEntry = if case .open = place.state { .busy } else { .opening }
                    sentAway += late.map { ($0, answer) }
                }
                if case .open(let opened, let keeping) = place.state, place.inside == 0, place.waiting.isEmpty,
                    place.used + limits.quiet <= now
                {
                    places[name]?.state = .closing
                    quiet.append((name, opened, keeping))
                }
                // What was taken away is forgotten, and what came is known.
                if place.isAway, place.waiting.isEmpty, !there.contains(name) { places[name] = nil }
            }
            for name in there where places[name] == nil { places[name] = Place(used: now, opened: now) }
            // One at a time: an hour has room for all, and people come first. One that hangs does not hold up the others.
            let isOpening = places.values.contains { place in
                if case .opening(let since) = place.state { since + limits.patience > now } else { false }
            }
            guard !isOpening else { return nil }
            let longest = places.filter { $0.value.isAway }.min { $0.value.opened < $1.value.opened }
            guard let (name, place) = longest, place.opened + limits.round <= now else { return nil }
            places[name]?.state = .opening(since: now)
            return name
        }
        for (waiter, answer) in sentAway { waiter.told.resume(returning: answer) }
        for (name, opened, keeping) in quiet { Task { await close(name, opened, keeping) } }
        if let due { begin(due) }
    }

    /// Closes all of them, after the last request was answered.
    func closeAll() async {
        isOver.store(true, ordering: .relaxed)
        let open = places.withLock { places in
            places.compactMap { name, place -> (HostName, Opened, Task<Void, Never>)? in
                guard case .open(let opened, let keeping) = place.state else { return nil }
                places[name]?.state = .closing
                return (name, opened, keeping)
            }
        }
        for (name, opened, keeping) in open { await close(name, opened, keeping) }
    }

    /// How each of them is.
    func watched() async -> Watched {
        let places = places.withLock { $0 }
        var told: [Watched.Place] = []
        for name in names() {
            switch places[name]?.state {
            case .open(let opened, _): told.append(.init(name, .open, health: await opened.health()))
            case .broken(_, let code): told.append(.init(name, .broken, code: code))
            case .closed, .opening, .closing, nil: told.append(.init(name, .closed))
            }
        }
        return Watched(told)
    }
}

/// Threads on which partnerships are opened: reading a plan and a database keeps a thread busy, and those that answer people are
/// as few as the machine has processors.
private final class OpeningThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "opening", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
