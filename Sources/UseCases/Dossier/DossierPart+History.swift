import Domain

extension DossierPart {
    /// The part of a dossier that a line of its history tells of; nil for a line that this program does not know.
    ///
    /// A line says what was done, by whom and of what kind: who may not read the part learns none of it.
    package init?(ofHistory code: String) {
        // That an answer was mended is for whoever reads it; what a family asked is for the family and who handles it, on
        // pages of its own.
        if code == "rights.corrected" {
            self = .groeidocument
            return
        }
        switch code.split(separator: ".").first {
        case "dossier", "child", "person", "retention", "destruction": self = .child
        case "guardian": self = .family
        case "agreement", "asked-in", "emergency": self = .agreements
        case "answers", "version": self = .groeidocument
        case "document": self = .documents
        case "procedure", "step": self = .procedures
        case "decision": self = .decisions
        default: return nil
        }
    }
}
