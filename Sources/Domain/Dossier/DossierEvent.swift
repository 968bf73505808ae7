import Foundation

/// What happened in a dossier; the names and keys are stored for ever and never change.
package enum DossierEvent: Sendable, Hashable {
    case opened(Opened)
    case childCorrected(Child)
    case guardianRecorded(Guardian)
    case guardianEnded(GuardianEnded)
    case agreementRecorded(Agreement)
    case answersWritten(AnswersWritten)
    case versionLocked(VersionLocked)
    case versionSigned(Signature)
    case documentAdded(DossierDocument)
    case documentWithdrawn(DocumentWithdrawn)
    case personNamed(NamedPerson)
    case personUnnamed(NamedPerson)
    case procedureStarted(ProcedureStarted)
    case stepTaken(StepTaken)
    case stepReassigned(StepReassigned)
    case procedureEnded(ProcedureEnded)
    case decisionIssued(Decision)
    case procedureMoved(ProcedureMoved)
    case moved(Moved)
    case askedIn(AskedIn.Asked)
    case askedInProlonged(AskedIn.Prolonged)
    case askedInWithdrawn(AskedIn.Withdrawn)
    case askedInHandedOver(AskedIn.HandedOver)
    case retention(RetentionEvent)
    case openedInEmergency(Emergency.Opened)
    case rights(RightsEvent)

    package struct Opened: Sendable, Hashable, Codable {
        package let child: Child
        package let school: OrganisationID
        package init(child: Child, school: OrganisationID) {
            self.child = child
            self.school = school
        }
    }

    package struct GuardianEnded: Sendable, Hashable, Codable {
        package let guardian: GuardianID
        package init(guardian: GuardianID) { self.guardian = guardian }
    }

    package struct AnswersWritten: Sendable, Hashable, Codable {
        /// Part of the groeidocument in which they were written.
        package let part: String
        package let answers: Answers
        package init(part: String, answers: Answers) {
            self.part = part
            self.answers = answers
        }
    }

    package struct VersionLocked: Sendable, Hashable, Codable {
        package let number: Int
        package let reason: String
        /// Fields that belonged to the groeidocument then: what was said in procedures is not part of the version.
        package let fields: [String]
        package init(number: Int, reason: String, fields: [String]) {
            self.number = number
            self.reason = reason
            self.fields = fields
        }
    }

    package struct DocumentWithdrawn: Sendable, Hashable, Codable {
        package let document: DocumentID
        package init(document: DocumentID) { self.document = document }
    }

    package struct ProcedureStarted: Sendable, Hashable, Codable {
        package let instance: InstanceID
        package let procedure: String
        package let plan: PlanKey
        package let answers: Answers
        package let opens: [String]
        package let meeting: Meeting?
        package init(
            instance: InstanceID, procedure: String, plan: PlanKey, answers: Answers, opens: [String], meeting: Meeting?
        ) {
            self.instance = instance
            self.procedure = procedure
            self.plan = plan
            self.answers = answers
            self.opens = opens
            self.meeting = meeting
        }
    }

    package struct StepTaken: Sendable, Hashable, Codable {
        package let instance: InstanceID
        package let step: String
        package let choice: String
        package let answers: Answers
        package let opens: [String]
        package let meeting: Meeting?
        package let complete: Day?
        /// The discipline in which the actor took it, as they held it then.
        package let discipline: String?
        package init(
            instance: InstanceID, step: String, choice: String, answers: Answers, opens: [String], meeting: Meeting?,
            complete: Day?, discipline: String? = nil
        ) {
            self.instance = instance
            self.step = step
            self.choice = choice
            self.answers = answers
            self.opens = opens
            self.meeting = meeting
            self.complete = complete
            self.discipline = discipline
        }
    }

    package struct StepReassigned: Sendable, Hashable, Codable {
        package let instance: InstanceID
        /// Field in which the person is chosen: every step that takes its actor from it is theirs from now on.
        package let field: String
        package let person: PersonID
        package let reason: String
        package init(instance: InstanceID, field: String, person: PersonID, reason: String) {
            self.instance = instance
            self.field = field
            self.person = person
            self.reason = reason
        }
    }

    /// A running procedure follows another version of the plan from now on.
    package struct ProcedureMoved: Sendable, Hashable, Codable {
        package let instance: InstanceID
        package let from: PlanKey
        package let to: PlanKey
        package let reason: String
        package init(instance: InstanceID, from: PlanKey, to: PlanKey, reason: String) {
            self.instance = instance
            self.from = from
            self.to = to
            self.reason = reason
        }
    }

    /// The child goes to another school, and the dossier with it.
    package struct Moved: Sendable, Hashable, Codable {
        package let from: OrganisationID
        package let to: OrganisationID
        /// The procedure that it came out of.
        package let instance: InstanceID
        /// What the new school does not read until the parents agree; nil when everything went along.
        package let withheld: Withheld?
        package init(from: OrganisationID, to: OrganisationID, instance: InstanceID, withheld: Withheld?) {
            self.from = from
            self.to = to
            self.instance = instance
            self.withheld = withheld
        }
    }

    package struct ProcedureEnded: Sendable, Hashable, Codable {
        package let instance: InstanceID
        package let outcome: String
        package init(instance: InstanceID, outcome: String) {
            self.instance = instance
            self.outcome = outcome
        }
    }
}

