import Domain
import Journal

/// Whether an installation does what it must, part by part; nothing in it is about anybody.
package struct Health: Sendable, Hashable {
    /// What is looked at, in the order in which it is told.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        /// The journal answers, and has no fewer rows than were signed.
        case journal
        /// What people send is saved.
        case saving
        /// The journal is signed every hour.
        case checkpoint
        /// The work of each minute is done.
        case upkeep
        /// Every version of the plan can be followed.
        case plan
        /// Mail is taken.
        case mail
        /// There is room on the disk.
        case disk
        /// A backup was made.
        case backup
        /// Browsers take the certificate with which the server answers over TLS.
        case certificate
    }

    /// How it is, the worst last.
    package enum State: String, Sendable, Hashable, CaseIterable, Comparable {
        case well, attention, trouble
        package static func < (one: Self, other: Self) -> Bool { one.rank < other.rank }
        private var rank: Int { self == .well ? 0 : self == .attention ? 1 : 2 }
    }

    /// What was found of one part.
    package struct Finding: Sendable, Hashable {
        package let part: Part
        package let state: State
        /// When it was done last: a checkpoint, a backup, a mail that went; of a certificate when it ends.
        package let at: Instant?
        /// Rows of the journal, versions that cannot be followed, bytes that are free.
        package let number: Int64?
        /// The stable name of what is wrong, where there is one.
        package let code: String?

        package init(_ part: Part, _ state: State, at: Instant? = nil, number: Int64? = nil, code: String? = nil) {
            self.part = part
            self.state = state
            self.at = at
            self.number = number
            self.code = code
        }
    }

    package let findings: [Finding]

    package init(findings: [Finding]) { self.findings = findings }

    /// How it is all in all: as the worst part of it.
    package var state: State { findings.map(\.state).max() ?? .well }

    /// Whether people can work: the journal answers and there is room for what they write.
    package var isReady: Bool { !findings.contains { [.journal, .disk].contains($0.part) && $0.state == .trouble } }
}

/// What only the machine around an installation knows.
package struct Surroundings: Sendable {
    /// When the last backup was made.
    package enum Backup: Sendable, Hashable {
        /// It is made elsewhere, or there is nothing to back up.
        case notHere
        case never
        case made(Instant)
    }

    /// The certificate with which the server itself answers over TLS.
    package enum Certificate: Sendable, Hashable {
        /// A proxy has it, or nobody.
        case notHere
        /// There is none that can be used.
        case none
        case ends(Instant)
    }

    package let freeBytes: @Sendable () -> Int64?
    package let backup: @Sendable () -> Backup
    package var certificate: @Sendable () async -> Certificate

    /// - Parameters:
    ///   - freeBytes: the room on the disk with the data; nil when nobody can tell.
    ///   - backup: the last backup.
    ///   - certificate: what browsers are shown.
    package init(
        freeBytes: @escaping @Sendable () -> Int64? = { nil }, backup: @escaping @Sendable () -> Backup = { .notHere },
        certificate: @escaping @Sendable () async -> Certificate = { .notHere }
    ) {
        self.freeBytes = freeBytes
        self.backup = backup
        self.certificate = certificate
    }
}

extension Installation {
    /// In milliseconds: the work of each minute, of each hour, and of each night may be so late before it is told.
    private static let minutesLate: Int64 = 10 * 60_000
    private static let hoursLate: Int64 = 2 * 3_600_000
    private static let nightsLate: Int64 = 36 * 3_600_000
    /// In milliseconds: programs that renew certificates do so a month before their end, so with less than this left it was tried
    /// in vain for a fortnight.
    private static let certificateRenewed: Int64 = 14 * 24 * 3_600_000

    /// How it is at a moment with a certificate that ends at another.
    package static func certificate(ending end: Instant, at now: Instant) -> Health.State {
        let left = end.milliseconds - now.milliseconds
        return left <= 0 ? .trouble : left < certificateRenewed ? .attention : .well
    }

    /// In bytes: less room than this is told, and with less than this nobody can be sure that what is written stays.
    private static let littleRoom: Int64 = 2_000_000_000
    private static let noRoom: Int64 = 200_000_000

    /// Looks whether the installation does what it must.
    ///
    /// - Parameters:
    ///   - surroundings: what only the machine knows.
    ///   - started: when this process began to serve; what could not be done yet since then is not late.
    ///   - sendsMail: whether mail goes from here.
    package func health(_ surroundings: Surroundings, since started: Instant, sendsMail: Bool) async -> Health {
        let now = clock.now()
        var findings: [Health.Finding] = []
        let rows = try? await journal.head()
        findings.append(.init(.journal, rows == nil || upkeep.isShortened ? .trouble : .well, number: rows))
        // It takes no part in being ready: a node that nobody is sent to would never find out that it can save again.
        let outage = upkeep.outage
        findings.append(
            .init(
                .saving, outage == nil ? .well : .trouble, at: outage.flatMap { _ in upkeep.round(.saving).failed },
                code: outage?.rawValue))
        if let checkpoints {
            let last = try? await checkpoints.lastCheckpoint()
            // While nothing is written there is nothing to sign.
            let isBehind = rows.map { $0 > last?.size ?? 0 } ?? false
            let hour = upkeep.round(.hour)
            let isLate = isBehind && isOverdue(hour, Self.hoursLate, now, started)
            findings.append(.init(.checkpoint, isLate ? .attention : .well, at: last?.at, number: last?.size))
        }
        let minute = upkeep.round(.minute)
        findings.append(
            .init(.upkeep, isOverdue(minute, Self.minutesLate, now, started) ? .attention : .well, at: minute.succeeded))
        let faults = plans.faults.count
        findings.append(.init(.plan, faults == 0 ? .well : .attention, number: Int64(faults)))
        if sendsMail {
            let mail = upkeep.round(.mail)
            findings.append(.init(.mail, mail.isFailing ? .attention : .well, at: mail.succeeded))
        }
        if let free = surroundings.freeBytes() {
            let state: Health.State = free < Self.noRoom ? .trouble : free < Self.littleRoom ? .attention : .well
            findings.append(.init(.disk, state, number: free))
        }
        switch surroundings.backup() {
        case .notHere: break
        case .never: findings.append(.init(.backup, .attention))
        case .made(let moment):
            let isOld = now.milliseconds - moment.milliseconds > Self.nightsLate
            findings.append(.init(.backup, isOld ? .attention : .well, at: moment))
        }
        switch await surroundings.certificate() {
        case .notHere: break
        case .none: findings.append(.init(.certificate, .trouble))
        case .ends(let end):
            findings.append(.init(.certificate, Self.certificate(ending: end, at: now), at: end))
        }
        return Health(findings: findings)
    }

    /// Whether work that is done again and again was not done for too long.
    private func isOverdue(_ round: UpkeepRecord.Round, _ most: Int64, _ now: Instant, _ started: Instant) -> Bool {
        now.milliseconds - (round.succeeded ?? started).milliseconds > most
    }
}
