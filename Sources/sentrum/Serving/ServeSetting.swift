import Domain
import Foundation

/// One setting of a server, by the word that names it everywhere: `--word` on the command line, `SENTRUM_WORD` in the
/// environment (capitals, `_` for `-`), `word:` in `serve.yaml`.
enum ServeSetting: String, CaseIterable, Sendable {
    case port, host, address
    case behindProxy = "behind-proxy"
    case certificate
    case certificateKey = "certificate-key"
    case operations, witness, sendmail, qrencode, weasyprint, log

    /// The variable of the environment.
    var variable: String { "SENTRUM_" + rawValue.uppercased().replacing("-", with: "_") }

    /// Whether it can be given more than once; in the environment with commas between.
    var isList: Bool { self == .witness }

    /// What is wrong with a value, with what it should have been; nil when nothing is.
    ///
    /// - Parameter value: as written; each one of a list by itself.
    func fault(_ value: String) -> Localized? {
        switch self {
        case .port:
            Int(value).map { (0...65_535).contains($0) } == true
                ? nil : Localized(nl: "een poort is een getal van 0 tot en met 65535", en: "a port is a number from 0 to 65535")
        case .behindProxy:
            ["true", "false"].contains(value) ? nil : Localized(nl: "schrijf true of false", en: "write true or false")
        case .operations:
            ServeSettings.address(value) != nil
                ? nil
                : Localized(
                    nl: "dit is een adres met een poort, zoals 127.0.0.1:9464",
                    en: "this is an address and a port, such as 127.0.0.1:9464")
        case .address:
            Self.isSite(value)
                ? nil
                : Localized(
                    nl: "dit is een heel adres zonder pagina, zoals https://sentrum.example",
                    en: "this is a whole address without a page, such as https://sentrum.example")
        case .log:
            ServeSettings.LogForm(rawValue: value) != nil ? nil : Localized(nl: "schrijf text of json", en: "write text or json")
        case .witness:
            value.split(separator: "@", omittingEmptySubsequences: false).map(\.isEmpty) == [false, false]
                && !value.contains(where: \.isWhitespace)
                ? nil : Localized(nl: "dit is geen mailadres", en: "this is no mail address")
        case .certificate, .certificateKey, .host, .sendmail, .qrencode, .weasyprint:
            value.isEmpty ? Localized(nl: "hier staat niets", en: "nothing stands here") : nil
        }
    }

    private static func isSite(_ value: String) -> Bool {
        guard let url = URL(string: value), ["http", "https"].contains(url.scheme), url.host() != nil, url.query() == nil,
            url.fragment() == nil
        else { return false }
        return ["", "/"].contains(url.path())
    }
}
