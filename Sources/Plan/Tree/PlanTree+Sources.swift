/// Sources are gathered from the files themselves, so that a new word of the format cannot forget its own.
extension PlanTree {
    /// Every source of the version and its examples, in their order.
    var sources: [WrittenSource] {
        var found: [WrittenSource] = []
        Self.gather(root, path: "", into: &found)
        for (file, node) in examples {
            let name = file.split(separator: "/").last.map { $0.dropLast(5) } ?? ""
            Self.gather(node, path: "examples.\(name)", into: &found)
        }
        return found
    }

    private static func gather(_ node: PlanNode, path: String, into found: inout [WrittenSource]) {
        switch node.content {
        case .map(let entries):
            for entry in entries {
                let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if let text = entry.value.scalar {
                    guard entry.key == "source" || entry.key.hasSuffix("-source") else { continue }
                    found.append(WrittenSource(text: text, place: entry.value.place, path: path))
                } else {
                    gather(entry.value, path: path, into: &found)
                }
            }
        case .list(let nodes):
            for (index, node) in nodes.enumerated() { gather(node, path: "\(path).\(index + 1)", into: &found) }
        default: break
        }
    }
}
