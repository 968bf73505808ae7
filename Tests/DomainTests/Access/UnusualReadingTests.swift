import Domain
import TestKit
import Testing

@Suite("Reading that stands out")
struct UnusualReadingTests {
    private let watch = ReadingWatch(dossiers: 3, before: 7, after: 22, quiet: Period(3, .months))
    private static let reader = PersonID("p-sanne")

    private func look(
        _ dossier: String = "d-1", by person: PersonID = reader, at moment: Instant = .of("2023-11-06", "10:00"),
        changed: Instant? = .of("2023-11-01"), sharesName: Bool = false, isAfterwards: Bool = false
    ) -> ReadingWatch.Look {
        ReadingWatch.Look(
            dossier: DossierID(dossier), person: person, function: "ib", at: moment, changed: changed, sharesName: sharesName,
            isAfterwards: isAfterwards)
    }

    @Test("More dossiers on one day than the plan calls usual are told once, and opening one again does not count")
    func many() {
        let three = ["d-1", "d-2", "d-3", "d-1", "d-2"].map { look($0) }
        #expect(watch.unusual(three).isEmpty)
        let four = watch.unusual(three + [look("d-4", at: .of("2023-11-06", "16:00"))])
        #expect(four.map(\.reason) == [.many])
        #expect(four.first?.dossiers.count == 4)
        #expect(four.first?.last == .of("2023-11-06", "16:00"))
        let overTwoDays = three + [look("d-4", at: .of("2023-11-07"))]
        #expect(watch.unusual(overTwoDays).isEmpty)
        let byTwo = three + [look("d-4", by: PersonID("p-merel"))]
        #expect(watch.unusual(byTwo).isEmpty)
    }

    @Test(
        "Early and late are told, by the clock of Amsterdam, winter and summer",
        arguments: [
            ("2023-11-06", "06:59", true), ("2023-11-06", "07:00", false), ("2023-11-06", "21:59", false),
            ("2023-11-06", "22:00", true), ("2023-07-03", "06:59", true), ("2023-07-03", "07:00", false),
        ])
    func hours(_ day: String, _ time: String, _ isOdd: Bool) {
        let found = watch.unusual([look(at: .of(day, time), changed: .of(day))])
        #expect(found.map(\.reason) == (isOdd ? [.hours] : []))
    }

    @Test("A dossier in which nothing happened for longer than the plan says is told, not on the last day of that time")
    func quiet() {
        #expect(watch.unusual([look(changed: .of("2023-08-06"))]).isEmpty)
        #expect(watch.unusual([look(changed: .of("2023-08-05"))]).map(\.reason) == [.quiet])
        #expect(watch.unusual([look(changed: .of("2023-11-20"))]).isEmpty, "something came of it")
        #expect(watch.unusual([look(changed: nil)]).isEmpty)
    }

    @Test("Whoever looks back where nothing was left to do is told")
    func idle() {
        #expect(watch.unusual([look(isAfterwards: true), look("d-2")]).map(\.reason) == [.idle])
        #expect(watch.unusual([look(isAfterwards: true)]).first?.dossiers == [DossierID("d-1")])
    }

    @Test("The family name of the reader is told, and every reason by itself, the latest first")
    func name() {
        let found = watch.unusual([
            look("d-1", at: .of("2023-11-06", "23:10"), sharesName: true),
            look("d-2", at: .of("2023-11-07", "09:00"), sharesName: true),
        ])
        #expect(found.map(\.reason) == [.name, .hours, .name])
        #expect(found.map(\.day) == [.of("2023-11-07"), .of("2023-11-06"), .of("2023-11-06")])
        #expect(found.map(\.dossiers) == [[DossierID("d-2")], [DossierID("d-1")], [DossierID("d-1")]])
    }
}
