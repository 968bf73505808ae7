import Domain
import Foundation
import Testing

@testable import Web

/// Every page of the site with invented people in it, for looking at and for comparing.
struct Gallery {
    let face: Face
    let language: Language
    var texts: Texts { face.texts(language) }

    /// A page to look at: the name of its file, and how it is drawn.
    struct Exhibit: Sendable {
        let name: String
        let page: any Page
        let html: String
    }

    /// Picks the words of the language; the invented content exists in both.
    func say(_ nl: String, _ en: String) -> String { language == .nl ? nl : en }

    func chrome(
        _ section: Chrome.Section?, viewer: Chrome.Viewer?, notice: Chrome.Notice? = nil, practice: String? = nil
    ) -> Chrome {
        Chrome(
            face: face, language: language, section: section, viewer: viewer, csrf: "csrf-token", path: "/",
            partnership: "Samenwerkingsverband De Kassen",
            planName: say("Ondersteuningsplan 2020–2024", "Support plan 2020–2024"),
            notice: notice, practice: practice)
    }

    var sanne: Chrome.Viewer {
        Chrome.Viewer(
            name: "Sanne Mulder", person: "p-sanne",
            role: say("Intern begeleider, De Kassenbouwer", "Support coordinator, De Kassenbouwer"),
            isFamily: false, sections: [.work, .pupils, .plan])
    }

    var merel: Chrome.Viewer {
        Chrome.Viewer(
            name: "Merel de Haan", person: "p-merel", role: say("Ondersteuningsadviseur", "Support adviser"), isFamily: false,
            sections: [.work, .pupils, .plan, .administration])
    }

    var anouk: Chrome.Viewer {
        Chrome.Viewer(
            name: "Anouk Visser", person: "p-anouk", role: say("Moeder van Noor", "Mother of Noor"), isFamily: true,
            sections: [.work, .pupils, .plan])
    }

    func noor(_ part: DossierFrame.Part?) -> DossierFrame {
        DossierFrame(
            id: "noor", name: "Noor van der Linden", given: "Noor",
            lead: say(
                "Groep 5 · basisschool De Kassenbouwer · 8 jaar · adviseur Merel de Haan",
                "Group 5 · primary school De Kassenbouwer · 8 years old · adviser Merel de Haan"),
            chips: part == .overview ? [Chip(say("HIA over 6 dagen", "HIA in 6 days"), .wait)] : [],
            parts: DossierFrame.Part.allCases, current: part, texts: texts)
    }

    private func exhibit<P: Page>(_ name: String, _ page: P, _ chrome: Chrome) -> Exhibit {
        Exhibit(name: name, page: page, html: face.render(page, chrome))
    }

