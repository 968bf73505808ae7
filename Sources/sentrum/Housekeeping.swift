import Domain
import JournalSQLite
import Logging
import ServiceLifecycle
import UseCases

/// Tidies an installation every hour while it is served.
struct Housekeeping: Service {
    let installation: Installation
    let journal: SQLiteJournal
    let logger: Logger

    /// How far back the first time looks, in days. What a crash left behind is found when the program starts again; going
    /// through all that there ever was would keep a large installation busy for minutes after each start.
    private static let lookBack = 30

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var last = installation.clock.now().adding(days: -Self.lookBack)
            while !Task.isCancelled {
                let now = installation.clock.now()
                do {
                    if try await installation.followPlan(journal) { logger.notice("the registers follow the plan in force") }
                    _ = try await installation.tidy(since: last)
                    last = now
                } catch is CancellationError {
                    return
                } catch {
                    // Nothing is lost when it fails: the next hour tries again.
                    logger.warning("housekeeping failed", metadata: ["kind": "\(type(of: error))"])
                }
                do { try await Task.sleep(for: .seconds(3600)) } catch { return }
            }
        }
    }
}
