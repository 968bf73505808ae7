import Domain
import Plan
import Testing

@Suite("Checking a plan")
struct PlanCheckTests {
    @Test("the small plan has nothing wrong")
    func nothing() {
        #expect(SmallPlan.summary(SmallPlan.problems(SmallPlan.texts)) == [])
    }

    typealias Fault = PlanLoaderTests.Fault

    static let references = [
        Fault(
            "a function that starts", "procedures/aanvraag.yaml", "start:\n  by: coach", "start:\n  by: [coach, couch]",
            "unknown-reference aanvraag.yaml:6 procedures.aanvraag.start.by"),
        Fault(
            "a function that acts", "procedures/aanvraag.yaml",
            "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, source: par. 5 }",
            "title: { nl: Aanvullen, en: Add }\n    by: couch",
            "unknown-reference aanvraag.yaml:22 procedures.aanvraag.steps.aanvullen.by"),
        Fault(
            "a function in a meeting", "procedures/aanvraag.yaml", "required: [guardian, coach]",
            "required: [guardian, buurman]",
            "unknown-reference aanvraag.yaml:33 procedures.aanvraag.steps.praten.meeting.required"),
        Fault(
            "the function of a person", "fields.yaml", "function: kenner", "function: kener",
            "unknown-reference fields.yaml:9 fields.wie.function"),
        Fault(
            "a discipline", "functions.yaml", "disciplines: arts", "disciplines: [arts, smid]",
            "unknown-reference functions.yaml:29 functions.kenner.disciplines"),
        Fault(
            "a voice", "groeidocument.yaml", "voice: child", "voice: opa",
            "unknown-reference groeidocument.yaml:9 groeidocument.parts.kind.fields.trots.voice"),
        Fault(
            "a field that is asked", "procedures/aanvraag.yaml", "asks: [reden]", "asks: [reden, reeden]",
            "unknown-reference aanvraag.yaml:40 procedures.aanvraag.steps.besluit.asks.2"),
        Fault(
            "a fact of a condition", "procedures/aanvraag.yaml", "when: { group: \"2..\" }", "when: { kleur: rood }",
            "unknown-reference aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.kleur"),
        Fault(
            "an answer in a condition", "procedures/aanvraag.yaml", "when: { group: \"2..\" }", "when: { soort: maand }",
            "unknown-reference aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.soort"),
        Fault(
            "a group in a condition", "procedures/aanvraag.yaml", "when: { group: \"2..\" }", "when: { group: \"9\" }",
            "unknown-reference aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.group"),
        Fault(
            "a purpose", "procedures/aanvraag.yaml", "agreement: delen", "agreement: del",
            "unknown-reference aanvraag.yaml:9 procedures.aanvraag.start.needs.delen"),
        Fault(
            "a kind of document", "procedures/aanvraag.yaml", "evidence: verslag", "evidence: brief",
            "unknown-reference aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag"),
        Fault(
            "a part of the groeidocument", "procedures/aanvraag.yaml", "agreement: delen", "groeidocument: [kind, gezin]",
            "unknown-reference aanvraag.yaml:9 procedures.aanvraag.start.needs.delen"),
        Fault(
            "a support form of a route", "procedures/aanvraag.yaml", "form: hulp", "form: hup",
            "unknown-reference aanvraag.yaml:3 procedures.aanvraag.form"),
        Fault(
            "a support form that is granted", "procedures/aanvraag.yaml", "grants: hulp", "grants: hup",
            "unknown-reference aanvraag.yaml:57 procedures.aanvraag.outcomes.ja.grants"),
        Fault(
            "a step after a choice", "procedures/aanvraag.yaml", "en: Ask }, then: aanvullen",
            "en: Ask }, then: [aanvullen, bellen]",
            "unknown-reference aanvraag.yaml:19 procedures.aanvraag.steps.kijken.choices.vragen.then"),
        Fault(
            "a step that pauses a clock", "procedures/aanvraag.yaml", "paused-in: aanvullen", "paused-in: aanvulen",
            "unknown-reference aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.paused-in"),
        Fault(
            "a step with another actor", "procedures/aanvraag.yaml", "warn-actor-of: kijken", "not-actor-of: kjken",
            "unknown-reference aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.not-actor-of"),
        Fault(
            "a procedure that an outcome leads to", "procedures/aanvraag.yaml", "leads-to: aanvraag", "leads-to: aanvragen",
            "unknown-reference aanvraag.yaml:68 procedures.aanvraag.outcomes.nee.leads-to"),
        Fault(
            "a procedure that gives sight", "functions.yaml", "sees: { acting: true, afterwards: P2W }",
            "sees: [{ during: [aanvraag, beroep] }]", "unknown-reference functions.yaml:27 functions.kenner.sees"),
        Fault(
            "a procedure before", "procedures/aanvraag.yaml", "start:\n", "start:\n  after: [{ procedure: gesprek }]\n",
            "unknown-reference aanvraag.yaml:6 procedures.aanvraag.start.after.1.procedure"),
        Fault(
            "a step whose report is an advice", "procedures/aanvraag.yaml", "advices: oordeel", "advices: oordelen",
            "unknown-reference aanvraag.yaml:63 procedures.aanvraag.outcomes.ja.decision.advices"),
        Fault(
            "the last group of a row", "rules/duur.yaml", "{ end-of-group: \"2\" }", "{ end-of-group: \"4\" }",
            "unknown-reference duur.yaml:5 rules.duur.rows.week-jong.until"),
        Fault(
            "a clock in an example", "examples/alles.yaml", "clock: aanvraag.beslissen", "clock: aanvraag.besluiten",
            "unknown-reference alles.yaml:14 examples.alles.zes-weken.clock"),
        Fault(
            "an answer in an example", "examples/alles.yaml", "answers: { soort: dag }", "answers: { soort: maand }",
            "unknown-reference alles.yaml:9 examples.alles.een-dag.answers.soort"),
    ]

