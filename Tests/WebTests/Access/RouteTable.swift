import Domain
import HTTPTypes

@testable import Web

/// Every route of the site with the door before it. What a function reads and may comes from the plan, not from here.
enum RouteTable {
    static let pages: [String: Door] = [
        // For everybody.
        "GET /static/:name": .everybody, "GET /gezond": .everybody, "GET /controlepunt": .everybody,
        "GET /robots.txt": .everybody, "GET /sessie": .everybody,
        "GET /.well-known/security.txt": .everybody,
        "GET /plan": .everybody, "GET /plan/bronnen": .everybody,
        "GET /plan/vergelijken": .everybody, "GET /plan/:procedure": .everybody,
        "GET /plan/versies": .everybody, "GET /plan/versies/:partnership/:version": .everybody,
        "GET /aanmelden": .everybody.through(200, 303), "POST /aanmelden": .everybody.through(422, 429),
        "POST /afmelden": .everybody.through(303), "POST /taal": .everybody.through(303),
        "GET /oefenen": .everybody.through(404), "POST /oefenen": .everybody.through(404),
        "GET /**": .everybody.through(404), "POST /**": .everybody.through(404),

        // For whoever signed in: their own work, their own account.
        "GET /": .signedIn, "GET /leerlingen": .signedIn, "GET /account": .signedIn,
        "GET /leerlingen/_zoek": .signedIn.through(303), "POST /leerlingen/_zoek": .signedIn,
        "POST /account/wachtwoord": .signedIn.through(422),
        "GET /account/eigen-wachtwoord": .signedIn.through(303), "POST /account/eigen-wachtwoord": .signedIn.through(303),
        "GET /aanmelden/code": .signedIn.through(303), "POST /aanmelden/code": .signedIn.through(303),
        "GET /privacy": .everybody, "GET /privacy/verwerkingen": .everybody,
        // No provider is set up here, so there is none at the address.
        "GET /aanmelden/via/:provider": .everybody.through(404), "GET /aanmelden/via/:provider/terug": .everybody.through(404),
        "GET /wachtwoord/:link/via/:provider": .everybody.through(404),
        "GET /account/bevestigen/:provider": .signedIn.through(404), "POST /account/via/:provider": .signedIn.through(404),
        "POST /account/via/:provider/weg": .signedIn.through(404),
        "GET /privacy/toegang": .everybody,
        "GET /wachtwoord-vergeten": .everybody.through(404), "POST /wachtwoord-vergeten": .everybody.through(404),
        "GET /wachtwoord/:link": .everybody.through(404), "POST /wachtwoord/:link": .everybody.through(404),
        "POST /account/bevestigen": .signedIn.through(404), "GET /account/tweede-stap": .signedIn,
        "POST /account/tweede-stap": .signedIn.through(422),
        "POST /account/tweede-stap/herstelcodes": .signedIn.through(422),
        "POST /account/tweede-stap/weg": .signedIn.through(422),
        "POST /account/sleutels": .signedIn.through(422), "POST /account/sleutels/:key": .signedIn.through(404),
        "POST /account/sessies/overige": .signedIn.through(303), "POST /account/sessies/:session": .signedIn.through(404),
        "GET /leerlingen/nieuw": Door(room: .opener), "POST /leerlingen/nieuw": Door(room: .opener).through(422),
        "POST /leerlingen/nieuw/concept": Door(room: .opener).through(303),

        // The yearly lists: only children that the reader sees, and for a family none.
        "GET /lijsten/:procedure": .signedIn.through(200, 404).sending(yearly),
        "POST /lijsten/:procedure": .signedIn.through(404).sending(yearly),
        "GET /lijsten/:procedure/bestand.csv": .signedIn.through(200, 404).sending(yearly),
        // For those with a part in how the plan comes about; the paper of the address is nobody's.
        "POST /plan/versies/:partnership/:version/:act": Door(room: .approver).through(303),
        "GET /plan/versies/:partnership/:version/stukken/:document": .signedIn.through(404),
        // For whoever writes drafts of the plan; for everybody else they are not there, nor is the draft of the address.
        "GET /plan/concepten": Door(room: .drafter), "POST /plan/concepten": Door(room: .drafter).through(422),
        "GET /plan/concepten/:partnership/:version": .signedIn.through(404),
        "GET /plan/concepten/:partnership/:version/deel": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/deel": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/terug": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/weg": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/erbij": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/vraag": .signedIn.through(404),
        "GET /plan/concepten/:partnership/:version/bestand": .signedIn.through(404),
        "GET /plan/concepten/:partnership/:version/voorbeeld": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/voorbeeld": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/voorbeeld-weg": .signedIn.through(404),
        "POST /plan/concepten/:partnership/:version/voorbeeld-terug": .signedIn.through(404),

        // For whom the plan trusts with it.
        "GET /noodtoegang": Door(room: .emergency), "POST /noodtoegang": Door(room: .emergency).through(422),

        // For whoever watches over the logs.
        "GET /leeslogs": Door(room: .officer),

        // What families ask with their rights: for the family, and for who handles it. The request of the address is answered,
        // so there is nothing left to do with it and no copy to look at.
        "GET /leerlingen/:dossier/rechten": Door(room: .family),
        "POST /leerlingen/:dossier/rechten": Door(room: .family).through(422),
        "GET /leerlingen/:dossier/rechten/vastleggen": .may(.recordAgreement, in: .family).through(200),
        "POST /leerlingen/:dossier/rechten/vastleggen": .may(.recordAgreement, in: .family).through(422),
        "GET /leerlingen/:dossier/rechten/:request": Door(room: .asker).sending(answered),
        "POST /leerlingen/:dossier/rechten/:request/aanvullen": Door(room: .asker).through(422).sending(answered),
        "POST /leerlingen/:dossier/rechten/:request/intrekken": Door(room: .asker).through(422).sending(answered),
        "GET /leerlingen/:dossier/rechten/:request/afschrift.pdf": .signedIn.through(404).sending(answered),
        "GET /leerlingen/:dossier/rechten/:request/afschrift.json": .signedIn.through(404).sending(answered),
        "GET /verzoeken": Door(room: .officer),
        "GET /verzoeken/:dossier/:request": Door(room: .officer).sending(answered),
        "POST /verzoeken/:dossier/:request": Door(room: .officer).through(422).sending(answered),
        "GET /verzoeken/:dossier/:request/afschrift": .signedIn.through(404).sending(answered),
        "POST /verzoeken/:dossier/:request/afschrift": .signedIn.through(404).sending(answered),
        // Of a letter that was answered: what is printed for a guardian without an account. There is no copy with it.
        "GET /verzoeken/:dossier/:request/antwoord.pdf": Door(room: .officer, tells: [.family]).sending(answeredLetter),
        "GET /verzoeken/:dossier/:request/afschrift.pdf": .signedIn.through(404).sending(answeredLetter),
        "GET /verzoeken/:dossier/:request/afschrift.json": .signedIn.through(404).sending(answeredLetter),

        // For those who destroy dossiers in time: without a word of what is in them. Only the officer holds one back.
        "GET /bewaren": Door(room: .keeper), "GET /bewaren/:dossier": Door(room: .keeper),
        "POST /bewaren/:dossier": Door(room: .keeper).through(403, 422).sending(("act", "hold")),

        // For the administrator.
        "GET /vragen": .asks, "GET /vragen/nieuw": .asks.through(200, 404), "POST /vragen/nieuw": .asks.through(404, 422),
        "GET /vragen/:question": .asks.through(404), "POST /vragen/:question": .asks.through(404),
        "POST /vragen/:question/sluiten": .asks.through(404),
        "GET /beheer/mensen": .keeperOfPeople, "POST /beheer/mensen": .keeperOfPeople.through(422),
        "GET /beheer/mensen/_zoek": .keeperOfPeople.through(303), "POST /beheer/mensen/_zoek": .keeperOfPeople,
        "GET /beheer/mensen/:person": .keeperOfPeople, "POST /beheer/mensen/:person": .keeperOfPeople.through(422),
        "POST /beheer/mensen/:person/einde": .keeperOfPeople.through(422),
        "POST /beheer/mensen/:person/vervanging": .keeperOfPeople.through(422),
        "POST /beheer/mensen/:person/sluiten": .keeperOfPeople.through(303),
        "POST /beheer/mensen/:person/tweede-stap": .keeperOfPeople.through(303),
        "POST /beheer/mensen/:person/openen": .keeperOfPeople.through(303),
        "POST /beheer/mensen/:person/wachtwoord": .keeperOfPeople, "GET /beheer/scholen": .administrator,
        "GET /beheer/toestand": .administrator,

        // The dossier.
        "GET /leerlingen/:dossier": .reads(oneOf: Set(DossierPart.allCases)),
        "GET /leerlingen/:dossier/gegevens": .may(.correctChild, .namePeople, in: .child).through(200),
        "POST /leerlingen/:dossier/gegevens": .may(.correctChild, .namePeople, in: .child).through(303, 422).sending(teacher),
        "GET /leerlingen/:dossier/leeslog": .reads(.readLog),
        "GET /leerlingen/:dossier/bewaren": .reads(.child),
        // Nothing is announced, so there is nothing to stop; and not everybody who reads may.
        "POST /leerlingen/:dossier/bewaren": .reads(.child).through(403, 422),

        // The family.
        "GET /leerlingen/:dossier/gezin": .reads(oneOf: [.family, .agreements]),
        "POST /leerlingen/:dossier/gezin": .may(.editFamily, in: .family).through(422),
        "POST /leerlingen/:dossier/gezin/toestemming": .may(.recordAgreement, .giveAgreement, in: .agreements).through(303)
            .sending(agreement),
        "POST /leerlingen/:dossier/gezin/:guardian": .may(.editFamily, in: .family).through(422),
        "GET /leerlingen/:dossier/gezin/:guardian/beeindigen": .may(.editFamily, in: .family).through(200),
        "POST /leerlingen/:dossier/gezin/:guardian/beeindigen": .may(.editFamily, in: .family).through(303)
            .sending(freshGuardian),
        "GET /leerlingen/:dossier/gezin/:guardian/account": .may(.editFamily, in: .family).through(200).sending(freshGuardian),
        "POST /leerlingen/:dossier/gezin/:guardian/account": .may(.editFamily, in: .family).through(200).sending(freshGuardian),

        // A dossier from another partnership.
        "GET /overdracht": Door(room: .opener), "POST /overdracht": Door(room: .opener).through(422),

        // Those asked in from outside.
        "GET /leerlingen/:dossier/meelezers": .reads(.agreements),
        "POST /leerlingen/:dossier/meelezers": .reads(.agreements).by("ib", "school-director").through(422)
            .sending(("kind", "professional")),
        "POST /leerlingen/:dossier/meelezers/:asked/verlengen": .reads(.agreements).by("ib", "school-director").through(422),
        "POST /leerlingen/:dossier/meelezers/:asked/stoppen": .reads(.agreements).by("ib", "school-director").through(303)
            .sending(freshAskedIn),
        "POST /leerlingen/:dossier/meelezers/:asked/overdragen": .reads(.agreements).by("ib", "school-director").through(422)
            .sending(freshAskedIn),

        // The groeidocument.
        "GET /leerlingen/:dossier/groeidocument": .reads(.groeidocument),
        "GET /leerlingen/:dossier/groeidocument/:part": .reads(.groeidocument),
        "POST /leerlingen/:dossier/groeidocument/:part": .may(.write, in: .groeidocument).through(303),
        "GET /leerlingen/:dossier/groeidocument/vastzetten": .may(.lock, in: .groeidocument).through(200),
        "POST /leerlingen/:dossier/groeidocument/vastzetten": .may(.lock, in: .groeidocument).through(303, 422),
        "GET /leerlingen/:dossier/groeidocument/vergelijk": .reads(.groeidocument),
        "GET /leerlingen/:dossier/groeidocument/versies/:number": .reads(.groeidocument),
        "GET /leerlingen/:dossier/groeidocument/versies/:number/ondertekenen": .may(
            .sign, .recordSignature, in: .groeidocument
        ).through(200, 303),
        "POST /leerlingen/:dossier/groeidocument/versies/:number/ondertekenen": .may(
            .sign, .recordSignature, in: .groeidocument
        ).through(303, 422),

        // Documents.
        "GET /leerlingen/:dossier/documenten": .reads(.documents),
        "POST /leerlingen/:dossier/documenten": .may(.addDocument, in: .documents).through(422),
        "GET /leerlingen/:dossier/documenten/:document": .reads(.documents),
        "GET /leerlingen/:dossier/documenten/:document/intrekken": .may(.addDocument, in: .documents).notFamilys.through(200)
            .resting(422),
        "POST /leerlingen/:dossier/documenten/:document/intrekken": .may(.addDocument, in: .documents).notFamilys.through(303)
            .resting(422)
            .sending(freshDocument),

        // Procedures. Who may not start one reads why; the step of the table is that of the second expert.
        "GET /leerlingen/:dossier/procedures/nieuw/:procedure": .reads(oneOf: [.child, .procedures]),
        "POST /leerlingen/:dossier/procedures/nieuw/:procedure": .reads(oneOf: Set(DossierPart.allCases)).by(
            "ib", "school-director"
        ).through(303, 422),
        "POST /leerlingen/:dossier/procedures/nieuw/:procedure/concept": .reads(oneOf: Set(DossierPart.allCases)).by(
            "ib", "school-director"
        ).through(303),
        "POST /leerlingen/:dossier/procedures/:instance/stappen/:step/concept": .reads(.procedures, from: .running).by("expert")
            .through(303).over(at: LifeStage.afterDeciding, 303),
        "GET /leerlingen/:dossier/procedures/:instance": .reads(.procedures, from: .running),
        "GET /leerlingen/:dossier/procedures/:instance/stappen/:step": .reads(.procedures, from: .running).through(200, 303),
        // Whoever is too late is told so: what they chose does not count. Of one's own second press the page shows how it stands.
        "POST /leerlingen/:dossier/procedures/:instance/stappen/:step": .reads(.procedures, from: .running).by("expert")
            .through(422).over(at: LifeStage.afterDeciding, 303, 422),
        "POST /leerlingen/:dossier/procedures/:instance/stappen/:step/persoon": .reads(.procedures, from: .running)
            .by("secretary").through(422).over(at: LifeStage.afterDeciding, 422),
        // No other version to move to here: nobody finds anything. Who may, where there is one, has a test of its own.
        "GET /leerlingen/:dossier/procedures/:instance/versie": .reads(.procedures, from: .running).through(404),
        "POST /leerlingen/:dossier/procedures/:instance/versie": .reads(.procedures, from: .running).through(303, 404, 422),
        "GET /leerlingen/:dossier/procedures/:instance/uitnodiging": .reads(.procedures, from: .running).sending { stage in
            Door.Sent(names: ["instance": stage.instances["hia"] ?? "geen"])
        },
        "GET /leerlingen/:dossier/procedures/:instance/uitleg": .reads(.procedures, from: .running),
        "GET /leerlingen/:dossier/procedures/:instance/besluit": .reads(.procedures, .decisions, from: .decided),
        "GET /leerlingen/:dossier/procedures/:instance/besluit.pdf": .reads(.decisions, from: .decided),
    ]

