import Foundation

/// What happened to a question about a child that nobody named; names and keys are stored for ever.
package enum QuestionEvent: Sendable, Hashable {
    case asked(Asked)
    case told(Told)
    case closed
    /// It became a dossier; which one is not said, so that nothing leads from here to a child.
    case brought

    package struct Asked: Sendable, Hashable, Codable {
        /// Which kind of the plan's questions it is.
        package let kind: String
        package let school: OrganisationID
        /// The group that the child is in; nil when it was not said.
        package let group: String?
        /// The function by which it was asked.
        package let function: String
        package let text: String
        package init(kind: String, school: OrganisationID, group: String?, function: String, text: String) {
            self.kind = kind
            self.school = school
            self.group = group
            self.function = function
            self.text = text
        }
    }

    package struct Told: Sendable, Hashable, Codable {
        package let text: String
        /// The function by which it was said.
        package let function: String
        package let isAnswer: Bool
        package init(text: String, function: String, isAnswer: Bool) {
            self.text = text
            self.function = function
            self.isAnswer = isAnswer
        }
    }

    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .asked: "question.asked.v1"
        case .told: "question.told.v1"
        case .closed: "question.closed.v1"
        case .brought: "question.brought.v1"
        }
    }

    /// The payload as stored.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return switch self {
        case .asked(let value): try encoder.encode(value)
        case .told(let value): try encoder.encode(value)
        case .closed, .brought: Data("{}".utf8)
        }
    }

    /// Reads a stored event.
    ///
    /// - Throws: `UnknownEvent`, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        let decoder = JSONDecoder()
        self =
            switch name {
            case "question.asked.v1": .asked(try decoder.decode(Asked.self, from: payload))
            case "question.told.v1": .told(try decoder.decode(Told.self, from: payload))
            case "question.closed.v1": .closed
            case "question.brought.v1": .brought
            default: throw UnknownEvent(name: name)
            }
    }
}
