/// What one page shows: ready-to-print values, made by a handler, read by a template.
///
/// A page knows nothing of dossiers or rules: dates are already written out, and whatever may not be seen is not in it.
/// Properties are read by name by the template; nil and empty lists count as absent.
protocol Page: Sendable {
    /// Path of the template below `Templates`, without extension.
    static var template: String { get }
    /// What stands in the browser's tab before the name of the product; no more of a child than the given name.
    var title: String { get }
}

/// A value that offers a template more names than it stores.
protocol Derived {
    /// Extra names and their values, read once for each time the value is shown.
    var derived: [String: Any] { get }
}
