import Domain
import Testing

/// What came of a command, to be compared with what should.
package struct When: Sendable {
    package let result: Result<[DossierEvent], Refused>
    /// The dossier as it is afterwards.
    package let given: Given

    package init(result: Result<[DossierEvent], Refused>, given: Given) {
        self.result = result
        self.given = given
    }

    /// The events, none when it was refused.
    package var events: [DossierEvent] { (try? result.get()) ?? [] }

    /// The reasons, none when it was not refused.
    package var reasons: [Refusal] {
        if case .failure(let refused) = result { refused.reasons } else { [] }
    }

    /// Exactly these events.
    @discardableResult
    package func then(_ expected: DossierEvent..., sourceLocation: SourceLocation = #_sourceLocation) -> Given {
        #expect(reasons.map(\.short) == [], sourceLocation: sourceLocation)
        #expect(events == expected, sourceLocation: sourceLocation)
        return given
    }

    /// Events of these names, whatever they say.
    @discardableResult
    package func happens(_ names: String..., sourceLocation: SourceLocation = #_sourceLocation) -> Given {
        #expect(reasons.map(\.short) == [], sourceLocation: sourceLocation)
        #expect(events.map(\.name) == names, sourceLocation: sourceLocation)
        return given
    }

    /// Nothing happens, and nothing is refused.
    @discardableResult
    package func nothing(sourceLocation: SourceLocation = #_sourceLocation) -> Given {
        #expect(reasons.map(\.short) == [], sourceLocation: sourceLocation)
        #expect(events == [], sourceLocation: sourceLocation)
        return given
    }

    /// Refused for exactly one reason.
    package func refused(
        _ code: Refusal.Code, field: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(reasons.map(\.short) == [Refusal(code, field: field).short], sourceLocation: sourceLocation)
        #expect(events.isEmpty, sourceLocation: sourceLocation)
    }

    /// Refused for these reasons at these fields, in any order.
    package func refused(
        _ expected: [(Refusal.Code, String?)], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            reasons.map(\.short).sorted() == expected.map { Refusal($0.0, field: $0.1).short }.sorted(),
            sourceLocation: sourceLocation)
    }
}
