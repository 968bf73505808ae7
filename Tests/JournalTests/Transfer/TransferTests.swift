import Domain
import Foundation
import Testing

@testable import Journal

@Suite("A package between two partnerships")
struct TransferTests {
    private let sender: TransferKey
    private let receiver: TransferKey
    private let stranger: TransferKey
    private let moment = Instant(milliseconds: 1_793_606_700_000)
    private let words = Data("Noor leest graag over vogels.".utf8)

    init() throws {
        sender = try TransferKey(secret: Data(repeating: 1, count: 32), name: "Samenwerkingsverband Oost")
        receiver = try TransferKey(secret: Data(repeating: 2, count: 32), name: "Samenwerkingsverband VO West")
        stranger = try TransferKey(secret: Data(repeating: 3, count: 32), name: "Iemand anders")
    }

    private func fault(_ key: TransferKey, _ package: Data, knowing: [TransferCard]? = nil) -> TransferFault? {
        do {
            _ = try key.open(package, knowing: knowing ?? [sender.card])
            return nil
        } catch {
            return error
        }
    }

    @Test("The other opens what was sealed for it, and knows from whom and when")
    func opens() throws {
        let package = try sender.package(words, for: receiver.card, made: moment)
        let opened = try receiver.open(package, knowing: [stranger.card, sender.card])
        #expect(opened.from == sender.card)
        #expect(opened.made == moment)
        #expect(opened.contents == words)
        // Nothing of it can be read on the way, and no two are alike.
        #expect(package.range(of: Data("Noor".utf8)) == nil)
        #expect(try package != sender.package(words, for: receiver.card, made: moment))
        #expect(TransferKey.isPackage(package))
    }

    @Test("Nobody else opens it: not a third, and not who made it")
    func closed() throws {
        let package = try sender.package(words, for: receiver.card, made: moment)
        #expect(fault(stranger, package) == .forAnother)
        #expect(fault(sender, package) == .forAnother)
    }

    @Test("What comes from somebody whose card is not kept is not opened, though it is sealed well")
    func unknown() throws {
        let package = try stranger.package(words, for: receiver.card, made: moment)
        #expect(fault(receiver, package) == .unknownSender)
        #expect(fault(receiver, package, knowing: []) == .unknownSender)
    }

    @Test("Whoever changes one byte, anywhere, or cuts something off, is found out")
    func altered() throws {
        let package = try sender.package(words, for: receiver.card, made: moment)
        for index in package.indices {
            var other = package
            other[index] ^= 1
            #expect(fault(receiver, other) != nil, "byte \(index)")
        }
        for length in 0..<package.count { #expect(fault(receiver, package.prefix(length)) != nil, "\(length) bytes") }
        #expect(fault(receiver, package + Data([0])) != nil)
    }

    @Test("A stranger who puts a sender's name on a package of their own is found out")
    func forged() throws {
        let package = try stranger.package(words, for: receiver.card, made: moment)
        let text = package.range(of: Data(stranger.card.keys.utf8))
        var forged = package
        forged.replaceSubrange(try #require(text), with: Data(sender.card.keys.utf8))
        #expect(fault(receiver, forged) == .altered)
    }

    @Test(
        "What is no package is refused as such",
        arguments: ["", "x", "sentrum-transfer/1\n", "sentrum-transfer/1\n{}\nabc", "%PDF-1.7"])
    func none(_ text: String) {
        #expect(fault(receiver, Data(text.utf8)) == .notAPackage)
        #expect(fault(receiver, Data(text.utf8) + Data(repeating: 65, count: 5_000)) == .notAPackage)
    }

    @Test("A card reads as it was written, has words of its own, and anything else is none")
    func card() throws {
        let card = sender.card
        #expect(TransferCard(card.description) == card)
        #expect(TransferCard(card.description.replacing("\n", with: "\r\n")) == card)
        #expect(card.fingerprint.count == 39)
        #expect(Set([sender, receiver, stranger].map(\.card.fingerprint)).count == 3)
        // The name is part of what is read aloud.
        let renamed = try TransferKey(secret: Data(repeating: 1, count: 32), name: "Samenwerkingsverband Ooost")
        #expect(renamed.card.fingerprint != card.fingerprint)
        #expect(renamed.card.keys == card.keys)
        // A package of a partnership that was renamed since is still of one that is known.
        let package = try renamed.package(words, for: receiver.card, made: moment)
        #expect(try receiver.open(package, knowing: [card]).from == card)
        for wrong in ["", "sentrum-card/1", card.description + "name: x\n", card.description.replacing("signing", with: "sign")] {
            #expect(TransferCard(wrong) == nil)
        }
        #expect(throws: TransferFault.key) { _ = try TransferKey(secret: Data(repeating: 1, count: 32), name: "a\nb") }
    }

    @Test("The key is made once, for its owner only")
    func file() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "transfer-\(UUID().uuidString).key")
        defer { try? FileManager.default.removeItem(at: file) }
        let made = try TransferKey.loadOrCreate(at: file, name: "Oost")
        #expect(try TransferKey.loadOrCreate(at: file, name: "Oost").card == made.card)
        #expect(try TransferKey.load(from: file, name: "Oost").card == made.card)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        // One that is lost is not replaced by whoever only uses it.
        try FileManager.default.removeItem(at: file)
        #expect(throws: TransferFault.key) { _ = try TransferKey.load(from: file, name: "Oost") }
    }
}
