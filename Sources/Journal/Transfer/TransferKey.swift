import Crypto
import Domain
import Foundation

/// The key of a partnership for handing dossiers over: it signs packages of its own and opens those that are for it.
///
/// One secret of 32 bytes in a file; from it follow a key to sign (Ed25519) and a key to open (X25519), so that neither is ever
/// used for the work of the other (HKDF, RFC 5869).
package struct TransferKey: Sendable {
    package let card: TransferCard
    private let signing: Curve25519.Signing.PrivateKey
    private let opening: Curve25519.KeyAgreement.PrivateKey

    /// How a package is sealed: HPKE in its base mode (RFC 9180), by which only the other can open it.
    private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    private static let firstLine = "sentrum-transfer/1\n"
    /// In bytes: that of Ed25519 (RFC 8032).
    private static let signatureSize = 64
    /// In bytes: what stands before the sealed contents is short.
    private static let longestHeader = 2_000

    /// What stands readable on a package: who sends it to whom, and when.
    private struct Header: Codable {
        let from: String
        let to: String
        let made: Instant
        /// What the other needs to open it (RFC 9180, 4.1).
        let key: Data
    }

    /// - Throws: `TransferFault.key` when the name cannot stand on a card.
    init(secret: Data, name: String) throws(TransferFault) {
        func derived(_ use: String) -> Data {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret), info: Data("sentrum-transfer/1 \(use)".utf8), outputByteCount: 32
            ).withUnsafeBytes { Data($0) }
        }
        guard let signing = try? Curve25519.Signing.PrivateKey(rawRepresentation: derived("sign")),
            let opening = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: derived("open")),
            let card = TransferCard(
                name: name.trimmingCharacters(in: .whitespaces), signing: signing.publicKey.rawRepresentation,
                sealing: opening.publicKey.rawRepresentation)
        else { throw .key }
        self.signing = signing
        self.opening = opening
        self.card = card
    }

    /// The key in a file, made when there is none yet.
    ///
    /// - Parameter name: that of the partnership, as others see it.
    /// - Throws: `JournalFault`: `keyFile`, `keyFileExposed`; `TransferFault.key`.
    package static func loadOrCreate(at file: URL, name: String) throws -> TransferKey {
        if !FileManager.default.fileExists(atPath: file.path) { _ = try KeyFile.create(at: file) }
        return try load(from: file, name: name)
    }

    /// The key in a file that must be there: one that was lost is not replaced unseen, because others would know nobody then.
    ///
    /// - Throws: `TransferFault.key` when it is not there, lies open or cannot be read.
    package static func load(from file: URL, name: String) throws(TransferFault) -> TransferKey {
        guard let secret = try? KeyFile.load(from: file) else { throw .key }
        return try TransferKey(secret: secret, name: name)
    }

    /// Seals contents so that only the other can open them, and signs the whole so that the other knows whose they are.
    ///
    /// - Throws: `TransferFault.key` when the other's card cannot be sealed for.
    package func package(_ contents: Data, for other: TransferCard, made: Instant) throws(TransferFault) -> Data {
        do {
            let sealing = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: other.sealing)
            var sender = try HPKE.Sender(
                recipientKey: sealing, ciphersuite: Self.suite, info: Data(Self.firstLine.utf8))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let header = try encoder.encode(
                Header(from: card.keys, to: other.keys, made: made, key: sender.encapsulatedKey))
            let head = Data(Self.firstLine.utf8) + header + Data("\n".utf8)
            let body = head + (try sender.seal(contents, authenticating: head))
            return body + (try signing.signature(for: body))
        } catch {
            throw .key
        }
    }

    /// Opens a package that was sealed for this partnership by one that is known.
    ///
    /// - Throws: `TransferFault`, in this order: that it is no package, for another, of nobody known, or not as it was sent.
    package func open(
        _ package: Data, knowing others: [TransferCard]
    ) throws(TransferFault) -> (from: TransferCard, made: Instant, contents: Data) {
        let package = Data(package)
        let first = Data(Self.firstLine.utf8)
        guard package.starts(with: first), package.count > first.count + Self.signatureSize,
            let end = package.dropFirst(first.count).prefix(Self.longestHeader).firstIndex(of: UInt8(ascii: "\n")),
            let header = try? JSONDecoder().decode(Header.self, from: package[first.count..<end]),
            end + 1 <= package.count - Self.signatureSize
        else { throw .notAPackage }
        guard header.to == card.keys else { throw .forAnother }
        guard let from = others.first(where: { $0.keys == header.from }) else { throw .unknownSender }
        let body = package.dropLast(Self.signatureSize)
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: from.signing),
            key.isValidSignature(package.suffix(Self.signatureSize), for: body)
        else { throw .altered }
        do {
            var recipient = try HPKE.Recipient(
                privateKey: opening, ciphersuite: Self.suite, info: first, encapsulatedKey: header.key)
            let contents = try recipient.open(package[(end + 1)..<body.endIndex], authenticating: package[...end])
            return (from, header.made, contents)
        } catch {
            throw .altered
        }
    }

    /// Whether these bytes say that they are a package.
    package static func isPackage(_ bytes: Data) -> Bool { bytes.starts(with: Data(firstLine.utf8)) }
}

/// Why a dossier cannot be handed over, or a package not be opened; the raw value is the end of the key of its text.
package enum TransferFault: String, Error, Hashable, Sendable, CaseIterable {
    /// The key or the card cannot be used.
    case key
    /// It does not begin as a package does.
    case notAPackage
    /// It was sealed for another partnership.
    case forAnother
    /// Its sender is none of those whose card is kept.
    case unknownSender
    /// It is not as its sender signed it.
    case altered
    /// Its contents cannot be read by this version.
    case unreadable
}
