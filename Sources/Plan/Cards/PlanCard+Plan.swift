import Domain

extension PlanCard {
    /// Who the partnership is, for which children, and how a version of its plan comes about.
    static func plan(_ rules: PlanRules) -> [Line] {
        var lines: [Line] = []
        let partnership = rules.partnership
        lines.add("partnership", "name", partnership.name)
        lines.add("partnership", "short-name", partnership.shortName)
        lines.add("partnership", "code", partnership.code)
        lines.add("partnership", "address", partnership.address)
        lines.add("partnership", "email", partnership.email)
        lines.add("postcodes", "", partnership.postcodes)
        lines.add("in-force", "", rules.inForce.description)
        lines.add("until", "", rules.until?.description)
        lines.add("amends", "", rules.amends?.rawValue)
        lines.add("document", "", rules.document)
        lines.add("ages", "", "\(rules.ages.lowerBound)..\(rules.ages.upperBound)")
        lines.add("authority", "", rules.relations.filter(\.authority).map(\.id))
        lines.add("no-authority", "", rules.relations.filter { !$0.authority }.map(\.id))
        for (place, group) in rules.groups.enumerated() { lines.add("groups", String(place + 1), group.id) }
        for tier in rules.tiers { lines.add("waaier", tier.id, tier.forms.map(\.id)) }
        for rule in rules.askedIn { add(rule, &lines) }
        if let emergency = rules.emergency {
            lines.add("emergency", "by", emergency.by)
            lines.add("emergency", "parts", DossierPart.allCases.filter(emergency.parts.contains).map(\.rawValue))
        }
        for function in rules.functions { if let watch = function.watch { add(watch, of: function.id, &lines) } }
        for rule in rules.questions { add(rule, &lines) }
        if let governance = rules.governance { add(governance, &lines) }
        if let retention = rules.retention { add(retention, &lines) }
        if let rights = rules.rights, rights.source != nil { lines.add("rights", "handled-by", rights.handledBy) }
        if let contents = rules.contents {
            lines.add("law", "list", contents.list?.id ?? "none")
            for entry in contents.entries { lines.add("law", entry.id, entry.files) }
            for entry in contents.entries where entry.paper != nil { lines.add("on-paper", "", entry.id) }
        }
        return lines
    }

    private static func add(_ rule: AskedInRule, _ lines: inout [Line]) {
        let thing = "asked-in"
        lines.add(thing, "\(rule.id).by", rule.by)
        lines.add(thing, "\(rule.id).parts", DossierPart.allCases.filter(rule.parts.contains).map(\.rawValue))
        lines.add(thing, "\(rule.id).ground", rule.ground.purpose ?? "law")
        lines.add(thing, "\(rule.id).longest", rule.longest.description)
        lines.add(thing, "\(rule.id).remind", rule.remind.description)
        if rule.handsOver { lines.add(thing, "\(rule.id).hands-over", "yes") }
    }

    private static func add(_ watch: ReadingWatch, of function: String, _ lines: inout [Line]) {
        let thing = "told-of"
        lines.add(thing, "\(function).dossiers", String(watch.dossiers))
        lines.add(thing, "\(function).before", String(watch.before))
        lines.add(thing, "\(function).after", String(watch.after))
        lines.add(thing, "\(function).quiet", watch.quiet.description)
    }

    private static func add(_ rule: QuestionRule, _ lines: inout [Line]) {
        let thing = "questions"
        lines.add(thing, "\(rule.id).by", rule.by)
        lines.add(thing, "\(rule.id).answered-by", rule.answeredBy)
        lines.add(thing, "\(rule.id).written-in", rule.writtenIn)
        lines.add(thing, "\(rule.id).kept", rule.kept.description)
    }

    private static func add(_ governance: GovernanceRule, _ lines: inout [Line]) {
        let thing = "version"
        for (act, role) in governance.roles {
            lines.add(thing, "\(act.rawValue).by", role.by)
            lines.add(thing, "\(act.rawValue).somebody-else-than-did", role.notActorOf.map(\.rawValue))
            lines.add(thing, "\(act.rawValue).shown-by", role.paper.map { _ in "paper" })
        }
        lines.add(thing, "ask.groups", governance.groups.map(\.id))
        for party in governance.municipalities {
            lines.add(
                thing, "agree.\(party.id)", governance.functions(for: .agree, party: party.id))
        }
        for board in governance.boards { lines.add(thing, "adopt.boards", board.id) }
        lines.add(thing, "adopt.majority", governance.majority.rawValue)
        lines.add(thing, "enact.at-most", governance.atMost?.description)
        lines.add(thing, "report.before", governance.reportBefore?.description)
    }

    private static func add(_ retention: RetentionRule, _ lines: inout [Line]) {
        let thing = "retention"
        lines.add(thing, "follows", retention.law?.id)
        lines.add(thing, "announced-by", retention.announces)
        lines.add(thing, "agreed-by", retention.agrees)
        lines.add(thing, "stopped-by", retention.stops)
        lines.add(thing, "waits", retention.waits.description)
    }
}
