/// Why the rules say no: a stable code, the field it belongs to, and the values a sentence about it needs.
package struct Refusal: Hashable, Sendable, Codable {
    /// The reasons the rules know; the texts catalogue holds a sentence for each.
    package enum Code: String, Sendable, Codable, CaseIterable {
        // request and form
        case required, tooLong, notADay, notAMoment, notAnOption, unknownField, dayInPast, dayInFuture, notAnEmail
        case notANumber, tooLittle, tooMuch, moreThanOther, tooFew, tooMany, sameTwice, tooMuchElsewhere
        // dossier
        case alreadyOpened, notOpened, unknownGuardian, guardianNeedsRelation, unknownGroup, notAllowed, tooYoung, tooOld
        case fieldChangedMeanwhile, notYourVoice, unknownVersion, alreadySigned, nothingToLock, unknownDocument
        case unknownPurpose, guardianWithoutAuthority, childTooYoung, closed
        // procedure
        case unknownProcedure, unknownStep, stepNotOpen, unknownChoice, needMissing, mayNotStart, notAfter, alreadyRunning
        case notYourStep, samePerson, wrongDiscipline, boundToSchool, tooSoon, reasonsRequired
        case afterLatest, pastLatest, beforeEarliest, notWholeSchoolYears, conflictNeedsChoice, noRowMatches, severalRowsMatch
        case notRunning, unknownPerson, afterExpired, nobodyChosen, startClosed, choiceClosed
        // a procedure moved to another version of the plan
        case planNotInForce, procedureChangedMeanwhile, moveDecided, moveRouteGone, moveStepGone, moveStepPassed
        case moveNobodyChosen, moveFieldPassed, moveClockLater, moveDueWorse, moveShorterValidity, moveOutcomeGone
        case moveObjectionLost, moveAppealLost, moveExtensionLost, moveChoiceClosed, moveAgreementGone, moveSafeguardLost
        case moveFamilyLost, moveNeedAdded
        // a child that goes to another school
        case unknownSchool, sameSchool
        // somebody asked in from outside
        case agreementOfEach, moreThanPlan, closedToYou, isFamily, alreadyAskedIn, askedOneself, notLonger, readingOver
        case tooMuchToHandOver, anotherChild, agreementForPartner, noTransferKey
        // keeping and destroying
        case stillKept, notAnnounced
        // what a family asks with its rights
        case unknownRequest, alreadyAnswered, tooLateToProlong, childAsksItself, beforeOpened, beforeAsked, notOnPaper, resting
        case notThere, changedSinceSeen
        // a question without a name
        case tellsName, tellsBirthday, tellsNumber
        // account
        case alreadyKnown, unknownFunction, endBeforeBegin, unknownOrganisation, ownPlace, notHeldThen, toOneself, otherName
        // version of the plan
        case notArranged, notNow, frozen, nothingWritten, planHasFaults, questionsOpen, unknownQuestion, questionSettled
        case paperNeeded
        case unknownParty, notCarried, dayTaken, dayOfFolder, beforeLastStep, longerThanAllowed, badKey, badFile
    }

    package let code: Code
    /// Key of the field beside which the reason is shown; nil for the whole form.
    package let field: String?
    /// Values for the sentence: days as `YYYY-MM-DD`, keys of fields, needs or purposes.
    package let values: [String: String]
    /// The paragraph of law or plan that asks this.
    package let source: String?

    package init(_ code: Code, field: String? = nil, values: [String: String] = [:], source: String? = nil) {
        self.code = code
        self.field = field
        self.values = values
        self.source = source
    }
}

/// Thrown when a command is refused; holds every reason at once, so that nobody mends a form one error at a time.
package struct Refused: Error, Hashable, Sendable {
    package let reasons: [Refusal]

    package init(_ reasons: [Refusal]) { self.reasons = reasons }

    package init(_ code: Refusal.Code, field: String? = nil, values: [String: String] = [:], source: String? = nil) {
        reasons = [Refusal(code, field: field, values: values, source: source)]
    }
}
