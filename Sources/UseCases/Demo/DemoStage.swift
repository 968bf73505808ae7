import Domain

/// Everything that the stories of a demo share; each story is a function of this, its pupil and its own random numbers.
struct DemoStage: Sendable {
    let content: DemoContent
    let shelf: PlanShelf
    let world: DemoWorld
    /// The first day on which anything happens.
    let first: Day
    /// The moment at which the demo is opened: nothing happens after it.
    let until: Instant
    let seed: UInt64
    /// One in so many stories is told to its end; 1 or more.
    let whole: Int
    /// At most so many looks into one dossier are kept.
    let looks: Int

    var rules: PlanRules { shelf.inForce(on: until.day) }
}

/// One act of a story: who did what in which stream, decided and not yet stored.
struct DemoAct: Sendable {
    enum Deed: Sendable {
        case dossier(Decided)
        case person(PersonEvent)
    }

    let stream: StreamID
    let version: Int
    let at: Instant
    let actor: PersonID
    let deed: Deed
}

/// The contents of a document, to be stored before the act that speaks of it.
struct DemoBlob: Sendable {
    let document: DocumentID
    let bytes: @Sendable () -> [UInt8]
    let at: Instant
}

/// A guardian's account, to be opened.
struct DemoAccount: Sendable {
    let person: PersonID
    let name: String
    let email: String
    let at: Instant
}

/// Why a story goes no further.
enum DemoHalt: Error {
    /// The next act would lie after the end.
    case clock
    /// The step that was to stay open is open.
    case held
}

/// Somebody who acts, and in which function.
struct DemoActing: Sendable {
    let actor: Actor
    let function: String
}
