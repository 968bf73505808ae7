import Testing

@testable import Domain

/// A small random generator whose whole course follows from its seed (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Files made to hurt")
struct DocumentFuzzTests {
    @Test("bytes changed at random are recognised or refused, never a crash and never a wait", arguments: 1...8)
    func mutations(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var outcomes: Set<String> = []
        let clock = ContinuousClock()
        for round in 0..<1500 {
            var bytes = DocumentSamples.all[round % DocumentSamples.all.count].bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            var outcome = ""
            let time = clock.measure {
                do throws(DocumentRefusal) {
                    outcome = try DocumentFormat.recognise(bytes, name: "bijlage").rawValue
                } catch {
                    outcome = error.code
                }
            }
            outcomes.insert(outcome)
            #expect(time < .seconds(5), "seed \(seed), round \(round)")
        }
        // If nearly everything were refused at the first byte, the loop would prove nothing.
        #expect(outcomes.isSuperset(of: ["document.damaged", "document.unknown-type", "docx", "doc", "heic"]), "seed \(seed)")
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        let at = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[at] = UInt8.random(in: .min ... .max, using: &random)
        case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2:
            for index in at..<min(at + 4, bytes.count) {
                bytes[index] = [0x00, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
            }
        case 3: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...64, using: &random)))
        case 4: bytes.insert(contentsOf: bytes[at..<min(at + 32, bytes.count)], at: at)
        default: bytes.removeSubrange(at..<min(at + 8, bytes.count))
        }
    }

    @Test("a long file of headers without end is gone through once")
    func long() {
        let megabyte = 1 << 20
        let files: [[UInt8]] = [
            [0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: megabyte),
            DocumentSamples.box("ftyp", Array("heic".utf8) + big(0, 4))
                + (0..<(megabyte / 8)).flatMap { _ in DocumentSamples.box("free", []) },
            Array("%PDF-".utf8) + (0..<(megabyte / 8)).flatMap { _ in Array("/Encrypt".utf8) },
            [0x50, 0x4B, 3, 4] + (0..<(megabyte / 4)).flatMap { _ in [0x50, 0x4B, 5, 6] },
            CompoundFile.mark + [UInt8](repeating: 0, count: megabyte),
        ]
        let time = ContinuousClock().measure {
            for bytes in files { _ = try? DocumentFormat.recognise(bytes, name: "bijlage") }
        }
        #expect(time < .seconds(20))
    }
}
