import Domain
import Foundation
import Plan
import Testing

/// The smallest plan with one of everything; tests change a line of it and look what is said.
enum SmallPlan {
    static let key = PlanKey("wold/2020")

    static let law = """
        law: termijnenwet
        title: { nl: Wet, en: Act }
        source: Stb. 314
        holidays:
          - { name: { nl: Nieuwjaarsdag, en: New Year }, fixed: { month: 1, day: 1 }, source: art. 3 }
          - { name: { nl: Tweede Paasdag, en: Easter Monday }, easter: 1, source: art. 3 }
          - { name: { nl: Koningsdag, en: King's Day }, fixed: { month: 4, day: 27, moved-from-sunday: previous }, source: art. 3 }
        extra:
          source: art. 3 lid 3
          days: [{ day: 2020-05-04, source: Stcrt. 1 }]
        thresholds:
          longest: [{ period: P12W, source: art. 4 }]
          short-terms: { protected-from-days: 3, working-days: 2, source: art. 2 }
        """

    static let plan = """
        key: wold/2020
        title: { nl: Plan, en: Plan }
        partnership: { name: Het Wold, short-name: Wold, code: PO0001, postcodes: "0003", address: [Pad 1], email: a@wold.example }
        in-force: 2020-08-01
        document: Het plan
        ages: 3..14
        groups:
          "1": { nl: Groep 1, en: Group 1 }
          "2": { nl: Groep 2, en: Group 2 }
          "3": { nl: Groep 3, en: Group 3 }
        relations:
          ouder: { title: { nl: Ouder, en: Parent }, authority: true }
        purposes:
          delen: { title: { nl: Delen, en: Share }, explanation: { nl: Wij lezen mee., en: We read along. }, source: par. 1 }
        evidence:
          verslag: { title: { nl: Verslag, en: Report } }
        disciplines:
          arts: { nl: Arts, en: Doctor }
        contents:
          law: po
          items:
            a: { source: par. 3, files: [waaier, procedures.aanvraag] }
            b: { source: par. 5, paper: { nl: Het geld, en: The money } }
        """

    static let contents = """
        po:
          title: { nl: Wat een plan bevat, en: What a plan contains }
          source: Atw art. 1
          items:
            a: { title: { nl: Hulp, en: Help }, source: Atw art. 1 onder a }
            b: { title: { nl: Geld, en: Money }, source: Atw art. 1 onder b }
        """

    static let paragraphs = """
        alles:
          title: { nl: Alles, en: Everything }
          paragraphs:
            par. 1: { nl: Delen, en: Sharing }
            par. 2: { nl: Mensen, en: People }
            par. 3: { nl: Hulp, en: Help }
            par. 4: { nl: Het kindplan, en: The child plan }
            par. 5: { nl: Aanvragen, en: Requests }
            par. 6: { nl: Hoe lang, en: How long }
            par. 6 a: { nl: Een dag, en: A day }
            par. 6 b: { nl: Jong, en: Young }
            par. 6 c: { nl: Oud, en: Old }
        """

    static let articles = """
        termijnenwet:
          title: { nl: Termijnenwet, en: Time limits }
          checked: Stb. 314
          articles: { "Atw art. 1": { nl: Einde, en: End } }
          unchecked: { "Atw art. 2": { nl: Kort, en: Short } }
        """

    static let functions = """
        guardian:
          title: { nl: Ouder, en: Parent }
          explanation: { nl: U, en: You }
          place: family
          sees: always
          reads: all
          source: par. 2
        guardian-without-authority:
          title: { nl: Ouder, en: Parent }
          explanation: { nl: U, en: You }
          place: family
          sees: always
          reads: child
          source: par. 2
        coach:
          title: { nl: Coach, en: Coach }
          explanation: { nl: De coach, en: The coach }
          place: school
          sees: always
          reads: all
          may: [write, lock]
          source: par. 2
        kenner:
          title: { nl: Kenner, en: Expert }
          explanation: { nl: De kenner, en: The expert }
          place: partnership
          sees: { acting: true, afterwards: P2W }
          reads: [child, groeidocument]
          disciplines: arts
          source: par. 2
        """

    static let waaier = """
        dichtbij:
          title: { nl: Dichtbij, en: Nearby }
          forms:
            hulp: { title: { nl: Hulp, en: Help }, short: { nl: Hulp, en: Help }, explanation: { nl: Hulp, en: Help }, source: par. 3 }
        """

    static let groeidocument = """
        title: { nl: Kindplan, en: Child plan }
        source: par. 4
        parts:
          kind:
            title: { nl: Het kind, en: The child }
            explanation: { nl: Wie je bent, en: Who you are }
            source: par. 4
            fields:
              trots: { title: { nl: Trots?, en: Proud? }, kind: paragraph, voice: child }
        """

    static let fields = """
        soort:
          title: { nl: Welke plek?, en: Which place? }
          kind: choice
          options: { dag: { nl: Dag, en: Day }, week: { nl: Week, en: Week } }
        begin: { title: { nl: Vanaf, en: From }, kind: day }
        eind: { title: { nl: Tot, en: Until }, kind: day, optional: true }
        afwijking: { title: { nl: Waarom, en: Why }, kind: paragraph, optional: true }
        reden: { title: { nl: Waarom zo, en: Why so }, kind: paragraph }
        wie: { title: { nl: Wie, en: Who }, kind: person, function: kenner, disciplines: arts }
        """

