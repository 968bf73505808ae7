import Domain
import Testing

extension Testland {
    /// A law by which an answer takes a month, and two more at most.
    package static let rightsLaw = RightsLaw(
        terms: [
            RightsLaw.Term(from: .of("2018-05-25"), answer: Period(1, .months), longer: Period(2, .months), source: "AVG 12")
        ],
        ages: [RightsLaw.Age(from: .of("2018-05-25"), heard: 12, itself: 16, source: "UAVG 5")],
        sources: Dictionary(uniqueKeysWithValues: Right.allCases.map { ($0, "AVG \($0.rawValue)") }),
        grounds: [
            RightsLaw.Ground(
                id: "others", title: words("Het schaadt een ander", "It harms somebody else"), rights: [.access, .copy],
                source: "AVG 15.4"),
            RightsLaw.Ground(
                id: "exception", title: words("De wet maakt een uitzondering", "The law makes an exception"),
                rights: Set(Right.allCases), source: "UAVG 41"),
        ], complaint: "AVG 77", information: "BW 1:377c")

    /// The privacy officer handles what families ask.
    package static let rights = RightsRule(law: rightsLaw, handledBy: ["privacy-officer"], source: "Testland, 10")

    /// What the mother asks: something of a part of the groeidocument.
    package static func asks(
        _ right: Right = .correction, about subject: RightsRequest.Subject = .part("general"), id: String = "r-1",
        words: String = "Dit klopt niet."
    ) -> DossierCommand {
        .rights(.ask(.init(id: RightsRequestID(id), right: right, subject: subject, words: words)))
    }

    /// The same in a letter, or said aloud, as the school writes it down.
    package static func records(
        _ right: Right = .correction, about subject: RightsRequest.Subject = .part("general"), id: String = "r-1",
        of guardian: Guardian = motherInDossier, on day: String = "2021-09-06", way: Agreement.Way = .paper
    ) -> DossierCommand {
        let ask = RightsCommand.Ask(
            id: RightsRequestID(id), right: right, subject: subject, words: "In mijn brief staat waarom.")
        return .rights(.record(ask, of: guardian.id, .init(on: .of(day), way: way)))
    }

    /// What is decided about it.
    package static func answers(
        _ outcome: RightsRequest.Outcome, id: String = "r-1", copy: RightsRequest.Copy? = nil
    ) -> DossierCommand {
        .rights(
            .decide(
                .init(
                    id: RightsRequestID(id), outcome: outcome, reason: "Het staat er nu goed.",
                    ground: outcome == .granted ? nil : "UAVG 41", copy: copy)))
    }

    /// A copy that was made.
    package static let copy = RightsRequest.Copy(blob: "blob-9", digest: "ab", size: 12, until: .of("2021-11-01"))
}
