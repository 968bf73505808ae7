import Domain

extension SchoolLocation.Kind {
    /// The kind of school as it is said, instead of by its key.
    package var said: Localized {
        switch self {
        case .bo: Localized(nl: "basisschool", en: "primary school")
        case .sbo: Localized(nl: "school voor speciaal basisonderwijs", en: "special primary school")
        case .so: Localized(nl: "school voor speciaal onderwijs", en: "school for special education")
        case .vso: Localized(nl: "school voor voortgezet speciaal onderwijs", en: "school for secondary special education")
        case .soVso:
            Localized(
                nl: "school voor (voortgezet) speciaal onderwijs", en: "school for (secondary) special education")
        }
    }
}
