/// Something that a family asked with one of its rights: what, about what, by when it is answered, and what came of it.
package struct RightsRequest: Sendable, Hashable {
    /// What of a dossier it is about.
    package enum Subject: Hashable, Sendable {
        case all
        /// A part of the groeidocument, by its key in the plan.
        case part(String)
        case document(DocumentID)
    }

    /// How a request came in that the guardian did not send from an account: on which day, and as a letter or in words.
    package struct Received: Sendable, Hashable, Codable {
        /// From this day the term of the law counts (AVG art. 12 lid 3), not from the day on which somebody typed it in.
        package let on: Day
        package let way: Agreement.Way

        package init(on: Day, way: Agreement.Way) {
            self.on = on
            self.way = way
        }
    }

    /// What was asked, as it is stored.
    package struct Asked: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let right: Right
        package let subject: Subject
        /// In the family's own words.
        package let words: String
        /// For whom it was asked: the guardian as whom the asker stands in the dossier.
        package let guardian: GuardianID
        /// What the child says of it: always where the law lets it be heard, and else when it said something.
        package let childView: String?
        /// Whether a child that is old enough asks it itself, through the guardian.
        package let childAsks: Bool
        /// The last day on which there must be an answer.
        package let due: Day
        /// The article of that term.
        package let source: String
        /// How it came in when somebody else wrote it down for the guardian; nil when the guardian asked it here.
        package let received: Received?

        package init(
            id: RightsRequestID, right: Right, subject: Subject, words: String, guardian: GuardianID, childView: String?,
            childAsks: Bool, due: Day, source: String, received: Received? = nil
        ) {
            self.id = id
            self.right = right
            self.subject = subject
            self.words = words
            self.guardian = guardian
            self.childView = childView
            self.childAsks = childAsks
            self.due = due
            self.source = source
            self.received = received
        }
    }

    /// More words of the family.
    package struct Added: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let words: String
        /// How they came in when somebody else wrote them down for the guardian; nil when the guardian added them here.
        package let received: Received?
        package init(id: RightsRequestID, words: String, received: Received? = nil) {
            self.id = id
            self.words = words
            self.received = received
        }
    }

    package struct Withdrawn: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        /// How it came in when somebody else wrote it down for the guardian; nil when the guardian withdrew it here.
        package let received: Received?
        package init(id: RightsRequestID, received: Received? = nil) {
            self.id = id
            self.received = received
        }
    }

    /// A later last day, with its reason.
    package struct Prolonged: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let due: Day
        package let reason: String
        package init(id: RightsRequestID, due: Day, reason: String) {
            self.id = id
            self.due = due
            self.reason = reason
        }
    }

    /// Something that is left out of a copy, because it is about somebody else (AVG art. 15 lid 4).
    package struct Shield: Sendable, Hashable, Codable {
        /// The passage of the copy in which it was found.
        package let place: String
        /// The words; nil for the whole passage.
        package let words: String?
        /// Why, in words that stand in the copy.
        package let reason: String
        package init(place: String, words: String?, reason: String) {
            self.place = place
            self.words = words
            self.reason = reason
        }
    }

    /// Everything that is left out, as it was last.
    package struct Shielded: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let shields: [Shield]
        package init(id: RightsRequestID, shields: [Shield]) {
            self.id = id
            self.shields = shields
        }
    }

    package enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        case granted, partly, refused
    }

    /// Where the copy is kept, sealed, and until when it can be fetched.
    package struct Copy: Sendable, Hashable, Codable {
        package let blob: String
        package let digest: String
        package let size: Int
        /// The last day on which it can be fetched.
        package let until: Day

        package init(blob: String, digest: String, size: Int, until: Day) {
            self.blob = blob
            self.digest = digest
            self.size = size
            self.until = until
        }

        /// How many days it can be fetched, in every plan: long enough for a holiday, and no longer about than needed.
        package static let days = 28
    }

    package struct Decided: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let outcome: Outcome
        /// Why, in words that the family reads; may be empty where everything is granted.
        package let reason: String
        /// The article on which it is refused, wholly or in part.
        package let ground: String?
        package let copy: Copy?
        package init(id: RightsRequestID, outcome: Outcome, reason: String, ground: String?, copy: Copy?) {
            self.id = id
            self.outcome = outcome
            self.reason = reason
            self.ground = ground
            self.copy = copy
        }
    }

    /// Answers mended because of a request.
    package struct Corrected: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package let part: String
        package let answers: Answers
        package init(id: RightsRequestID, part: String, answers: Answers) {
            self.id = id
            self.part = part
            self.answers = answers
        }
    }

    /// That what rests will be used again, said before it is (AVG art. 18 lid 3).
    package struct Lifting: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        /// The first day on which it no longer rests.
        package let on: Day
        package let reason: String
        package init(id: RightsRequestID, on: Day, reason: String) {
            self.id = id
            self.on = on
            self.reason = reason
        }
    }

    /// That those who had received it know (AVG art. 19).
    package struct Told: Sendable, Hashable, Codable {
        package let id: RightsRequestID
        package init(id: RightsRequestID) { self.id = id }
    }

    /// Something said about a request, by whom and when.
    package struct Said<What: Sendable & Hashable>: Sendable, Hashable {
        package let what: What
        package let by: PersonID
        package let at: Instant
    }

    package let asked: Asked
    /// Who asked it here, or wrote it down for the guardian.
    package let by: PersonID
    package let at: Instant
    /// The last day on which there must be an answer, as it is now.
    package internal(set) var due: Day
    package internal(set) var added: [Said<Added>] = []
    package internal(set) var prolonged: Said<Prolonged>?
    package internal(set) var shields: [Shield] = []
    package internal(set) var corrected: [Said<Corrected>] = []
    package internal(set) var withdrawn: Said<Withdrawn>?
    package internal(set) var decided: Said<Decided>?
    package internal(set) var lifting: Said<Lifting>?
    package internal(set) var told: Said<Told>?

    init(_ asked: Asked, by: PersonID, at: Instant) {
        self.asked = asked
        self.by = by
        self.at = at
        due = asked.due
    }

    package var id: RightsRequestID { asked.id }
    package var right: Right { asked.right }

    /// The day on which it was asked, from which its term counts: of a letter or a conversation the day on which it came in.
    package var on: Day { asked.received?.on ?? at.day }

    /// Who wrote it down for the guardian; nil when the guardian asked it here.
    package var recordedBy: PersonID? { asked.received == nil ? nil : by }

    /// Whether it waits for an answer.
    package var isRunning: Bool { withdrawn == nil && decided == nil }

    /// Whether it was granted, wholly or in part.
    package var isGranted: Bool { decided.map { $0.what.outcome != .refused } ?? false }

    /// Whether what it is about rests on a day: while an objection is judged (AVG art. 18 lid 1 d, 21 lid 1), and after it or
    /// a restriction was granted, until the day on which it was said to end.
    package func restricts(on day: Day) -> Bool {
        guard withdrawn == nil, right.restricts else { return false }
        if decided == nil { return right == .objection }
        return isGranted && lifting.map { day < $0.what.on } ?? true
    }

    /// Whether its words stand beside what they are about: an addition that was granted, and a correction that was not wholly.
    package var isStatement: Bool {
        switch right {
        case .addition: isGranted
        case .correction: decided.map { $0.what.outcome != .granted } ?? false
        case .access, .copy, .restriction, .objection: false
        }
    }

    /// What the guardian asked and added here, or what the letter said with which it began.
    package var firstWords: [String] { [asked.words] + added.filter { $0.what.received == nil }.map(\.what.words) }

    /// What was written down for the guardian later, oldest first.
    package var furtherWords: [(said: Said<Added>, received: Received)] {
        added.compactMap { said in said.what.received.map { (said, $0) } }
    }

    /// Everybody who wrote something of it down for the guardian.
    package var writers: Set<PersonID> {
        Set([recordedBy, withdrawn?.what.received == nil ? nil : withdrawn?.by].compactMap(\.self) + furtherWords.map(\.said.by))
    }

    /// The parts of a dossier that it is about, or must be read to handle it.
    package var parts: Set<DossierPart> {
        if right.isAnsweredByCopy { return Set(DossierPart.allCases) }
        return switch asked.subject {
        case .all: Set(DossierPart.allCases)
        case .part: [.child, .groeidocument]
        case .document: [.child, .documents]
        }
    }

    /// The parts in which what it is about stands.
    var place: Set<DossierPart> {
        switch asked.subject {
        case .all: [.groeidocument, .documents]
        case .part: [.groeidocument]
        case .document: [.documents]
        }
    }
}

/// One time that a family asked something with one of its rights.
package struct RightsRequestID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}

extension RightsRequest.Subject: Codable {
    /// "all", "part:general", "document:x7k2": nil for anything else.
    package init?(_ text: String) {
        if text == "all" {
            self = .all
            return
        }
        let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard halves.count == 2 else { return nil }
        switch halves[0] {
        case "part": self = .part(halves[1])
        case "document": self = .document(DocumentID(halves[1]))
        default: return nil
        }
    }

    /// The spelling that is stored.
    package var text: String {
        switch self {
        case .all: "all"
        case .part(let part): "part:\(part)"
        case .document(let document): "document:\(document)"
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let subject = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no part of a dossier")
        }
        self = subject
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