    @Test("what is named must exist", arguments: references)
    func reference(_ fault: Fault) throws { try expectOnly(fault) }

    static let faults = [
        Fault(
            "a short title for the picture that is too long", "waaier.yaml", "short: { nl: Hulp, en: Help }",
            "short: { nl: Hulp in de klas!, en: Help in class! }", "too-long waaier.yaml:4 waaier.dichtbij.forms.hulp.short.nl"),
        Fault(
            "a step without an actor", "procedures/aanvraag.yaml",
            "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, source: par. 5 }",
            "title: { nl: Aanvullen, en: Add }\n    by: []",
            "no-actor aanvraag.yaml:22 procedures.aanvraag.steps.aanvullen.by"),
        Fault(
            "a step without a way out", "procedures/aanvraag.yaml",
            "choices:\n      klaar: { title: { nl: Klaar, en: Done }, then: kijken }",
            "choices: {}", "no-way-out aanvraag.yaml:23 procedures.aanvraag.steps.aanvullen.choices"),
        Fault(
            "a step that nothing leads to", "procedures/aanvraag.yaml", "en: Ask }, then: aanvullen", "en: Ask }, end: nee",
            "unreachable-step aanvraag.yaml:20 procedures.aanvraag.steps.aanvullen"),
        Fault(
            "a start that opens nothing", "procedures/aanvraag.yaml", "then: kijken }", "then: besluit }",
            "dead-end aanvraag.yaml:24 procedures.aanvraag.steps.aanvullen.choices.klaar"),
        Fault(
            "steps that go round for ever", "procedures/aanvraag.yaml", "then: kijken }", "then: aanvullen }",
            "never-ends aanvraag.yaml:20 procedures.aanvraag.steps.aanvullen"),
        Fault(
            "an outcome that no choice reaches", "procedures/aanvraag.yaml", "end: nee }", "end: ja }",
            "unreached-outcome aanvraag.yaml:68 procedures.aanvraag.outcomes.nee"),
        Fault(
            "a meeting that nothing plans", "procedures/aanvraag.yaml", ", plans: praten,", ",",
            "meeting-not-planned aanvraag.yaml:33 procedures.aanvraag.steps.praten.meeting"),
        Fault(
            "a plan for a step that is no meeting", "procedures/aanvraag.yaml", "en: Ask }, then: aanvullen",
            "en: Ask }, then: aanvullen, plans: aanvullen",
            "meeting-not-planned aanvraag.yaml:19 procedures.aanvraag.steps.kijken.choices.vragen.plans"),
        Fault(
            "a clock that runs from complete when nothing completes", "procedures/aanvraag.yaml", ", marks-complete: true", "",
            "never-complete aanvraag.yaml:49 procedures.aanvraag.clocks.beslissen.from"),
        Fault(
            "a clock from a field that asks no day", "procedures/aanvraag.yaml", "from: complete",
            "from: { field: reden }",
            "bad-field aanvraag.yaml:49 procedures.aanvraag.clocks.beslissen.from"),
        Fault(
            "a clock from a day that may be known from another case", "procedures/aanvraag.yaml", "from: complete",
            "from: { field: begin }",
            "bad-field aanvraag.yaml:49 procedures.aanvraag.clocks.beslissen.from"),
        Fault(
            "a clock from a step that is not there", "procedures/aanvraag.yaml", "from: complete",
            "from: { step: kijk }",
            "unknown-reference aanvraag.yaml:49 procedures.aanvraag.clocks.beslissen.from"),
        Fault(
            "a clock met by a step that is not there", "procedures/aanvraag.yaml", "paused-in: aanvullen",
            "met-by: aanvulen",
            "unknown-reference aanvraag.yaml:50 procedures.aanvraag.clocks.beslissen.met-by"),
        Fault(
            "a person chosen in no person field", "procedures/aanvraag.yaml",
            "by: { chosen-in: wie, disciplines: arts, source: par. 5 }", "by: { chosen-in: reden, functions: coach }",
            "bad-field aanvraag.yaml:27 procedures.aanvraag.steps.oordeel.by.chosen-in"),
        Fault(
            "a person chosen for another function", "procedures/aanvraag.yaml",
            "by: { chosen-in: wie, disciplines: arts, source: par. 5 }", "by: { chosen-in: wie, functions: coach }",
            "nobody-can-act aanvraag.yaml:27 procedures.aanvraag.steps.oordeel.by.chosen-in"),
        Fault(
            "a discipline that the function does not know", "procedures/aanvraag.yaml",
            "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, source: par. 5 }",
            "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, disciplines: arts }",
            "nobody-can-act aanvraag.yaml:22 procedures.aanvraag.steps.aanvullen.by.disciplines"),
        Fault(
            "an actor who cannot see the dossier", "procedures/aanvraag.yaml",
            "title: { nl: Aanvullen, en: Add }\n    by: { functions: coach, source: par. 5 }",
            "title: { nl: Aanvullen, en: Add }\n    by: [coach, kenner]",
            "acts-unseen aanvraag.yaml:22 procedures.aanvraag.steps.aanvullen.by"),
        Fault(
            "a starter who sees the dossier only afterwards", "procedures/aanvraag.yaml", "start:\n  by: coach",
            "start:\n  by: [coach, kenner]", "acts-unseen aanvraag.yaml:6 procedures.aanvraag.start.by"),
        Fault(
            "a number without a sequence", "procedures/aanvraag.yaml", "{swv}-{seq:3}-{school-year}", "{swv}-{school-year}",
            "bad-template aanvraag.yaml:59 procedures.aanvraag.outcomes.ja.decision.number"),
        Fault(
            "an unknown word in a number", "procedures/aanvraag.yaml", "{swv}-{seq:3}", "{samenwerking}-{seq:3}",
            "bad-template aanvraag.yaml:59 procedures.aanvraag.outcomes.ja.decision.number"),
        Fault(
            "a number that comes back each year", "procedures/aanvraag.yaml", "{swv}-{seq:3}-{school-year}", "{swv}-{seq:3}",
            "number-repeats aanvraag.yaml:59 procedures.aanvraag.outcomes.ja.decision.number"),
        Fault(
            "a first day that is no day", "procedures/aanvraag.yaml", "begin-field: begin", "begin-field: reden",
            "bad-field aanvraag.yaml:66 procedures.aanvraag.outcomes.ja.decision.validity.begin-field"),
        Fault(
            "a field that is asked nowhere", "procedures/aanvraag.yaml", "asks: [eind, afwijking]", "asks: [eind]",
            "never-asked aanvraag.yaml:66 procedures.aanvraag.outcomes.ja.decision.validity.deviation-field"),
        Fault(
            "a choice between one", "fields.yaml",
            "kind: paragraph, optional: true }", "kind: choice, options: { x: { nl: X, en: X } }, optional: true }",
            "bad-field fields.yaml:7 fields.afwijking.options"),
        Fault(
            "a range of answers", "procedures/aanvraag.yaml", "when: { group: \"2..\" }", "when: { soort: \"2..\" }",
            "bad-value aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.soort"),
        Fault(
            "a question that hangs on itself", "fields.yaml", "kind: day, optional: true }",
            "kind: day, optional: true, when: { eind: none } }", "bad-field fields.yaml:6 fields.eind.when"),
        Fault(
            "a guardian who sees nothing", "functions.yaml", "sees: always\n  reads: child", "sees: named\n  reads: child",
            "bad-value functions.yaml:8 functions.guardian-without-authority"),
        Fault(
            "whole school years without a choice in a clash", "procedures/aanvraag.yaml", ", table: duur }",
            ", table: duur, whole-school-years: { soort: week }, whole-school-years-source: Atw art. 1 lid 2 }",
            "bad-field aanvraag.yaml:66 procedures.aanvraag.outcomes.ja.decision.validity.conflict-field"),
        Fault(
            "a letter with an open section", "letters/besluit.nl.mustache", "Nummer {{number}}", "{{#number}}Nummer {{number}}",
            "bad-template besluit.nl.mustache:1 letters.besluit.nl.mustache"),
        Fault(
            "a letter that fills in what was typed as it is", "letters/besluit.nl.mustache", "Nummer {{number}}",
            "Nummer\n\n{{{number}}}", "bad-template besluit.nl.mustache:3 letters.besluit.nl.mustache"),
        Fault(
            "the same, written otherwise", "letters/besluit.en.mustache", "Number {{number}}",
            "Number\n{{& number }}", "bad-template besluit.en.mustache:2 letters.besluit.en.mustache"),
        Fault(
            "a word that no decision fills", "letters/besluit.nl.mustache", "Nummer {{number}}",
            "Nummer {{number}}\n{{nummer}}", "unknown-word besluit.nl.mustache:2 letters.besluit.nl.mustache"),
        Fault(
            "a section that no decision fills", "letters/besluit.nl.mustache", "Nummer {{number}}",
            "{{#experten}}x{{/experten}}", "unknown-word besluit.nl.mustache:1 letters.besluit.nl.mustache"),
        Fault(
            "a word of an advice outside of the advices", "letters/besluit.nl.mustache", "Nummer {{number}}",
            "{{#experts}}{{name}}{{/experts}}\n{{discipline}}",
            "unknown-word besluit.nl.mustache:2 letters.besluit.nl.mustache"),
        Fault(
            "a letter that takes in another text", "letters/besluit.nl.mustache", "Nummer {{number}}", "{{> layout}}",
            "bad-template besluit.nl.mustache:1 letters.besluit.nl.mustache"),
        Fault(
            "a letter that changes its braces", "letters/besluit.nl.mustache", "Nummer {{number}}", "{{=<% %>=}}<%& child %>",
            "bad-template besluit.nl.mustache:1 letters.besluit.nl.mustache"),
        Fault(
            "who chooses another where nobody is chosen", "procedures/aanvraag.yaml",
            "by: { functions: coach, warn-actor-of: kijken, source: par. 5 }",
            "by: { functions: coach, warn-actor-of: kijken, replaced-by: coach }",
            "bad-value aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.replaced-by"),
        Fault(
            "a start for children that the plan is not for", "procedures/aanvraag.yaml", "  opens: kijken\n",
            "  opens: kijken\n  when: { age: \"15..\" }\n", "never-holds aanvraag.yaml:12 procedures.aanvraag.start.when.age"),
        Fault(
            "a need of children that the plan is not for", "procedures/aanvraag.yaml", "when: { group: \"2..\" }",
            "when: { age: \"..2\" }", "never-holds aanvraag.yaml:10 procedures.aanvraag.start.needs.verslag.when.age"),
        Fault(
            "a choice for children of one age that is none", "procedures/aanvraag.yaml", "en: Ask }, then: aanvullen",
            "en: Ask }, when: { age: [1, 2] }, then: aanvullen",
            "never-holds aanvraag.yaml:19 procedures.aanvraag.steps.kijken.choices.vragen.when.age"),
        Fault(
            "a warning as long as the term itself", "procedures/aanvraag.yaml", "warn: P1W", "warn: [P1W, P6W]",
            "bad-value aanvraag.yaml:51 procedures.aanvraag.clocks.beslissen.warn"),
        Fault(
            "a warning that is longer than the term, in another unit", "procedures/aanvraag.yaml", "warn: P1W", "warn: P2M",
            "bad-value aanvraag.yaml:51 procedures.aanvraag.clocks.beslissen.warn"),
        Fault(
            "somebody else than did the step itself", "procedures/aanvraag.yaml", "warn-actor-of: kijken",
            "not-actor-of: besluit", "bad-value aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.not-actor-of"),
        Fault(
            "rather somebody else than did the step itself", "procedures/aanvraag.yaml", "warn-actor-of: kijken",
            "warn-actor-of: besluit", "bad-value aanvraag.yaml:38 procedures.aanvraag.steps.besluit.by.warn-actor-of"),
        Fault(
            "a field that a start asks twice", "procedures/aanvraag.yaml", "asks: [soort, begin]",
            "asks: [soort, begin, { field: soort, when: { group: \"1\" } }]",
            "duplicate-field aanvraag.yaml:7 procedures.aanvraag.start.asks.3"),
        Fault(
            "a field that a choice asks where the step does", "procedures/aanvraag.yaml", "asks: [eind, afwijking]",
            "asks: [eind, afwijking, reden]",
            "duplicate-field aanvraag.yaml:42 procedures.aanvraag.steps.besluit.choices.ja.asks.3"),
        Fault(
            "a plan that ends before it begins", "plan.yaml", "in-force: 2020-08-01", "in-force: 2020-08-01\nuntil: 2020-07-31",
            "bad-value plan.yaml:5 until"),
        Fault(
            "a case without a row", "rules/duur.yaml", "group: \"..2\"", "group: \"1\"",
            "table-gap duur.yaml:1 rules.duur"),
    ]

