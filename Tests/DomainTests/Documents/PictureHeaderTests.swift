import Testing

@testable import Domain

@Suite("Pictures")
struct PictureHeaderTests {
    @Test("the size is read from the header of every kind")
    func sizes() throws {
        let wide = [
            Samples.png(width: 4000, height: 30), Samples.jpeg(width: 4000, height: 30),
            Samples.jpeg(width: 4000, height: 30, frame: 0xC0),
            Samples.webp("VP8 ", width: 4000, height: 30), Samples.webp("VP8L", width: 4000, height: 30),
            Samples.webp("VP8X", width: 4000, height: 30), Samples.heic(sizes: [(4000, 30), (16, 16)]),
            Samples.heic(brand: "mif1", compatible: ["miaf", "heic"], sizes: [(16, 16), (4000, 30)]),
        ]
        for bytes in wide {
            let header = try #require(try PictureHeader(ByteReader(bytes: bytes)))
            #expect(header.width == 4000)
            #expect(header.height == 30)
        }
    }

    @Test("more pixels than the limit are refused, exactly as many are not")
    func bombs() throws {
        var limits = DocumentLimits.standard
        limits.pixels = 300 * 200
        let exact = Samples.png(width: 300, height: 200)
        #expect(try DocumentFormat.recognise(exact, name: "a.png", limits: limits) == .png)
        let makers: [(Int, Int) -> [UInt8]] = [
            { Samples.png(width: $0, height: $1) }, { Samples.jpeg(width: $0, height: $1) },
            { Samples.webp("VP8X", width: $0, height: $1) }, { Samples.heic(sizes: [($0, $1)]) },
        ]
        for make in makers {
            #expect(throws: DocumentRefusal.bomb) { try DocumentFormat.recognise(make(300, 201), name: "a", limits: limits) }
        }
        for huge in [Samples.png(width: 0xFFFF_FFFF, height: 0xFFFF_FFFF), Samples.heic(sizes: [(0xFFFF_FFFF, 0xFFFF_FFFF)])] {
            #expect(throws: DocumentRefusal.bomb) { try DocumentFormat.recognise(huge, name: "a") }
        }
    }

    @Test("a picture that does not say its size, or says none, is damaged")
    func damaged() {
        let broken: [[UInt8]] = [
            Array(Samples.png(width: 1, height: 1).prefix(20)), Samples.png(width: 0, height: 10),
            Array(Samples.jpeg(width: 1, height: 1).prefix(24)), Samples.jpeg(width: 10, height: 0), [0xFF, 0xD8, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], Array(Samples.webp("VP8L", width: 1, height: 1).prefix(22)),
            Samples.webp("ALPH", width: 1, height: 1), Samples.heic(sizes: []), Array(Samples.heic(sizes: [(9, 9)]).prefix(40)),
        ]
        for bytes in broken {
            #expect(throws: DocumentRefusal.damaged) { try DocumentFormat.recognise(bytes, name: "foto") }
        }
    }
}
