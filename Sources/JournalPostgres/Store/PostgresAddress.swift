import Journal

/// Where a database is, in either form that libpq reads, and the schema in it that is this installation's.
///
/// A password may stand in it, so it is never printed; better is `PGPASSWORD` or a password file, which libpq reads itself.
package struct PostgresAddress: Sendable {
    let text: String
    /// Small letters, digits and `_`, so that it can stand in a statement.
    package let schema: String

    /// Nil when the schema is not a plain name.
    package init?(_ text: String, schema: String) {
        let plain = schema.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard plain, !schema.isEmpty, schema.utf8.count <= 60, schema.first?.isNumber == false, !schema.hasPrefix("pg_") else {
            return nil
        }
        self.text = text
        self.schema = schema
    }
}

extension PostgresAddress: CustomStringConvertible, CustomReflectable {
    package var description: String { "schema \(schema)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