    static let route = """
        title: { nl: Aanvraag, en: Request }
        why: { nl: Wij beslissen, en: We decide }
        form: hulp
        source: par. 5
        start:
          by: coach
          asks: [soort, begin]
          needs:
            delen: { agreement: delen, why: { nl: Mag het, en: May we }, source: par. 5 }
            verslag: { evidence: verslag, why: { nl: Bewijs, en: Proof }, when: { group: "2.." }, source: par. 5 }
          opens: kijken
        steps:
          kijken:
            title: { nl: Kijken, en: Look }
            by: { functions: coach, source: par. 5 }
            asks: [wie]
            choices:
              goed: { title: { nl: Goed, en: Good }, then: [oordeel, praten], plans: praten, marks-complete: true }
              vragen: { title: { nl: Vragen, en: Ask }, then: aanvullen }
          aanvullen:
            title: { nl: Aanvullen, en: Add }
            by: { functions: coach, source: par. 5 }
            choices:
              klaar: { title: { nl: Klaar, en: Done }, then: kijken }
          oordeel:
            title: { nl: Oordeel, en: Opinion }
            by: { chosen-in: wie, disciplines: arts, source: par. 5 }
            choices:
              klaar: { title: { nl: Klaar, en: Done }, then: besluit }
          praten:
            title: { nl: Praten, en: Talk }
            by: { functions: coach, source: par. 5 }
            meeting: { chair: coach, required: [guardian, coach], ahead: P1W }
            choices:
              klaar: { title: { nl: Klaar, en: Done }, then: besluit }
          besluit:
            title: { nl: Besluit, en: Decision }
            by: { functions: coach, warn-actor-of: kijken, source: par. 5 }
            waits-for: [oordeel, praten]
            asks: [reden]
            choices:
              ja: { title: { nl: Ja, en: Yes }, asks: [eind, afwijking], end: ja }
              nee: { title: { nl: Nee, en: No }, end: nee }
        clocks:
          beslissen:
            title: { nl: Beslissen, en: Decide }
            within: P6W
            counts-by: termijnenwet
            from: complete
            paused-in: aanvullen
            warn: P1W
            ground: { nl: Belofte, en: Promise }
            source: par. 5
        outcomes:
          ja:
            title: { nl: Ja, en: Yes }
            grants: hulp
            decision:
              number: "{swv}-{seq:3}-{school-year}"
              counter: "besluit-{school-year}"
              letter: besluit
              reasons-field: reden
              advices: oordeel
              copies: soort
              objection: { within: P6W, counts-by: termijnenwet }
              validity: { begin-field: begin, end-field: eind, deviation-field: afwijking, table: duur }
              source: par. 5
          nee: { title: { nl: Nee, en: No }, leads-to: aanvraag }
        """

    static let table = """
        title: { nl: Hoe lang, en: How long }
        source: par. 6
        rows:
          dag: { when: { soort: dag }, until: { period: P1M }, source: par. 6 a }
          week-jong: { when: { soort: week, group: "..2" }, until: { end-of-group: "2" }, source: par. 6 b }
          week-oud: { when: { soort: week, group: "3.." }, until: { end-of-group: "3" }, source: par. 6 c }
        """

    static let examples = """
        een-dag:
          kind: validity
          why: { nl: Een dag duurt een maand, en: A day lasts a month }
          decision: aanvraag.ja
          group: "1"
          born: 2015-05-05
          decided: 2020-09-01
          begin: 2020-09-10
          answers: { soort: dag }
          expect: { end: 2020-10-09, row: dag }
        zes-weken:
          kind: term
          why: { nl: Zes weken, en: Six weeks }
          clock: aanvraag.beslissen
          from: 2020-09-01
          expect: { due: 2020-10-13 }
        """

    static let texts = [
        "law/termijnenwet.yaml": law,
        "law/articles.yaml": articles,
        "law/ondersteuningsplan.yaml": contents,
        "wold/2020/paragraphs.yaml": paragraphs,
        "wold/2020/plan.yaml": plan,
        "wold/2020/functions.yaml": functions,
        "wold/2020/waaier.yaml": waaier,
        "wold/2020/groeidocument.yaml": groeidocument,
        "wold/2020/fields.yaml": fields,
        "wold/2020/procedures/aanvraag.yaml": route,
        "wold/2020/rules/duur.yaml": table,
        "wold/2020/letters.yaml": "besluit: { title: { nl: Besluit, en: Decision } }\n",
        "wold/2020/letters/besluit.nl.mustache": "Nummer {{number}}\n",
        "wold/2020/letters/besluit.en.mustache": "Number {{number}}\n",
        "wold/2020/examples/alles.yaml": examples,
    ]

    /// The texts with one piece of one file replaced; the test fails when the piece is not there exactly once.
    static func replacing(
        _ piece: String, with other: String, in file: String, of texts: [String: String] = texts
    ) throws -> [String: String] {
        let path = "wold/2020/\(file)"
        let text = try #require(texts[path])
        try #require(text.components(separatedBy: piece).count == 2, "‘\(piece)’ must be in \(file) once")
        return texts.merging([path: text.replacingOccurrences(of: piece, with: other)]) { _, new in new }
    }

    /// What opening and then checking the texts gives.
    static func problems(_ texts: [String: String], key: PlanKey = key) -> [PlanProblem] {
        do {
            return PlanCheck.problems(of: try PlanLoader.open(key, from: PlanTexts(texts)))
        } catch {
            return error.problems
        }
    }

    /// `code file:line path` of each problem, the file without its folders.
    static func summary(_ problems: [PlanProblem]) -> [String] {
        problems.map { problem in
            let file = problem.place?.file.split(separator: "/").last ?? "-"
            return "\(problem.code.rawValue) \(file):\(problem.place?.line ?? 0) \(problem.path)"
        }
    }
}

/// The plans of this repository.
enum RealPlans {
    static let folder = PlanFolder(
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("plans").path)
}