    /// The list of TLVs that end this school year.
    private static let yearly: @Sendable (AccessStage) async throws -> Door.Sent = { _ in
        Door.Sent(names: ["procedure": "tlv-herbeoordeling"])
    }

    /// Paths below `/v1`. Here whoever acts need not read the part: the answer shows it only to who does.
    static let interface: [String: Door] = [
        "GET /openapi.json": .everybody, "GET /openapi.yaml": .everybody,
        "GET /account": .signedIn, "GET /plan": .signedIn, "GET /scholen": .signedIn, "GET /openingsplaatsen": .signedIn,
        "GET /taken": .signedIn, "GET /dossiers": .signedIn,
        // The yearly lists: only children that the reader sees; for a family, and for whom there is none, not there.
        "GET /lijsten": .signedIn, "GET /lijsten/{procedure}": .signedIn.through(200, 404).sending(yearly),
        "POST /lijsten/{procedure}": .signedIn.through(404).sending { _ in
            Door.Sent(names: ["procedure": "tlv-herbeoordeling"], body: ["besluit": "geen"])
        },
        "POST /dossiers/_zoek": .signedIn.sending(["zoek": .text(AccessStage.given)]),
        // Refused whoever asks: a body without a child. What opening says to whom has a test of its own.
        "POST /dossiers": .signedIn.through(400).sending([:]),

        // The version of the address is in force, and so no draft: its files are found by nobody.
        "GET /planversies": .signedIn, "GET /planversies/{samenwerkingsverband}/{versie}": .signedIn,
        "GET /planversies/{samenwerkingsverband}/{versie}/verschillen": .signedIn,
        "GET /planversies/{samenwerkingsverband}/{versie}/controle": .signedIn.through(404),
        "GET /planversies/{samenwerkingsverband}/{versie}/bestanden": .signedIn.through(404),
        "PATCH /planversies/{samenwerkingsverband}/{versie}/bestanden": .signedIn.through(404).sending(["bestanden": []]),
        "POST /planversies": Door(room: .approver).through(400).sending([:]),
        "POST /planversies/{samenwerkingsverband}/{versie}/handelingen": Door(room: .approver).sending([
            "handeling": "vastleggen"
        ]),

        "GET /dossiers/{dossier}": .reads(oneOf: Set(DossierPart.allCases)),
        "GET /dossiers/{dossier}/kind": .reads(.child),
        "PUT /dossiers/{dossier}/kind": .may(.correctChild).sending([
            "voornaam": .text(AccessStage.given), "achternaam": "van den Berg", "geboortedatum": "2015-03-10", "groep": "5",
        ]),
        "GET /dossiers/{dossier}/betrokkenen": .reads(.child),
        "POST /dossiers/{dossier}/betrokkenen": .may(.namePeople).sending { stage in
            Door.Sent(body: ["persoon": .text(stage.people[.teacher]?.rawValue ?? ""), "functie": "teacher"])
        },
        "DELETE /dossiers/{dossier}/betrokkenen/{functie}/{persoon}": .may(.namePeople),
        "GET /dossiers/{dossier}/leesregels": .reads(.readLog),

        "GET /dossiers/{dossier}/verzorgers": .reads(.family),
        "POST /dossiers/{dossier}/verzorgers": .may(.editFamily).sending(nobody),
        "GET /dossiers/{dossier}/verzorgers/{verzorger}": .reads(.family),
        "PUT /dossiers/{dossier}/verzorgers/{verzorger}": .may(.editFamily).sending(nobody),
        "DELETE /dossiers/{dossier}/verzorgers/{verzorger}": .may(.editFamily).sending(freshGuardian),
        "POST /dossiers/{dossier}/verzorgers/{verzorger}/accounts": .may(.editFamily).sending(freshGuardian),
        "GET /dossiers/{dossier}/toestemmingen": .reads(.agreements),
        "POST /dossiers/{dossier}/toestemmingen": .may(.recordAgreement, .giveAgreement).sending { stage in
            Door.Sent(body: [
                "verzorger": .text(stage.guardian.rawValue), "doel": .text(stage.rules.purposes[0].id), "woord": "given",
            ])
        },

        "GET /dossiers/{dossier}/meelezers": .reads(.agreements),
        "POST /dossiers/{dossier}/meelezers": .reads(oneOf: Set(DossierPart.allCases)).by("ib", "school-director").through(422)
            .sending([
                "soort": "professional", "naam": "", "email": "", "delen": [], "waarvoor": "", "totEnMet": "2000-01-01",
            ]),
        "POST /dossiers/{dossier}/meelezers/{meelezer}/verlengingen": .reads(.agreements).by("ib", "school-director")
            .through(422).sending(["totEnMet": "2000-01-01", "reden": ""]),
        "DELETE /dossiers/{dossier}/meelezers/{meelezer}": .reads(.agreements).by("ib", "school-director").through(204)
            .sending(freshAskedIn),

        "GET /dossiers/{dossier}/groeidocument": .reads(.groeidocument),
        "GET /dossiers/{dossier}/groeidocument/{deel}": .reads(.groeidocument),
        "PATCH /dossiers/{dossier}/groeidocument/{deel}": .may(.write).sending(["antwoorden": [:]]),
        "GET /dossiers/{dossier}/groeidocument-versies": .reads(.groeidocument),
        "POST /dossiers/{dossier}/groeidocument-versies": .may(.lock).through(201, 409),
        "GET /dossiers/{dossier}/groeidocument-versies/{nummer}": .reads(.groeidocument),
        "POST /dossiers/{dossier}/groeidocument-versies/{nummer}/handtekeningen": .may(.sign, .recordSignature).sending { stage in
            Door.Sent(body: ["verzorger": .text(stage.guardian.rawValue)])
        },

        "GET /dossiers/{dossier}/documenten": .reads(.documents),
        "POST /dossiers/{dossier}/documenten": .may(.addDocument).through(422).sending([
            "naam": "verslag.pdf", "soort": "bestaat-niet", "inhoud": "",
        ]),
        "GET /dossiers/{dossier}/documenten/{document}": .reads(.documents),
        "DELETE /dossiers/{dossier}/documenten/{document}": .may(.addDocument).notFamilys.resting(422).sending(freshDocument),

        "GET /dossiers/{dossier}/procedure-formulieren": .reads(.procedures),
        "GET /dossiers/{dossier}/procedure-formulieren/{procedure}": .reads(
            oneOf: [.child, .groeidocument, .procedures]
        ).by("ib", "school-director").through(200, 422),
        "GET /dossiers/{dossier}/procedures": .reads(.procedures),
        "POST /dossiers/{dossier}/procedures": .reads(oneOf: Set(DossierPart.allCases)).by("ib", "school-director")
            .through(409, 422).sending(["procedure": "tlv", "antwoorden": [:]]),
        "GET /dossiers/{dossier}/procedures/{instantie}": .reads(.procedures, from: .running),
        // No other version to move to here: nobody finds anything. Who may, where there is one, has a test of its own.
        "GET /dossiers/{dossier}/procedures/{instantie}/versie": .reads(.procedures, from: .running).through(404),
        "POST /dossiers/{dossier}/procedures/{instantie}/versie": .reads(.procedures, from: .running).through(404, 422)
            .over(at: LifeStage.afterDeciding, 404, 422).sending([
                "naar": "bestaat/niet", "gezien": 1, "reden": "Wij vragen erom.",
            ]),
        "GET /dossiers/{dossier}/procedures/{instantie}/stappen/{stap}": .reads(
            oneOf: [.child, .groeidocument, .procedures], from: .running
        ).by("expert").over(at: LifeStage.afterDeciding, 409),
        "POST /dossiers/{dossier}/procedures/{instantie}/stappen/{stap}": .reads(
            oneOf: Set(DossierPart.allCases), from: .running
        ).by("expert").through(422).over(at: LifeStage.afterDeciding, 409).sending(["keuze": "bestaat-niet", "antwoorden": [:]]),
        "GET /dossiers/{dossier}/procedures/{instantie}/stappen/{stap}/persoon": .reads(.procedures, from: .running)
            .by("secretary").over(at: LifeStage.afterDeciding, 409),
        "POST /dossiers/{dossier}/procedures/{instantie}/stappen/{stap}/persoon": .reads(
            oneOf: Set(DossierPart.allCases), from: .running
        ).by("secretary").through(422).over(at: LifeStage.afterDeciding, 409).sending([
            "persoon": "bestaat-niet", "reden": "Ziek",
        ]),
        "GET /dossiers/{dossier}/besluiten": .reads(.decisions),
        "GET /dossiers/{dossier}/besluiten/{instantie}": .reads(.decisions, from: .decided),
        "GET /dossiers/{dossier}/besluiten/{instantie}/brief": .reads(.decisions, from: .decided),
    ]

