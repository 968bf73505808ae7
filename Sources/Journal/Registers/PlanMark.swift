/// By which plan the openings in the registers were made, so that they can follow another one.
package protocol PlanMark: Sendable {
    /// What was written down last; nil when nothing ever was.
    func planOfRegisters() async throws -> String?
    func setPlanOfRegisters(_ plan: String) async throws
}
