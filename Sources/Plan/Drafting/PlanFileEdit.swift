import Domain
import Yams

/// Changes one value in the text of a file and leaves everything else as it was written, comments too.
enum PlanFileEdit {
    /// The text with another value at a place; nil when nothing is left of it.
    ///
    /// Where the lines cannot be changed in place, because a map stands on one line or because nothing is there yet, the
    /// nearest map around it is written anew; never is a value changed that was not asked for.
    ///
    /// - Parameters:
    ///   - text: what the file says now; nil for a new one.
    ///   - value: nil takes the value away, and what is empty by that.
    /// - Throws: what keeps the text from being read.
    static func text(
        _ text: String?, file: String, setting keys: [String], to value: PlanNode?
    ) throws(PlanProblems) -> String? {
        let nowhere = PlanPlace(file: file, line: 1)
        var before = PlanNode(.map([]), at: nowhere)
        if let text {
            let read = try YAMLText.node(text, file: file).get()
            if read.isMap || keys.isEmpty { before = read }
        }
        guard let wanted = before.replacing(at: keys, with: value) else { return nil }
        if let text {
            if before.says(wanted) { return text }
            if let changed = splice(text, keys, wanted), case .success(let read) = YAMLText.node(changed, file: file),
                read.says(wanted)
            {
                return changed
            }
        }
        return comments(text) + PlanWriting.file(wanted)
    }

    /// The comments that a file begins with.
    private static func comments(_ text: String?) -> String {
        let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.first == "#" }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The text with the lines of one entry replaced, added or taken out; nil when these are not lines of their own.
    private static func splice(_ text: String, _ keys: [String], _ wanted: PlanNode) -> String? {
        guard case .mapping(let root)? = try? Yams.compose(yaml: text), !root.isEmpty else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        var map = root
        var wanted = wanted
        var rest = keys[...]
        while let key = rest.first {
            guard let column = map.first?.key.mark.map({ $0.column - 1 }) else { return nil }
            let found = map.first { $0.key.string == key }
            let value = wanted[key]
            // Deeper, as long as both are maps over several lines.
            if rest.count > 1, case .mapping(let inner)? = found?.value, let first = inner.first?.key, let value, value.isMap,
                beginsLine(first, in: lines)
            {
                map = inner
                wanted = value
                rest = rest.dropFirst()
                continue
            }
            let written = value.map { PlanWriting.entry(key, $0, indent: column) } ?? []
            if let found {
                guard let range = self.lines(of: found.key, column, in: lines) else { return nil }
                lines.replaceSubrange(range, with: written)
            } else {
                guard let last = Array(map).last?.key, let range = self.lines(of: last, column, in: lines) else { return nil }
                lines.insert(contentsOf: written, at: range.upperBound)
            }
            return lines.map { $0 + "\n" }.joined()
        }
        return nil
    }

    /// Whether nothing stands before a key: then its map stands on several lines, not between braces.
    private static func beginsLine(_ key: Node, in lines: [String]) -> Bool {
        guard let mark = key.mark, lines.indices.contains(mark.line - 1) else { return false }
        return lines[mark.line - 1].prefix(mark.column - 1).allSatisfy { $0 == " " }
    }

    /// The lines of an entry: from its key to the next line that stands as far to the left.
    private static func lines(of key: Node, _ column: Int, in lines: [String]) -> Range<Int>? {
        guard let mark = key.mark, lines.indices.contains(mark.line - 1), mark.column - 1 == column else { return nil }
        let start = mark.line - 1
        guard lines[start].prefix(column).allSatisfy({ $0 == " " }) else { return nil }
        var end = start + 1
        var last = end
        while end < lines.count {
            let line = lines[end]
            let blanks = line.prefix { $0 == " " }.count
            let isEmpty = blanks == line.count
            let isItem = blanks == column && line.dropFirst(blanks).hasPrefix("- ")
            if !isEmpty, blanks <= column, !isItem {
                // A comment on the left may still be followed by more of this entry; it belongs to what follows it.
                guard line.dropFirst(blanks).first == "#" else { break }
                end += 1
                continue
            }
            end += 1
            if !isEmpty { last = end }
        }
        return start..<last
    }
}
