import Domain
import Hummingbird
import Journal
import UseCases

extension Site {
    /// The words for a reader.
    func words(_ context: SiteContext, _ rules: PlanRules? = nil) -> Words {
        Words(texts(context), rules ?? installation.rules, today: installation.today)
    }

    /// The band above every page of a dossier, with the parts that this reader may see.
    func frame(
        _ seen: SeenDossier, current: DossierFrame.Part?, _ words: Words, chips: [Chip] = []
    ) async throws -> DossierFrame {
        guard let child = seen.dossier.child else { throw NotFound() }
        let school: String =
            if let id = seen.dossier.school { try await installation.names.organisation(id)?.name ?? "" } else { "" }
        let chips = chips + (seen.sight.ends.map { [Chip(words.texts("emergency.chip", ["time": words.time($0)]), .now)] } ?? [])
        let group = seen.rules.groups.first { $0.id == child.group }?.title[words.language] ?? child.group
        var parts: [DossierFrame.Part] = [.overview]
        if seen.sight.sees(.groeidocument) { parts.append(.growth) }
        if seen.sight.sees(.documents) { parts.append(.documents) }
        if seen.sight.sees(.family) || seen.sight.sees(.agreements) { parts.append(.family) }
        if seen.sight.sees(.readLog) { parts.append(.readLog) }
        return DossierFrame(
            id: seen.dossier.id.rawValue,
            name: seen.sight.sees(.child) ? child.fullName : words.texts("dossier.nameless"), given: words.given(seen),
            // Who only watches over the log sees not whose it is.
            lead: (seen.sight.sees(.child) ? [group, school, words.format.age(born: child.born, on: seen.today)] : [school])
                .filter { !$0.isEmpty }.joined(separator: " · "),
            chips: chips, parts: parts, current: current, texts: words.texts)
    }
}

extension SiteContext {
    /// The dossier in the address.
    var dossierID: DossierID {
        get throws { DossierID(try parameter("dossier")) }
    }

    /// The procedure in the address.
    var instanceID: InstanceID {
        get throws { InstanceID(try parameter("instance")) }
    }

    /// A part of the address; anything but letters, digits and hyphens is not found.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters.get(name), !value.isEmpty, value.utf8.count <= 80,
            value.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            })
        else { throw NotFound() }
        return value
    }
}
