import Foundation
import Journal
import UseCases

/// The key of a partnership of a test, and the cards that it keeps.
struct Desk: TransferDesk {
    private var own: TransferKey?
    private let cards: [TransferCard]

    func key() throws -> TransferKey {
        guard let own else { throw TransferFault.key }
        return own
    }

    /// The same where nobody made the key yet, or it was lost.
    var withoutKey: Desk { Desk(own: nil, cards: cards) }

    func partners() throws -> [TransferCard] { cards }

    /// Two that know each other, and one that they do not know.
    static func two() throws -> (here: Desk, there: Desk, stranger: Desk) {
        func fresh(_ name: String) throws -> TransferKey {
            let file = FileManager.default.temporaryDirectory.appending(path: "transfer-\(UUID().uuidString).key")
            defer { try? FileManager.default.removeItem(at: file) }
            return try TransferKey.loadOrCreate(at: file, name: name)
        }
        let (here, there, stranger) = (
            try fresh("Samenwerkingsverband Oost"), try fresh("Samenwerkingsverband VO West"), try fresh("Iemand anders")
        )
        return (
            Desk(own: here, cards: [there.card]), Desk(own: there, cards: [here.card]), Desk(own: stranger, cards: [there.card])
        )
    }
}
