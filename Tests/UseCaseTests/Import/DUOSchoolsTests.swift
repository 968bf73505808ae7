import Domain
import Foundation
import Testing

@testable import UseCases

@Suite("Schools from DUO's files")
struct DUOSchoolsTests {
    private static func fixture(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    /// The four-digit areas of one partnership.
    private static func areas() throws -> Set<String> {
        Set(String(decoding: try fixture("areas.txt"), as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init))
    }

    @Test("both files and a partnership's areas give exactly its locations")
    func partnership() throws {
        let areas = try Self.areas()
        #expect(areas.count == 18)
        let ordinary = try DUOSchools.read(try Self.fixture("duo-02.csv"), source: .file02, postcodes: areas)
        let special = try DUOSchools.read(try Self.fixture("duo-09.csv"), source: .file09, postcodes: areas)
        #expect(ordinary.problems.isEmpty)
        #expect(special.problems.isEmpty)
        #expect(ordinary.outside == 6)
        #expect(special.outside == 2)
        let all = ordinary.locations + special.locations
        #expect(all.count == 46)
        #expect(Set(all.map(\.code)).count == 46)
        let kinds = Dictionary(grouping: all, by: \.kind).mapValues(\.count)
        #expect(kinds == [.bo: 42, .sbo: 1, .so: 1, .soVso: 2])
        #expect(Set(all.map(\.board)).count == 13)
        #expect(all.allSatisfy { $0.holidayRegion == .midden })
        #expect(Set(all.map(\.postcodeArea)).isSubset(of: areas))
    }

    @Test("every field of a location is taken as it stands, spaces for nothing")
    func fields() throws {
        let special = try DUOSchools.read(try Self.fixture("duo-09.csv"), source: .file09)
        #expect(
            special.locations.first { $0.code == "00MU10" }
                == SchoolLocation(
                    code: "00MU10", brin: "00MU", board: "41414", name: "De Lytse Wâlden", kind: .soVso, street: "De Lanen",
                    number: "98", postcode: "9204 WC", place: "DRACHTEN", municipalityCode: "0090",
                    municipality: "SMALLINGERLAND", denomination: "Algemeen bijzonder", phone: nil, website: nil,
                    holidayRegion: .noord, education: "SO LZ/P + VSO LZ/P + RP-SO LZ/P + RP-VSO LG"))
        let other = try #require(special.locations.first { $0.code == "23GJ02" })
        #expect(other.kind == .vso)
        #expect(other.phone == "0152577431")
        #expect(other.website == "www.pleysier.nl")
    }

    @Test("quotation marks, accents and a municipality without a name are read from the file's own bytes")
    func peculiarities() throws {
        let all = try DUOSchools.read(try Self.fixture("duo-02.csv"), source: .file02)
        #expect(all.problems.isEmpty)
        #expect(all.locations.count == 48)
        #expect(all.locations.contains { $0.name == "Basisschool \"Kla4\"" })
        #expect(all.locations.contains { $0.denomination == "Hindoeïstisch" })
        #expect(all.locations.contains { $0.name.contains("\u{2019}") })
        let unnamed = all.locations.filter { $0.municipality == nil }
        #expect(unnamed.map(\.municipalityCode) == ["1948", "1948"])
    }
}

@Suite("Faults in DUO's files")
struct DUOFaultTests {
    private static let names = [
        "VAKANTIEREGIO", "VESTIGINGSCODE", "BEVOEGD GEZAG NUMMER", "INSTELLINGSCODE", "VESTIGINGSNAAM", "STRAATNAAM",
        "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE", "TELEFOONNUMMER",
        "INTERNETADRES", "NIEUWE KOLOM",
    ]
    private static let good = [
        "Noord", "99ZZ01", "12345", "99ZZ", "De Verzonnen School", "Dorpsstraat", "1", "9999 XX", "NERGENS", "0001",
        "NERGENSLAND",
        "Openbaar", "0101234567", "www.example.org", " ",
    ]

    private func row(_ changes: [String: String] = [:]) -> String {
        zip(Self.names, Self.good).map { changes[$0] ?? $1 }.joined(separator: ";")
    }

    private func read(
        _ rows: [String], names: [String] = names, postcodes: Set<String>? = nil, faultyRows: DUOSchools.FaultyRows = .skip
    ) throws(DUOFileRefusal) -> DUOSchools {
        let text = ([names.joined(separator: ";")] + rows).joined(separator: "\r\n") + "\r\n"
        return try DUOSchools.read(Array(text.utf8), source: .file02, postcodes: postcodes, faultyRows: faultyRows)
    }

    @Test("columns are found by name, in any order, with others among them and with or without a last line end")
    func columns() throws {
        #expect(try read([row()]).locations.map(\.code) == ["99ZZ01"])
        let text = Self.names.reversed().joined(separator: ";") + "\n" + Self.good.reversed().joined(separator: ";")
        let turned = try DUOSchools.read(Array(text.utf8), source: .file02)
        #expect(turned.locations == (try read([row()]).locations))
    }

