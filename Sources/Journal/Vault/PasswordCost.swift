/// How much work it is to check one password, so that a stolen database cannot be guessed at by the million.
package struct PasswordCost: Hashable, Sendable {
    /// The number of rounds as a power of two, 1…20.
    package let log2Rounds: Int
    /// The size of a block in units of 128 bytes, 1…16.
    package let blockSize: Int
    /// How many independent lanes, 1…16.
    package let lanes: Int

    /// 2^15 rounds of 8 blocks in 3 lanes, one after another: 32 MiB of memory and about a third of a second; the least that
    /// appendix C of ASVS 5.0 takes for scrypt with so much memory.
    package static let standard = PasswordCost(log2Rounds: 15, blockSize: 8, lanes: 3)
    /// Next to no work: for tests and invented people only.
    package static let demonstration = PasswordCost(log2Rounds: 4, blockSize: 1, lanes: 1)

    /// A cost whose numbers are brought inside their ranges.
    package init(log2Rounds: Int, blockSize: Int, lanes: Int) {
        self.log2Rounds = min(max(log2Rounds, 1), 20)
        self.blockSize = min(max(blockSize, 1), 16)
        self.lanes = min(max(lanes, 1), 16)
    }
}
