/// A place to go, as it is called.
struct Link: Sendable {
    let label: String
    let href: String

    init(_ label: String, _ href: String) {
        self.label = label
        self.href = href
    }

    init(_ label: String, _ address: Address) {
        self.init(label, address.path)
    }
}

extension Link: Showing {
    var shown: Shown {
        ["label": label.shown, "href": href.shown]
    }
}
