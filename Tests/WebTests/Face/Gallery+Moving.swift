import Domain

@testable import Web

/// Moving a procedure to another version of the plan, and the yearly list.
extension Gallery {
    private var versions: (String, String) {
        (say("Plan 2020–2024", "Plan 2020–2024"), say("Plan 2020–2024, met addendum", "Plan 2020–2024, with addendum"))
    }

    private func movePage(lost: [String], form: Form?) -> MovePage {
        MovePage(
            title: texts("move.title"), frame: noor(nil), procedure: Link("TLV sbo", .procedure("noor", "tlv1")),
            about: [texts("move.about")], before: versions.0, after: versions.1, others: [],
            parts: [
                MovePage.Part(
                    title: texts("move.part.steps"),
                    rows: [
                        MovePage.Row(
                            label: say("Besluiten", "Decide"), before: say("beslisser", "decision maker"),
                            after: say("beslisser", "decision maker"), changes: false)
                    ]),
                MovePage.Part(
                    title: texts("move.part.ends"),
                    rows: [
                        MovePage.Row(
                            label: say("TLV toegekend", "TLV granted"), before: say("31 juli 2022", "31 July 2022"),
                            after: say("31 juli 2025", "31 July 2025"), changes: true)
                    ]),
            ], lost: lost, form: form)
    }

    var move: MovePage {
        movePage(
            lost: [],
            form: Form(
                action: Address.procedureVersion("noor", "tlv1", nil).path, button: texts("move.button"),
                fields: [
                    FormField(
                        name: "move-reason", label: texts("move.reason"), kind: .paragraph, why: texts("move.reasonWhy")),
                    FormField(name: "move-to", label: "", kind: .hidden, value: "de-kassen/2021"),
                ], problems: [FormProblem(texts("refusal.required"), field: "move-reason")],
                cancel: Link(texts("form.cancel"), .procedure("noor", "tlv1"))))
    }

    var moveRefused: MovePage {
        movePage(
            lost: [texts("refusal.moveClockLater", ["clock": say("Besluit binnen zes weken", "Decision within six weeks")])],
            form: nil)
    }

    private func inventoryPage(rows: [InventoryPage.Row], figures: [Fact]) -> InventoryPage {
        InventoryPage(
            title: say("TLV's die dit schooljaar aflopen", "TLVs that end this school year"),
            summary: texts("inventory.summary", ["year": "2025-2026", "count": String(rows.count), "open": "1"]),
            source: Link(texts("plan.paragraph", ["source": "deel 2, 1.8.1"]), .planProcedure("tlv-herbeoordeling")),
            narrow: nil, rows: rows, next: nil, first: nil,
            file: rows.isEmpty ? nil : Link(texts("inventory.file"), .inventoryFile("tlv-herbeoordeling")), figures: figures)
    }

    var inventory: InventoryPage {
        let day = say("31 juli 2026", "31 July 2026")
        return inventoryPage(
            rows: [
                InventoryPage.Row(
                    name: "Noor van der Linden", href: Address.dossier("noor").path, group: say("Groep 5", "Group 5"),
                    school: "De Kassenbouwer", ends: day, number: "PO0000-2024-2025-0012-sbo",
                    standing: Chip(texts("inventory.notBegun"), .wait), choice: nil, procedure: nil,
                    begin: Form(
                        action: Address.inventory("tlv-herbeoordeling").path, button: texts("inventory.begin"), scope: "i1",
                        fields: [FormField(name: "besluit", label: "", kind: .hidden, value: "i1")])),
                InventoryPage.Row(
                    name: "Milan Kaya", href: Address.dossier("milan").path, group: say("Groep 6", "Group 6"),
                    school: "De Kassenbouwer", ends: day, number: "PO0000-2024-2025-0031-so-1",
                    standing: Chip(texts("inventory.begun", ["day": say("2 september 2025", "2 September 2025")]), .now),
                    choice: say("Volgens verwachting, en de plek past nog", "As expected, and the place still fits"),
                    procedure: Link(texts("inventory.look"), .procedure("milan", "i2")), begin: nil),
            ], figures: [])
    }

    var inventoryFigures: InventoryPage {
        inventoryPage(
            rows: [],
            figures: [Fact(texts("inventory.all"), "43"), Fact(texts("inventory.notBegun"), texts("inventory.few"))])
    }
}
