import Testing

@testable import Domain

@Suite("Pictures")
struct PictureHeaderTests {
    @Test("the size is read from the header of every kind")
    func sizes() throws {
        let wide = [
            DocumentSamples.png(width: 4000, height: 30), DocumentSamples.jpeg(width: 4000, height: 30),
            DocumentSamples.jpeg(width: 4000, height: 30, frame: 0xC0),
            DocumentSamples.webp("VP8 ", width: 4000, height: 30), DocumentSamples.webp("VP8L", width: 4000, height: 30),
            DocumentSamples.webp("VP8X", width: 4000, height: 30), DocumentSamples.heic(sizes: [(4000, 30), (16, 16)]),
            DocumentSamples.heic(brand: "mif1", compatible: ["miaf", "heic"], sizes: [(16, 16), (4000, 30)]),
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
        let exact = DocumentSamples.png(width: 300, height: 200)
        #expect(try DocumentFormat.recognise(exact, name: "a.png", limits: limits) == .png)
        let makers: [(Int, Int) -> [UInt8]] = [
            { DocumentSamples.png(width: $0, height: $1) }, { DocumentSamples.jpeg(width: $0, height: $1) },
            { DocumentSamples.webp("VP8X", width: $0, height: $1) }, { DocumentSamples.heic(sizes: [($0, $1)]) },
        ]
        for make in makers {
            #expect(throws: DocumentRefusal.bomb) { try DocumentFormat.recognise(make(300, 201), name: "a", limits: limits) }
        }
        for huge in [
            DocumentSamples.png(width: 0xFFFF_FFFF, height: 0xFFFF_FFFF),
            DocumentSamples.heic(sizes: [(0xFFFF_FFFF, 0xFFFF_FFFF)]),
        ] {
            #expect(throws: DocumentRefusal.bomb) { try DocumentFormat.recognise(huge, name: "a") }
        }
    }

    @Test("a picture that does not say its size, or says none, is damaged")
    func damaged() {
        let broken: [[UInt8]] = [
            Array(DocumentSamples.png(width: 1, height: 1).prefix(20)), DocumentSamples.png(width: 0, height: 10),
            Array(DocumentSamples.jpeg(width: 1, height: 1).prefix(24)), DocumentSamples.jpeg(width: 10, height: 0),
            [0xFF, 0xD8, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], Array(DocumentSamples.webp("VP8L", width: 1, height: 1).prefix(22)),
            DocumentSamples.webp("ALPH", width: 1, height: 1), DocumentSamples.heic(sizes: []),
            Array(DocumentSamples.heic(sizes: [(9, 9)]).prefix(40)),
        ]
        for bytes in broken {
            #expect(throws: DocumentRefusal.damaged) { try DocumentFormat.recognise(bytes, name: "foto") }
        }
    }
}
