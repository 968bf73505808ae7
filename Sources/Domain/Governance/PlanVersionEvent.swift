import Foundation

/// What happened to a version of the plan; the names and keys are stored for ever and never change.
package enum PlanVersionEvent: Sendable, Hashable {
    case drafted(Drafted)
    case fileWritten(FileWritten)
    case submitted(PlanStep)
    case returned(PlanStep)
    case questionAsked(QuestionAsked)
    case questionAnswered(QuestionAnswered)
    case questionSettled(QuestionSettled)
    case consented(PlanStep)
    case consentRefused(PlanStep)
    case agreed(Agreed)
    case adopted(Adopted)
    case enacted(Enacted)
    case reported(PlanStep)
    case withdrawn(PlanStep)

    package struct Drafted: Sendable, Hashable, Codable {
        package let key: PlanKey
        /// The version that it changes; nil for a version of which all files are its own.
        package let amends: PlanKey?
        package let title: Localized
        package let by: PersonID
        /// True for a version that was in force before it was recorded here: its files stand in the folder of plans, and
        /// only how it came about is told.
        package let known: Bool?
        package init(key: PlanKey, amends: PlanKey?, title: Localized, by: PersonID, known: Bool? = nil) {
            self.key = key
            self.amends = amends
            self.title = title
            self.by = by
            self.known = known
        }
    }

    package struct FileWritten: Sendable, Hashable, Codable {
        /// Path inside the folder of the version: `procedures/entry.yaml`.
        package let file: String
        /// The whole text; nil when the file is not of this version any more.
        package let text: String?
        package init(file: String, text: String?) {
            self.file = file
            self.text = text
        }
    }

    package struct QuestionAsked: Sendable, Hashable, Codable {
        package let id: String
        /// Key of a chapter of the plan; in words where the plan has no table of contents.
        package let chapter: String
        package let text: String
        /// Work group of the council that asks.
        package let group: String?
        package init(id: String, chapter: String, text: String, group: String? = nil) {
            self.id = id
            self.chapter = chapter
            self.text = text
            self.group = group
        }
    }

    package struct QuestionAnswered: Sendable, Hashable, Codable {
        package let id: String
        package let text: String
        package init(id: String, text: String) {
            self.id = id
            self.text = text
        }
    }

    package struct QuestionSettled: Sendable, Hashable, Codable {
        package let id: String
        package init(id: String) { self.id = id }
    }

    package struct Agreed: Sendable, Hashable, Codable {
        package let municipality: String
        package let step: PlanStep
        package init(municipality: String, step: PlanStep) {
            self.municipality = municipality
            self.step = step
        }
    }

    package struct Adopted: Sendable, Hashable, Codable {
        /// How each board voted, by its key.
        package let votes: [String: PlanVote]
        package let step: PlanStep
        package init(votes: [String: PlanVote], step: PlanStep) {
            self.votes = votes
            self.step = step
        }
    }

    package struct Enacted: Sendable, Hashable, Codable {
        package let from: Day
        /// The last day, when the period of the plan is known.
        package let until: Day?
        package let step: PlanStep
        package init(from: Day, until: Day? = nil, step: PlanStep) {
            self.from = from
            self.until = until
            self.step = step
        }
    }
}

/// When a step was done outside this program, by what paper it shows, and in what function it was recorded.
package struct PlanStep: Sendable, Hashable, Codable {
    /// The day on which it was done, which may lie before the day on which it was recorded.
    package let day: Day
    /// Function in which it was recorded; set by the rules, whatever a command says.
    package let function: String?
    package let document: PlanDocument?
    package let note: String?

    package init(day: Day, function: String? = nil, document: PlanDocument? = nil, note: String? = nil) {
        self.day = day
        self.function = function
        self.document = document
        self.note = note
    }
}

/// How a board voted.
package enum PlanVote: String, Sendable, Hashable, Codable, CaseIterable {
    case inFavour = "for"
    case against, absent
}

/// A paper that belongs to a step, such as the minutes of a meeting.
package struct PlanDocument: Sendable, Hashable, Codable {
    package let id: DocumentID
    package let name: String
    /// What the content was recognised as: `pdf`, `docx`.
    package let format: String
    /// In bytes.
    package let size: Int
    /// SHA-256 of the contents, in hexadecimal.
    package let digest: String
    /// Key under which the contents are kept.
    package let blob: String

    package init(id: DocumentID, name: String, format: String, size: Int, digest: String, blob: String) {
        self.id = id
        self.name = name
        self.format = format
        self.size = size
        self.digest = digest
        self.blob = blob
    }
}

extension PlanVersionEvent {
    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .drafted: "plan.drafted.v1"
        case .fileWritten: "plan.file-written.v1"
        case .submitted: "plan.submitted.v1"
        case .returned: "plan.returned.v1"
        case .questionAsked: "plan.question-asked.v1"
        case .questionAnswered: "plan.question-answered.v1"
        case .questionSettled: "plan.question-settled.v1"
        case .consented: "plan.consented.v1"
        case .consentRefused: "plan.consent-refused.v1"
        case .agreed: "plan.agreed.v1"
        case .adopted: "plan.adopted.v1"
        case .enacted: "plan.enacted.v1"
        case .reported: "plan.reported.v1"
        case .withdrawn: "plan.withdrawn.v1"
        }
    }

    /// The payload as stored: JSON with frozen keys, sorted so that equal events are equal bytes.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return switch self {
        case .drafted(let value): try encoder.encode(value)
        case .fileWritten(let value): try encoder.encode(value)
        case .questionAsked(let value): try encoder.encode(value)
        case .questionAnswered(let value): try encoder.encode(value)
        case .questionSettled(let value): try encoder.encode(value)
        case .agreed(let value): try encoder.encode(value)
        case .adopted(let value): try encoder.encode(value)
        case .enacted(let value): try encoder.encode(value)
        case .submitted(let step), .returned(let step), .consented(let step), .consentRefused(let step),
            .reported(let step), .withdrawn(let step):
            try encoder.encode(step)
        }
    }

    /// Reads a stored event of any version ever written.
    ///
    /// - Throws: `UnknownEvent` for a name this program has never written, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        let decoder = JSONDecoder()
        func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value { try decoder.decode(type, from: payload) }
        self =
            switch name {
            case "plan.drafted.v1": .drafted(try value())
            case "plan.file-written.v1": .fileWritten(try value())
            case "plan.submitted.v1": .submitted(try value())
            case "plan.returned.v1": .returned(try value())
            case "plan.question-asked.v1": .questionAsked(try value())
            case "plan.question-answered.v1": .questionAnswered(try value())
            case "plan.question-settled.v1": .questionSettled(try value())
            case "plan.consented.v1": .consented(try value())
            case "plan.consent-refused.v1": .consentRefused(try value())
            case "plan.agreed.v1": .agreed(try value())
            case "plan.adopted.v1": .adopted(try value())
            case "plan.enacted.v1": .enacted(try value())
            case "plan.reported.v1": .reported(try value())
            case "plan.withdrawn.v1": .withdrawn(try value())
            default: throw UnknownEvent(name: name)
            }
    }
}
