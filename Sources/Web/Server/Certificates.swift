import Domain
import Foundation
import Logging
import NIOCore
import NIOSSL
import UseCases

/// The certificates with which a server answers over TLS, by the name that is asked for.
///
/// Their files are looked at again each minute: whoever renews them starts nothing anew. One that cannot be used takes the place
/// of none that could.
package actor Certificates {
    /// Where the chain and the key of a certificate are, in PEM.
    package struct Files: Sendable, Hashable {
        /// What stands for the name that is asked for, in a path.
        package static let name = "{name}"

        package let chain: String
        package let key: String

        /// - Parameters:
        ///   - chain: the path of the certificate with those between it and its root, nearest first.
        ///   - key: the path of its private key, readable by who serves alone.
        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }

        /// Whether each name has files of its own.
        package var isOfEachName: Bool { chain.contains(Self.name) || key.contains(Self.name) }

        /// Those of one name, that is letters, digits, hyphens and dots alone: no path leads elsewhere by it.
        package func of(_ name: HostName) -> Self {
            Self(chain: chain.replacing(Self.name, with: name.text), key: key.replacing(Self.name, with: name.text))
        }
    }

    /// What keeps a certificate from being used.
    package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        case unreadable(String)
        case notPEM(String)
        /// The key is not the one of the certificate.
        case otherKey(String)

        package var description: String {
            switch self {
            case .unreadable(let path): "\(path) cannot be read"
            case .notPEM(let path): "\(path) is not in PEM, or its key has a password"
            case .otherKey(let path): "\(path) is not the key of this certificate"
            }
        }
    }

    /// A certificate that can be used.
    package struct Certificate: Sendable {
        fileprivate let chain: [NIOSSLCertificateSource]
        fileprivate let key: NIOSSLPrivateKeySource
        /// From then on no browser takes it.
        package let end: Instant

        /// Reads one.
        ///
        /// - Throws: `Fault`.
        package init(_ files: Files) throws(Fault) {
            func read(_ path: String) throws(Fault) -> [UInt8] {
                guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
                return [UInt8](bytes)
            }
            let bytes = (chain: try read(files.chain), key: try read(files.key))
            guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes.chain), let leaf = chain.first else {
                throw .notPEM(files.chain)
            }
            guard let key = try? NIOSSLPrivateKey(bytes: bytes.key, format: .pem) else { throw .notPEM(files.key) }
            self.chain = chain.map { .certificate($0) }
            self.key = .privateKey(key)
            end = Instant(milliseconds: Int64(leaf.notValidAfter) * 1000)
            // The library compares the two when it is to serve with them.
            guard
                (try? NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: self.chain, privateKey: self.key)))
                    != nil
            else { throw .otherKey(files.key) }
        }
    }

    /// One that was read, or was not there to be read, and when its files were looked at last.
    private struct Read {
        var certificate: Certificate?
        /// What stood in the two files.
        var contents: [Data?]
        var looked: ContinuousClock.Instant
    }

    private let files: Files
    private let holds: @Sendable (HostName) -> Bool
    private let patience: Duration
    private let logger: Logger
    private var read: [Files: Read] = [:]

    /// - Parameters:
    ///   - files: those of all, or with `{name}` in their paths those of each name.
    ///   - patience: for how long what was read is not looked at again.
    ///   - holds: whether a site has a name; asked only where each name has files of its own.
    package init(
        _ files: Files, patience: Duration = .seconds(60), logger: Logger,
        holds: @escaping @Sendable (HostName) -> Bool = { _ in true }
    ) {
        self.files = files
        self.patience = patience
        self.logger = logger
        self.holds = holds
    }

    /// How it is with the certificate of a name.
    package func standing(_ name: HostName?) -> Surroundings.Certificate {
        (try? certificate(for: name)).map { .ends($0.end) } ?? .none
    }

    /// The certificate for a name that is asked for; nil when the browser names none.
    ///
    /// - Throws: `Fault` when there is none that can be used.
    func certificate(for name: HostName?) throws -> Certificate {
        guard files.isOfEachName else { return try current(files) }
        guard let name, holds(name) else { throw Fault.unreadable(files.chain) }
        return try current(files.of(name))
    }

    private func current(_ files: Files) throws -> Certificate {
        let now = ContinuousClock.now
        let last = read[files]
        if let last, now - last.looked < patience {
            guard let certificate = last.certificate else { throw Fault.unreadable(files.chain) }
            return certificate
        }
        // By what is in them: two that are written in the same moment, or copied with their time, are told apart.
        let contents = [files.chain, files.key].map { FileManager.default.contents(atPath: $0) }
        if let last, let certificate = last.certificate, last.contents == contents {
            read[files]?.looked = now
            return certificate
        }
        do {
            let certificate = try Certificate(files)
            read[files] = Read(certificate: certificate, contents: contents, looked: now)
            return certificate
        } catch {
            logger.error("a certificate cannot be used", metadata: ["why": "\(error)"])
            // While the files are being renewed one of them is of before: the next look finds both.
            read[files] = Read(certificate: last?.certificate, contents: last?.contents ?? [], looked: now)
            guard let certificate = last?.certificate else { throw error }
            return certificate
        }
    }

    /// How a server speaks TLS with these: 1.2 at the least (NCSC, ICT-beveiligingsrichtlijnen voor TLS), and nothing is asked of
    /// who comes.
    nonisolated var configuration: TLSConfiguration {
        // The one of a server has a certificate from the beginning; here it comes by the name, so it is that of who asks.
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.minimumTLSVersion = .tlsv12
        // Of 1.2 only what keeps old conversations closed and is sealed as a whole; of 1.3 every one is.
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        configuration.sslContextCallback = { asked, promise in
            promise.completeWithTask {
                let certificate = try await self.certificate(for: asked.serverHostname.flatMap { HostName(authority: $0) })
                var found = NIOSSLContextConfigurationOverride()
                found.certificateChain = certificate.chain
                found.privateKey = certificate.key
                return found
            }
        }
        return configuration
    }
}
