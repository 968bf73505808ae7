import Domain
import SwiftCSV

extension DUOSchools {
    /// Reads one of DUO's files: Windows-1252 (or UTF-8 with its mark), semicolons, columns found by name in any order.
    ///
    /// Nothing is guessed: a field that does not fit is named by line and column. A field of spaces is empty.
    /// - Parameter postcodes: the four-digit areas whose locations are kept; nil keeps all. Rows outside are counted and
    ///   not looked at further, so a fault in a school far away stops nobody.
    /// - Throws: `DUOFileRefusal`; `rows` only if `faultyRows` is `refuseFile`.
    package static func read(
        _ bytes: [UInt8], source: Source, postcodes: Set<String>? = nil, faultyRows: FaultyRows = .skip
    ) throws(DUOFileRefusal) -> DUOSchools {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let isMarked = bytes.starts(with: mark)
        if !isMarked, bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) != nil { throw .encoding }
        let lines = bytes.dropFirst(isMarked ? mark.count : 0).split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let first = lines.first, !first.allSatisfy(isBlank) else { throw .empty }
        guard let names = fields(first, isUTF8: isMarked).fields else { throw .header }
        let columns = try Columns(names, source)
        var reading = Reading(columns: columns, source: source, postcodes: postcodes)
        for (index, line) in lines.enumerated().dropFirst() where !line.allSatisfy(isBlank) {
            let row = fields(line, isUTF8: isMarked)
            if let row = row.fields {
                reading.take(row, line: index + 1)
            } else {
                reading.leaveOut(index + 1, found: row.text, row.expected)
            }
        }
        let faults = reading.problems.filter(\.isRowLeftOut)
        if faultyRows == .refuseFile, !faults.isEmpty { throw .rows(faults) }
        return DUOSchools(locations: reading.locations, problems: reading.problems, outside: reading.outside)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D }

    private struct Row {
        var text = ""
        var fields: [String]?
        var expected = RowProblem.Expected.readableText
    }

    /// The fields of one line. The library is given one line at a time: given the whole file it tells of a fault neither
    /// which line it is in, nor that a row is too short, nor that an open quotation mark swallowed the rest.
    private static func fields(_ line: ArraySlice<UInt8>, isUTF8: Bool) -> Row {
        let bytes = line.last == 0x0D ? line.dropLast() : line
        guard let text = isUTF8 ? String(validating: bytes, as: UTF8.self) : Windows1252.text(bytes) else {
            return Row(text: String(decoding: bytes, as: UTF8.self))
        }
        // The line end makes it keep an empty last field; an odd number of marks leaves one open.
        guard bytes.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2),
            let row = try? EnumeratedCSV(string: text + "\n", delimiter: .semicolon, loadColumns: false).header
        else { return Row(text: text, expected: .closedQuotes) }
        return Row(text: text, fields: row)
    }
}

/// The columns that are needed, and where they stand in this file.
private struct Columns {
    enum Name: String, CaseIterable {
        case kind = "SOORT PRIMAIR ONDERWIJS"
        case board = "BEVOEGD GEZAG NUMMER"
        case brin = "INSTELLINGSCODE"
        case code = "VESTIGINGSCODE"
        case name = "VESTIGINGSNAAM"
        case street = "STRAATNAAM"
        case number = "HUISNUMMER-TOEVOEGING"
        case postcode = "POSTCODE"
        case place = "PLAATSNAAM"
        case municipalityCode = "GEMEENTENUMMER"
        case municipality = "GEMEENTENAAM"
        case denomination = "DENOMINATIE"
        case phone = "TELEFOONNUMMER"
        case website = "INTERNETADRES"
        case education = "ONDERWIJS"
        case holidayRegion = "VAKANTIEREGIO"
    }

    let count: Int
    private let places: [Name: Int]

    init(_ names: [String], _ source: DUOSchools.Source) throws(DUOFileRefusal) {
        let trimmed = names.map { $0.split(separator: " ").joined(separator: " ") }
        var places: [Name: Int] = [:]
        for (index, text) in trimmed.enumerated() {
            guard let name = Name(rawValue: text) else { continue }
            guard places.updateValue(index, forKey: name) == nil else { throw .columnTwice(text) }
        }
        let onlyIn09: [Name] = [.kind, .education]
        switch source {
        case .file02:
            // Every location would become an ordinary school.
            guard places[.kind] == nil else { throw .otherFile }
        case .file09:
            guard places[.kind] != nil || places[.education] != nil || places[.code] == nil else { throw .otherFile }
        }
        let missing = Name.allCases.filter { places[$0] == nil && (source == .file09 || !onlyIn09.contains($0)) }
        guard missing.isEmpty else { throw .columnsMissing(missing.map(\.rawValue)) }
        count = names.count
        self.places = places
    }

