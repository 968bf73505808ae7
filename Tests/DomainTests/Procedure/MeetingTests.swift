import Domain
import TestKit
import Testing

@Suite("Planning a meeting")
struct MeetingTests {
    @Test(
        "a child is registered at least one week before the meeting; nearer needs a reason",
        arguments: [
            ("2021-09-13T08:30", nil, nil), ("2021-09-12T15:30", nil, Refusal.Code.tooSoon),
            ("2021-09-12T15:30", "  ", .tooSoon), ("2021-09-12T15:30", "Opname volgende week", nil),
            ("2021-09-06T11:00", "Spoed", nil), ("2021-09-06T11:00", nil, .tooSoon),
        ] as [(String, String?, Refusal.Code?)])
    func weekAhead(_ moment: String, _ reason: String?, _ expected: Refusal.Code?) {
        let when = Given.agreed().when(
            Testland.startTalk(Testland.meeting(moment, reason: reason)), on: "2021-09-06", at: "10:00")
        if let expected {
            when.refused(expected, field: MeetingField.reason)
            #expect(when.reasons.first?.source == "Testland, 3.1")
            #expect(when.reasons.first?.values["earliest"] == "2021-09-13")
        } else {
            when.happens("procedure.started.v1", "version.locked.v1")
        }
    }

    @Test("a week across the change of the clock is a week all the same")
    func changeOfClock() {
        Given.agreed().when(
            Testland.startTalk(Testland.meeting("2021-11-02T08:00")), on: "2021-10-26", at: "23:30"
        ).happens("procedure.started.v1", "version.locked.v1")
    }

    @Test(
        "a moment that is none, or that has passed, is refused",
        arguments: [
            ("", Refusal.Code.required), ("2021-09-31T10:00", .notAMoment), ("2021-09-20", .notAMoment),
            ("2021-09-20T24:00", .notAMoment), ("2021-09-20T+5:00", .notAMoment), ("2021-09-20T10:00:xx", .notAMoment),
            ("2021-09-20T10:00:00:00", .notAMoment), ("2021-09-06T09:59", .dayInPast), ("2021-09-05T12:00", .dayInPast),
        ])
    func moments(_ moment: String, _ expected: Refusal.Code) {
        Given.agreed().when(Testland.startTalk(Testland.meeting(moment)), on: "2021-09-06", at: "10:00")
            .refused(expected, field: MeetingField.moment)
    }

    @Test("seconds that a browser adds are left out of what is kept")
    func seconds() {
        let story = Given.agreed().after(Testland.startTalk(Testland.meeting("2021-09-20T15:30:00")), on: "2021-09-06")
        #expect(story.procedure(Testland.talkInstance)?.meetings.first?.moment == "2021-09-20T15:30")
    }

    @Test("only whom the plan lets be invited is invited, and the texts have a measure")
    func invited() {
        var answers = Testland.meeting(place: String(repeating: "x", count: 501), reason: String(repeating: "x", count: 20_001))
        answers[MeetingField.also] = .list(["youth-team", "neighbour"])
        Given.agreed().when(Testland.startTalk(answers), on: "2021-09-06").refused([
            (.tooLong, MeetingField.place), (.tooLong, MeetingField.reason), (.notAnOption, MeetingField.also),
        ])
        var youth = Testland.meeting()
        youth[MeetingField.also] = .list(["youth-team"])
        let story = Given.agreed().after(Testland.startTalk(youth), on: "2021-09-06")
        #expect(story.procedure(Testland.talkInstance)?.meetings.first?.also == ["youth-team"])
    }

    @Test("a reason where none was needed is kept with the meeting")
    func reason() {
        let story = Given.agreed().after(
            Testland.startTalk(Testland.meeting("2021-09-08T15:30", reason: "Spoed")), on: "2021-09-06")
        #expect(story.procedure(Testland.talkInstance)?.meetings.first?.reason == "Spoed")
    }

    @Test("several meetings: each is planned by the one before, with the same week ahead")
    func again() {
        let first = Given.talking()
        first.when(Testland.talked("again", Testland.meeting("2021-09-24T15:30")), on: "2021-09-20")
            .refused(.tooSoon, field: MeetingField.reason)
        first.when(Testland.talked("again"), on: "2021-09-20").refused([
            (.required, MeetingField.moment), (.required, MeetingField.place),
        ])
        let second = first.after(Testland.talked("again", Testland.meeting("2021-10-04T15:30")), on: "2021-09-20")
        #expect(second.open(Testland.talkInstance) == ["meet"])
        let third = second.after(Testland.talked("again", Testland.meeting("2021-10-18T15:30")), on: "2021-10-04")
        #expect(
            third.procedure(Testland.talkInstance)?.meetings.map(\.day)
                == ["2021-09-20", "2021-10-04", "2021-10-18"].map { Day.of($0) })
        let ended = third.after(Testland.talked("wider"), on: "2021-10-18")
        #expect(ended.procedure(Testland.talkInstance)?.ended?.outcome == "wider")
        #expect(ended.procedure(Testland.talkInstance)?.done.map(\.choice) == ["again", "again", "wider"])
    }

    @Test("planning the next meeting with a double click plans it once")
    func againTwice() {
        let again = Testland.talked("again", Testland.meeting("2021-10-04T15:30"))
        let story = Given.talking().after(again, on: "2021-09-20")
        story.when(again, on: "2021-09-20", at: "10:01").nothing()
        story.when(Testland.talked("again", Testland.meeting("2021-10-11T15:30")), on: "2021-09-20", at: "10:05")
            .happens("step.taken.v1")
    }

    @Test("a meeting that was brought forward is recorded as it went, and the page knows that its day is still ahead")
    func broughtForward() throws {
        let story = Given.talking()
        let procedure = try #require(story.dossier.procedure(Testland.talkInstance))
        let step = try #require(Testland.talk.step("meet"))
        #expect(procedure.meetingAhead(of: step, on: .of("2021-09-19")) == .of("2021-09-20"))
        #expect(procedure.meetingAhead(of: step, on: .of("2021-09-20")) == nil)
        story.when(Testland.talked("wider"), on: "2021-09-19").happens("step.taken.v1", "procedure.ended.v1")
    }

    @Test("a meeting that was put off is planned on its new day")
    func putOff() {
        let off = Given.talking().after(Testland.talked("again", Testland.meeting("2021-09-27T15:30")), on: "2021-09-14")
        #expect(off.procedure(Testland.talkInstance)?.meetings.last?.day == .of("2021-09-27"))
        off.when(Testland.talked("wider"), on: "2021-09-27").happens("step.taken.v1", "procedure.ended.v1")
    }

    @Test("the open step is due on the day of its last planned meeting")
    func due() {
        let story = Given.talking()
        func due(_ story: Given) -> Day? {
            guard let procedure = story.procedure(Testland.talkInstance), let open = procedure.open.first else { return nil }
            return procedure.due(open, Testland.talk, .dutchLaw)
        }
        #expect(due(story) == .of("2021-09-20"))
        #expect(
            due(story.after(Testland.talked("again", Testland.meeting("2021-10-04T15:30")), on: "2021-09-20"))
                == .of("2021-10-04"))
    }
}
