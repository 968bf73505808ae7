import Domain
import Journal
import JournalSQLite
import Testing
import UseCases

/// What holds of a whole journal, whatever happened to it.
enum Soundness {
    /// That the chain is whole, the registers are what a rebuild makes of them, and no number is missing or given twice.
    static func check(
        _ journal: SQLiteJournal, _ shelf: PlanShelf, _ ids: [DossierID], _ place: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let live = try await journal.registerDigests()
        let counters = try await journal.counters()
        try await journal.rebuild { try Projection.rows($0, $1, shelf) }
        #expect(try await journal.registerDigests() == live, place, sourceLocation: sourceLocation)
        #expect(try await journal.counters() == counters, place, sourceLocation: sourceLocation)
        let verification = try await journal.verify(contents: true)
        #expect(verification.isWhole, "\(place) \(verification)", sourceLocation: sourceLocation)
        var ordinals: [String: [Int64]] = [:]
        var numbers: Set<String> = []
        for id in ids {
            var dossier = Dossier(id: id)
            for event in try await journal.read(Projection.stream(id)) { try dossier.fold(event) }
            for decision in dossier.decisions {
                ordinals[decision.counter, default: []].append(decision.ordinal)
                #expect(
                    numbers.insert(decision.number).inserted, "\(place) \(decision.number) twice", sourceLocation: sourceLocation)
            }
        }
        #expect(
            ordinals.mapValues { $0.sorted() } == counters.mapValues { last in Array(1...last) }, place,
            sourceLocation: sourceLocation)
    }
}
