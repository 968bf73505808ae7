import Domain
import Hummingbird

/// All routes of the site.
///
/// | Path | Who | What |
/// |---|---|---|
/// | `/static/*`, `/gezond`, `/controlepunt`, `/.well-known/security.txt` | everybody | files, health, the last checkpoint of the journal |
/// | `/aanmelden`, `/wachtwoord*`, `/oefenen`, `/taal`, `/plan*`, `/privacy*` | everybody | signing in, language, the public plan, what is kept |
/// | `/sessie` | everybody | how long the session of this browser lasts |
/// | `/v1/*` | access token | the same use cases for programs |
/// | `/`, `/leerlingen*`, `/account*` | signed-in people, each dossier under the access function | work and dossiers |
/// | `/noodtoegang` | whom the plan trusts with it | one dossier for an hour, by name and day of birth, to read |
/// | `/overdracht` | whoever may open a dossier | a package of another partnership |
/// | `/lijsten/*` | signed-in people with a function, each child under the access function | what ends this school year |
/// | `/verzoeken*` | whom the plan lets handle them | what families ask with their rights, with its terms |
/// | `/vragen*` | whom the plan lets ask and answer | questions about a child that is not named |
/// | `/leeslogs` | who watches over privacy | which dossiers were read, without content |
/// | `/beheer/*` | administrators; of a school the people of the school alone | people and schools, whether all is well; no dossier |
enum Routes {
    static func add(to router: Router<SiteContext>, _ site: Site) {
        AssetRoutes(site: site).add(to: router)
        SessionRoutes(site: site).add(to: router)
        APIRoutes(site: site).add(to: router)
        let pages = router.group()
            .add(middleware: ErrorPages(site: site))
            .add(middleware: SignedInPeople(site: site))
            .add(middleware: FirstThings(site: site))
            .add(middleware: PostedForms())
        SignInRoutes(site: site).add(to: pages)
        WorkRoutes(site: site).add(to: pages)
        InventoryRoutes(site: site).add(to: pages)
        DossierRoutes(site: site).add(to: pages)
        TransferRoutes(site: site).add(to: pages)
        ProcedureRoutes(site: site).add(to: pages)
        PlanRoutes(site: site).add(to: pages)
        PrivacyRoutes(site: site).add(to: pages)
        ApprovalRoutes(site: site).add(to: pages)
        DraftRoutes(site: site).add(to: pages)
        ReadLogsRoutes(site: site).add(to: pages)
        RetentionRoutes(site: site).add(to: pages)
        RightsRoutes(site: site).add(to: pages)
        RecordingRoutes(site: site).add(to: pages)
        HandlingRoutes(site: site).add(to: pages)
        HandingOverRoutes(site: site).add(to: pages)
        QuestionRoutes(site: site).add(to: pages)
        AccountRoutes(site: site).add(to: pages)
        OwnPasswordRoutes(site: site).add(to: pages)
        PasswordLinkRoutes(site: site).add(to: pages)
        SecondFactorRoutes(site: site).add(to: pages)
        OwnerCheck(site: site).add(to: pages)
        ElsewhereRoutes(site: site).add(to: pages)
        AdministrationRoutes(site: site).add(to: pages)
        HealthRoutes(site: site).add(to: pages)
        BareRoutes(site: site)?.add(to: pages)
        // Whatever has no route is answered by the same page as what nobody may see.
        pages.get("**") { _, _ -> Response in throw HTTPError(.notFound) }
        pages.post("**") { _, _ -> Response in throw HTTPError(.notFound) }
    }
}
