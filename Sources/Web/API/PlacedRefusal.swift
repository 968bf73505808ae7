import Domain

/// A refusal of the rules with the place in the body that each reason is about.
struct PlacedRefusal: Error {
    struct Reason {
        let refusal: Refusal
        /// JSON pointer; nil when it is about the whole, or about what is not in the body.
        let pointer: String?
    }

    let reasons: [Reason]

    /// The kind of problem, by what a program can do about it.
    var kind: APIProblem.Kind {
        let codes = reasons.map(\.refusal)
        if codes.allSatisfy({ $0.field == nil && Self.forbidding.contains($0.code) }) { return .notAllowed }
        return codes.allSatisfy { Self.overtaken.contains($0.code) } ? .movedOn : .refused
    }

    /// Another person must do it.
    private static let forbidding: Set<Refusal.Code> = [
        .notAllowed, .notYourStep, .mayNotStart, .samePerson, .wrongDiscipline, .boundToSchool,
    ]
    /// The dossier is no longer, or not yet, as the program thinks: read again.
    private static let overtaken: Set<Refusal.Code> = [
        .stepNotOpen, .notRunning, .alreadyRunning, .alreadyOpened, .fieldChangedMeanwhile, .nothingToLock,
        .procedureChangedMeanwhile, .moveDecided,
    ]
}
