import Domain

/// The stream keys used of late, up to a cap.
///
/// Two generations instead of a list by last use: when the young half is full it becomes the old half and the old one is
/// dropped, so a key in use is always found and a hit costs one look-up.
package struct KeyCache: Sendable {
    private var young: [StreamID: StreamKey] = [:]
    private var old: [StreamID: StreamKey] = [:]
    private let half: Int

    /// An empty cache that holds this many keys at most (2 or more).
    package init(capacity: Int) { half = max(1, capacity / 2) }

    /// The number of keys held.
    package var count: Int { young.count + old.count }

    /// The stream's key if it is held.
    package mutating func key(of stream: StreamID) -> StreamKey? {
        if let key = young[stream] { return key }
        guard let key = old.removeValue(forKey: stream) else { return nil }
        insert(key, for: stream)
        return key
    }

    /// Holds the key from now on.
    package mutating func insert(_ key: StreamKey, for stream: StreamID) {
        if young.count >= half, young[stream] == nil {
            old = young
            young = [:]
        }
        young[stream] = key
        old.removeValue(forKey: stream)
    }

    /// Forgets the key.
    package mutating func remove(_ stream: StreamID) {
        young.removeValue(forKey: stream)
        old.removeValue(forKey: stream)
    }
}
