import Domain
import Foundation
import Plan
import SignIn
import UseCases
import Web

/// What will not work with the settings of a server on this machine, and what works less well.
struct ConfigTrial {
    private(set) var problems: [String] = []
    private(set) var remarks: [String] = []

    /// What is so of the server, whatever it serves.
    private init(_ settings: ServeSettings) {
        look(atProgramsOf: settings)
        if settings.isBehindProxy, !["127.0.0.1", "::1", "localhost"].contains(settings.host) {
            remarks.append(
                "host is \(settings.host): whoever reaches it past the proxy can say that it comes from any other address")
        }
    }

    /// What whom is allowed with a file, as `chmod` has it; nil where there is none.
    private static func rights(of path: String) -> Int? {
        // Of a link those of the file that it leads to.
        let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let rights = (try? FileManager.default.attributesOfItem(atPath: real))?[.posixPermissions] as? NSNumber
        return rights?.intValue
    }

    private mutating func look(at files: Certificates.Files) {
        do {
            let (end, now) = (try Certificates.Certificate(files).end, SystemClock().now())
            switch Installation.certificate(ending: end, at: now) {
            case .trouble: problems.append("the certificate \(files.chain) has ended: no browser takes it")
            case .attention:
                remarks.append(
                    "the certificate \(files.chain) ends in \(now.day.days(until: end.day)) days: is it renewed by itself?")
            case .well: break
            }
            // A group may read it: that of the programs that renew it.
            if let rights = Self.rights(of: files.key), rights & 0o007 != 0 {
                problems.append("others can read the key at \(files.key): chmod 640 it")
            }
        } catch {
            problems.append("\(error)")
        }
    }

    /// - Parameter folder: what would be served with the settings.
    init(_ settings: ServeSettings, of folder: DataFolder) {
        self.init(settings)
        if let files = settings.certificate {
            if files.isOfEachName {
                problems.append("\(Certificates.Files.name) stands in a path of the certificate, and here is one site alone")
            } else {
                look(at: files)
            }
        }
        look(at: folder, reachedAt: settings.address, settings)
    }

    /// - Parameter house: the partnerships that would be served with the settings, each told by its name.
    init(_ settings: ServeSettings, of house: House) {
        self.init(settings)
        let names = house.names
        if let files = settings.certificate, !files.isOfEachName { look(at: files) }
        if names.isEmpty { remarks.append("no folder here has the name of a site and a plan in it: nobody is served yet") }
        if OpenFiles.limit / House.filesOfOne < names.count {
            problems.append(
                "\(OpenFiles.limit) files may be open, and \(names.count) partnerships have \(House.filesOfOne) each: raise the limit"
            )
        }
        for name in names {
            var one = Self(problems: [], remarks: [])
            if let files = settings.certificate, files.isOfEachName { one.look(at: files.of(name)) }
            do {
                let way = try house.way(name, settings)
                one.look(at: try house.folder(name), reachedAt: way.address, settings)
            } catch {
                one.problems += Ending(error).lines
            }
            problems += one.problems.map { "\(name): \($0)" }
            remarks += one.remarks.map { "\(name): \($0)" }
        }
    }

    private init(problems: [String], remarks: [String]) {
        self.problems = problems
        self.remarks = remarks
    }

    /// - Parameter address: at which people reach it; nil when nobody is sent a link.
    private mutating func look(at folder: DataFolder, reachedAt address: String?, _ settings: ServeSettings) {
        look(at: folder)
        if address?.hasPrefix("https://") == true, !settings.isSecure {
            problems.append(
                "address begins with https:// and neither behind-proxy nor certificate is said: nobody would stay signed in over TLS"
            )
        }
        if address == nil {
            remarks.append("no address is said: people get a first password on paper, and nobody can ask a new one by mail")
        }
        look(atSigningInAt: address, folder)
    }

    private mutating func look(at folder: DataFolder) {
        let key = folder.keyFile.path(percentEncoded: false)
        switch Self.rights(of: key) {
        case nil: problems.append("the master key is not at \(key): nothing can be read without it")
        case let rights? where rights & 0o077 != 0:
            problems.append("others can read the master key at \(key): chmod 600 it")
        default: break
        }
        do {
            _ = try folder.shelf()
        } catch let faults as PlanProblems {
            problems.append("the plan cannot be used: `sentrum plan check` says why (\(faults.problems.count) problems)")
        } catch {
            problems.append("the plan is not in \(folder.plans.path(percentEncoded: false))")
        }
        if !FileManager.default.isWritableFile(atPath: folder.root.path(percentEncoded: false)) {
            problems.append("\(folder.root.path(percentEncoded: false)) cannot be written by who asks this")
        }
    }

    private mutating func look(atProgramsOf settings: ServeSettings) {
        if settings.sendsMail, Self.program(settings.sendmail) == nil {
            problems.append("mail is to be sent and \(settings.sendmail) is no program here")
        }
        if Self.program(settings.weasyprint) == nil {
            remarks.append("\(settings.weasyprint) is no program here: letters and copies are pages to print, no PDF")
        }
        if Self.program(settings.qrencode) == nil {
            remarks.append("\(settings.qrencode) is no program here: a code for an app is typed over, and not scanned")
        }
    }

    private mutating func look(atSigningInAt address: String?, _ folder: DataFolder) {
        do {
            guard let elsewhere = try SignInSettings.of(folder.root) else { return }
            if address.map({ SignInSettings.isSafe($0) }) != true {
                problems.append("\(SignInSettings.fileName) is there and address is no https://: people could not come back")
            }
            _ = try elsewhere.open(
                in: folder.root, environment: ProcessInfo.processInfo.environment, outside: OutsideWeb(), clock: SystemClock())
        } catch let faults as PlanProblems {
            problems += faults.lines(in: .en)
        } catch let fault as SignInSettings.SecretProblem {
            problems.append(fault.message)
        } catch {
            problems.append("\(SignInSettings.fileName) cannot be read")
        }
    }

    /// Where a program is that is named by its path or looked for on the path; nil when it is not there or may not be run.
    private static func program(_ name: String) -> String? {
        let files = FileManager.default
        guard !name.contains("/") else { return files.isExecutableFile(atPath: name) ? name : nil }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/\(name)" }.first { files.isExecutableFile(atPath: $0) }
    }
}
