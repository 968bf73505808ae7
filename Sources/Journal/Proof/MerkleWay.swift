/// The way from a node up to the root, along which a proof gives the hash beside each (RFC 9162, 2.1.3.2 and 2.1.4.2).
struct MerkleWay {
    private var place: Int64
    private var last: Int64

    /// - Parameters:
    ///   - place: which node, 0…
    ///   - last: the last node of its level.
    init(from place: Int64, last: Int64) {
        self.place = place
        self.last = last
    }

    var isAtRoot: Bool { last == 0 }

    /// Whether the hash beside this node stands left of it.
    var hasLeft: Bool { place & 1 == 1 || place == last }

    /// Goes up to the parent, which has both.
    mutating func goUp() {
        if hasLeft {
            // At the right edge a node may have stood alone on several levels.
            while place & 1 == 0, place > 0 { rise() }
        }
        rise()
    }

    /// Goes up past every parent of which this is the right child.
    mutating func passFull() { while place & 1 == 1 { rise() } }

    private mutating func rise() {
        place >>= 1
        last >>= 1
    }
}