extension DossierEvent {
    /// The stored name, with the version of its form.
    package var name: String {
        switch self {
        case .opened: "dossier.opened.v1"
        case .childCorrected: "child.corrected.v1"
        case .guardianRecorded: "guardian.recorded.v1"
        case .guardianEnded: "guardian.ended.v1"
        case .agreementRecorded: "agreement.recorded.v1"
        case .answersWritten: "answers.written.v1"
        case .versionLocked: "version.locked.v1"
        case .versionSigned: "version.signed.v1"
        case .documentAdded: "document.added.v1"
        case .documentWithdrawn: "document.withdrawn.v1"
        case .personNamed: "person.named.v1"
        case .personUnnamed: "person.unnamed.v1"
        case .procedureStarted: "procedure.started.v1"
        case .stepTaken: "step.taken.v1"
        case .stepReassigned: "step.reassigned.v1"
        case .procedureEnded: "procedure.ended.v1"
        case .decisionIssued: "decision.issued.v1"
        case .procedureMoved: "procedure.moved.v1"
        case .moved: "dossier.moved.v1"
        case .askedIn: "asked-in.opened.v1"
        case .askedInProlonged: "asked-in.prolonged.v1"
        case .askedInWithdrawn: "asked-in.withdrawn.v1"
        case .askedInHandedOver: "asked-in.handed-over.v1"
        case .retention(let event): event.name
        case .openedInEmergency: "emergency.opened.v1"
        case .rights(let event): event.name
        }
    }

    /// The payload as stored: JSON with frozen keys, sorted so that equal events are equal bytes.
    package func payload() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func data(_ value: some Encodable) throws -> Data { try encoder.encode(value) }
        return switch self {
        case .opened(let value): try data(value)
        case .childCorrected(let value): try data(value)
        case .guardianRecorded(let value): try data(value)
        case .guardianEnded(let value): try data(value)
        case .agreementRecorded(let value): try data(value)
        case .answersWritten(let value): try data(value)
        case .versionLocked(let value): try data(value)
        case .versionSigned(let value): try data(value)
        case .documentAdded(let value): try data(value)
        case .documentWithdrawn(let value): try data(value)
        case .personNamed(let value): try data(value)
        case .personUnnamed(let value): try data(value)
        case .procedureStarted(let value): try data(value)
        case .stepTaken(let value): try data(value)
        case .stepReassigned(let value): try data(value)
        case .procedureEnded(let value): try data(value)
        case .decisionIssued(let value): try data(value)
        case .procedureMoved(let value): try data(value)
        case .moved(let value): try data(value)
        case .askedIn(let value): try data(value)
        case .askedInProlonged(let value): try data(value)
        case .askedInWithdrawn(let value): try data(value)
        case .askedInHandedOver(let value): try data(value)
        case .retention(let event): try event.payload(encoder)
        case .openedInEmergency(let value): try data(value)
        case .rights(let event): try event.payload(encoder)
        }
    }

    /// Reads a stored event of any version ever written.
    ///
    /// - Throws: `UnknownEvent` for a name this program has never written, or the decoder's error for a broken payload.
    package init(name: String, payload: Data) throws {
        let decoder = JSONDecoder()
        func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value { try decoder.decode(type, from: payload) }
        self =
            switch name {
            case "dossier.opened.v1": .opened(try value())
            case "child.corrected.v1": .childCorrected(try value())
            case "guardian.recorded.v1": .guardianRecorded(try value())
            case "guardian.ended.v1": .guardianEnded(try value())
            case "agreement.recorded.v1": .agreementRecorded(try value())
            case "answers.written.v1": .answersWritten(try value())
            case "version.locked.v1": .versionLocked(try value())
            case "version.signed.v1": .versionSigned(try value())
            case "document.added.v1": .documentAdded(try value())
            case "document.withdrawn.v1": .documentWithdrawn(try value())
            case "person.named.v1": .personNamed(try value())
            case "person.unnamed.v1": .personUnnamed(try value())
            case "procedure.started.v1": .procedureStarted(try value())
            case "step.taken.v1": .stepTaken(try value())
            case "step.reassigned.v1": .stepReassigned(try value())
            case "procedure.ended.v1": .procedureEnded(try value())
            case "decision.issued.v1": .decisionIssued(try value())
            case "procedure.moved.v1": .procedureMoved(try value())
            case "dossier.moved.v1": .moved(try value())
            case "asked-in.opened.v1": .askedIn(try value())
            case "asked-in.prolonged.v1": .askedInProlonged(try value())
            case "asked-in.withdrawn.v1": .askedInWithdrawn(try value())
            case "asked-in.handed-over.v1": .askedInHandedOver(try value())
            case "emergency.opened.v1": .openedInEmergency(try value())
            default:
                if let event = try RetentionEvent(name: name, payload: payload, decoder) {
                    .retention(event)
                } else if let event = try RightsEvent(name: name, payload: payload, decoder) {
                    .rights(event)
                } else {
                    throw UnknownEvent(name: name)
                }
            }
    }
}

/// A stored event whose name this program does not know: written by a newer one, or not by any.
package struct UnknownEvent: Error, Hashable, Sendable {
    package let name: String
    package init(name: String) { self.name = name }
}

/// What the journal knows of an event beside its payload.
package struct EventContext: Sendable, Hashable {
    package let version: Int
    package let at: Instant
    package let actor: PersonID
    /// In whose place it was done; nil for what somebody did as their own work.
    package let onBehalfOf: PersonID?
    package init(version: Int, at: Instant, actor: PersonID, onBehalfOf: PersonID? = nil) {
        self.version = version
        self.at = at
        self.actor = actor
        self.onBehalfOf = onBehalfOf
    }
}
