extension Texts {
    /// Why a situation is refused, as part of a sentence to whoever reads the plan: "er ontbreekt iets wat er eerst moet zijn".
    ///
    /// Whoever fills in a form reads another sentence, that says what to do there.
    /// - Parameters:
    ///   - code: of the refusal.
    ///   - isEnd: whether it was about the last day of something, so that it is that day which lacks.
    package func whyNot(_ code: String, ofEnd isEnd: Bool = false) -> String {
        let own = isEnd ? ifKnown("whyNot.\(code)End") : nil
        return own ?? ifKnown("whyNot.\(code)") ?? self("whyNot.byRules")
    }
}
