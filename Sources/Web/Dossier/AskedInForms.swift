import Domain
import Journal
import UseCases

/// Who was asked in, in words, with the forms to ask somebody, to give more time and to stop it.
struct AskedInForms {
    /// A form that was refused: which one, what was typed, and why.
    struct Refused {
        let scope: String
        let sent: PostedForm
        let reasons: [Refusal]
    }

    let words: Words
    let seen: SeenDossier
    let names: [PersonID: String]
    /// The field by which a second press is known.
    let key: FormField
    var refused: Refused?
    /// To whom something can be handed over.
    var partners: [TransferCard] = []

    static let askScope = "ask"
    static func scope(_ id: AskedInID) -> String { "a-\(id)" }
    static func handingScope(_ id: AskedInID) -> String { "h-\(id)" }

    private var id: String { seen.dossier.id.rawValue }

    private func reasons(_ scope: String) -> [Refusal] { refused.flatMap { $0.scope == scope ? $0.reasons : nil } ?? [] }

    private func sent(_ scope: String) -> PostedForm? { refused?.scope == scope ? refused?.sent : nil }

    /// Reasons that belong to no form that is on the page, so that none is lost.
    var problemsOfNoForm: [FormProblem] {
        guard let refused, refused.scope != Self.askScope,
            !seen.dossier.askedIn.contains(where: { one in
                refused.scope == Self.scope(one.id) && seen.rules.askedIn(one.asked.kind) != nil
                    || refused.scope == Self.handingScope(one.id) && one.isOpen(on: seen.today)
            })
        else { return [] }
        return words.problems(refused.reasons)
    }

    // MARK: Who reads along

    var readers: [AskedInPage.Reader] {
        seen.dossier.askedIn.filter { $0.isOpen(on: seen.today) }.reversed().map { reader($0) }
    }

    var over: [AskedInPage.Reader] {
        seen.dossier.askedIn.filter { !$0.isOpen(on: seen.today) }.reversed().map { reader($0) }
    }

    private func reader(_ one: AskedIn) -> AskedInPage.Reader {
        let rule = seen.rules.askedIn(one.asked.kind)
        let isOpen = one.isOpen(on: seen.today)
        let mayAct = isOpen && rule.map { seen.sight.mayAskIn($0) } ?? false
        var facts = [
            Fact(words.texts("askedIn.for"), one.asked.purpose),
            Fact(words.texts("askedIn.reads"), parts(one.asked.parts)),
            Fact(words.texts("askedIn.ground"), ground(one, rule)),
            Fact(
                words.texts("askedIn.askedBy"),
                words.texts(
                    "askedIn.askedByOn",
                    ["who": names[one.by] ?? words.texts("somebody"), "day": words.format.plainDay(one.at.day)])),
        ]
        if let last = one.prolonged.last {
            facts.append(
                Fact(
                    words.texts("askedIn.prolonged"), last.reason,
                    note: words.texts("around.until", ["day": words.format.plainDay(last.until)])))
        }
        facts += one.handedOver.map { handed in
            Fact(
                words.texts("transfer.fact"), handed.what.to,
                note: words.texts(
                    "askedIn.askedByOn",
                    ["who": names[handed.by] ?? words.texts("somebody"), "day": words.format.plainDay(handed.at.day)]))
        }
        return AskedInPage.Reader(
            name: names[one.asked.person] ?? words.texts("somebody"), kind: words.function(AskedInRule.function(one.asked.kind)),
            chip: chip(one), facts: facts,
            weighing: one.asked.weighing.map { weighing in
                weighing.sentences.map { Fact(words.texts("askedIn.\($0.field)"), $0.text) }
            } ?? [],
            // What was typed stays, also when the reading along ended meanwhile.
            prolong: mayAct || refused?.scope == Self.scope(one.id) ? prolong(one, rule) : nil,
            withdraw: mayAct ? withdraw(one) : nil,
            handOver: seen.handsOver(one) && !partners.isEmpty ? handOver(one) : nil)
    }

