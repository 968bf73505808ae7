import Domain

@testable import Web

extension Gallery {
    var signIn: SignInPage {
        SignInPage(
            title: texts("signIn.title"), message: texts("signIn.first"),
            alsoThere: Link(texts("elsewhere.signOut", ["name": school]), "https://school.example/einde"),
            form: Form(
                action: Address.signIn.path, button: texts("signIn.button"),
                fields: [
                    FormField(
                        name: "email", label: texts("signIn.email"), kind: .email, value: "sanne@", autocomplete: "username"),
                    FormField(
                        name: "password", label: texts("signIn.password"), kind: .password, autocomplete: "current-password"),
                ],
                problems: [FormProblem(texts("signIn.wrong"), field: "email")]),
            providers: [Link(texts("elsewhere.button", ["name": school]), .signInElsewhere("school"))],
            demo: Link(texts("demo.title"), .demo),
            forgotten: Link(texts("passwordLink.forgotten"), .passwordForgotten), asksCode: false)
    }

    var signInCode: SignInPage {
        SignInPage(
            title: texts("signIn.codeTitle"), message: nil,
            form: Form(
                action: Address.signInCode.path, button: texts("signIn.button"),
                fields: [
                    FormField(
                        name: "code", label: texts("signIn.code"), kind: .code,
                        hint: say("Open de app op uw telefoon.", "Open the app on your phone."), autocomplete: "one-time-code")
                ]), providers: [], demo: nil, forgotten: nil, asksCode: true)
    }

    private var school: String { say("Schoolaccount", "School account") }

    /// A way in that is chosen in the mail of an invitation.
    var invited: DoorPage {
        var field = FormField(name: "new", label: texts("account.newPassword"), kind: .password, autocomplete: "new-password")
        field.hint = texts("account.passwordHint")
        return DoorPage(
            title: texts("passwordLink.title"), lead: texts("passwordLink.lead", ["email": "sanne@dekassenbouwer.example"]),
            form: Form(action: Address.passwordLink("w8").path, button: texts("passwordLink.button"), fields: [field]),
            others: [Link(texts("elsewhere.button", ["name": school]), .invitationElsewhere("w8", "school"))])
    }

    /// The owner's check of somebody without a password here, with a form that waits.
    var ownerCheckElsewhere: DoorPage {
        DoorPage(
            title: texts("ownerCheck.title"),
            lead: "\(texts("ownerCheck.decide")) \(texts("ownerCheck.elsewhereForm", ["name": school]))",
            elsewhere: Link(texts("ownerCheck.goElsewhere", ["name": school]), .ownerCheckElsewhere("school")),
            form: Form(
                action: Address.ownerCheck.path, button: texts("ownerCheck.button"),
                fields: [FormField(name: "motivering", label: "", kind: .hidden, value: "Zij leert \"anders\".")],
                problems: [FormProblem(texts("ownerCheck.notYet"))]))
    }

    var elsewhereUnknown: DoorPage {
        DoorPage(
            title: texts("elsewhere.unknown.title"),
            lead: texts("elsewhere.unknown.text", ["name": school, "partnership": "SPOW"]), form: nil,
            next: Link(texts("passwordLink.back"), .signIn))
    }

    var ownerCheck: DoorPage {
        DoorPage(
            title: texts("ownerCheck.title"), lead: "\(texts("ownerCheck.decide")) \(texts("ownerCheck.password"))",
            form: Form(
                action: Address.ownerCheck.path, button: texts("ownerCheck.button"),
                fields: [
                    FormField(
                        name: OwnerCheck.field, label: texts("signIn.password"), kind: .password,
                        autocomplete: "current-password"),
                    FormField(name: "motivering", label: "", kind: .hidden, value: "Zij leert \"anders\".\nEn meer."),
                ], problems: [FormProblem(texts("account.wrongPassword"), field: OwnerCheck.field)]))
    }

    var passwordForgotten: DoorPage {
        DoorPage(
            title: texts("passwordLink.forgotten"), lead: texts("passwordLink.forgottenLead"),
            form: Form(
                action: Address.passwordForgotten.path, button: texts("passwordLink.send"),
                fields: [FormField(name: "email", label: texts("signIn.email"), kind: .email, autocomplete: "username")]),
            next: Link(texts("passwordLink.back"), .signIn))
    }

