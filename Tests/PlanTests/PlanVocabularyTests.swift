import Domain
import Plan
import Testing

@Suite("Every word of the format")
struct PlanVocabularyTests {
    /// Words that no plan of this repository uses, each with the test that breaks when it is ignored.
    static let elsewhere: [String: String] = [:]

    @Test(
        "is missed when it is ignored: reading, the check or an example says so; a new word needs a plan or a test that uses it")
    func noticed() throws {
        let vocabulary = try PlanVocabulary(RealPlans.folder)
        #expect(vocabulary.words.count > 60)
        for word in vocabulary.words {
            guard let (plan, verdict) = vocabulary.noticed(without: word) else {
                #expect(Self.elsewhere[word] != nil, "no plan uses ‘\(word)’, and no test is named for it")
                continue
            }
            #expect(verdict != .survived, "nobody notices that \(plan) has no ‘\(word)’ any more")
        }
    }
}
