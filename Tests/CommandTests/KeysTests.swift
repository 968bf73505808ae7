import Foundation
import Testing

@Suite("sentrum keys rewrap")
struct KeysTests {
    @Test("from then on the new master key opens everything and the old one nothing; done again it does no harm")
    func rewrap() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let fresh = scratch.path("new.key")
        struct Result: Decodable {
            let keys: Int
        }
        let done = try Tool.sentrum("keys", "rewrap", data, "--new-key-file", fresh, "--json")
        #expect(done.status == 0, "\(done.err)")
        #expect(try done.json(Result.self).keys > 0)
        let old = try Tool.sentrum("account", "list", data)
        #expect(old.status == 70)
        #expect(old.err.contains("master-key-wrong"))
        let list = try Tool.sentrum("account", "list", data, "--key-file", fresh)
        #expect(list.out.contains("an@example.org"))
        #expect(try Tool.sentrum("journal", "verify", data, "--key-file", fresh).status == 0)
        let again = try Tool.sentrum("keys", "rewrap", data, "--new-key-file", fresh, "--json")
        #expect(try again.json(Result.self).keys == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: fresh)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test("a master key that is neither of the two changes nothing")
    func wrong() throws {
        let scratch = try Scratch()
        let data = try scratch.installation()
        let other = try scratch.installation("other")
        let refused = try Tool.sentrum(
            "keys", "rewrap", data, "--key-file", other + "/keys/master.key", "--new-key-file", scratch.path("new.key"))
        #expect(refused.status == 70)
        #expect(try Tool.sentrum("account", "list", data).status == 0)
    }
}
