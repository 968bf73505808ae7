import Domain
import HTTPTypes
import Hummingbird
import UseCases

/// The routes of dossiers: finding and opening one, its page, the child, the family, the groeidocument, documents, the log.
struct DossierRoutes {
    let site: Site

    func add(to pages: RouterGroup<SiteContext>) {
        PupilsRoutes(site: site).add(to: pages)
        NewDossierRoutes(site: site).add(to: pages)
        OverviewRoutes(site: site).add(to: pages)
        ChildRoutes(site: site).add(to: pages)
        FamilyRoutes(site: site).add(to: pages)
        AskedInRoutes(site: site).add(to: pages)
        EmergencyRoutes(site: site).add(to: pages)
        GrowthRoutes(site: site).add(to: pages)
        GrowthPartRoutes(site: site).add(to: pages)
        GrowthVersionRoutes(site: site).add(to: pages)
        DocumentRoutes(site: site).add(to: pages)
        ReadLogRoutes(site: site).add(to: pages)
    }
}

extension Request {
    /// A value of the query, a plus sign being a blank as forms send it; nil when it is not there or unreadable.
    func asked(_ name: String) -> String? {
        uri.query.flatMap { PostedForm.urlEncoded($0.utf8) }?.fields[name]?.first
    }

    /// Whether a script asks for what it puts in a page that is already there.
    var isByScript: Bool { HTTPField.Name("X-Requested-With").flatMap { headers[$0] } == "fetch" }
}

extension SiteContext {
    /// A key of the plan or of a dossier from a query or form; anything but letters, digits, hyphens and `_` is nil.
    static func key(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text.utf8.count <= 80 else { return nil }
        let isKey = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isKey ? text : nil
    }
}
