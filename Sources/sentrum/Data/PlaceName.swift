/// The name of a place as it is written, from the capitals of a register.
enum PlaceName {
    private static let small: Set<String> = ["aan", "bij", "de", "den", "der", "en", "het", "in", "op", "van"]

    /// `HOEK VAN HOLLAND` is Hoek van Holland, `'S-GRAVENZANDE` is 's-Gravenzande, `IJMUIDEN` is IJmuiden.
    static func written(_ capitals: String) -> String {
        let words = capitals.lowercased().split(separator: " ").map(String.init)
        return words.enumerated().map { index, word in
            index > 0 && small.contains(word)
                ? word : word.split(separator: "-").map { capital(String($0)) }.joined(separator: "-")
        }.joined(separator: " ")
    }

    /// `'s` and `'t` stay small, and the ij is one letter.
    private static func capital(_ word: String) -> String {
        guard !word.hasPrefix("'") else { return word }
        let length = word.hasPrefix("ij") ? 2 : 1
        return word.prefix(length).uppercased() + word.dropFirst(length)
    }
}
