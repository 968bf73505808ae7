import Testing

@testable import Web

@Suite("Forms keep what was typed and say what is wrong")
struct FormTests {
    private var form: Form {
        Form(
            action: "/", button: "Bewaren", scope: "a",
            fields: [
                FormField(name: "naam", label: "Naam", kind: .text),
                FormField(
                    name: "keuze", label: "Keuze", kind: .choice,
                    options: [
                        FormOption("ja", "Ja", selected: true),
                        FormOption("nee", "Nee", fields: [FormField(name: "nee.reden", label: "Waarom?", kind: .paragraph)]),
                    ]),
                FormField(
                    name: "doelen", label: "Doelen", kind: .choices,
                    options: [FormOption("x", "X", selected: true), FormOption("y", "Y")]),
                FormField(name: "geheim", label: "Wachtwoord", kind: .password),
                FormField(name: "akkoord", label: "Akkoord", kind: .tick, value: "yes"),
            ])
    }

    @Test(
        "What was sent is filled in again, in fields of a choice too; a box not ticked was an answer, a password is not repeated")
    func fill() {
        var form = form
        form.fill(["naam": ["Noor"], "keuze": ["nee"], "nee.reden": ["daarom"], "geheim": ["x"], "doelen": ["y"]])
        #expect(form.fields[0].value == "Noor")
        #expect(form.fields[1].options.map(\.selected) == [false, true])
        #expect(form.fields[1].options[1].fields[0].value == "daarom")
        #expect(form.fields[2].options.map(\.selected) == [false, true])
        #expect(form.fields[3].value.isEmpty)
        #expect(form.fields[4].value.isEmpty)
    }

    @Test("Problems stand on top in the order of the page, with the name of the field and a link, and beside the field")
    func refuse() {
        var form = form
        form.refuse([
            FormProblem("Leg uit waarom.", field: "nee.reden"), FormProblem("Later."), FormProblem("Vul in.", field: "naam"),
        ])
        #expect(form.problems.map(\.text) == ["Later.", "Vul in.", "Leg uit waarom."])
        #expect(form.problems.map(\.label) == [nil, "Naam", "Waarom?"])
        #expect(form.problems[2].shown.part(named: "href")?.text == "#field-a-nee-reden")
        #expect(form.fields[1].options[1].fields[0].error == "Leg uit waarom.")
        #expect(form.fields[1].options[1].fields[0].id == "field-a-nee-reden")
        #expect(form.fields[0].error == "Vul in.")
        #expect(form.fields[4].error == nil)
    }

    @Test(
        "A date that is none is shown as it was typed",
        arguments: [("2026-03-17", "date"), ("", "date"), ("2026-02-30", "text"), ("gisteren", "text")])
    func dates(_ value: String, _ type: String) {
        let field = FormField(name: "dag", label: "Dag", kind: .date, value: value)
        #expect(field.shown.part(named: "inputType")?.text == type)
    }

    @Test("Two forms on a page with the same field have different ids")
    func scopes() {
        let other = Form(action: "/", button: "", scope: "b", fields: [FormField(name: "naam", label: "Naam", kind: .text)])
        #expect(other.fields[0].id != form.fields[0].id)
    }
}

@Suite("Addresses")
struct AddressTests {
    @Test("A route is the address with a placeholder")
    func routes() {
        #expect(Address.step(":dossier", ":instance", ":step").path == "/leerlingen/:dossier/procedures/:instance/stappen/:step")
        #expect(Address.dossier("abc").path == "/leerlingen/abc")
    }

    @Test("A file's address changes with its content, and only the current version may be kept")
    func assets() throws {
        let face = try Face(resources: Folders.resources)
        let address = face.assets.address(of: "face.css")
        let version = try #require(address.split(separator: "=").last.map(String.init))
        #expect(address.hasPrefix("/static/face.css?v="))
        #expect(face.assets.isCurrent("face.css", version: version))
        #expect(!face.assets.isCurrent("face.css", version: "0"))
        #expect(face.assets.address(of: "nothing.css") == "/static/nothing.css")
    }
}
