/// Every address of the site: links and routes come from the same case.
///
/// Identifiers are given as text; a route is made with a placeholder, `Address.dossier(":dossier").path`.
package enum Address: Hashable, Sendable {
    case work
    case signIn
    /// How long the session of this browser lasts, for a script.
    case sessionLeft
    case signInCode
    /// Signing in by a provider elsewhere, by its key, and where that sends the browser back to.
    case signInElsewhere(String)
    case signInElsewhereBack(String)
    case signOut
    case language
    case demo
    case pupils
    case pupilSearch
    case newDossier
    case newDossierDraft
    case emergency
    case dossier(String)
    case childData(String)
    case family(String)
    case guardian(String, String)
    case guardianEnd(String, String)
    case guardianAccount(String, String)
    case agreement(String)
    case askedIn(String)
    case askedInProlong(String, String)
    case askedInWithdraw(String, String)
    case askedInHandOver(String, String)
    case transfer
    case growth(String)
    case growthPart(String, String)
    case growthLock(String)
    case growthVersion(String, String)
    case growthSign(String, String)
    case growthCompare(String)
    case documents(String)
    case document(String, String)
    case documentWithdraw(String, String)
    case newProcedure(String, String)
    case newProcedureDraft(String, String)
    case procedure(String, String)
    case step(String, String, String)
    case stepDraft(String, String, String)
    case stepPerson(String, String, String)
    /// Moving a procedure to another version of the plan; to which one, when it is chosen.
    case procedureVersion(String, String, String?)
    case invitation(String, String)
    case why(String, String)
    case decision(String, String)
    case decisionFile(String, String)
    case readLog(String)
    case readLogs
    /// The dossiers whose term is over, and one of them.
    case retention
    case kept(String)
    /// How long a dossier is kept, for school and family.
    case keeping(String)
    /// What a family asks with its rights, and one request.
    case rights(String)
    case rightsRequest(String, String)
    case rightsAdd(String, String)
    case rightsWithdraw(String, String)
    case rightsPaper(String, String)
    case rightsFile(String, String)
    /// Where is written down what a guardian asked in a letter or said aloud.
    case recordRequest(String)
    /// The requests for those who handle them, one of them, and its copy before it is given.
    case handledRequests
    case handledRequest(String, String)
    case handledCopy(String, String)
    /// What is handed over to a guardian without an account: the answer, and the copy.
    case handedLetter(String, String)
    case handedPaper(String, String)
    case handedFile(String, String)
    /// A yearly list of a plan, by the route that follows.
    case inventory(String)
    case inventoryFile(String)
    case plan
    case planProcedure(String)
    case planSource
    case planCompare
    case planVersions
    /// A version by its key, which holds a slash.
    case planVersion(String)
    case planVersionAct(String, String)
    case planVersionPaper(String, String)
    case planDrafts
    /// A draft by its key, which holds a slash.
    case planDraft(String)
    case planDraftPart(String)
    case planDraftAct(String, String)
    case planDraftFile(String)
    case planDraftExample(String)
    case people
    case peopleSearch
    case person(String)
    case schools
    case health
    case account
    case ownPassword
    case secondFactor
    case recoveryCodes
    case secondFactorEnd
    case ownerCheck
    /// The same, by a provider elsewhere.
    case ownerCheckElsewhere(String)
    case linkElsewhere(String)
    case unlinkElsewhere(String)
    case questions
    case newQuestion(String, String)
    case question(String)
    case questionEnd(String)
    /// Opening a dossier of which a question is the beginning.
    case newDossierFrom(String)
    case privacy
    case accessTable
    case processingRegister
    case passwordForgotten
    /// By the secret of a mail.
    case passwordLink(String)
    /// The same, with a provider instead of a password.
    case invitationElsewhere(String, String)
    case tokens
    case token(String)
    case session(String)
    case asset(String)

    /// The path on this site, with a slash in front and none behind.
    package var path: String {
        switch self {
        case .work: "/"
        case .signIn: "/aanmelden"
        case .sessionLeft: "/sessie"
        case .signInCode: "/aanmelden/code"
        case .signInElsewhere(let provider): "/aanmelden/via/\(provider)"
        case .signInElsewhereBack(let provider): "/aanmelden/via/\(provider)/terug"
        case .signOut: "/afmelden"
        case .language: "/taal"
        case .demo: "/oefenen"
        case .pupils: "/leerlingen"
        case .pupilSearch: "/leerlingen/_zoek"
        case .newDossier: "/leerlingen/nieuw"
        case .newDossierDraft: "/leerlingen/nieuw/concept"
        case .dossier(let id): "/leerlingen/\(id)"
        case .childData(let id): "/leerlingen/\(id)/gegevens"
        case .family(let id): "/leerlingen/\(id)/gezin"
        case .guardian(let id, let guardian): "/leerlingen/\(id)/gezin/\(guardian)"
        case .guardianEnd(let id, let guardian): "/leerlingen/\(id)/gezin/\(guardian)/beeindigen"
        case .guardianAccount(let id, let guardian): "/leerlingen/\(id)/gezin/\(guardian)/account"
        case .agreement(let id): "/leerlingen/\(id)/gezin/toestemming"
        case .askedIn(let id): "/leerlingen/\(id)/meelezers"
        case .askedInProlong(let id, let asked): "/leerlingen/\(id)/meelezers/\(asked)/verlengen"
        case .askedInWithdraw(let id, let asked): "/leerlingen/\(id)/meelezers/\(asked)/stoppen"
        case .askedInHandOver(let id, let asked): "/leerlingen/\(id)/meelezers/\(asked)/overdragen"
        case .transfer: "/overdracht"
        case .growth(let id): "/leerlingen/\(id)/groeidocument"
        case .growthPart(let id, let part): "/leerlingen/\(id)/groeidocument/\(part)"
        case .growthLock(let id): "/leerlingen/\(id)/groeidocument/vastzetten"
        case .growthVersion(let id, let number): "/leerlingen/\(id)/groeidocument/versies/\(number)"
        case .growthSign(let id, let number): "/leerlingen/\(id)/groeidocument/versies/\(number)/ondertekenen"
        case .growthCompare(let id): "/leerlingen/\(id)/groeidocument/vergelijk"
        case .documents(let id): "/leerlingen/\(id)/documenten"
        case .document(let id, let document): "/leerlingen/\(id)/documenten/\(document)"
        case .documentWithdraw(let id, let document): "/leerlingen/\(id)/documenten/\(document)/intrekken"
        case .newProcedure(let id, let procedure): "/leerlingen/\(id)/procedures/nieuw/\(procedure)"
        case .newProcedureDraft(let id, let procedure): "/leerlingen/\(id)/procedures/nieuw/\(procedure)/concept"
        case .procedure(let id, let instance): "/leerlingen/\(id)/procedures/\(instance)"
        case .step(let id, let instance, let step): "/leerlingen/\(id)/procedures/\(instance)/stappen/\(step)"
        case .stepDraft(let id, let instance, let step):
            "/leerlingen/\(id)/procedures/\(instance)/stappen/\(step)/concept"
        case .stepPerson(let id, let instance, let step): "/leerlingen/\(id)/procedures/\(instance)/stappen/\(step)/persoon"
        case .procedureVersion(let id, let instance, let to):
            "/leerlingen/\(id)/procedures/\(instance)/versie"
                + (to.map { "?naar=\($0.replacing("/", with: "%2F"))" } ?? "")
        case .invitation(let id, let instance): "/leerlingen/\(id)/procedures/\(instance)/uitnodiging"
        case .why(let id, let instance): "/leerlingen/\(id)/procedures/\(instance)/uitleg"
        case .decision(let id, let instance): "/leerlingen/\(id)/procedures/\(instance)/besluit"
        case .decisionFile(let id, let instance): "/leerlingen/\(id)/procedures/\(instance)/besluit.pdf"
        case .readLog(let id): "/leerlingen/\(id)/leeslog"
        case .readLogs: "/leeslogs"
        case .retention: "/bewaren"
        case .kept(let id): "/bewaren/\(id)"
        case .keeping(let id): "/leerlingen/\(id)/bewaren"
        case .rights(let id): "/leerlingen/\(id)/rechten"
        case .rightsRequest(let id, let request): "/leerlingen/\(id)/rechten/\(request)"
        case .rightsAdd(let id, let request): "/leerlingen/\(id)/rechten/\(request)/aanvullen"
        case .rightsWithdraw(let id, let request): "/leerlingen/\(id)/rechten/\(request)/intrekken"
        case .rightsPaper(let id, let request): "/leerlingen/\(id)/rechten/\(request)/afschrift.pdf"
        case .rightsFile(let id, let request): "/leerlingen/\(id)/rechten/\(request)/afschrift.json"
        case .recordRequest(let id): "/leerlingen/\(id)/rechten/vastleggen"
        case .handledRequests: "/verzoeken"
        case .handledRequest(let id, let request): "/verzoeken/\(id)/\(request)"
        case .handledCopy(let id, let request): "/verzoeken/\(id)/\(request)/afschrift"
        case .handedLetter(let id, let request): "/verzoeken/\(id)/\(request)/antwoord.pdf"
        case .handedPaper(let id, let request): "/verzoeken/\(id)/\(request)/afschrift.pdf"
        case .handedFile(let id, let request): "/verzoeken/\(id)/\(request)/afschrift.json"
        case .emergency: "/noodtoegang"
        case .plan: "/plan"
        case .planProcedure(let procedure): "/plan/\(procedure)"
        case .inventory(let procedure): "/lijsten/\(procedure)"
        case .inventoryFile(let procedure): "/lijsten/\(procedure)/bestand.csv"
        case .planSource: "/plan/bronnen"
        case .planCompare: "/plan/vergelijken"
        case .planVersions: "/plan/versies"
        case .planVersion(let key): "/plan/versies/\(key)"
        case .planVersionAct(let key, let act): "/plan/versies/\(key)/\(act)"
        case .planVersionPaper(let key, let paper): "/plan/versies/\(key)/stukken/\(paper)"
        case .planDrafts: "/plan/concepten"
        case .planDraft(let key): "/plan/concepten/\(key)"
        case .planDraftPart(let key): "/plan/concepten/\(key)/deel"
        case .planDraftAct(let key, let act): "/plan/concepten/\(key)/\(act)"
        case .planDraftFile(let key): "/plan/concepten/\(key)/bestand"
        case .planDraftExample(let key): "/plan/concepten/\(key)/voorbeeld"
        case .people: "/beheer/mensen"
        case .peopleSearch: "/beheer/mensen/_zoek"
        case .person(let id): "/beheer/mensen/\(id)"
        case .schools: "/beheer/scholen"
        case .health: "/beheer/toestand"
        case .account: "/account"
        case .ownPassword: "/account/eigen-wachtwoord"
        case .secondFactor: "/account/tweede-stap"
        case .recoveryCodes: "/account/tweede-stap/herstelcodes"
        case .secondFactorEnd: "/account/tweede-stap/weg"
        case .ownerCheck: "/account/bevestigen"
        case .ownerCheckElsewhere(let provider): "/account/bevestigen/\(provider)"
        case .linkElsewhere(let provider): "/account/via/\(provider)"
        case .unlinkElsewhere(let provider): "/account/via/\(provider)/weg"
        case .questions: "/vragen"
        case .newQuestion(let kind, let school): "/vragen/nieuw?soort=\(kind)&school=\(school)"
        case .question(let id): "/vragen/\(id)"
        case .questionEnd(let id): "/vragen/\(id)/sluiten"
        case .newDossierFrom(let question): "/leerlingen/nieuw?vraag=\(question)"
        case .privacy: "/privacy"
        case .processingRegister: "/privacy/verwerkingen"
        case .accessTable: "/privacy/toegang"
        case .passwordForgotten: "/wachtwoord-vergeten"
        case .passwordLink(let secret): "/wachtwoord/\(secret)"
        case .invitationElsewhere(let secret, let provider): "/wachtwoord/\(secret)/via/\(provider)"
        case .tokens: "/account/sleutels"
        case .token(let id): "/account/sleutels/\(id)"
        case .session(let id): "/account/sessies/\(id)"
        case .asset(let name): "/static/\(name)"
        }
    }
}
