// swift-tools-version: 6.2
import PackageDescription

/// How much of the package is built. `SENTRUM_SCOPE=core` leaves only what has no heavy dependency, so that the tests of
/// the rules run in seconds; `journal` adds the stores. Unset: everything.
let scope = Context.environment["SENTRUM_SCOPE"] ?? "all"
let withJournal = scope != "core"
let withServer = scope != "core" && scope != "journal"

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0")
]
// Pure: no I/O, clock, randomness or logging, and no import but Foundation (a test holds it to that).
var targets: [Target] = [
    .target(name: "Domain"),
    .target(name: "Plan", dependencies: ["Domain", "Yams"]),
    .target(name: "TestKit", dependencies: ["Domain", "Plan"] + (withJournal ? ["Journal"] : []), path: "Sources/TestKit"),
    .testTarget(name: "DomainTests", dependencies: ["Domain", "TestKit"]),
    .testTarget(name: "PlanTests", dependencies: ["Plan", "TestKit"]),
]

if scope == "core" {
    // What of a plan is held fast, measured without building a server: `make mutate`.
    targets.append(.executableTarget(name: "plan-proof", dependencies: ["Domain", "Plan"]))
}

if withJournal {
    dependencies += [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ]
    targets += [
        .target(
            name: "Journal",
            dependencies: ["Domain", product("Crypto", "swift-crypto"), product("CryptoExtras", "swift-crypto")],
            resources: [.copy("Vault/Resources")]),
        .target(
            name: "JournalSQLite",
            dependencies: ["Journal", product("GRDB", "GRDB.swift"), product("GRDBSQLite", "GRDB.swift")]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "JournalPostgres", dependencies: ["Journal", "CLibPQ"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal", "JournalSQLite", "JournalPostgres", "TestKit"]),
    ]
}

var products: [Product] = []
if withServer {
    dependencies += [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.9.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ]
    targets += [
        .target(name: "UseCases", dependencies: ["Domain", "Plan", "Journal", "SwiftCSV", "Yams"]),
        .target(
            name: "Web",
            dependencies: [
                "UseCases", "Yams", product("Hummingbird", "hummingbird"),
                product("HummingbirdTLS", "hummingbird"), product("NIOSSL", "swift-nio-ssl"),
                product("Mustache", "swift-mustache"),
                product("Subprocess", "swift-subprocess"), product("Logging", "swift-log"),
                product("Metrics", "swift-metrics"),
            ],
            resources: [.copy("Templates"), .copy("Public"), .copy("Texts")]),
        // Signing in by way of another: the only part that asks anything of another machine, and the only one that reads tokens.
        .target(
            name: "SignIn",
            dependencies: [
                "UseCases", "Plan", product("AsyncHTTPClient", "async-http-client"), product("JWTKit", "jwt-kit"),
                product("Crypto", "swift-crypto"),
            ]),
        .executableTarget(
            name: "sentrum",
            dependencies: [
                "Web", "SignIn", "JournalSQLite", "JournalPostgres", product("ArgumentParser", "swift-argument-parser"),
                product("Metrics", "swift-metrics"),
                product("GRDB", "GRDB.swift"),
                product("ServiceLifecycle", "swift-service-lifecycle"), product("UnixSignals", "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "UseCaseTests", dependencies: ["UseCases", "JournalSQLite", "TestKit"], exclude: ["Import/Fixtures"]),
        // Whole histories with faults in them; `SENTRUM_SIMULATE=200` tells longer ones.
        .testTarget(name: "SimulationTests", dependencies: ["UseCases", "JournalSQLite", "TestKit"]),
        .testTarget(
            name: "WebTests",
            dependencies: ["Web", "JournalSQLite", "TestKit", product("HummingbirdTesting", "hummingbird")],
            exclude: ["Golden"]),
        .testTarget(
            name: "SignInTests",
            dependencies: ["SignIn", product("JWTKit", "jwt-kit"), product("CryptoExtras", "swift-crypto")]),
        .testTarget(name: "CommandTests", dependencies: ["sentrum", "TestKit"]),
    ]
    products = [.executable(name: "sentrum", targets: ["sentrum"])]
}

for target in targets where target.type != .system {
    // Warnings are errors, so that none is ever discussed.
    target.swiftSettings = [.treatAllWarnings(as: .error)]
    // A file says which modules it uses, so that an arrow between layers can be seen; tests may look everywhere.
    if target.type != .test { target.swiftSettings?.append(.enableUpcomingFeature("MemberImportVisibility")) }
}

let package = Package(
    name: "sentrum", defaultLocalization: "nl", platforms: [.macOS(.v15)], products: products, dependencies: dependencies,
    targets: targets)
