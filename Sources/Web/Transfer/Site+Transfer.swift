import Domain
import Foundation
import Journal
import UseCases

extension Site {
    /// What may be read of a dossier, as a copy for another partnership.
    func transferCopy(of dossier: Dossier, _ parts: Set<DossierPart>, _ words: Words) async throws -> FamilyCopy {
        let told = DossierWords(
            words: words, dossier: dossier, shelf: installation.shelf,
            names: try await installation.names.people(installation.people(in: dossier)),
            school: try await school(of: dossier))
        let sections: [(String, DossierPart, () -> [FamilyCopy.Passage])] = [
            ("child", .child, { told.child }), ("family", .family, { told.family(for: nil) }),
            ("growth", .groeidocument, { told.growth }), ("documents", .documents, { told.documents }),
            ("procedures", .procedures, { told.procedures }), ("decisions", .decisions, { told.decisions }),
        ]
        return FamilyCopy(
            title: words.texts("transfer.copyTitle", ["child": dossier.child?.fullName ?? ""]),
            partnership: words.rules.partnership.name, made: words.today.description, language: words.language.rawValue,
            sections: sections.compactMap { key, part, passages in
                let found = parts.contains(part) ? passages() : []
                guard !found.isEmpty else { return nil }
                return FamilyCopy.Section(key: key, title: words.texts("copy.\(key).title"), lead: nil, passages: found)
            }, checkpoint: [])
    }

    /// The copy that came with a package as a document of a dossier here: a PDF, or text where none can be made.
    func copyAsDocument(_ received: ReceivedTransfer, _ words: Words) async -> TransferContents.Document {
        let name = words.texts("transfer.fileName", ["day": received.made.day.description])
        guard let copy = try? JSONDecoder().decode(FamilyCopy.self, from: received.contents.copy) else {
            return .init(name: "\(name).txt", bytes: received.contents.copy)
        }
        let page = CopyPaperPage(
            title: copy.title, sender: copy.partnership,
            lead: [words.transferSaid(received)], sections: paper(copy, words).sections, checkpoint: [],
            style: face.assets.address(of: "letter.css"))
        let html = face.render(page, guestChrome(words))
        if let pdf = try? await paper.pdf(html: html, language: words.language) {
            return .init(name: "\(name).pdf", bytes: pdf)
        }
        let lines =
            [copy.title, words.transferSaid(received)]
            + copy.sections.flatMap { section in
                ["", section.title.uppercased()]
                    + section.passages.flatMap { ["", $0.title] + $0.lines + [$0.note].compactMap(\.self) }
            }
        return .init(name: "\(name).txt", bytes: Data(lines.joined(separator: "\n").utf8))
    }

    /// Takes a package in: its copy and its documents.
    ///
    /// - Returns: the name of what is said afterwards.
    func takeIn(
        _ received: ReceivedTransfer, kind: String, into dossier: DossierID, key: String, as actor: Actor, _ words: Words
    ) async throws -> String {
        let refused = try await installation.takeIn(
            received, copy: await copyAsDocument(received, words), kind: kind, into: dossier, key: key, as: actor)
        return refused == 0 ? "overdracht-overgenomen" : "overdracht-deels"
    }
}

extension Words {
    /// Who sent a package, when and what for.
    func transferSaid(_ received: ReceivedTransfer) -> String {
        texts(
            "transfer.received",
            ["from": received.from, "day": format.plainDay(received.made.day), "purpose": received.contents.purpose])
    }

    /// What is wrong with a package.
    func transferProblem(_ fault: TransferFault) -> FormProblem {
        FormProblem(texts("transfer.fault.\(fault.rawValue)"), field: "file")
    }
}
