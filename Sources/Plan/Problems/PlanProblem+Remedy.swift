import Domain

extension PlanProblem.Code {
    /// What to do about this kind of fault, for when its message does not say it more precisely.
    var remedy: Localized {
        switch self {
        case .noSuchPlan:
            Localized(
                nl: "kijk of de map zo heet en een plan.yaml heeft",
                en: "see whether the folder is called so and has a plan.yaml")
        case .missingFile:
            Localized(
                nl: "maak dit bestand, of haal weg wat het noemt", en: "make this file, or remove what names it")
        case .unknownFile:
            Localized(
                nl: "haal het weg, of geef het een naam die een plan kent",
                en: "remove it, or give it a name that a plan knows")
        case .unreadable: Localized(nl: "sla het bestand op als UTF-8", en: "save the file as UTF-8")
        case .notYAML:
            Localized(
                nl: "kijk naar inspringing, haken en aanhalingstekens op deze regel en erboven",
                en: "look at indentation, brackets and quotation marks on this line and above it")
        case .duplicateKey:
            Localized(nl: "houd er één, of geef de andere een eigen sleutel", en: "keep one, or give the other a key of its own")
        case .emptyValue: Localized(nl: "vul het in of haal de sleutel weg", en: "fill it in or remove the key")
        case .unknownKey:
            Localized(
                nl: "haal de sleutel weg, of zet hem waar hij hoort", en: "remove the key, or put it where it belongs")
        case .missingKey: Localized(nl: "schrijf deze sleutel met zijn waarde erbij", en: "write this key with its value")
        case .wrongKind: Localized(nl: "schrijf de waarde zo", en: "write the value so")
        case .badValue: Localized(nl: "kies een andere waarde", en: "choose another value")
        case .badKey:
            Localized(nl: "kleine letters, cijfers en streepjes", en: "small letters, digits and hyphens")
        case .reservedKey: Localized(nl: "geef het een andere sleutel", en: "give it another key")
        case .duplicateField:
            Localized(
                nl: "stel de vraag op één plek, en noem haar elders bij haar sleutel",
                en: "ask it in one place, and name it by its key elsewhere")
        case .wrongVersion:
            Localized(nl: "maak ‘key’ en de map hetzelfde", en: "make ‘key’ and the folder the same")
        case .amendsUnknown:
            Localized(
                nl: "noem de map van de versie die gewijzigd wordt: naam/versie",
                en: "name the folder of the version that is amended: name/version")
        case .amendsItself:
            Localized(nl: "laat één versie zonder ‘amends’ beginnen", en: "let one version begin without ‘amends’")
        case .removesNothing:
            Localized(
                nl: "haal deze regel weg, of noem wat er in de gewijzigde versie staat",
                en: "remove this line, or name what stands in the amended version")
        case .unknownReference:
            Localized(
                nl: "schrijf het zoals het heet, of maak het eerst", en: "write it as it is called, or make it first")
        case .missingFunction:
            Localized(nl: "schrijf deze functie in functions.yaml", en: "write this function in functions.yaml")
        case .emptyText:
            Localized(nl: "schrijf de tekst, in het Nederlands en het Engels", en: "write the text, in Dutch and in English")
        case .missingSource: Self.source
        case .unknownSource:
            Localized(
                nl: "zet de paragraaf in paragraphs.yaml, of schrijf ‘gekozen (NOTES.md, …)’",
                en: "put the paragraph in paragraphs.yaml, or write ‘chosen (NOTES.md, …)’")
        case .tooLong: Localized(nl: "maak het korter", en: "make it shorter")
        case .badTemplate, .unknownWord:
            Localized(nl: "neem een woord dat hier gevuld wordt", en: "take a word that is filled in here")
        case .numberRepeats: Localized(nl: "maak elk nummer uniek", en: "make every number unique")
        case .missingContent:
            Localized(
                nl: "zeg bij ‘contents’ waar dit punt van de wet staat", en: "say under ‘contents’ where this item of law stands")
        case .badField: Localized(nl: "neem een andere vraag, of verander deze", en: "take another field, or change this one")
        case .neverAsked:
            Localized(
                nl: "zet de vraag bij ‘asks’ of in het groeidocument, of haal haar hier weg",
                en: "put the field in ‘asks’ or in the groeidocument, or remove it here")
        case .noActor: Localized(nl: "noem ten minste één functie", en: "name at least one function")
        case .nobodyCanAct: Localized(nl: "noem iemand die dit kan doen", en: "name somebody who can do this")
        case .actsUnseen, .seesNothing:
            Localized(nl: "kijk bij ‘sees’ van deze functie", en: "look at ‘sees’ of this function")
        case .noWayOut:
            Localized(nl: "schrijf een keuze die altijd kan", en: "write a choice that can always be made")
        case .unreachableStep:
            Localized(
                nl: "noem deze stap bij ‘opens’ van het begin of bij ‘then’ van een keuze, of haal haar weg",
                en: "name this step in ‘opens’ of the start or in ‘then’ of a choice, or remove it")
        case .waitsForever:
            Localized(
                nl: "wacht op stappen die samen gedaan kunnen worden", en: "wait for steps that can be done together")
        case .deadEnd:
            Localized(
                nl: "noem bij ‘then’ een stap die dan open kan gaan, of eindig met ‘end’",
                en: "name a step in ‘then’ that can open by then, or end with ‘end’")
        case .neverEnds:
            Localized(nl: "geef een van deze stappen een keuze met ‘end’", en: "give one of these steps a choice with ‘end’")
        case .unreachedOutcome:
            Localized(
                nl: "noem deze uitkomst bij ‘end’ van een keuze, of haal haar weg",
                en: "name this outcome as ‘end’ of a choice, or remove it")
        case .meetingNotPlanned: Localized(nl: "plan het overleg met ‘plans’", en: "plan the meeting with ‘plans’")
        case .neverComplete:
            Localized(nl: "zet marks-complete: true bij een keuze", en: "write marks-complete: true at a choice")
        case .leadsNowhere: Localized(nl: "kijk bij ‘after’ van die procedure", en: "look at ‘after’ of that procedure")
        case .neverStarts: Localized(nl: "kijk bij ‘after’", en: "look at ‘after’")
        case .neverHolds: Localized(nl: "verander deze voorwaarde, of haal haar weg", en: "change this condition, or remove it")
        case .tableGap: Localized(nl: "schrijf een rij voor deze gevallen", en: "write a row for these cases")
        case .tableOverlap:
            Localized(
                nl: "maak de voorwaarden van een van de rijen nauwer, of schrijf hit: first",
                en: "make the conditions of one of the rows narrower, or write hit: first")
        case .rowNeverMatches:
            Localized(
                nl: "haal deze rij weg, of zet haar vóór de rij die haar voor is",
                en: "remove this row, or put it before the row that comes first")
        case .tooLargeToCheck:
            Localized(
                nl: "splits het, of loop het met voorbeelden na", en: "split it, or go through it with examples")
        case .neverUsed: Localized(nl: "gebruik het, of haal het weg", en: "use it, or remove it")
        case .versionsClash:
            Localized(
                nl: "geef een van de versies een andere dag bij ‘in-force’",
                en: "give one of the versions another day as ‘in-force’")
        }
    }

    /// How a source is written.
    static let source = Localized(
        nl: "schrijf source: met de paragraaf of het artikel; zelf gekozen: ‘gekozen (NOTES.md, …)’",
        en: "write source: with the paragraph or article; chosen yourself: ‘chosen (NOTES.md, …)’")
}