    var passwordLinkGone: DoorPage {
        DoorPage(
            title: texts("passwordLink.gone"), lead: texts("passwordLink.goneLead"), form: nil,
            next: Link(texts("passwordLink.forgotten"), .passwordForgotten))
    }

    var readLogs: ReadLogsPage {
        func row(_ key: String, _ last: String, _ reads: Int, _ people: Int) -> ReadLogsPage.Row {
            ReadLogsPage.Row(
                label: texts("readLogs.dossier", ["key": key]), href: Address.readLog(key).path, school: "De Kassenbouwer",
                last: last, reads: texts.count("readLogs.reads", reads), people: texts.count("readLogs.people", people))
        }
        return ReadLogsPage(
            title: texts("readLogs.title"), lead: texts("readLogs.lead"),
            unusual: [
                ReadLogsPage.Unusual(
                    who: "Joost van Dijk", function: say("leerkracht", "teacher"),
                    when: say("gisteren 23.10 uur", "yesterday 23:10"),
                    why: texts.count("unusual.many", 41),
                    dossiers: ["x7k2qa", "m3v9tz", "p0w4rs", "h6d1ec", "b8n5yl"].map {
                        Link(texts("readLogs.dossier", ["key": $0]), .readLog($0))
                    }, more: texts.count("unusual.more", 36)),
                ReadLogsPage.Unusual(
                    who: "Merel Zomer", function: say("intern begeleider", "special needs coordinator"),
                    when: say("9 maart", "9 March"), why: texts.count("unusual.name", 1),
                    dossiers: [Link(texts("readLogs.dossier", ["key": "m3v9tz"]), .readLog("m3v9tz"))], more: nil),
            ],
            rows: [
                row("x7k2qa", say("vandaag 9.12 uur", "today 9:12"), 24, 3), row("m3v9tz", say("9 maart", "9 March"), 1, 1),
            ], next: "/leeslogs?voor=100", first: nil)
    }

    private func secondFactorCode(_ address: Address, _ button: String) -> Form {
        var field = FormField(name: "code", label: texts("signIn.code"), kind: .code, autocomplete: "one-time-code")
        field.hint = texts("secondFactor.code.hint")
        return Form(action: address.path, button: texts(button), scope: button, fields: [field])
    }

    var secondFactor: SecondFactorPage {
        SecondFactorPage(
            title: texts("secondFactor.title"), lead: texts("secondFactor.asked"),
            steps: [texts("secondFactor.install"), texts("secondFactor.scan"), texts("secondFactor.give")],
            picture: SecondFactorPage.Picture(viewBox: "0 0 9 9", path: "M4 4h1v1h-1z"),
            secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
            form: Form(
                action: Address.secondFactor.path, button: texts("secondFactor.button"),
                fields: [
                    FormField(name: "code", label: texts("signIn.code"), kind: .code, autocomplete: "one-time-code")
                ], problems: [FormProblem(texts("secondFactor.wrong"), field: "code")]))
    }

    var recoveryCodes: RecoveryCodesPage {
        RecoveryCodesPage(
            title: texts("secondFactor.codes.title"), lead: texts("secondFactor.codes.lead"),
            codes: (0..<10).map { "4071 88\($0)3 2960" }, next: Link(texts("secondFactor.codes.next"), .work))
    }

    var ownPassword: DoorPage {
        var field = FormField(name: "new", label: texts("account.newPassword"), kind: .password, autocomplete: "new-password")
        field.hint = texts("ownPassword.hint")
        return DoorPage(
            title: texts("ownPassword.title"), lead: texts("ownPassword.lead"),
            form: Form(
                action: Address.ownPassword.path, button: texts("ownPassword.button"), fields: [field],
                problems: [FormProblem(texts("password.unchanged"), field: "new")]))
    }

