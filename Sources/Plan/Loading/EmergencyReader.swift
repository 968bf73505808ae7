import Domain

/// Reads who may open a dossier in an emergency.
struct EmergencyReader {
    func rule(_ section: PlanSection) -> EmergencyRule {
        EmergencyRule(
            by: section.neededKeys("by"), parts: section.words("parts"), explanation: section.text("explanation"),
            source: section.string("source"))
    }
}
