import Foundation

/// Which passwords may be chosen.
///
/// Length counts, not a mix of kinds of characters: that is what NIST SP 800-63B 3.1.1.2 and ASVS 5.0 6.2 ask.
package enum PasswordRule {
    /// What is wrong with a password that somebody chooses; the raw value is its stable code.
    package enum Fault: String, Hashable, Sendable, CaseIterable {
        /// Fewer than 12 characters.
        case tooShort = "password.too-short"
        /// More than 256 characters.
        case tooLong = "password.too-long"
        /// The e-mail address, or a part of it or of the name of four letters or more, is in it.
        case aboutYou = "password.about-you"
        /// Among the first that anybody would try: a common word with a number, a row of keys, a repetition.
        case tooCommon = "password.too-common"
        /// The password that there is already; told where it is known, which is not here.
        case unchanged = "password.unchanged"
    }

    package static let shortest = 12
    package static let longest = 256

    /// Everything that is wrong with the password; nothing if it may be chosen.
    package static func faults(_ password: String, email: String, name: String?) -> [Fault] {
        var faults: [Fault] = []
        if password.count < shortest { faults.append(.tooShort) }
        if password.count > longest || password.utf8.count > PasswordHash.longestPassword { faults.append(.tooLong) }
        guard !faults.contains(.tooLong) else { return faults }
        let folded = fold(password)
        // What stands behind the @ is no secret of one person, and often an ordinary word.
        let parts = [fold(email)] + words(String(email.prefix { $0 != "@" })) + words(name ?? "")
        if parts.contains(where: { $0.count >= 4 && folded.contains($0) }) { faults.append(.aboutYou) }
        if isCommon(folded) { faults.append(.tooCommon) }
        return faults
    }

    /// Without capitals and accents.
    private static func fold(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil).lowercased()
    }

    private static func words(_ text: String) -> [String] { fold(text).split { !$0.isLetter }.map(String.init) }

    private static func isCommon(_ folded: String) -> Bool {
        if Set(folded).count < 5 || isRepeated(folded) || isRow(folded) { return true }
        // What is put before and after a word is taken off, then signs for letters are undone: W@chtw00rd2024! is wachtwoord.
        let core = folded.drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed()
        return [String(core), String(core.map { signs[$0] ?? $0 })].contains { text in
            let word = text.filter(\.isLetter)
            return word.isEmpty || commonWords.contains(word) || CommonPasswords.contains(word)
        } || CommonPasswords.contains(folded)
    }

    private static let signs: [Character: Character] = [
        "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s",
    ]

    /// True if it is one shorter piece over and over, the last one perhaps cut off: `welkomwelkom`, `abcdeabcdeab`.
    private static func isRepeated(_ text: String) -> Bool {
        let characters = Array(text)
        guard characters.count > 1 else { return true }
        return (1...(characters.count / 2)).contains { length in
            characters.indices.allSatisfy { characters[$0] == characters[$0 % length] }
        }
    }

    /// True if eight characters in sequence are neighbours: in the alphabet, among the digits or on the keyboard.
    private static func isRow(_ text: String) -> Bool {
        let characters = Array(text)
        guard characters.count >= 8 else { return false }
        return (0...(characters.count - 8)).contains { start in
            let piece = String(characters[start..<(start + 8)])
            return rows.contains { $0.contains(piece) }
        }
    }

    private static let rows: [String] = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
        "qwertyuiopasdfghjklzxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.",
    ].flatMap { [$0, String($0.reversed())] }
}
