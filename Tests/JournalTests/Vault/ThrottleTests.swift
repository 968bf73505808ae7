import Domain
import Testing

@testable import Journal

@Suite("Waiting after failures")
struct ThrottleTests {
    private let start = Instant(milliseconds: 1_800_000_000_000)

    private func seconds(_ count: Int) -> Instant { start.adding(milliseconds: Int64(count) * 1000) }

    @Test("after five failures each wait is twice the one before, up to the longest")
    func doubling() {
        let throttle = Throttle(free: 5, longest: 10)
        var now = start
        var waits: [Int64] = []
        for _ in 0..<10 {
            #expect(throttle.begin("a", at: now) == nil)
            if let until = throttle.begin("a", at: now) {
                #expect(throttle.wait("a", at: now) == until)
                waits.append(until.milliseconds - now.milliseconds)
                #expect(throttle.begin("a", at: until.adding(milliseconds: -1)) == until, "not a moment too early")
                now = until
            }
        }
        // Each attempt that may begin is one failure; the second `begin` of the first four rounds is one as well.
        #expect(waits == [1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000])
        #expect(throttle.begin("b", at: start) == nil)
    }

    @Test("the first four failures cost nothing")
    func free() {
        let throttle = Throttle()
        for _ in 0..<5 { #expect(throttle.begin("a", at: start) == nil) }
        #expect(throttle.begin("a", at: start) == seconds(1))
    }

    @Test("a clock that is set back keeps nobody out for longer than the longest wait")
    func setBack() {
        let throttle = Throttle(free: 5, longest: 10)
        for _ in 0..<5 { _ = throttle.begin("a", at: seconds(86_400)) }
        #expect(throttle.wait("a", at: seconds(86_400)) != nil)
        #expect(throttle.wait("a", at: start) == nil)
        #expect(throttle.begin("a", at: start) == nil, "and one attempt is free")
        #expect(throttle.begin("a", at: start) == seconds(2), "then it goes on as before")
    }

    @Test("success forgets everything, taking back only the one attempt")
    func success() {
        let throttle = Throttle()
        for _ in 0..<5 { _ = throttle.begin("a", at: start) }
        throttle.takeBack("a")
        #expect(throttle.wait("a", at: start) == nil)
        #expect(throttle.begin("a", at: start) == nil)
        #expect(throttle.begin("a", at: start) == seconds(1))
        throttle.forget("a")
        #expect(throttle.count == 0)
        for _ in 0..<5 { #expect(throttle.begin("a", at: start) == nil) }
        throttle.takeBack("never begun")
    }

    @Test("after a quiet hour it starts again from nothing")
    func quiet() {
        let throttle = Throttle(forgottenAfter: 3600)
        for _ in 0..<5 { _ = throttle.begin("a", at: start) }
        for _ in 0..<5 { #expect(throttle.begin("a", at: seconds(3600)) == nil) }
        #expect(throttle.begin("a", at: seconds(3600)) == seconds(3601))
    }

    @Test("no number of keys fills the memory, and one that is in use is not pushed out")
    func bounded() {
        let throttle = Throttle(capacity: 100)
        for _ in 0..<4 { _ = throttle.begin("in use", at: start) }
        for index in 0..<10_000 {
            _ = throttle.begin("key \(index)", at: start)
            #expect(throttle.count <= 100)
            if index.isMultiple(of: 30) {
                throttle.takeBack("in use")
                _ = throttle.begin("in use", at: start)
            }
        }
        #expect(throttle.begin("in use", at: start) == nil)
        #expect(throttle.begin("in use", at: start) == seconds(1))
    }

    @Test("a hundred attempts at once are no way round: five begin")
    func parallel() async {
        let throttle = Throttle()
        let start = start
        let begun = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { throttle.begin("a", at: start) == nil } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(begun == 5)
    }
}
