import Journal
import Testing

@Suite("A name key")
struct NameKeyTests {
    @Test(
        "is plain lower-case letters, words parted by one space",
        arguments: [
            ("Visser", "visser"), ("van der  Meer", "van der meer"), ("Çelik", "celik"), ("Özdemir", "ozdemir"),
            ("Wiśniewski-Łuk", "wisniewski luk"), ("'t Hart", "t hart"), ("D\u{2019}Arcy", "darcy"), ("Straße", "strasse"),
            ("IJsbrand", "ijsbrand"), ("Ĳsbrand", "ijsbrand"), ("Yılmaz", "yilmaz"), ("  (Anna) ", "anna"), ("", ""),
            ("Bjørn Åse", "bjorn ase"), ("Nguyễn", "nguyen"), ("Anna2", "anna2"), ("e\u{301}", "e"),
        ])
    func folds(name: String, key: String) {
        #expect(NameKey.fold(name) == key)
    }

    @Test("has the family name first")
    func familyFirst() {
        #expect(NameKey.of(given: "Anna", family: "de Vries") == "de vries anna")
        #expect(NameKey.of(given: "Anna", family: "") == "anna")
    }

    @Test(
        "matches when each word begins one of its words",
        arguments: [
            ("de vries anna", "vri", true), ("de vries anna", "an vr", true), ("de vries anna", "ries", false),
            ("de vries anna", "vri bo", false), ("de vries anna", "", true), ("de vries anna", "Ann\u{E1}", true),
            ("de vries anna", "annas", false),
        ])
    func matches(key: String, search: String, expected: Bool) {
        #expect(NameKey.matches(key, words: NameKey.searchWords(search)) == expected)
    }
}
