import Domain
import UseCases

/// The form by which is written down what a guardian asked in a letter or said aloud.
struct RecordingForms {
    /// The field that says which guardian asked, in the form and in an address.
    static let guardian = "guardian"

    let words: Words
    let seen: SeenDossier
    let sent: PostedForm
    let key: FormField
    var refused: [Refusal] = []
    /// Of whom the reader came to write something down.
    var guardian: String?

    private var texts: Texts { words.texts }

    var form: Form {
        var received = Self.received(sent, texts, "form", from: seen.dossier.opened, through: seen.today)
        received.hint = texts("recording.form.receivedHint")
        var fields = [who, Self.way(sent, texts, "form"), received, right, words.subjectField(sent, in: seen), said] + child
        for index in fields.indices { fields[index].error = words.error(fields[index].name, refused) }
        return Form(
            action: Address.recordRequest(seen.dossier.id.rawValue).path, button: texts("recording.form.button"),
            fields: fields + [key], problems: words.problems(refused),
            cancel: Link(texts("form.cancel"), .family(seen.dossier.id.rawValue)))
    }

    private var chosen: Guardian? {
        let id = sent.fields[Self.guardian]?.first ?? guardian
        let authorities = seen.dossier.authorities
        return authorities.first { $0.id.rawValue == id } ?? (authorities.count == 1 ? authorities.first : nil)
    }

    private var who: FormField {
        FormField(
            name: Self.guardian, label: texts("recording.form.guardian"), kind: .choice, value: chosen?.id.rawValue ?? "",
            options: seen.dossier.authorities.map {
                FormOption($0.id.rawValue, $0.name, hint: words.relation($0), selected: $0.id == chosen?.id)
            })
    }

    /// Whether it came in a letter or was said aloud.
    ///
    /// - Parameter branch: the texts of the form; `recording.<branch>.way` asks it.
    static func way(_ sent: PostedForm, _ texts: Texts, _ branch: String) -> FormField {
        FormField(
            name: "way", label: texts("recording.\(branch).way"), kind: .choice, value: sent["way"],
            options: [Agreement.Way.paper, .spoken].map {
                FormOption($0.rawValue, texts("recording.way.\($0.rawValue)"), selected: sent["way"] == $0.rawValue)
            })
    }

    /// On which day it came in.
    static func received(
        _ sent: PostedForm, _ texts: Texts, _ branch: String, from first: Day?, through today: Day
    ) -> FormField {
        FormField(
            name: "received", label: texts("recording.\(branch).received"), kind: .date,
            value: sent.fields["received"]?.first ?? today.description, least: first?.description, most: today.description)
    }

    /// How it came in and when, as it was filled in.
    ///
    /// - Throws: `Refused` with each of the two that cannot be read.
    static func received(_ form: PostedForm) throws(Refused) -> RightsRequest.Received {
        var unreadable: [Refusal] = []
        let way = Agreement.Way(rawValue: form["way"])
        if way == nil { unreadable.append(Refusal(.required, field: "way")) }
        let typed = form["received"].trimmed
        let day = Day(typed)
        if day == nil { unreadable.append(Refusal(typed.isEmpty ? .required : .notADay, field: "received")) }
        guard let way, let day else { throw Refused(unreadable) }
        return .init(on: day, way: way)
    }

    private var right: FormField {
        FormField(
            name: "right", label: texts("recording.form.right"), kind: .choice, value: sent["right"],
            options: Right.allCases.map {
                FormOption($0.rawValue, texts("recording.right.\($0.rawValue)"), selected: sent["right"] == $0.rawValue)
            })
    }

    private var said: FormField {
        FormField(
            name: "words", label: texts("recording.form.words"), kind: .paragraph, value: sent["words"],
            hint: texts("recording.form.wordsHint"), rows: 5)
    }

    /// What the law asks of the child, by its age on the day on which the request came in.
    private var child: [FormField] {
        let day = Day(sent["received"].trimmed) ?? seen.today
        guard let guardian = chosen ?? seen.dossier.authorities.first else { return [] }
        return switch seen.dossier.rightsStanding(of: guardian, seen.rules, on: day) {
        case .childHeard:
            [
                FormField(
                    name: "child-view", label: texts("rights.form.childView", ["given": words.given(seen)]), kind: .text,
                    value: sent["child-view"], hint: texts("recording.form.childViewHint"))
            ]
        case .childItself:
            [
                FormField(
                    name: "child-asks", label: texts("recording.form.childAsks", ["given": words.given(seen)]), kind: .tick,
                    value: sent["child-asks"])
            ]
        case .guardian, .information, nil: []
        }
    }
}