    @Test("a start that must follow within a time has that time, and some time it must be")
    func within() throws {
        func plan(_ within: String) throws -> [String: String] {
            try SmallPlan.replacing(
                "  opens: kijken\n",
                with: "  opens: kijken\n  after: [{ procedure: aanvraag, outcomes: [nee], within: \(within) }]\n",
                in: "procedures/aanvraag.yaml")
        }
        let bad = "bad-value aanvraag.yaml:12 procedures.aanvraag.start.after.1.within"
        #expect(SmallPlan.summary(SmallPlan.problems(try plan("P0D"))).contains(bad))
        #expect(SmallPlan.summary(SmallPlan.problems(try plan("zes weken"))).contains(bad))
        #expect(!SmallPlan.summary(SmallPlan.problems(try plan("P6W"))).contains(bad))
    }

    @Test(
        "a letter uses what its decision says: copies, advices, and sections of what another decision may say",
        arguments: [
            "{{#experts}}{{name}}{{#discipline}}, {{discipline}}{{/discipline}}, {{day}}, {{child}}{{/experts}}",
            "{{soort}} {{begin}} {{end}} {{objectionUntil}} {{! geen woord }}", "{{^experts}}geen{{/experts}} {{ email }}",
        ])
    func letterWords(_ letter: String) throws {
        let texts = try SmallPlan.replacing("Nummer {{number}}", with: letter, in: "letters/besluit.nl.mustache")
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
        // Without a term of objection its section is left out, and the bare word has nothing to say.
        let plain = try SmallPlan.replacing(
            "      objection: { within: P6W, counts-by: termijnenwet }\n", with: "", in: "procedures/aanvraag.yaml", of: texts)
        let fit = try SmallPlan.replacing(
            letter, with: "{{#objectionUntil}}Tot {{objectionUntil}}{{/objectionUntil}}", in: "letters/besluit.nl.mustache",
            of: plain)
        #expect(SmallPlan.summary(SmallPlan.problems(fit)) == [])
        let bare = try SmallPlan.replacing(letter, with: "Tot {{objectionUntil}}", in: "letters/besluit.nl.mustache", of: plain)
        #expect(
            SmallPlan.summary(SmallPlan.problems(bare)) == ["unknown-word besluit.nl.mustache:1 letters.besluit.nl.mustache"])
    }

    @Test("one field can be asked in two cases, and beside that in all others")
    func askedInTwoCases() throws {
        let texts = try SmallPlan.replacing(
            "asks: [soort, begin]",
            with: """
                asks: [soort, { field: begin, when: { soort: dag } }, { field: begin, optional: true, when: { soort: week } }, \
                { field: reden, when: { soort: dag } }, { field: reden, optional: true }]
                """, in: "procedures/aanvraag.yaml")
        #expect(!SmallPlan.problems(texts).contains { $0.code == .duplicateField })
    }

    @Test("a warning may be as long as the term in some months, and a row may be for ages beyond the plan")
    func nearlyTooEarly() throws {
        let clock = try SmallPlan.replacing(
            "within: P6W\n    counts-by", with: "within: P1M\n    counts-by", in: "procedures/aanvraag.yaml")
        let warned = try SmallPlan.replacing("warn: P1W", with: "warn: P30D", in: "procedures/aanvraag.yaml", of: clock)
        #expect(!SmallPlan.problems(warned).contains { $0.path.hasSuffix("warn") })
        let rows = try SmallPlan.replacing(
            "week-oud: { when: { soort: week, group: \"3..\" }", with: "week-oud: { when: { soort: week, age: \"20..\" }",
            in: "rules/duur.yaml")
        #expect(!SmallPlan.problems(rows).contains { $0.code == .neverHolds })
    }

    @Test(
        "a choice is for children who can be in the route: none gets younger",
        arguments: [
            ("age: \"8..\"", "age: \"..7\"", true), ("age: \"8..\"", "age: \"..8\"", false),
            ("group: \"2..\"", "group: \"1\"", true), ("group: [\"2\", \"3\"]", "group: \"1\"", true),
            ("group: \"2\"", "group: \"3\"", false), ("group: \"..2\"", "group: \"1\"", false),
        ])
    func younger(_ start: String, _ choice: String, _ isTold: Bool) throws {
        let texts = try SmallPlan.replacing(
            "en: Ask }, then: aanvullen", with: "en: Ask }, when: { \(choice) }, then: aanvullen", in: "procedures/aanvraag.yaml")
        let both = try SmallPlan.replacing(
            "  opens: kijken\n", with: "  opens: kijken\n  when: { \(start) }\n", in: "procedures/aanvraag.yaml", of: texts)
        let told = SmallPlan.problems(both).filter { $0.code == .neverHolds }
        #expect(
            told.map(\.path)
                == (isTold ? ["procedures.aanvraag.steps.kijken.choices.vragen.when." + choice.prefix { $0 != ":" }] : []))
    }

    @Test("a step and a need without a source are warned of, and a step may have it with its actor")
    func withoutSource() throws {
        let step = try SmallPlan.replacing(
            "en: Look }\n    by: { functions: coach, source: par. 5 }", with: "en: Look }\n    by: coach",
            in: "procedures/aanvraag.yaml")
        let both = try SmallPlan.replacing(
            "en: May we }, source: par. 5 }", with: "en: May we } }", in: "procedures/aanvraag.yaml", of: step)
        let problems = SmallPlan.problems(both)
        #expect(
            SmallPlan.summary(problems) == [
                "missing-source aanvraag.yaml:9 procedures.aanvraag.start.needs.delen.source",
                "missing-source aanvraag.yaml:13 procedures.aanvraag.steps.kijken.source",
            ])
        #expect(problems.allSatisfy { $0.severity == .warning })
    }

    @Test("every kind of problem says what to do, and not what is wrong once more", arguments: PlanProblem.Code.allCases)
    func remedy(_ code: PlanProblem.Code) {
        let problem = PlanProblem(code, at: nil, path: "x", message: Localized(nl: "fout", en: "wrong"))
        for language in Language.allCases {
            #expect(problem.hint[language].split(separator: " ").count > 1)
            #expect(problem.line(in: language).contains("(\(problem.hint[language]))"))
        }
        #expect(problem.hint.nl != problem.hint.en)
    }

    @Test("two versions on one day, and one that begins before what it amends, are told with the version and its line")
    func clashes() throws {
        func plan(_ key: String, _ text: String) throws -> LoadedPlan {
            try PlanLoader.open(
                PlanKey(key), from: PlanTexts(SmallPlan.texts.merging(["\(key)/plan.yaml": text]) { _, new in new }))
        }
        let base = try plan("wold/2020", SmallPlan.plan)
        let amending = { (day: String) in
            "key: wold/later\namends: wold/2020\nin-force: \(day)\ntitle: { nl: Later, en: Later }\n"
        }
        #expect(PlanLoader.clashes(of: [base, try plan("wold/later", amending("2020-08-02"))]).isEmpty)
        let same = PlanLoader.clashes(of: [base, try plan("wold/later", amending("2020-08-01"))])
        #expect(same.mapValues(SmallPlan.summary) == [PlanKey("wold/later"): ["versions-clash plan.yaml:3 in-force"]])
        #expect(same.values.flatMap(\.self).map(\.place?.file) == ["wold/later/plan.yaml"])
        let early = PlanLoader.clashes(of: [base, try plan("wold/later", amending("2020-07-31"))])
        #expect(
            early[PlanKey("wold/later")]?.map(\.message.en) == ["‘wold/later’ begins before ‘wold/2020’, which it amends"])
    }

    @Test("what cannot work is told with its file, line and keys, and nothing else is", arguments: faults)
    func fault(_ fault: Fault) throws { try expectOnly(fault) }

    /// The fault is the only error; warnings may follow from it.
    private func expectOnly(_ fault: Fault) throws {
        let texts = try SmallPlan.replacing(fault.piece, with: fault.other, in: fault.file)
        let errors = SmallPlan.problems(texts).filter { $0.severity == .error }
        #expect(SmallPlan.summary(errors) == [fault.said])
        #expect(errors.allSatisfy { !$0.message.nl.isEmpty && !$0.message.en.isEmpty })
    }

    @Test("a support form can depend on a choice; then every answer must come to one")
    func formOfAnswer() throws {
        let texts = try SmallPlan.replacing("form: hulp", with: "form: \"hulp-{soort}\"", in: "procedures/aanvraag.yaml")
        #expect(
            SmallPlan.problems(texts).map(\.message.en).sorted() == [
                "‘hulp-dag’ is no known support form", "‘hulp-week’ is no known support form",
            ])
        let known = texts.mapValues {
            $0.replacing("hulp: {", with: "hulp-dag: {").replacing("grants: hulp", with: "grants: hulp-dag")
        }
        #expect(SmallPlan.problems(known).map(\.message.en) == ["‘hulp-week’ is no known support form"])
    }

    @Test("a choice that ends with an unknown outcome is told, and the outcome it leaves unreached")
    func unknownOutcome() throws {
        let texts = try SmallPlan.replacing("end: nee }", with: "end: neen }", in: "procedures/aanvraag.yaml")
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "unknown-reference aanvraag.yaml:43 procedures.aanvraag.steps.besluit.choices.nee.end",
                "unreached-outcome aanvraag.yaml:68 procedures.aanvraag.outcomes.nee",
            ])
    }

    @Test("a step waits for ever when what it waits for never comes together")
    func waitsForever() throws {
        let texts = try SmallPlan.replacing(
            "then: [oordeel, praten], plans: praten", with: "then: oordeel, plans: praten", in: "procedures/aanvraag.yaml")
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "dead-end aanvraag.yaml:29 procedures.aanvraag.steps.oordeel.choices.klaar",
                "unreachable-step aanvraag.yaml:30 procedures.aanvraag.steps.praten",
                "waits-forever aanvraag.yaml:39 procedures.aanvraag.steps.besluit.waits-for",
                "unreached-outcome aanvraag.yaml:55 procedures.aanvraag.outcomes.ja",
                "unreached-outcome aanvraag.yaml:68 procedures.aanvraag.outcomes.nee",
            ])
    }

    @Test("a step does not open by a choice that opens again what it waits for")
    func reopens() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/aanvraag.yaml"] = SmallPlan.route
            .replacing(
                "en: Opinion }\n    by: { chosen-in: wie, disciplines: arts, source: par. 5 }\n    choices:\n      klaar: { title: { nl: Klaar, en: Done }, then: besluit }",
                with:
                    "en: Opinion }\n    by: { chosen-in: wie, disciplines: arts, source: par. 5 }\n    choices:\n      klaar: { title: { nl: Klaar, en: Done }, then: [oordeel, besluit] }"
            )
        #expect(SmallPlan.problems(texts).contains { $0.code == .waitsForever })
        #expect(
            try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules.procedure("aanvraag")?.step("oordeel")?.choices
                .first?.then == .open(["oordeel", "besluit"]))
    }

    @Test("the reasons of a decision must be asked in the procedure that decides")
    func reasonsElsewhere() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/gesprek.yaml"] = route("gesprek")
        texts = try SmallPlan.replacing("asks: [reden]", with: "asks: []", in: "procedures/aanvraag.yaml", of: texts)
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "never-asked aanvraag.yaml:62 procedures.aanvraag.outcomes.ja.decision.reasons-field"
            ])
    }

    @Test("a gap in a table is told with the cases it leaves out")
    func gap() throws {
        let texts = try SmallPlan.replacing("group: \"3..\"", with: "group: \"2\"", in: "rules/duur.yaml")
        let problems = SmallPlan.problems(texts)
        let gap = try #require(problems.first { $0.code == .tableGap })
        #expect(gap.message.en == "no row is for these cases: soort week, group 3")
        let overlap = try #require(problems.first { $0.code == .tableOverlap })
        #expect(overlap.message.en == "‘week-jong’ and ‘week-oud’ both hold for: soort week, group 2")
        #expect(overlap.path == "rules.duur.rows.week-oud")
    }

    @Test("the first row may win where the table says so, but a row that never wins is told")
    func firstHit() throws {
        var texts = try SmallPlan.replacing("source: par. 6\n", with: "source: par. 6\nhit: first\n", in: "rules/duur.yaml")
        texts = try SmallPlan.replacing("week, group: \"..2\"", with: "week", in: "rules/duur.yaml", of: texts)
        let problems = SmallPlan.problems(texts)
        #expect(SmallPlan.summary(problems) == ["row-never-matches duur.yaml:7 rules.duur.rows.week-oud"])
        #expect(problems.allSatisfy { $0.severity == .warning })
    }

    @Test("an empty answer is a case of its own only where the answer may be empty")
    func emptyAnswers() throws {
        let optional = try SmallPlan.replacing("kind: choice\n", with: "kind: choice\n  optional: true\n", in: "fields.yaml")
        let gap = try #require(SmallPlan.problems(optional).first { $0.code == .tableGap })
        #expect(gap.message.en == "no row is for these cases: soort none, group 1; soort none, group 2; soort none, group 3")
        let filled = try SmallPlan.replacing(
            "rows:\n", with: "rows:\n  niets: { when: { soort: none }, until: { period: P1D }, source: par. 6 }\n",
            in: "rules/duur.yaml", of: optional)
        #expect(SmallPlan.problems(filled).isEmpty)
    }

    @Test("a question that is asked in some cases only is tried in those cases only")
    func conditionalAnswers() throws {
        var texts = try SmallPlan.replacing(
            "begin: {",
            with: "proef: { title: { nl: Proef, en: Trial }, kind: yes-no, when: { soort: dag, group: \"1\" } }\nbegin: {",
            in: "fields.yaml")
        texts = try SmallPlan.replacing(
            "asks: [soort, begin]", with: "asks: [soort, proef, begin]", in: "procedures/aanvraag.yaml", of: texts)
        texts = try SmallPlan.replacing(
            "  dag: { when: { soort: dag }, until: { period: P1M }, source: par. 6 a }",
            with: """
                  dag-proef: { when: { soort: dag, proef: "yes" }, until: { period: P1W }, source: par. 6 a }
                  dag-jong: { when: { soort: dag, proef: "no" }, until: { period: P1M }, source: par. 6 a }
                  dag-oud: { when: { soort: dag, group: "2.." }, until: { period: P2M }, source: par. 6 a }
                """, in: "rules/duur.yaml", of: texts)
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
    }

    @Test("ages are tried on both sides of every bound")
    func ages() throws {
        let texts = try SmallPlan.replacing(
            "week-jong: { when: { soort: week, group: \"..2\" }", with: "week-jong: { when: { soort: week, age: \"..7\" }",
            in: "rules/duur.yaml")
        let other = try SmallPlan.replacing(
            "week-oud: { when: { soort: week, group: \"3..\" }", with: "week-oud: { when: { soort: week, age: \"9..\" }",
            in: "rules/duur.yaml", of: texts)
        let gap = try #require(SmallPlan.problems(other).first { $0.code == .tableGap })
        #expect(gap.message.en == "no row is for these cases: soort week, age 8")
    }

    @Test("a row that ends with a group must have one ahead for every child it is for")
    func groupsPassed() throws {
        let texts = try SmallPlan.replacing(
            "{ period: P1M }", with: "{ end-of-first-group-of: [\"1\", \"2\"] }", in: "rules/duur.yaml")
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == ["table-gap duur.yaml:4 rules.duur.rows.dag.until"])
    }

    @Test("what is never used is a warning")
    func neverUsed() throws {
        var texts = try SmallPlan.replacing(
            "disciplines:\n", with: "disciplines:\n  smid: { nl: Smid, en: Smith }\n", in: "plan.yaml")
        texts = try SmallPlan.replacing(
            "purposes:\n",
            with: "purposes:\n  lezen: { title: { nl: L, en: L }, explanation: { nl: L, en: L }, source: par. 1 }\n",
            in: "plan.yaml",
            of: texts)
        texts = try SmallPlan.replacing(
            "begin: {", with: "kleur: { title: { nl: Kleur, en: Colour }, kind: text }\nbegin: {", in: "fields.yaml", of: texts)
        let problems = SmallPlan.problems(texts)
        #expect(problems.map(\.path).sorted() == ["disciplines.smid", "fields.kleur", "purposes.lezen"])
        #expect(problems.allSatisfy { $0.code == .neverUsed && $0.severity == .warning })
        #expect(throws: Never.self) { try PlanLoader.load(SmallPlan.key, from: PlanTexts(texts)) }
    }

    /// The small route under another name, with numbers of its own.
    private func route(_ id: String) -> String {
        SmallPlan.route.replacing("besluit-{school-year}", with: "\(id)-{school-year}")
            .replacing("{seq:3}", with: "\(id)-{seq:3}").replacing(", leads-to: aanvraag", with: "")
    }

    @Test("a route that an outcome leads to must be able to follow it, or to start before it already")
    func leadsNowhere() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/intake.yaml"] = route("intake")
        texts["wold/2020/procedures/gesprek.yaml"] = route("gesprek")
            .replacing("start:\n", with: "start:\n  after: [{ procedure: intake }]\n")
        texts = try SmallPlan.replacing(
            "leads-to: aanvraag", with: "leads-to: gesprek", in: "procedures/aanvraag.yaml", of: texts)
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "leads-nowhere aanvraag.yaml:68 procedures.aanvraag.outcomes.nee.leads-to"
            ])
        texts = try SmallPlan.replacing(
            "start:\n", with: "start:\n  after: [{ procedure: intake, outcomes: ja }]\n", in: "procedures/aanvraag.yaml",
            of: texts)
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
    }

    @Test("an outcome that must have come before must exist")
    func outcomeBefore() {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/gesprek.yaml"] = route("gesprek")
            .replacing("start:\n", with: "start:\n  after: [{ procedure: aanvraag, outcomes: [ja, misschien] }]\n")
        #expect(
            SmallPlan.summary(SmallPlan.problems(texts)) == [
                "unknown-reference gesprek.yaml:6 procedures.gesprek.start.after.1.outcomes"
            ])
    }

    @Test("a route that comes after what can never happen is told")
    func neverStarts() throws {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/gesprek.yaml"] = route("gesprek")
            .replacing("start:\n", with: "start:\n  after: [{ procedure: aanvraag, outcomes: ja }]\n")
        #expect(SmallPlan.summary(SmallPlan.problems(texts)) == [])
        texts = try SmallPlan.replacing(
            "start:\n", with: "start:\n  after: [{ procedure: gesprek, outcomes: nee }]\n", in: "procedures/aanvraag.yaml",
            of: texts)
        let errors = SmallPlan.problems(texts).filter { $0.severity == .error }
        #expect(
            SmallPlan.summary(errors) == [
                "never-starts aanvraag.yaml:6 procedures.aanvraag.start.after",
                "never-starts gesprek.yaml:6 procedures.gesprek.start.after",
            ])
    }

    @Test("two decisions with the same numbers must count together")
    func sharedNumbers() {
        var texts = SmallPlan.texts
        texts["wold/2020/procedures/gesprek.yaml"] = SmallPlan.route
        #expect(SmallPlan.problems(texts).isEmpty)
        texts["wold/2020/procedures/gesprek.yaml"] = SmallPlan.route.replacing("besluit-{", with: "gesprek-{")
        #expect(SmallPlan.problems(texts).map(\.code) == [.numberRepeats])
    }

    @Test("every plan has the two functions of guardians")
    func guardians() throws {
        let texts = try SmallPlan.replacing("guardian-without-authority:", with: "oom:", in: "functions.yaml")
        #expect(SmallPlan.problems(texts).map(\.code) == [.missingFunction])
    }

    @Test("loading refuses a plan with errors, and rules without files can be checked too")
    func loading() throws {
        let texts = try SmallPlan.replacing("form: hulp", with: "form: hup", in: "procedures/aanvraag.yaml")
        #expect(throws: PlanProblems.self) { try PlanLoader.load(SmallPlan.key, from: PlanTexts(texts)) }
        let rules = try PlanLoader.open(SmallPlan.key, from: PlanTexts(texts)).rules
        let problem = try #require(PlanCheck.problems(of: rules).first)
        #expect(problem.code == .unknownReference)
        #expect(problem.place == nil)
        #expect(problem.path == "procedures.aanvraag.form")
    }
}
