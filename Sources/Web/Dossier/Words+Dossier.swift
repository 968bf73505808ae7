import Domain
import Journal
import UseCases

/// The page of a dossier in sentences.
extension Words {
    /// What a guardian is asked, in words for a parent.
    func asks(_ asks: FamilyAsks, _ seen: SeenDossier) -> [DossierPage.Ask] {
        let id = seen.dossier.id.rawValue
        let given = given(seen)
        var cards: [DossierPage.Ask] = []
        if !asks.parts.isEmpty {
            cards.append(
                DossierPage.Ask(
                    title: texts("familyAsk.words.title"), text: texts("familyAsk.words.text", ["given": given]), remaining: nil,
                    late: false,
                    items: asks.parts.flatMap { part in
                        part.fields.map { field in
                            DossierPage.Item(
                                label: self.field(field), note: nil, done: false, state: texts("familyAsk.words.open"),
                                href: Address.growthPart(id, part.part).path)
                        }
                    },
                    primary: asks.parts.first.map { Link(texts("familyAsk.words.button"), .growthPart(id, $0.part)) },
                    secondary: nil))
        }
        if !asks.purposes.isEmpty {
            cards.append(
                DossierPage.Ask(
                    title: texts("familyAsk.agree.title"), text: texts("familyAsk.agree.text"), remaining: nil, late: false,
                    items: asks.purposes.map { purpose in
                        DossierPage.Item(
                            label: rules.purpose(purpose)?.title[language] ?? purpose, note: nil, done: false,
                            state: texts("familyAsk.agree.open"), href: Address.family(id).path)
                    }, primary: Link(texts("familyAsk.agree.button"), .family(id)), secondary: nil))
        }
        if let version = asks.version {
            let number = String(version)
            cards.append(
                DossierPage.Ask(
                    title: texts("familyAsk.sign.title", ["n": number]), text: texts("familyAsk.sign.text"), remaining: nil,
                    late: false, items: [], primary: Link(texts("familyAsk.sign.read"), .growthVersion(id, number)),
                    secondary: Link(texts("familyAsk.sign.button"), .growthSign(id, number))))
        }
        return cards
    }

    /// Those asked in whose last day comes near, for who may give them more time.
    func asks(_ ending: [AskedIn], _ names: [PersonID: String], in seen: SeenDossier) -> [DossierPage.Ask] {
        guard let first = ending.first, seen.sight.sees(.agreements) else { return [] }
        return [
            DossierPage.Ask(
                title: texts("askedIn.ending.title"), text: texts("askedIn.ending.text"),
                remaining: format.due(first.until, today: today), late: false,
                items: ending.map { one in
                    DossierPage.Item(
                        label: names[one.asked.person] ?? texts("somebody"), note: function(AskedInRule.function(one.asked.kind)),
                        done: false, state: texts("askedIn.until", ["day": format.plainDay(one.until)]),
                        href: Address.askedIn(seen.dossier.id.rawValue).path)
                }, primary: Link(texts("askedIn.ending.button"), .askedIn(seen.dossier.id.rawValue)), secondary: nil)
        ]
    }

    /// The meeting that a running procedure waits for; nil when none is planned.
    func plannedMeeting(of procedure: Procedure) -> LocalMoment? {
        procedure.meetings.last { meeting in procedure.open.contains { $0.step == meeting.step } }
            .flatMap { LocalMoment($0.moment) }
    }

    /// Meetings still to come, the last one first, as they stand above the timeline.
    func ahead(_ seen: SeenDossier, _ shelf: PlanShelf) -> [DossierPage.Moment] {
        seen.dossier.procedures.filter(\.isRunning).compactMap { procedure -> (LocalMoment, DossierPage.Moment)? in
            guard let rules = shelf[procedure.plan], let route = rules.procedure(procedure.rule),
                let meeting = plannedMeeting(of: procedure), meeting.day >= today
            else { return nil }
            let planned = procedure.meetings.last { $0.day == meeting.day }
            return (
                meeting,
                DossierPage.Moment(
                    when: moment(meeting),
                    title: planned.flatMap { route.step($0.step)?.title[language] } ?? route.title[language], ahead: true,
                    text: planned?.place, quote: nil, chip: Chip(format.distance(to: meeting.day, today: today), .wait),
                    href: Address.invitation(seen.dossier.id.rawValue, procedure.id.rawValue).path)
            )
        }.sorted { $0.0 > $1.0 }.map(\.1)
    }

    /// The part of the dossier that a line of its history tells of; nil for a line that this program does not know.
    func part(ofHistory code: String) -> DossierPart? { DossierPart(ofHistory: code) }

    /// The page on which a line of the history can be looked at.
    func place(ofHistory entry: HistoryEntry, in seen: SeenDossier) -> String? {
        let id = seen.dossier.id.rawValue
        let values = entry.values
        switch entry.code.split(separator: ".").first {
        case "guardian", "agreement": return Address.family(id).path
        case "asked-in": return Address.askedIn(id).path
        case "answers", "rights": return values["part"].flatMap { rules.part($0) }.map { Address.growthPart(id, $0.id).path }
        case "version": return values["number"].map { Address.growthVersion(id, $0).path }
        case "document": return Address.documents(id).path
        case "procedure", "step": return values["instance"].map { Address.procedure(id, $0).path }
        case "decision":
            guard seen.sight.sees(.procedures) else { return nil }
            return values["instance"].map { Address.decision(id, $0).path }
        default: return nil
        }
    }

    /// How long the dossier is open to people, and for what.
    func note(on around: Around) -> String? {
        if let until = around.until {
            return texts(around.ground == .left ? "around.left" : "around.until", ["day": format.plainDay(until)])
        }
        if around.parts == [.readLog] { return texts("around.onlyLog") }
        switch around.ground {
        case .procedure: return texts("around.procedure")
        case .asked: return texts("around.asked")
        case .function, .named, .family, .left, .invited, .emergency, .rights: return nil
        }
    }

    /// Why somebody read, in plain words.
    ///
    /// - Parameter isTold: whether the reader of the line may know for what somebody was asked in: that is written about the child.
    func why(_ read: ReadEntry, in dossier: Dossier, isTold: Bool) -> String {
        if read.purpose == "family" {
            return dossier.guardians.first { $0.person == read.person }.map { relation($0) } ?? texts("why.family")
        }
        if read.purpose == ReadEntry.emergency { return texts("why.emergency") }
        if read.purpose == ReadEntry.rights { return texts("why.rights") }
        if read.purpose == ReadEntry.afterwards { return texts("why.afterwards") }
        if read.purpose == "asked-in" {
            let asked = dossier.askedIn.last { $0.asked.person == read.person && $0.at <= read.at }
            guard isTold, let asked else { return texts("why.askedIn") }
            return texts("why.askedInFor", ["purpose": asked.asked.purpose])
        }
        guard read.purpose.hasPrefix("task:") else { return texts("why.function") }
        let parts = read.purpose.dropFirst("task:".count).split(separator: "/").map(String.init)
        guard parts.count == 2, let route = rules.procedure(parts[0]) else { return texts("why.task") }
        let meeting = dossier.procedures.filter { $0.rule == route.id }.flatMap(\.meetings).filter { $0.step == parts[1] }
            .compactMap(\.day).filter { $0 >= read.at.day }.min()
        if let meeting {
            return texts("why.meeting", ["procedure": route.title[language], "day": format.plainDay(meeting)])
        }
        let step = route.step(parts[1])?.title[language] ?? ""
        return texts("why.taskOf", ["procedure": route.title[language], "step": step])
    }
}
