/// Invented schools: `schools.yaml`.
struct DemoSchools: Decodable, Sendable {
    struct School: Decodable, Sendable {
        let name: String
        /// `bo`, `sbo` or `so`; `bo` when it is not given.
        let kind: String?
        let street: String
        let postcode: String
        let place: String
        /// Key of the board in the list.
        let board: String
    }

    let boards: [String: String]
    let schools: [School]
}
