import Domain

/// Dates, times, sums and lists as they are written in one language; Europe/Amsterdam, the only place where it is used.
package struct LocalFormat: Sendable {
    private let texts: Texts
    private var dutch: Bool { texts.language == .nl }

    package init(_ texts: Texts) { self.texts = texts }

    // MARK: Days

    /// "dinsdag 17 maart 2026"
    package func day(_ day: Day) -> String {
        weekday(day) + " " + plainDay(day)
    }

    /// "dinsdag 17 maart": without the year when it is that of today.
    package func day(_ day: Day, today: Day) -> String {
        day.year == today.year ? weekday(day) + " " + dayAndMonth(day) : self.day(day)
    }

    /// "17 maart 2026"
    package func plainDay(_ day: Day) -> String { "\(dayAndMonth(day)) \(day.year)" }

    /// "17 maart"
    package func dayAndMonth(_ day: Day) -> String {
        "\(day.day) \((dutch ? Self.dutchMonths : Self.englishMonths)[day.month - 1])"
    }

    /// "17 mrt 2026"; without the year when it is that of today.
    package func shortDay(_ day: Day, today: Day? = nil) -> String {
        let short = "\(day.day) \((dutch ? Self.dutchShortMonths : Self.englishShortMonths)[day.month - 1])"
        return day.year == today?.year ? short : "\(short) \(day.year)"
    }

    /// "dinsdag"
    package func weekday(_ day: Day) -> String {
        (dutch ? Self.dutchWeekdays : Self.englishWeekdays)[day.weekday.rawValue - 1]
    }

    /// "9 januari – 20 februari 2026": the year is said once when both days are in it.
    package func period(_ first: Day, _ last: Day) -> String {
        if first == last { return plainDay(first) }
        return (first.year == last.year ? dayAndMonth(first) : plainDay(first)) + " – " + plainDay(last)
    }

    // MARK: Times

    /// "15.30 uur", in English "15:30"; hour 0…23, minute 0…59.
    package func time(hour: Int, minute: Int) -> String {
        let minutes = minute < 10 ? "0\(minute)" : "\(minute)"
        return dutch ? "\(hour).\(minutes) uur" : "\(hour):\(minutes)"
    }

    /// "dinsdag 17 maart 2026, 15.30 uur"
    package func moment(_ moment: Instant) -> String {
        day(moment.day) + ", " + time(hour: moment.localTime.hour, minute: moment.localTime.minute)
    }

    /// "vandaag 9.12 uur", "gisteren 16.10 uur", "4 maart 10.42 uur"
    package func recent(_ moment: Instant, today: Day) -> String {
        let time = time(hour: moment.localTime.hour, minute: moment.localTime.minute)
        let name =
            switch moment.day.days(until: today) {
            case 0: texts("time.today")
            case 1: texts("time.yesterday")
            default: moment.day.year == today.year ? dayAndMonth(moment.day) : plainDay(moment.day)
            }
        return name + " " + time
    }

    // MARK: Distances

    /// "over 6 dagen", "morgen", "vandaag", "gisteren", "3 dagen geleden"
    package func distance(to day: Day, today: Day) -> String {
        switch today.days(until: day) {
        case 0: texts("time.today")
        case 1: texts("time.tomorrow")
        case -1: texts("time.yesterday")
        case let days where days > 0: spoken("time.in", days)
        case let days: spoken("time.ago", -days)
        }
    }

    /// What is left of a term: "over 6 dagen", "vandaag", "3 dagen te laat".
    package func due(_ day: Day, today: Day) -> String {
        let days = today.days(until: day)
        return days < 0 ? texts.count("time.late", -days) : distance(to: day, today: today)
    }

    /// Long stretches in weeks, for nobody counts forty days.
    private func spoken(_ key: String, _ days: Int) -> String {
        if days >= 21 { return texts.count(key + ".weeks", days / 7) }
        return texts.count(key + ".days", days)
    }

    /// "8 jaar"
    package func age(born: Day, on day: Day) -> String {
        let hadBirthday = (day.month, day.day) >= (born.month, born.day)
        return texts.count("time.years", max(0, day.year - born.year - (hadBirthday ? 0 : 1)))
    }

    // MARK: Numbers

    /// "€ 1.234,50", in English "€1,234.50"; whole euros without cents.
    package func euro(cents: Int) -> String {
        let rest = abs(cents) % 100
        let decimals = rest == 0 ? "" : (dutch ? "," : ".") + (rest < 10 ? "0\(rest)" : "\(rest)")
        return (cents < 0 ? "−" : "") + (dutch ? "€ " : "€") + number(abs(cents) / 100) + decimals
    }

    /// "12.345"
    package func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += dutch ? "." : "," }
            grouped.append(digit)
        }
        return (number < 0 ? "−" : "") + grouped
    }

    /// "1,4 MB", "820 kB", "78,2 GB"
    package func size(bytes: Int) -> String {
        if bytes < 1_000_000 { return "\(max(1, (bytes + 500) / 1000)) kB" }
        let (unit, name) = bytes < 999_950_000 ? (1_000_000, "MB") : (1_000_000_000, "GB")
        let tenths = (bytes + unit / 20) / (unit / 10)
        return "\(tenths / 10)" + (dutch ? "," : ".") + "\(tenths % 10) \(name)"
    }

    // MARK: Lists

    /// "a", "a en b", "a, b en c"
    package func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " " + texts("list.and") + " " + last
    }

    private static let dutchMonths = [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let dutchShortMonths = [
        "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ]
    private static let englishShortMonths = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let dutchWeekdays = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    private static let englishWeekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
