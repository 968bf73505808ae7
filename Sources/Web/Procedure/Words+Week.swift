import Domain

// A week in words and as a form.
extension Words {
    /// "De eigen groep: maandag ochtend en middag. De andere school: dinsdag ochtend. 1 van 3 dagdelen is elders (34%)."
    func week(_ answer: Answer, _ rule: WeekRule, of field: Field) -> String {
        let parts = rule.ordered(answer)
        var sentences = field.options.compactMap { place -> String? in
            let days = WeekRule.days.compactMap { day -> String? in
                let there = parts.filter { $0.place == place.id && $0.day == day.key }
                guard !there.isEmpty else { return nil }
                let names = there.map { part in rule.dayparts.first { $0.id == part.daypart }?.title[language] ?? part.daypart }
                return "\(weekday(day.day)) \(format.list(names))"
            }
            return days.isEmpty ? nil : "\(place.title[language]): \(days.joined(separator: ", "))."
        }
        if let share = rule.share(of: answer), share.all > 0 {
            sentences.append(
                texts(
                    "week.share",
                    ["elsewhere": String(share.elsewhere), "all": String(share.all), "percent": String(share.percent)]))
        }
        return sentences.joined(separator: " ")
    }

    /// "maandag"
    private func weekday(_ day: Weekday) -> String { texts("week.day.\(day.rawValue)") }

    /// A question for each part of each day, each with the places to choose from: a week without a script, on any width.
    func days(of asked: Field, _ rule: WeekRule, value: Answer?, name: String) -> [FormOption] {
        let chosen = value.map { rule.ordered($0) } ?? []
        return WeekRule.days.map { day in
            let parts = rule.dayparts.map { daypart in
                let place = chosen.first { $0.day == day.key && $0.daypart == daypart.id }?.place
                var field = FormField(
                    name: "\(name).\(day.key).\(daypart.id)", label: daypart.title[language], kind: .select,
                    value: place ?? "",
                    options: [FormOption("", texts("week.free"), selected: place == nil)]
                        + asked.options.map { FormOption($0.id, $0.title[language], selected: $0.id == place) })
                // The week as a whole says whether it may stay empty.
                field.required = true
                return field
            }
            return FormOption(day.key, weekday(day.day).prefix(1).uppercased() + weekday(day.day).dropFirst(), fields: parts)
        }
    }

    /// How a week is filled in, and how much of it may be elsewhere.
    func bounds(_ rule: WeekRule) -> String {
        let most = rule.mostElsewhere.map { texts("week.most", ["most": String($0)]) }
        return [texts("week.hint"), most].compactMap(\.self).joined(separator: " ")
    }
}
