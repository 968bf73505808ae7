import Domain
import Foundation
import Plan
import UseCases

extension SignInSettings {
    /// The name of the file in the folder of an installation.
    package static let fileName = "sign-in.yaml"

    /// Reads the settings.
    ///
    /// - Parameter file: the name that problems are told under.
    /// - Throws: `PlanProblems` with everything that is wrong, each with file, line and key.
    package static func read(_ text: String, file: String = fileName) throws(PlanProblems) -> SignInSettings {
        try SettingsFile.read(text, file: file) { section in
            SignInSettings(providers: section.things("providers") { key, section in section.provider(key) })
        }
    }

    /// Whether a secret may be sent there: over TLS, or to this same machine.
    ///
    /// A host of the loopback only, and no name that somebody else's server of names could answer for.
    package static func isSafe(_ address: String) -> Bool {
        guard let url = URL(string: address), let host = url.host(), url.user() == nil, url.password() == nil,
            url.fragment() == nil
        else { return false }
        return switch url.scheme {
        case "https": true
        case "http": ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
        default: false
        }
    }
}

extension PlanSection {
    fileprivate func provider(_ key: String) -> SignInSettings.Provider {
        let issuer = string("issuer")
        if !issuer.isEmpty, !SignInSettings.isSafe(issuer) || URL(string: issuer)?.query() != nil {
            refuse(
                "issuer", nl: "‘\(issuer)’ is geen adres dat met https:// begint",
                en: "‘\(issuer)’ is no address that begins with https://",
                hint: Localized(
                    nl: "http:// alleen op deze machine zelf: localhost of 127.0.0.1",
                    en: "http:// on this machine itself only: localhost or 127.0.0.1"))
        }
        var scopes = keys("scopes")
        if scopes.contains("offline_access") {
            refuse(
                "scopes", nl: "‘offline_access’ vraagt om tokens die blijven; die worden hier niet bewaard",
                en: "‘offline_access’ asks for tokens that stay; none are kept here")
        }
        if !scopes.contains("openid") { scopes.insert("openid", at: 0) }
        let client = string("client")
        let secret = secret()
        let name = text("name")
        let subject = optionalString("subject") ?? "sub"
        let organisation =
            inner("organisation") { $0.organisation() }
            ?? {
                // Noted as missing: it is what such a provider is asked for.
                _ = string("organisation")
                return SignInSettings.OrganisationClaim(claim: "", meaning: .map([:]))
            }()
        let mail = inner("mail") { section in
            SignInSettings.MailClaim(
                claim: section.optionalString("claim") ?? "email",
                verified: section.optionalString("verified") ?? "email_verified")
        }
        let requires = lists("requires").map { SignInSettings.Requirement(claim: $0.name, oneOf: Set($0.values)) }
        let second = inner("second-factor") { section in
            let factor = SignInSettings.SecondFactor(acr: Set(section.keys("acr")), amr: Set(section.keys("amr")))
            return factor
        }
        if let second, second.acr.isEmpty, second.amr.isEmpty {
            refuse(
                "second-factor", nl: "noem waarden van ‘acr’ of van ‘amr’", en: "name values of ‘acr’ or of ‘amr’")
        }
        return SignInSettings.Provider(
            key: key, name: name, issuer: issuer, client: client, secret: secret, scopes: scopes, subject: subject,
            organisation: organisation, mail: mail, requires: requires, secondFactor: second)
    }

    private func secret() -> SignInSettings.Secret {
        let file = optionalString("secret-file")
        let variable = optionalString("secret-variable")
        switch (file, variable) {
        case (let file?, nil): return .file(file)
        case (nil, let variable?): return .environment(variable)
        case (nil, nil):
            // Noted as missing.
            _ = string("secret-file")
            return .file("")
        case (_?, _?):
            refuse(
                "secret-variable", nl: "‘secret-file’ staat er ook: kies er één",
                en: "‘secret-file’ stands there as well: choose one")
            return .file("")
        }
    }

    private func organisation() -> SignInSettings.OrganisationClaim {
        let claim = string("claim")
        guard has("map") else {
            let word = string("is")
            if !word.isEmpty, word != "school-number" {
                refuse(
                    "is", nl: "alleen ‘school-number’; voor andere waarden is er ‘map’",
                    en: "only ‘school-number’; for other values there is ‘map’")
            }
            return SignInSettings.OrganisationClaim(claim: claim, meaning: .schoolNumber)
        }
        if has("is") { refuse("is", nl: "‘map’ staat er ook: kies er één", en: "‘map’ stands there as well: choose one") }
        var map: [String: Set<ProvedIdentity.Place>] = [:]
        for (name, values) in lists("map") {
            map[name] = Set(
                values.compactMap { value in
                    guard let place = ProvedIdentity.Place(value) else {
                        refuse(
                            "map", nl: "‘\(value)’ is geen organisatie: schrijf ‘partnership’ of het nummer van een school",
                            en: "‘\(value)’ is no organisation: write ‘partnership’ or the number of a school")
                        return nil
                    }
                    return place
                })
        }
        return SignInSettings.OrganisationClaim(claim: claim, meaning: .map(map))
    }
}

extension ProvedIdentity.Place {
    /// An organisation as it is written: `partnership`, or the number of a school (BRIN, with or without a location).
    package init?(_ written: String) {
        if written == "partnership" {
            self = .partnership
            return
        }
        let number = written.uppercased()
        guard number.wholeMatch(of: /[0-9]{2}[A-Z]{2}([0-9]{2})?/) != nil else { return nil }
        self = .school(number)
    }
}
