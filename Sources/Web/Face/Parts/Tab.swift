/// One of a few pages that belong together, and whether it is the one that is open.
struct Tab: Sendable {
    let label: String
    let href: String
    let current: Bool

    /// The pages of the administration.
    enum Administration: Sendable, CaseIterable {
        case people, schools, health
    }

    /// The tabs of the administration, with the open one marked; nil on a page below them.
    static func administration(_ current: Administration?, texts: Texts) -> [Tab] {
        Administration.allCases.map { page in
            switch page {
            case .people: Tab(label: texts("people.tab"), href: Address.people.path, current: page == current)
            case .schools: Tab(label: texts("schools.tab"), href: Address.schools.path, current: page == current)
            case .health: Tab(label: texts("health.tab"), href: Address.health.path, current: page == current)
            }
        }
    }
}

extension Tab: Showing {
    var shown: Shown {
        ["label": label.shown, "href": href.shown, "current": current.shown]
    }
}
