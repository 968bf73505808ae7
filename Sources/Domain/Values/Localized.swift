/// A language in which SENtrum speaks.
package enum Language: String, Sendable, Codable, CaseIterable {
    case nl, en
}

/// One text in every language that SENtrum speaks; plans must give both.
package struct Localized: Hashable, Sendable, Codable {
    package let nl: String
    package let en: String

    package init(nl: String, en: String) {
        self.nl = nl
        self.en = en
    }

    /// The text in the given language.
    package subscript(_ language: Language) -> String {
        switch language {
        case .nl: nl
        case .en: en
        }
    }
}