    private func chip(_ one: AskedIn) -> Chip {
        if let closed = one.closed {
            return Chip(
                words.texts(
                    "askedIn.closed.\(closed.why.rawValue)", ["day": words.format.shortDay(closed.at.day, today: words.today)]))
        }
        let day = words.format.plainDay(one.until)
        return one.isOpen(on: seen.today)
            ? Chip(words.texts("askedIn.until", ["day": day]), .ok) : Chip(words.texts("askedIn.ended", ["day": day]))
    }

    private func parts(_ parts: Set<DossierPart>) -> String {
        words.format.list(
            DossierPart.allCases.filter(parts.contains).map { words.texts.ifKnown("dossierPart.\($0.rawValue)") ?? $0.rawValue })
    }

    private func ground(_ one: AskedIn, _ rule: AskedInRule?) -> String {
        if let purpose = one.asked.agreement {
            if let recipient = one.asked.recipient {
                return words.texts("askedIn.byAgreementFor", ["purpose": title(purpose), "recipient": recipient])
            }
            return words.texts("askedIn.byAgreement", ["purpose": title(purpose)])
        }
        guard case .law(let text) = rule?.ground else { return words.texts("askedIn.byLaw") }
        return words.texts("askedIn.byLaw") + " " + text[words.language]
    }

    private func title(_ purpose: String) -> String { seen.rules.purpose(purpose)?.title[words.language] ?? purpose }

    private func prolong(_ one: AskedIn, _ rule: AskedInRule?) -> Form? {
        guard let rule else { return nil }
        let scope = Self.scope(one.id)
        let sent = sent(scope)
        var fields = [
            FormField(
                name: "until", label: words.texts("askedIn.newUntil"), kind: .date, value: sent?["until"] ?? "",
                hint: words.texts(
                    "askedIn.latest", ["day": words.format.plainDay(rule.longest.after(seen.today))]),
                least: seen.today.description, most: rule.longest.after(seen.today).description),
            FormField(
                name: "reason", label: words.texts("askedIn.whyLonger"), kind: .text, value: sent?["reason"] ?? "",
                hint: words.texts("askedIn.familyReads")),
        ]
        for index in fields.indices { fields[index].error = words.error(fields[index].name, reasons(scope)) }
        return Form(
            action: Address.askedInProlong(id, one.id.rawValue).path, button: words.texts("askedIn.prolongButton"),
            scope: scope, fields: fields, problems: words.problems(reasons(scope)))
    }

    private func withdraw(_ one: AskedIn) -> Form {
        Form(
            action: Address.askedInWithdraw(id, one.id.rawValue).path, button: words.texts("askedIn.withdrawButton"),
            scope: "w-\(one.id)")
    }

    private func handOver(_ one: AskedIn) -> Form {
        let scope = Self.handingScope(one.id)
        let chosen = sent(scope)?["partner"] ?? ""
        var field = FormField(
            name: "partner", label: words.texts("transfer.partner"), kind: .select, value: chosen,
            options: [FormOption("", words.texts("transfer.choose"), selected: chosen.isEmpty)]
                + partners.map { FormOption($0.fingerprint, $0.name, selected: $0.fingerprint == chosen) })
        field.error = words.error("partner", reasons(scope))
        return Form(
            action: Address.askedInHandOver(id, one.id.rawValue).path, button: words.texts("transfer.button"), scope: scope,
            fields: [field], problems: words.problems(reasons(scope)))
    }

    // MARK: Asking

    var kinds: [AskedInPage.Kind] {
        seen.askable.map { rule in
            let longest = words.period(rule.longest)
            let mine = parts(rule.parts.intersection(seen.sight.parts))
            let values = ["longest": longest, "parts": mine, "purpose": rule.ground.purpose.map { title($0) } ?? ""]
            let agrees = rule.ground.purpose.map { !seen.dossier.agreedRecipients(of: $0).isEmpty } ?? true
            return AskedInPage.Kind(
                title: rule.title[words.language], text: rule.explanation[words.language],
                note: words.texts(rule.ground.purpose == nil ? "askedIn.noteLaw" : "askedIn.noteAgreement", values),
                ask: agrees ? Link(words.texts("askedIn.ask"), "\(Address.askedIn(id).path)?soort=\(rule.id)") : nil,
                missing: agrees ? nil : Link(words.texts("askedIn.noAgreement", values), .family(id)))
        }
    }

