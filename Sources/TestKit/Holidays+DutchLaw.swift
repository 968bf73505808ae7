import Domain

extension Holidays {
    /// The feestdagen and limits of the Algemene termijnenwet as in `plans/law/termijnenwet.yaml`, for tests without files.
    package static let dutchLaw = Holidays(
        rules: [
            .fixed(month: 1, day: 1, movedFromSundayToPrevious: false),
            .easter(offset: -2),
            .easter(offset: 1),
            .fixed(month: 4, day: 27, movedFromSundayToPrevious: true),
            .fixed(month: 5, day: 5, movedFromSundayToPrevious: false),
            .easter(offset: 39),
            .easter(offset: 50),
            .fixed(month: 12, day: 25, movedFromSundayToPrevious: false),
            .fixed(month: 12, day: 26, movedFromSundayToPrevious: false),
        ],
        extra: [],
        limits: Limits(
            longest: [Period(90, .days), Period(12, .weeks), Period(3, .months)], protectedFromDays: 3, workingDays: 2))
}