    @Test("a missing column is named, all of them at once; a doubled one as well")
    func missing() {
        let without = Self.names.filter { $0 != "POSTCODE" && $0 != "VAKANTIEREGIO" }
        #expect(throws: DUOFileRefusal.columnsMissing(["POSTCODE", "VAKANTIEREGIO"])) { try read([], names: without) }
        #expect(throws: DUOFileRefusal.columnTwice("POSTCODE")) { try read([], names: Self.names + [" POSTCODE "]) }
    }

    @Test("one file given for the other is refused, or every special school would become an ordinary one")
    func otherFile() {
        #expect(throws: DUOFileRefusal.otherFile) { try read([], names: Self.names + ["SOORT PRIMAIR ONDERWIJS"]) }
        let header = Array(Self.names.joined(separator: ";").utf8)
        #expect(throws: DUOFileRefusal.otherFile) { try DUOSchools.read(header, source: .file09) }
    }

    @Test("a file without rows, without a readable first row or in UTF-8 without its mark is refused")
    func file() throws {
        for bytes in [[], [0x0D, 0x0A], Array("  \r\n".utf8)] as [[UInt8]] {
            #expect(throws: DUOFileRefusal.empty) { try DUOSchools.read(bytes, source: .file02) }
        }
        #expect(throws: DUOFileRefusal.header) { try DUOSchools.read(Array("A;\"B\r\n".utf8), source: .file02) }
        #expect(throws: DUOFileRefusal.header) { try DUOSchools.read([0x81], source: .file02) }
        #expect(throws: DUOFileRefusal.encoding) { try read([row(["VESTIGINGSNAAM": "Zoë"])]) }
        let marked = "\u{FEFF}" + Self.names.joined(separator: ";") + "\n" + row(["VESTIGINGSNAAM": "Zoë"])
        #expect(try DUOSchools.read(Array(marked.utf8), source: .file02).locations.map(\.name) == ["Zoë"])
    }

    @Test(
        "a field that does not fit is named by line and column, and its row is left out",
        arguments: [
            ("INSTELLINGSCODE", "9ZZZ", RowProblem.Expected.brin), ("INSTELLINGSCODE", "99zz", .brin),
            ("VESTIGINGSCODE", "99ZZ1", .locationCode), ("VESTIGINGSCODE", "98ZZ01", .locationCode),
            ("VESTIGINGSCODE", "99ZZ0A", .locationCode), ("VESTIGINGSCODE", " ", .locationCode),
            ("BEVOEGD GEZAG NUMMER", "1234", .boardNumber), ("BEVOEGD GEZAG NUMMER", "1234A", .boardNumber),
            ("BEVOEGD GEZAG NUMMER", "１２３４５", .boardNumber),
            ("POSTCODE", "0999 XX", .postcode), ("POSTCODE", "9999 SS", .postcode), ("POSTCODE", "9999 SA", .postcode),
            ("POSTCODE", "9999SD", .postcode), ("POSTCODE", "9999  XX", .postcode), ("POSTCODE", "999 XXX", .postcode),
            ("POSTCODE", "9999 xx", .postcode), ("POSTCODE", "", .postcode),
            ("GEMEENTENUMMER", "1", .municipalityCode), ("GEMEENTENUMMER", "", .municipalityCode),
            ("VAKANTIEREGIO", "Oost", .oneOf(["Noord", "Midden", "Zuid"])), ("VESTIGINGSNAAM", " ", .text(longest: 200)),
            ("STRAATNAAM", "", .text(longest: 100)), ("PLAATSNAAM", "A\u{7}B", .text(longest: 100)),
            ("HUISNUMMER-TOEVOEGING", String(repeating: "1", count: 21), .text(longest: 20)),
        ])
    func faults(column: String, found: String, expected: RowProblem.Expected) throws {
        let bytes =
            Array("\u{FEFF}".utf8)
            + Array([Self.names.joined(separator: ";"), row(), "", row([column: found])].joined(separator: "\r\n").utf8)
        // The first good row has another code, so that only the fault is told of.
        let text = String(decoding: bytes, as: UTF8.self).replacing("99ZZ01", with: "99ZZ02", maxReplacements: 1)
        let read = try DUOSchools.read(Array(text.utf8), source: .file02)
        #expect(read.locations.map(\.code) == ["99ZZ02"])
        let problem = try #require(read.problems.first)
        #expect(read.problems.count == 1)
        #expect(problem.line == 4)
        #expect(problem.column == column)
        #expect(problem.expected == expected)
        #expect(problem.isRowLeftOut)
        #expect(problem.found == (found == "A\u{7}B" ? "A\u{FFFD}B" : found.trimmingCharacters(in: .whitespaces)))
    }

    @Test("a postcode without its space is the same postcode")
    func compactPostcode() throws {
        #expect(try read([row(["POSTCODE": "9999XX"])]).locations.map(\.postcode) == ["9999 XX"])
    }