    // MARK: What is sent

    private static let nobody: JSON = ["naam": "", "relatie": "bestaat-niet", "gezag": true]

    /// Whoever is named stays named: a form without a name takes it away.
    @Sendable private static func teacher(_ stage: AccessStage) -> Door.Sent {
        Door.Sent(form: [("teacher", stage.people[.teacher]?.rawValue ?? "")])
    }

    @Sendable private static func agreement(_ stage: AccessStage) -> Door.Sent {
        Door.Sent(form: [
            ("guardian", stage.guardian.rawValue), ("purpose", stage.rules.purposes[0].id), ("word", "given"), ("way", "paper"),
            ("on", stage.stage.clock.now().day.description),
        ])
    }

    /// A request that a guardian made and that was refused.
    @Sendable private static func answered(_ stage: AccessStage) async throws -> Door.Sent {
        let id = try await stage.answeredRequest().rawValue
        return Door.Sent(names: ["request": id], form: [("act", "decide"), ("outcome", "granted"), ("words", "Nog iets.")])
    }

    /// A request in a letter of a guardian without an account, which was refused.
    @Sendable private static func answeredLetter(_ stage: AccessStage) async throws -> Door.Sent {
        Door.Sent(names: ["request": try await stage.answeredLetter().rawValue])
    }

    @Sendable private static func freshGuardian(_ stage: AccessStage) async throws -> Door.Sent {
        let id = try await stage.freshGuardian().rawValue
        return Door.Sent(names: ["guardian": id, "verzorger": id])
    }

    @Sendable private static func freshAskedIn(_ stage: AccessStage) async throws -> Door.Sent {
        let id = try await stage.freshAskedIn().rawValue
        return Door.Sent(names: ["asked": id, "meelezer": id])
    }

    @Sendable private static func freshDocument(_ stage: AccessStage) async throws -> Door.Sent {
        Door.Sent(names: ["document": try await stage.freshDocument().rawValue])
    }
}
