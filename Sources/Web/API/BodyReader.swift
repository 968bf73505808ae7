import Domain
import Foundation

/// Reads the members of one object in a body and gathers every fault, so that nobody mends a body one fault at a time.
///
/// What cannot be read comes back as something empty; `faults` says so, and then nothing that was read is used. A member that
/// nobody asked for is a fault too: a misspelt one would otherwise be lost unseen.
final class BodyReader {
    private let members: [String: JSON]
    private let pointer: String
    private var own: [UnreadableBody.Fault] = []
    private var asked: Set<String> = []
    private var inside: [BodyReader] = []

    init(_ json: JSON, at pointer: String = "") {
        self.pointer = pointer
        if let object = json.object {
            members = object
        } else {
            members = [:]
            own.append(.init(place: .body(pointer), kind: .type("object")))
        }
    }

    /// Everything that is wrong here and inside, in order of place.
    var faults: [UnreadableBody.Fault] {
        let unknown = members.keys.filter { !asked.contains($0) }.sorted().map { fault($0, .unknown) }
        return own + unknown + inside.flatMap(\.faults)
    }

    private func fault(_ name: String, _ kind: UnreadableBody.Kind) -> UnreadableBody.Fault {
        .init(place: .body("\(pointer)/\(Self.escaped(name))"), kind: kind)
    }

    private static func escaped(_ name: String) -> String { name.replacing("~", with: "~0").replacing("/", with: "~1") }

    private func member(_ name: String) -> JSON? {
        asked.insert(name)
        return members[name].flatMap { $0 == .null ? nil : $0 }
    }

    /// A member that may be absent, read in one way; absent and null are the same.
    private func optional<Value>(_ name: String, _ type: String, _ read: (JSON) -> Value?) -> Value? {
        guard let member = member(name) else { return nil }
        guard let value = read(member) else {
            own.append(fault(name, .type(type)))
            return nil
        }
        return value
    }

    private func required<Value>(_ name: String, _ type: String, otherwise: Value, _ read: (JSON) -> Value?) -> Value {
        if member(name) == nil { own.append(fault(name, .missing)) }
        return optional(name, type, read) ?? otherwise
    }

    // MARK: Values

    func text(_ name: String) -> String { clean(name, required(name, "text", otherwise: "") { $0.text }) }

    func optionalText(_ name: String) -> String? { optional(name, "text") { $0.text }.map { clean(name, $0) } }

    func bool(_ name: String) -> Bool { required(name, "boolean", otherwise: false) { $0.bool } }

    func optionalBool(_ name: String) -> Bool? { optional(name, "boolean") { $0.bool } }

    func optionalInt(_ name: String) -> Int? { optional(name, "integer") { $0.int } }

    /// A day; `otherwise` when it is absent, and a fault when there is nothing instead.
    func day(_ name: String, otherwise: Day? = nil) -> Day {
        if otherwise == nil, member(name) == nil { own.append(fault(name, .missing)) }
        guard let text = optionalText(name) else { return otherwise ?? .earliest }
        guard let day = Day(text) else {
            own.append(fault(name, .day))
            return .earliest
        }
        return day
    }

    /// A day that may be absent.
    func optionalDay(_ name: String) -> Day? {
        member(name) == nil ? nil : day(name, otherwise: .earliest)
    }

    /// One of the codes of a type; `otherwise` when it is absent and may be, else a fault.
    func code<Code: RawRepresentable<String> & CaseIterable>(
        _ name: String, mayBeAbsent: Bool = false, otherwise: Code
    ) -> Code {
        if !mayBeAbsent, member(name) == nil { own.append(fault(name, .missing)) }
        guard let text = optionalText(name) else { return otherwise }
        guard let code = Code(rawValue: text) else {
            own.append(fault(name, .code(Code.allCases.map(\.rawValue))))
            return otherwise
        }
        return code
    }

    /// Codes of a type, in a list; a fault when one is none of them or the list is absent.
    func codes<Code: RawRepresentable<String> & CaseIterable>(_ name: String) -> [Code] {
        required(name, "list", otherwise: []) { $0.list }.enumerated().compactMap { index, member in
            if let code = member.text.flatMap({ Code(rawValue: $0) }) { return code }
            own.append(
                .init(
                    place: .body("\(pointer)/\(Self.escaped(name))/\(index)"), kind: .code(Code.allCases.map(\.rawValue))))
            return nil
        }
    }

    /// Contents in base 64.
    func bytes(_ name: String) -> Data {
        let text = required(name, "text", otherwise: "") { $0.text }
        guard let data = Data(base64Encoded: text) else {
            own.append(fault(name, .base64))
            return Data()
        }
        return data
    }

    // MARK: Objects

    func object(_ name: String) -> BodyReader {
        if member(name) == nil { own.append(fault(name, .missing)) }
        let reader = BodyReader(member(name) ?? .object([:]), at: "\(pointer)/\(Self.escaped(name))")
        // What is missing altogether is one fault, not one for each of its members.
        if member(name) != nil { inside.append(reader) }
        return reader
    }

    /// An object that may be absent.
    func objectIfThere(_ name: String) -> BodyReader? { member(name) == nil ? nil : object(name) }

    /// The objects of a list; none when it is absent.
    func objects(_ name: String) -> [BodyReader] {
        let list = optional(name, "list") { $0.list } ?? []
        let readers = list.enumerated().map { BodyReader($1, at: "\(pointer)/\(Self.escaped(name))/\($0)") }
        inside += readers
        return readers
    }

    /// Answers to questions of the plan, by their keys; none when absent.
    func answers(_ name: String) -> Answers {
        var answers: Answers = [:]
        for (field, value) in sortedMembers(name) {
            let path = "\(name)/\(Self.escaped(field))"
            guard let answer = value.answer else {
                own.append(.init(place: .body("\(pointer)/\(path)"), kind: .type("answer")))
                continue
            }
            if !answer.values.allSatisfy(Self.isClean) {
                own.append(.init(place: .body("\(pointer)/\(path)"), kind: .control))
            }
            answers[field] = answer
        }
        return answers
    }

    /// Revisions by the keys of fields; none when absent.
    func revisions(_ name: String) -> [String: Int] {
        var revisions: [String: Int] = [:]
        for (field, value) in sortedMembers(name) {
            if let int = value.int {
                revisions[field] = int
            } else {
                own.append(.init(place: .body("\(pointer)/\(name)/\(Self.escaped(field))"), kind: .type("integer")))
            }
        }
        return revisions
    }

    private func sortedMembers(_ name: String) -> [(key: String, value: JSON)] {
        (optional(name, "object") { $0.object } ?? [:]).sorted { $0.key < $1.key }
    }

    // MARK: Texts

    private func clean(_ name: String, _ text: String) -> String {
        if !Self.isClean(text) { own.append(fault(name, .control)) }
        return text
    }

    /// Whether a text can be shown and printed: no control characters but tab and the ends of lines.
    private static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control || ["\t", "\n", "\r"].contains($0) }
    }
}