    /// The field without spaces at its ends; empty if there is nothing but spaces or no such column.
    func value(_ name: Name, _ row: [String]) -> String {
        guard let place = places[name], row.indices.contains(place) else { return "" }
        return String(row[place].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// The rows read so far.
private struct Reading {
    let columns: Columns
    let source: DUOSchools.Source
    let postcodes: Set<String>?
    var locations: [SchoolLocation] = []
    var problems: [RowProblem] = []
    var outside = 0
    private var codes: Set<String> = []

    init(columns: Columns, source: DUOSchools.Source, postcodes: Set<String>?) {
        self.columns = columns
        self.source = source
        self.postcodes = postcodes
    }

    mutating func leaveOut(_ line: Int, found: String, _ expected: RowProblem.Expected) {
        problems.append(RowProblem(line: line, column: nil, found: found, expected: expected))
    }

    mutating func take(_ row: [String], line: Int) {
        guard row.count == columns.count else {
            return leaveOut(line, found: String(row.count), .fields(columns.count))
        }
        var fields = Fields(columns: columns, row: row, line: line)
        let postcode = fields.postcode()
        if let postcode, let postcodes, !postcodes.contains(String(postcode.prefix(4))) {
            outside += 1
            return
        }
        let brin = fields.matched(.brin, .brin) { $0.isPattern("99AA") }
        let code = fields.matched(.code, .locationCode) { code in
            brin.map { code.hasPrefix($0) && code.dropFirst($0.count).isPattern("99") } ?? code.isPattern("99AA99")
        }
        if let code, !codes.insert(code).inserted { fields.fault(.code, code, .onlyOnce) }
        let board = fields.matched(.board, .boardNumber) { $0.isPattern("99999") }
        let municipalityCode = fields.matched(.municipalityCode, .municipalityCode) { $0.isPattern("9999") }
        let kind = source == .file02 ? SchoolLocation.Kind.bo : fields.word(.kind, Reading.kinds)
        let region = fields.word(.holidayRegion, Reading.regions)
        let name = fields.text(.name, longest: 200)
        let street = fields.text(.street, longest: 100)
        let number = fields.text(.number, longest: 20)
        let place = fields.text(.place, longest: 100)
        let optional = (
            municipality: fields.optionalText(.municipality, longest: 100),
            denomination: fields.optionalText(.denomination, longest: 100),
            website: fields.optionalText(.website, longest: 300), education: fields.optionalText(.education, longest: 300),
            phone: fields.phone()
        )
        problems += fields.problems
        guard !fields.problems.contains(where: \.isRowLeftOut), let postcode, let brin, let code, let board, let municipalityCode,
            let kind, let region, let name, let street, let number, let place
        else { return }
        locations.append(
            SchoolLocation(
                code: code, brin: brin, board: board, name: name, kind: kind, street: street, number: number,
                postcode: postcode, place: place, municipalityCode: municipalityCode, municipality: optional.municipality,
                denomination: optional.denomination, phone: optional.phone, website: optional.website, holidayRegion: region,
                education: optional.education))
    }

    private static let kinds: KeyValuePairs<String, SchoolLocation.Kind> = [
        "SBAO": .sbo, "SO": .so, "VSO": .vso, "(V)SO": .soVso,
    ]
    private static let regions: KeyValuePairs<String, SchoolLocation.HolidayRegion> = [
        "Noord": .noord, "Midden": .midden, "Zuid": .zuid,
    ]
}

/// The fields of one row, each taken by what it must look like.
private struct Fields {
    let columns: Columns
    let row: [String]
    let line: Int
    var problems: [RowProblem] = []

    init(columns: Columns, row: [String], line: Int) {
        self.columns = columns
        self.row = row
        self.line = line
    }

    mutating func fault(_ name: Columns.Name, _ found: String, _ expected: RowProblem.Expected, isRowLeftOut: Bool = true) {
        problems.append(
            RowProblem(line: line, column: name.rawValue, found: found, expected: expected, isRowLeftOut: isRowLeftOut))
    }

    mutating func matched(
        _ name: Columns.Name, _ expected: RowProblem.Expected, _ matches: (String) -> Bool
    ) -> String? {
        let value = columns.value(name, row)
        if matches(value) { return value }
        fault(name, value, expected)
        return nil
    }

    /// With one space, whether or not the file has it. SA, SD and SS are never given out.
    mutating func postcode() -> String? {
        let value = columns.value(.postcode, row)
        let compact = value.isPattern("9999 AA") ? value.prefix(4) + value.suffix(2) : value[...]
        let letters = compact.suffix(2)
        guard compact.isPattern("9999AA"), !compact.hasPrefix("0"), !["SA", "SD", "SS"].contains(letters) else {
            fault(.postcode, value, .postcode)
            return nil
        }
        return compact.prefix(4) + " " + letters
    }

    mutating func word<Value>(_ name: Columns.Name, _ words: KeyValuePairs<String, Value>) -> Value? {
        let value = columns.value(name, row)
        if let found = words.first(where: { $0.key == value }) { return found.value }
        fault(name, value, .oneOf(words.map(\.key)))
        return nil
    }

    mutating func text(_ name: Columns.Name, longest: Int) -> String? {
        matched(name, .text(longest: longest)) { !$0.isEmpty && $0.isText(longest: longest) }
    }

    /// What is not needed to know the school costs no more than itself.
    mutating func optionalText(_ name: Columns.Name, longest: Int) -> String? {
        let value = columns.value(name, row)
        if value.isEmpty { return nil }
        if value.isText(longest: longest) { return value }
        fault(name, value, .text(longest: longest), isRowLeftOut: false)
        return nil
    }

    mutating func phone() -> String? {
        let value = columns.value(.phone, row)
        if value.isEmpty { return nil }
        if value.isPattern("9999999999"), value.hasPrefix("0") { return value }
        fault(.phone, value, .phone, isRowLeftOut: false)
        return nil
    }
}

extension StringProtocol {
    /// True if every character fits the pattern's: `9` a digit, `A` a capital, others themselves; ASCII only.
    fileprivate func isPattern(_ pattern: String) -> Bool {
        guard utf8.count == pattern.utf8.count else { return false }
        return zip(utf8, pattern.utf8).allSatisfy { byte, kind in
            switch kind {
            case UInt8(ascii: "9"): (0x30...0x39).contains(byte)
            case UInt8(ascii: "A"): (0x41...0x5A).contains(byte)
            default: byte == kind
            }
        }
    }

    fileprivate func isText(longest: Int) -> Bool {
        count <= longest && !unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
