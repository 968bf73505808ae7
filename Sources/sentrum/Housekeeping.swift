import Domain
import Journal
import Logging
import ServiceLifecycle
import UseCases

/// Tidies an installation and signs its journal every hour while it is served, and follows the plan every minute.
struct Housekeeping: Service {
    let installation: Installation
    let stores: OpenStores
    let witnessing: Witnessing
    let forgetting: Forgetting
    let logger: Logger

    /// How far back the first time looks, in days. What a crash left behind is found when the program starts again; going
    /// through all that there ever was would keep a large installation busy for minutes after each start.
    private static let lookBack = 30
    /// In milliseconds.
    private static let hour: Int64 = 3_600_000

    /// That another node keeps house.
    private struct Another: Error {}

    /// Destroys what is to be destroyed. What goes wrong with it must not keep the journal from being signed.
    private func forget() async {
        do {
            guard let statement = try await forgetting.work() else { return }
            logger.notice("dossiers were destroyed", metadata: ["dossiers": "\(statement.dossiers)"])
        } catch {
            logger.error("dossiers could not be destroyed", metadata: ["kind": "\(type(of: error))"])
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = installation.clock.now().adding(days: -Self.lookBack)
            var tidied: Instant?
            var forgotten: Set<StreamID> = []
            while !Task.isCancelled {
                let now = installation.clock.now()
                do {
                    // Another process may have put a version in force; and at midnight one that waited begins.
                    if try await installation.followVersions() { logger.notice("another version of the plan is followed") }
                    // Of what another node destroyed nothing stays in the memory of this one.
                    let erased = Set(try await stores.journal.erasures().map(\.stream))
                    installation.forgetErased(erased.subtracting(forgotten))
                    forgotten = erased
                    // Of several nodes one does what is left.
                    guard try await stores.isTheOne() else { throw Another() }
                    if try await installation.followPlan(stores.journal) {
                        logger.notice("the registers follow the plan in force")
                    }
                    await forget()
                    if UpkeepRecord.isDue(tidied, every: Self.hour, at: now) {
                        _ = try await installation.tidy(since: min(last, now))
                        last = now
                        tidied = now
                        try await witnessing.work(at: now)
                        installation.upkeep.succeeded(.hour, at: now)
                    }
                    installation.upkeep.succeeded(.minute, at: now)
                } catch is CancellationError {
                    return
                } catch is Another {
                    // What it does now is looked back at when this one takes over.
                    installation.upkeep.succeeded(.minute, at: now)
                    installation.upkeep.succeeded(.hour, at: now)
                } catch let problem as PostUnavailable {
                    // It was signed before, and that mail does not leave is told of mail.
                    installation.upkeep.succeeded(.hour, at: now)
                    installation.upkeep.succeeded(.minute, at: now)
                    logger.error("a witness could not be told", metadata: ["reason": "\(problem.reason)"])
                } catch JournalFault.shortened {
                    // Nothing else than tampering or a wrong restore does this, so it is said each time.
                    installation.upkeep.foundShortened()
                    logger.critical("the journal has fewer rows than its last checkpoint: run sentrum journal verify")
                } catch {
                    // Nothing is lost when it fails: the next time tries again.
                    logger.warning("housekeeping failed", metadata: ["kind": "\(type(of: error))"])
                }
                do { try await Task.sleep(for: .seconds(60)) } catch { return }
            }
        }
    }
}