    var demo: DemoPage {
        DemoPage(
            title: texts("demo.title"),
            lead: say(
                "Alles hier is verzonnen. Eén druk op de knop en u bent aangemeld.",
                "Everything here is invented. One press and you are signed in."),
            action: Address.demo.path,
            groups: [
                .init(
                    title: say("Op school", "At school"),
                    roles: [
                        .init(
                            value: "ib", title: say("Intern begeleider", "Support coordinator"),
                            who: "Sanne Mulder, De Kassenbouwer",
                            text: say(
                                "Bereidt de HIA van Noor voor en vraagt een TLV aan.",
                                "Prepares Noor's HIA and applies for a TLV.")),
                        .init(
                            value: "leerkracht", title: say("Leerkracht", "Teacher"), who: "Iris Bakker, De Kassenbouwer",
                            text: say(
                                "Schrijft mee in het groeidocument van haar leerlingen.",
                                "Writes along in her pupils' groeidocument.")),
                    ]),
                .init(
                    title: say("Thuis", "At home"),
                    roles: [
                        .init(
                            value: "ouder", title: say("Moeder", "Mother"), who: "Anouk Visser",
                            text: say(
                                "Leest het dossier van Noor, vertelt hoe het thuis gaat en ziet wie meelas.",
                                "Reads Noor's dossier, tells how things are at home and sees who read along."))
                    ]),
                .init(
                    title: say("Bij het samenwerkingsverband", "At the partnership"),
                    roles: [
                        .init(
                            value: "adviseur", title: say("Ondersteuningsadviseur", "Support adviser"), who: "Merel de Haan",
                            text: say(
                                "Leidt het HIA-overleg en geeft het eerste advies.",
                                "Leads the HIA meeting and gives the first advice.")),
                        .init(
                            value: "beslisser", title: say("Beslisser", "Decision maker"), who: "Karel Stolk",
                            text: say("Neemt het besluit over een TLV.", "Decides on a TLV.")),
                    ]),
            ])
    }

    var account: AccountPage {
        AccountPage(
            title: texts("account.title"),
            facts: [Fact(say("Naam", "Name"), "Sanne Mulder"), Fact("E-mail", "sanne@dekassenbouwer.example")],
            functions: [
                Fact(
                    say("Intern begeleider", "Support coordinator"), "De Kassenbouwer",
                    note: say("sinds 1 augustus 2021", "since 1 August 2021"))
            ],
            password: Form(
                action: Address.account.path, button: say("Wachtwoord wijzigen", "Change password"), scope: "wachtwoord",
                fields: [
                    FormField(
                        name: "new", label: say("Nieuw wachtwoord", "New password"), kind: .password,
                        autocomplete: "new-password")
                ]),
            secondFactor: .init(
                state: texts(
                    "secondFactor.on",
                    ["day": say("9 maart 2026", "9 March 2026"), "codes": texts.count("secondFactor.codesLeft", 9)]),
                setUp: nil, recovery: secondFactorCode(.recoveryCodes, "secondFactor.renew"),
                end: secondFactorCode(.secondFactorEnd, "secondFactor.replace")),
            elsewhere: [
                .init(
                    name: school,
                    use: texts(
                        "account.elsewhereUse",
                        [
                            "organisation": "99AA", "since": say("1 augustus 2021", "1 August 2021"),
                            "used": say("gisteren 8.40 uur", "yesterday 8:40"),
                        ]), end: Address.unlinkElsewhere("school").path)
            ],
            linkable: [
                Link(texts("account.link", ["name": say("Bestuursaccount", "Board account")]), .linkElsewhere("bestuur"))
            ],
            hasElsewhere: true,
            sessions: [
                .init(
                    device: say("Firefox op Windows", "Firefox on Windows"),
                    use: say("sinds 9 maart, nu in gebruik", "since 9 March, in use now"),
                    current: true, end: Address.session("s1").path),
                .init(
                    device: say("Safari op iPad", "Safari on iPad"), use: say("laatst gebruikt 2 maart", "last used 2 March"),
                    current: false,
                    end: Address.session("s2").path),
            ], endOthers: "/account/sessies/overige",
            keys: [
                .init(
                    name: say("Koppeling leerlingvolgsysteem", "Pupil system link"),
                    use: say("leest leerlingen, tot 1 augustus 2026", "reads pupils, until 1 August 2026"), chip: nil,
                    revoke: Address.token("t1").path)
            ],
            newKey: Form(
                action: Address.tokens.path, button: say("Maken", "Make"), scope: "sleutel",
                fields: [FormField(name: "naam", label: say("Waarvoor?", "What for?"), kind: .text)]),
            madeKey: "sk_9f2c41d07bb84e6fa1c35d")
    }
}
