extension PasswordRule {
    /// Words that people choose when a system wants twelve characters and they add a number: Dutch, English, school.
    static let commonWords: Set<String> = [
        "aanmelden", "administrator", "adminadmin", "ajaxamsterdam", "algemeen", "amsterdam", "appeltaart", "april", "augustus",
        "baseball", "basisonderwijs", "basisschool", "beheer", "beheerder", "changeme", "changemenow", "computer",
        "correcthorsebatterystaple",
        "december", "denhaag", "dinsdag", "directeur", "donderdag", "eindhoven", "feyenoord", "feyenoordrotterdam", "football",
        "februari",
        "geheim", "geheimwachtwoord", "geheimpje", "groningen", "herfst", "herfstvakantie", "hallohallo", "hoihoi", "iloveyou",
        "ikhouvanjou", "inloggen", "internbegeleider", "januari", "juni", "juli", "juf", "kindcentrum", "kinderen", "leerling",
        "leerlingen", "leerkracht", "lente", "letmein", "letmeinplease", "liefde", "login", "maandag", "maart", "meester",
        "mijnwachtwoord",
        "monkey", "mypassword", "nederland", "nieuwwachtwoord", "november", "oktober", "onderwijs", "onzeschool", "oranje",
        "orthopedagoog",
        "passendonderwijs", "password", "passwordpassword", "passwoord", "pasword", "princess", "qwerty", "qwertyqwerty",
        "qwertyuiop",
        "rotterdam", "samenwerkingsverband", "school", "schooljaar", "schoolschool", "secret", "sentrum", "september",
        "sinterklaas",
        "sommer", "spring", "startwachtwoord", "summer", "sunshine", "superman", "supersecret", "thuiszitter", "tijdelijk",
        "tijdelijkwachtwoord", "toegang", "trustnoone", "twente", "utrecht", "vakantie", "verander", "veranderen", "veranderdit",
        "veranderme", "voetbal", "vrijdag", "wachtwoord", "wachtwoorden", "wachtwoordwachtwoord", "wachtwoordvergeten",
        "watchtwoord",
        "webmaster", "welcome", "welcomewelcome", "welkom", "welkombij", "welkomterug", "welkomwelkom", "whatever", "winter",
        "winterwonderland", "woensdag", "zaterdag", "zomer", "zomervakantie", "zondag", "zorgplicht", "zorgteam",
    ]
}
