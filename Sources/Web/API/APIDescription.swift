import Foundation
import Yams

/// The description of the interface, `openapi.yaml`, also as JSON: the same contents in both.
struct APIDescription: Sendable {
    let yaml: Data
    let json: Data

    /// - Throws: when the file is not there or is no YAML.
    init(_ file: URL) throws {
        yaml = try Data(contentsOf: file)
        // A date in an example is a text in JSON too.
        let tree = try Yams.load(yaml: String(decoding: yaml, as: UTF8.self), Resolver.default.removing(.timestamp))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        json = try encoder.encode(Self.json(tree))
    }

    private static func json(_ value: Any?) -> JSON {
        switch value {
        case let text as String: .text(text)
        case let bool as Bool: .bool(bool)
        case let int as Int: .int(int)
        case let number as Double: .number(number)
        case let list as [Any]: .list(list.map { json($0) })
        case let object as [AnyHashable: Any]:
            .object(
                Dictionary(
                    object.map { (String(describing: $0.key.base), json($0.value)) },
                    uniquingKeysWith: { first, _ in first }))
        default: .null
        }
    }
}
