import Domain
import Testing

@testable import Web

@Suite("The fan of support")
struct FanTests {
    private let texts: Texts

    init() throws { texts = try Texts.load(.nl, from: Folders.texts) }

    private func fan(_ count: Int, tiers: Int, title: String = "BOSK leren en welbevinden") -> Fan {
        let sizes = (0..<tiers).map { count / tiers + ($0 < count % tiers ? 1 : 0) }
        return Fan(
            sizes.enumerated().map { tier, size in
                Fan.Tier("zwaar \(tier)", (0..<size).map { Fan.Form(title, Fan.Standing.allCases[($0 + tier) % 4]) })
            }, child: "Noor", texts: texts)
    }

    @Test("It can be drawn for every size of plan, well formed, within its frame", arguments: 5...16)
    func sizes(_ count: Int) throws {
        for tiers in 2...4 {
            let svg = fan(count, tiers: tiers).svg
            let page = Markup(svg)
            #expect(page.unbalanced == nil)
            #expect(page.opened.filter { $0.attributes["class"]?.hasPrefix("blade") == true }.count == count)
            for tag in page.opened {
                guard let place = tag.attributes["transform"]?.firstMatch(of: /translate\((-?[\d.]+) (-?[\d.]+)\)/) else {
                    continue
                }
                let x = try #require(Double(place.1))
                let y = try #require(Double(place.2))
                #expect((0...640).contains(x) && (0...334).contains(y))
            }
        }
    }

    @Test("The same fan always gives the same drawing")
    func deterministic() { #expect(fan(12, tiers: 3).svg == fan(12, tiers: 3).svg) }

    @Test("It says in words what it shows, and marks every standing by more than a colour")
    func words() {
        let fan = Fan(
            [
                Fan.Tier("licht", [Fan.Form("SOT", .past), Fan.Form("PAG")]), Fan.Tier("leeg", []),
                Fan.Tier("zwaar", [Fan.Form("HIA", .now), Fan.Form("TLV", .possible)]),
            ], child: "Noor", texts: texts)
        #expect(fan.title == "Waar staat Noor op de waaier?")
        #expect(fan.description == "Ingezet: SOT. Nu: HIA. Mogelijk hierna: TLV.")
        #expect(fan.tiers.count == 2)
        #expect(fan.svg.contains("stroke-dasharray"))
        #expect(fan.svg.contains(">nu</text>"))
        #expect(fan.svg.contains("M-3.8 .2"))
    }

    @Test("The fan of the plan names its tiers instead")
    func plan() {
        let fan = Fan([Fan.Tier("licht", [Fan.Form("SOT"), Fan.Form("PAG")])], child: nil, texts: texts)
        #expect(fan.description == "licht: SOT en PAG.")
    }

    @Test("A title breaks into two lines where there is room, and is shortened where there is none")
    func labels() {
        #expect(Fan.Label("SOT", size: 12, outer: 240, inner: 70, sweep: 14).lines == ["SOT"])
        #expect(Fan.Label("BOSK leren en welbevinden", size: 13, outer: 200, inner: 70, sweep: 20).lines.count == 2)
        let long = Fan.Label(String(repeating: "onderwijs", count: 9), size: 12, outer: 240, inner: 70, sweep: 11).lines
        #expect(long.count == 1 && long[0].hasSuffix("…"))
    }
}