    /// All of them, in the order in which a pupil's road goes.
    var all: [Exhibit] {
        [
            exhibit("work", work, chrome(.work, viewer: sanne)),
            exhibit("work-empty", workEmpty, chrome(.work, viewer: anouk)),
            exhibit("pupils", pupils, chrome(.pupils, viewer: sanne)),
            exhibit("pupils-none", pupilsNone, chrome(.pupils, viewer: sanne)),
            exhibit(
                "dossier", dossier,
                chrome(.pupils, viewer: sanne, notice: Chrome.Notice(.done, say("Bewaard.", "Saved."), link: nil))),
            exhibit("dossier-new", newDossier, chrome(.pupils, viewer: sanne)),
            exhibit("account-given", accountGiven, chrome(.pupils, viewer: sanne)),
            exhibit("family", family, chrome(.pupils, viewer: sanne)),
            exhibit("asked-in", askedIn, chrome(.pupils, viewer: sanne)),
            exhibit("asked-in-form", askedInForm, chrome(.pupils, viewer: sanne)),
            exhibit("transfer", transfer, chrome(.pupils, viewer: sanne)),
            exhibit("documents", documents, chrome(.pupils, viewer: sanne)),
            exhibit("read-log", readLog, chrome(.pupils, viewer: anouk)),
            exhibit("growth", growth, chrome(.pupils, viewer: sanne)),
            exhibit("part", part, chrome(.pupils, viewer: sanne)),
            exhibit("part-conflict", partConflict, chrome(.pupils, viewer: sanne)),
            exhibit("version", version, chrome(.pupils, viewer: anouk)),
            exhibit("compare", compare, chrome(.pupils, viewer: sanne)),
            exhibit("lock", lock, chrome(.pupils, viewer: sanne)),
            exhibit("week", week, chrome(.pupils, viewer: sanne)),
            exhibit("start", start, chrome(.pupils, viewer: sanne)),
            exhibit("procedure", procedure, chrome(.pupils, viewer: sanne)),
            exhibit("step", step, chrome(.pupils, viewer: merel)),
            exhibit("step-left", stepLeft, chrome(.pupils, viewer: merel)),
            exhibit("move", move, chrome(.pupils, viewer: merel)),
            exhibit("move-refused", moveRefused, chrome(.pupils, viewer: merel)),
            exhibit("inventory", inventory, chrome(.work, viewer: sanne)),
            exhibit("inventory-figures", inventoryFigures, chrome(.work, viewer: merel)),
            exhibit("invitation", invitation, chrome(.pupils, viewer: anouk)),
            exhibit("decision", decision, chrome(.pupils, viewer: merel)),
            exhibit("why", why, chrome(.pupils, viewer: merel)),
            exhibit("letter", letter, chrome(nil, viewer: nil)),
            exhibit("plan", plan, chrome(.plan, viewer: nil)),
            exhibit("plan-procedure", planProcedure, chrome(.plan, viewer: nil)),
            exhibit("plan-source", planSource, chrome(.plan, viewer: nil)),
            exhibit("plan-compare", planCompare, chrome(.plan, viewer: merel)),
            exhibit("plan-versions", planVersions, chrome(.plan, viewer: nil)),
            exhibit("plan-version", planVersion, chrome(.plan, viewer: merel)),
            exhibit("plan-drafts", planDrafts, chrome(.plan, viewer: merel)),
            exhibit("plan-draft", planDraft, chrome(.plan, viewer: merel)),
            exhibit("plan-draft-part", planDraftPart, chrome(.plan, viewer: merel)),
            exhibit("plan-draft-example", planDraftExample, chrome(.plan, viewer: merel)),
            exhibit("plan-draft-card", planDraftCard, chrome(.plan, viewer: merel)),
            exhibit("people", people, chrome(.administration, viewer: merel)),
            exhibit("person", person, chrome(.administration, viewer: merel)),
            exhibit("schools", schools, chrome(.administration, viewer: merel)),
            exhibit("health", health, chrome(.administration, viewer: merel)),
            exhibit("account", account, chrome(nil, viewer: sanne)),
            exhibit("sign-in", signIn, chrome(nil, viewer: nil)),
            exhibit("sign-in-code", signInCode, chrome(nil, viewer: nil)),
            exhibit("privacy", privacy, chrome(nil, viewer: nil)),
            exhibit("questions", questions, chrome(.work, viewer: sanne)),
            exhibit("question", question, chrome(.work, viewer: sanne)),
            exhibit("new-question", newQuestion, chrome(.work, viewer: sanne)),
            exhibit("access-table", accessTable, chrome(nil, viewer: nil)),
            exhibit("processing-register", processingRegister, chrome(nil, viewer: nil)),
            exhibit("password-forgotten", passwordForgotten, chrome(nil, viewer: nil)),
            exhibit("password-link-gone", passwordLinkGone, chrome(nil, viewer: nil)),
            exhibit("owner-check", ownerCheck, chrome(nil, viewer: merel)),
            exhibit("owner-check-elsewhere", ownerCheckElsewhere, chrome(nil, viewer: merel)),
            exhibit("invited", invited, chrome(nil, viewer: nil)),
            exhibit("elsewhere-unknown", elsewhereUnknown, chrome(nil, viewer: nil)),
            exhibit("read-logs", readLogs, chrome(nil, viewer: merel)),
            exhibit("retention", retention, chrome(.work, viewer: merel)),
            exhibit("kept", kept, chrome(.work, viewer: merel)),
            exhibit("rights", rights, chrome(.pupils, viewer: anouk)),
            exhibit("rights-information", rightsInformation, chrome(.pupils, viewer: anouk)),
            exhibit("rights-request", rightsRequest, chrome(.pupils, viewer: anouk)),
            exhibit("rights-answered", rightsAnswered, chrome(.pupils, viewer: anouk)),
            exhibit("rights-handled-list", handledRequests, chrome(.work, viewer: merel)),
            exhibit("rights-record", recordRequest, chrome(.pupils, viewer: sanne)),
            exhibit("rights-handled", handledRequest, chrome(.work, viewer: merel)),
            exhibit("rights-handed-over", handedOver, chrome(.work, viewer: merel)),
            exhibit("rights-preview", copyPreview, chrome(.work, viewer: merel)),
            exhibit("rights-paper", copyPaper, chrome(nil, viewer: nil)),
            exhibit("own-password", ownPassword, chrome(nil, viewer: anouk)),
            exhibit("second-factor", secondFactor, chrome(nil, viewer: anouk)),
            exhibit("recovery-codes", recoveryCodes, chrome(nil, viewer: anouk)),
            exhibit(
                "demo", demo,
                chrome(
                    nil, viewer: nil,
                    practice: texts("practice.banner", ["day": say("maandag 1 maart 2021", "Monday 1 March 2021")]))),
            exhibit("error", error, chrome(nil, viewer: sanne)),
            exhibit("error-kept", errorKept, chrome(nil, viewer: sanne)),
            exhibit("no-site", noSite, chrome(nil, viewer: nil)),
            exhibit("site-out-of-order", siteOutOfOrder, chrome(nil, viewer: nil)),
            exhibit("cannot-save", cannotSave, chrome(nil, viewer: nil)),
        ]
    }
}

/// The folder that holds `Templates`, `Texts` and `Public`, and the folder of the golden pages.
enum Folders {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let resources = tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Web")
    static let texts = resources.appending(path: "Texts")
    static let golden = tests.appending(path: "Golden")
}
