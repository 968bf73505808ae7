import Domain
import Foundation
import Plan

extension PlanShelf {
    /// A partnership's plan in `plans/` of this repository; `testland` is the invented one, which has no file.
    ///
    /// - Throws: what is wrong with the plan.
    package static func inRepository(_ partnership: String) throws -> PlanShelf {
        guard partnership != "testland" else { return .invented }
        let plans = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../plans").standardized.path
        return try PlanLoader.shelf(partnership, from: PlanFolder(plans))
    }
}
