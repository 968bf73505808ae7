/// A place where a school teaches (vestiging), as DUO registers it.
package struct SchoolLocation: Hashable, Sendable, Codable {
    /// The kind of education that a location is registered for.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case bo, sbo, so, vso
        /// So and vso in one location, written `(V)SO` by DUO.
        case soVso = "so-vso"
    }

    /// The part of the country that has its holidays at the same time.
    package enum HolidayRegion: String, Hashable, Sendable, Codable, CaseIterable {
        case noord, midden, zuid
    }

    /// Vestigingscode: the BRIN and two digits.
    package let code: String
    /// BRIN, the number of the school that this is a location of: two digits and two letters.
    package let brin: String
    /// Number of the school board (bevoegd gezag), five digits.
    package let board: String
    package let name: String
    package let kind: Kind
    package let street: String
    /// House number with its addition: `175-A`.
    package let number: String
    /// Four digits, a space and two letters.
    package let postcode: String
    /// In capitals, as DUO writes it.
    package let place: String
    /// Number of the municipality, four digits.
    package let municipalityCode: String
    /// Nil where DUO knows the number only, which happens after a merger of municipalities.
    package let municipality: String?
    package let denomination: String?
    /// Ten digits.
    package let phone: String?
    /// As registered: often without `https://`, not checked, and so no link until somebody looked at it.
    package let website: String?
    package let holidayRegion: HolidayRegion
    /// What a special school teaches, in DUO's abbreviations: `SO ZMLK + VSO ZMLK`.
    package let education: String?

    /// The first four digits of the postcode, by which the partnerships' regions are drawn.
    ///
    /// Source: Regeling regio-indeling samenwerkingsverbanden passend onderwijs PO en VO, annex.
    package var postcodeArea: String { String(postcode.prefix(4)) }

    package init(
        code: String, brin: String, board: String, name: String, kind: Kind, street: String, number: String, postcode: String,
        place: String, municipalityCode: String, municipality: String?, denomination: String?, phone: String?,
        website: String?, holidayRegion: HolidayRegion, education: String?
    ) {
        self.code = code
        self.brin = brin
        self.board = board
        self.name = name
        self.kind = kind
        self.street = street
        self.number = number
        self.postcode = postcode
        self.place = place
        self.municipalityCode = municipalityCode
        self.municipality = municipality
        self.denomination = denomination
        self.phone = phone
        self.website = website
        self.holidayRegion = holidayRegion
        self.education = education
    }
}
