/// The tags of a page, read well enough to check it: not a parser of HTML, but strict about what the templates write.
struct Markup {
    struct Tag: CustomStringConvertible {
        let name: String
        let attributes: [String: String]
        var description: String {
            "<\(name) \(attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))>"
        }
    }

    /// Every opening tag, in order.
    private(set) var opened: [Tag] = []
    /// What is closed without being open, or stays open: nil when the page is well formed.
    private(set) var unbalanced: String?

    private static let empty: Set<String> = ["meta", "link", "input", "br", "hr", "img", "path", "circle", "line"]

    init(_ html: String) {
        var open: [String] = []
        for match in html.matches(of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|[^">])*)>/) {
            let name = String(match.2)
            if match.1 == "/" {
                if open.last == name {
                    open.removeLast()
                } else if unbalanced == nil {
                    unbalanced = "</\(name)> after <\(open.last ?? "nothing")>, tag \(opened.count)"
                }
                continue
            }
            var attributes: [String: String] = [:]
            for attribute in match.3.matches(of: /([^\s"=\/]+)(?:="([^"]*)")?/) {
                attributes[String(attribute.1)] = attribute.2.map(String.init) ?? ""
            }
            opened.append(Tag(name: name, attributes: attributes))
            if !Self.empty.contains(name), !match.3.hasSuffix("/") { open.append(name) }
        }
        if let left = open.last, unbalanced == nil { unbalanced = "<\(left)> stays open" }
    }

    /// The opening tags of this name.
    func tags(_ name: String) -> [Tag] { opened.filter { $0.name == name } }
}
