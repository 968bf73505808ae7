import ArgumentParser

/// The platform of a samenwerkingsverband passend onderwijs.
@main
struct Sentrum: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentrum", abstract: "The platform of a samenwerkingsverband passend onderwijs.")
}
