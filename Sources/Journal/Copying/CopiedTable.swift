/// One table as it is copied from a store to one of another kind: sealed as it is, value for value.
package struct CopiedTable: Hashable, Sendable {
    /// The same in every store.
    package let name: String
    package let columns: [String]
    /// The columns by which rows are copied in order.
    package let order: [String]

    package init(_ name: String, by order: [String], _ columns: [String]) {
        self.name = name
        self.columns = order + columns
        self.order = order
    }

    /// The wrapped keys, which lie apart from everything else.
    package static let keys = CopiedTable("keys", by: ["stream"], ["wrapped"])
    /// Whose sealed contents one store may keep as files.
    package static let blobs = CopiedTable("blobs", by: ["id"], ["stream", "size", "created", "sealed"])
    package static let events = CopiedTable(
        "events", by: ["sequence"],
        [
            "stream", "version", "type", "at", "actor", "on_behalf_of", "payload", "payload_digest", "commitment",
            "previous_hash", "hash",
        ])
    package static let reads = CopiedTable(
        "reads", by: ["sequence"], ["dossier", "person", "function", "purpose", "parts", "kind", "at"])

    /// All but the keys, in an order in which each finds what it refers to.
    ///
    /// What counts attempts is left out, and what a store keeps for itself alone.
    package static let all: [CopiedTable] =
        [
            events, CopiedTable("erased_streams", by: ["stream"], ["at"]), CopiedTable("counters", by: ["name"], ["last"]),
            CopiedTable("checkpoints", by: ["size"], ["at", "note", "roots"]),
            CopiedTable("witnesses", by: ["witness"], ["size"]), CopiedTable("plan_of_registers", by: ["one"], ["plan"]),
        ]
        + RegisterRows.tables.map { table in
            CopiedTable(
                table.name, by: Array(table.columns.prefix(table.keyCount)), Array(table.columns.dropFirst(table.keyCount)))
        } + [
            CopiedTable("accounts", by: ["person"], ["email", "password", "created", "disabled", "handed_out", "handed_since"]),
            CopiedTable(
                "sessions", by: ["token"],
                ["person", "csrf", "created", "seen", "proved", "recognised", "provider", "proved_elsewhere"]),
            CopiedTable("api_tokens", by: ["id"], ["token", "person", "name", "created", "expires", "used", "revoked"]),
            CopiedTable("second_factors", by: ["person"], ["sealed", "since", "spent", "session"]),
            CopiedTable("recovery_codes", by: ["person", "code"], []),
            CopiedTable("password_links", by: ["token"], ["person", "expires"]),
            CopiedTable("identities", by: ["provider", "subject"], ["person", "organisation", "since", "used"]), reads,
            CopiedTable("looks", by: ["person", "dossier"], ["version"]),
            CopiedTable("drafts", by: ["person", "form"], ["stream", "sealed", "updated"]), blobs,
        ]
}

/// One value of a row that is copied.
package enum CopiedValue: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)
    case bytes([UInt8])
}
