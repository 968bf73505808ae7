import Foundation

/// Fields written one after another so that no two lists of fields give the same bytes.
///
/// Each field is its kind (one byte), its length in bytes (four, most significant first) and itself: text as UTF-8, a whole
/// number as eight bytes, most significant first. Nothing at all is a field of kind 0 and length 0.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    init(reserving capacity: Int = 128) { bytes.reserveCapacity(capacity) }

    mutating func append(_ text: String?) {
        guard var text else { return begin(kind: 0, length: 0) }
        text.withUTF8 { utf8 in
            begin(kind: 1, length: utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    mutating func append(_ data: Data) {
        begin(kind: 2, length: data.count)
        bytes.append(contentsOf: data)
    }

    mutating func append(_ number: Int64) {
        begin(kind: 3, length: 8)
        appendBytes(of: UInt64(bitPattern: number))
    }

    mutating func append(_ value: RegisterValue) {
        switch value {
        case .null: append(nil as String?)
        case .int(let number): append(number)
        case .text(let text): append(text)
        }
    }

    private mutating func begin(kind: UInt8, length: Int) {
        bytes.append(kind)
        appendBytes(of: UInt32(clamping: length))
    }

    private mutating func appendBytes(of number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
