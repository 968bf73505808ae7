import Domain
import Foundation
import Testing

@testable import Journal

@Suite("Seals of the vault")
struct VaultSealTests {
    private let key = StreamKey.generate()
    private let stream = StreamID("dossier-mila")

    private var seal: VaultSeal { .blob(key, id: "a", stream: stream) }

    @Test(
        "what is sealed opens as it was, whatever its size",
        arguments: [0, 1, 28, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
    func opens(size: Int) throws {
        let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0) })
        let sealed = try seal.sealed(bytes)
        #expect(sealed.count == size + 28 * max(1, (size + VaultSeal.chunk - 1) / VaultSeal.chunk))
        #expect(seal.opened(sealed) == bytes)
        // A slice does not begin at 0.
        #expect(seal.opened((Data([1, 2, 3]) + sealed).dropFirst(3)) == bytes)
    }

    @Test("the same bytes are sealed differently each time")
    func fresh() throws {
        #expect(try seal.sealed(Data([1, 2, 3])) != seal.sealed(Data([1, 2, 3])))
    }

    @Test("pieces left out at the end, at the beginning or in between do not open, though each piece is whole")
    func pieces() throws {
        let sealed = try seal.sealed(Data(count: 3 << 20))
        let piece = VaultSeal.chunk + 28
        for wrong in [
            sealed.prefix(2 * piece), sealed.dropFirst(piece), sealed.prefix(piece) + sealed.dropFirst(2 * piece),
            sealed + sealed.suffix(piece), sealed.suffix(piece) + sealed.dropFirst(piece), Data(),
        ] {
            #expect(seal.opened(wrong) == nil)
        }
    }

    @Test("a seal opens for its own key, stream and id only")
    func bound() throws {
        let sealed = try seal.sealed(Data("Mila".utf8))
        #expect(VaultSeal.blob(.generate(), id: "a", stream: stream).opened(sealed) == nil)
        #expect(VaultSeal.blob(key, id: "b", stream: stream).opened(sealed) == nil)
        #expect(VaultSeal.blob(key, id: "a", stream: StreamID("dossier-sem")).opened(sealed) == nil)
        #expect(VaultSeal.draft(key, person: PersonID("p"), form: "a", stream: stream).opened(sealed) == nil)
        #expect(seal.opened(sealed) == Data("Mila".utf8))
    }
}