    func text(_ rule: AskedInRule) -> String {
        switch rule.ground {
        case .law(let text): words.texts("askedIn.byLaw") + " " + text[words.language]
        case .agreement(let purpose): words.texts("askedIn.askAgreement", ["purpose": title(purpose)])
        }
    }

    /// For whom of those to whom everybody agrees somebody is asked in.
    private func recipient(_ purpose: String, _ sent: PostedForm?) -> FormField {
        let agreed = seen.dossier.agreedRecipients(of: purpose)
        let chosen = sent?["recipient"] ?? (agreed.count == 1 ? agreed.first : nil) ?? ""
        return FormField(
            name: "recipient", label: words.texts("askedIn.recipientQuestion"), kind: .select, value: chosen,
            options: [FormOption("", words.texts("form.choose"), selected: chosen.isEmpty)]
                + agreed.map { FormOption($0, $0, selected: $0 == chosen) },
            hint: words.texts("askedIn.recipientHint"))
    }

    /// The form to ask somebody of a kind.
    func form(_ rule: AskedInRule) -> Form {
        let sent = sent(Self.askScope)
        let reasons = reasons(Self.askScope)
        let chosen = Set(sent?.values("parts") ?? [])
        let last = rule.longest.after(seen.today)
        // Who it is about goes along always, so it is no choice.
        let open = DossierPart.allCases.filter {
            $0 != .child && rule.parts.contains($0) && seen.sight.sees($0)
        }
        var fields = [
            key, FormField(name: "kind", label: "", kind: .hidden, value: rule.id),
        ]
        if let purpose = rule.ground.purpose { fields.append(recipient(purpose, sent)) }
        fields += [
            FormField(
                name: "name", label: words.texts("askedIn.name"), kind: .text, value: sent?["name"] ?? "", autocomplete: "off"),
            FormField(
                name: "email", label: words.texts("guardian.email"), kind: .email, value: sent?["email"] ?? "",
                hint: words.texts("askedIn.emailHint"), autocomplete: "off"),
            FormField(
                name: "parts", label: words.texts("askedIn.partsQuestion"), kind: .choices,
                options: open.map { part in
                    FormOption(
                        part.rawValue, words.texts.ifKnown("dossierPart.\(part.rawValue)") ?? part.rawValue,
                        selected: chosen.contains(part.rawValue))
                }, hint: words.texts("askedIn.partsHint")),
            FormField(
                name: "purpose", label: words.texts("askedIn.purposeQuestion"), kind: .paragraph, value: sent?["purpose"] ?? "",
                hint: words.texts("askedIn.familyReads"), rows: 2),
            FormField(
                name: "until", label: words.texts("askedIn.untilQuestion"), kind: .date, value: sent?["until"] ?? "",
                hint: words.texts("askedIn.latest", ["day": words.format.plainDay(last)]), least: seen.today.description,
                most: last.description),
        ]
        if rule.ground.purpose != nil {
            for name in ["proportionality", "subsidiarity", "effectiveness"] {
                fields.append(
                    FormField(
                        name: name, label: words.texts("askedIn.\(name)Question"), kind: .paragraph, value: sent?[name] ?? "",
                        why: name == "proportionality" ? words.texts("askedIn.weighingWhy") : nil, rows: 2))
            }
        }
        for index in fields.indices { fields[index].error = words.error(fields[index].name, reasons) }
        return Form(
            action: Address.askedIn(id).path, button: words.texts("askedIn.askButton"), scope: Self.askScope, fields: fields,
            problems: words.problems(reasons), cancel: Link(words.texts("form.cancel"), .askedIn(id)))
    }
}