    @Test("what is not needed to know a school costs only itself")
    func optional() throws {
        let read = try read([row(["TELEFOONNUMMER": "010-123", "INTERNETADRES": "scholen.example/een plus"])])
        #expect(read.locations.map(\.phone) == [nil])
        #expect(read.locations.map(\.website) == ["scholen.example/een plus"])
        #expect(read.problems.map(\.column) == ["TELEFOONNUMMER"])
        #expect(read.problems.map(\.isRowLeftOut) == [false])
    }

    @Test("every fault of a row is told at once, and what is found is kept short")
    func several() throws {
        let read = try read([row(["POSTCODE": "?", "INSTELLINGSCODE": "?", "VAKANTIEREGIO": String(repeating: "x", count: 99)])])
        #expect(read.problems.map(\.column) == ["POSTCODE", "INSTELLINGSCODE", "VAKANTIEREGIO"])
        #expect(read.problems.last?.found.count == 40)
    }

    @Test("a code that an earlier row has is refused in the later row")
    func twice() throws {
        let read = try read([row(), row(["VESTIGINGSNAAM": "De Andere"])])
        #expect(read.locations.map(\.name) == ["De Verzonnen School"])
        #expect(read.problems.map(\.expected) == [.onlyOnce])
        #expect(read.problems.map(\.line) == [3])
    }

    @Test("a row with too few or too many fields is left out as a row, and the next ones are read")
    func counts() throws {
        let read = try read([row() + ";", "los", row()])
        #expect(read.locations.count == 1)
        #expect(read.problems.map(\.line) == [2, 3])
        #expect(read.problems.map(\.column) == [nil, nil])
        #expect(read.problems.map(\.found) == ["16", "1"])
        #expect(read.problems.allSatisfy { $0.expected == .fields(15) })
    }

    @Test("an open quotation mark costs its own row and not the rest of the file")
    func quotes() throws {
        let read = try read([
            row(["VESTIGINGSNAAM": "\"De Open"]), row(["VESTIGINGSNAAM": "De \"Halve\" School"]),
            row(["VESTIGINGSNAAM": "\"De \"\"Hele\"\"; School\""]),
        ])
        #expect(read.locations.map(\.name) == ["De \"Hele\"; School"])
        #expect(read.problems.map(\.line) == [2, 3])
        #expect(read.problems.allSatisfy { $0.expected == .closedQuotes })
    }

    @Test(
        "each of the five bytes that mean nothing in Windows-1252 costs its row",
        arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
    func undefined(byte: UInt8) throws {
        var bytes = Array((Self.names.joined(separator: ";") + "\r\n" + row(["VESTIGINGSNAAM": "#"])).utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "#")))
        bytes[place] = byte
        let read = try DUOSchools.read(bytes, source: .file02)
        #expect(read.locations.isEmpty)
        #expect(read.problems.map(\.expected) == [.readableText])
        #expect(read.problems.map(\.line) == [2])
    }

    @Test("the table of Windows-1252 is Unicode's, byte for byte")
    func table() {
        for byte in UInt8.min ... .max {
            let text = Windows1252.text([byte])
            let expected =
                [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) ? nil : String(data: Data([byte]), encoding: .windowsCP1252)
            #expect(text == expected, "\(byte)")
        }
        #expect(Windows1252.text([0x80, 0x92, 0xEB, 0x9F]) == "€’ëŸ")
    }

    @Test("whoever wants no faulty rows at all gets none, and hears which they were")
    func refuse() throws {
        #expect(throws: DUOFileRefusal.self) { try read([row(), row(["POSTCODE": "?"])], faultyRows: .refuseFile) }
        do {
            _ = try read([row(["POSTCODE": "?"])], faultyRows: .refuseFile)
        } catch {
            #expect(error == .rows([RowProblem(line: 2, column: "POSTCODE", found: "?", expected: .postcode)]))
        }
        // Neither a field that can be missed nor a fault outside the areas is a reason.
        #expect(try read([row(["TELEFOONNUMMER": "?"])], faultyRows: .refuseFile).locations.count == 1)
        let far = try read([row(["INSTELLINGSCODE": "?"])], postcodes: ["1234"], faultyRows: .refuseFile)
        #expect(far.outside == 1)
        #expect(far.problems.isEmpty)
    }

    @Test("a kind of school that DUO has never had is named with the ones it has")
    func kinds() throws {
        let names = Self.names + ["SOORT PRIMAIR ONDERWIJS", "ONDERWIJS"]
        let rows = ["SBAO", "SO", "VSO", "(V)SO", "PRO"].enumerated().map { row(["VESTIGINGSCODE": "99ZZ0\($0)"]) + ";\($1); " }
        let text = ([names.joined(separator: ";")] + rows).joined(separator: "\n")
        let read = try DUOSchools.read(Array(text.utf8), source: .file09)
        #expect(read.locations.map(\.kind) == [.sbo, .so, .vso, .soVso])
        #expect(read.problems.map(\.expected) == [.oneOf(["SBAO", "SO", "VSO", "(V)SO"])])
    }
}
