import Domain
import Journal

extension Projection {
    /// The rows of what a family asked, as long as somebody waits for something.
    static func rightsRows(of dossier: Dossier, at school: OrganisationID) -> [any RegisterRow] {
        dossier.rights.compactMap { request in
            guard request.isRunning || dossier.mustTell(of: request) else { return nil }
            return RightsRow(
                dossier: dossier.id, request: request.id, school: school, right: request.right, asked: request.on,
                due: request.due, state: request.isRunning ? .running : .telling)
        }
    }
}
