import Foundation

/// Another program, which does something that Roster leaves to it.
public struct Program: Sendable, Hashable {
  /// Where it stands.
  public let path: String

  /// A program at a path.
  public init(path: String) { self.path = path }

  /// The first of some names on a search path, folder by folder; nil where none is installed.
  ///
  /// - Parameters:
  ///   - names: what it may be called, the best first.
  ///   - searchPath: folders with colons between them, as `PATH` has them.
  public static func find(_ names: [String], in searchPath: String?) -> Program? {
    for folder in (searchPath ?? "").split(separator: ":") {
      for name in names {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path), Disk.kind(path) == .file { return Program(path: path) }
      }
    }
    return nil
  }

  /// What a program writes to.
  public enum Stream: Sendable {
    /// Its results.
    case output
    /// What it has to say.
    case errors
  }

  /// The program could not be started.
  public struct StartFailure: Error, Sendable {
    /// Why.
    public let reason: String
  }

  /// Runs it to its end. What it writes to the other stream is lost.
  ///
  /// - Parameters:
  ///   - arguments: the words behind its name.
  ///   - stream: what is read of it.
  ///   - input: a file that it is given to read, or nil for nothing.
  ///   - environment: variables that it gets besides those of this process; those with nil it does not get.
  public func run(
    _ arguments: [String], reading stream: Stream, input: String? = nil, environment: [String: String?] = [:]
  ) throws(StartFailure) -> (status: Int32, bytes: [UInt8]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment.compactMapValues(\.self)) { $1 }
      .filter { environment[$0.key] != .some(.none) }
    let pipe = Pipe()
    if let input {
      guard let handle = FileHandle(forReadingAtPath: input) else {
        throw StartFailure(reason: "\(input) cannot be read")
      }
      process.standardInput = handle
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    process.standardOutput = stream == .output ? pipe : FileHandle.nullDevice
    process.standardError = stream == .errors ? pipe : FileHandle.nullDevice
    do { try process.run() } catch { throw StartFailure(reason: error.localizedDescription) }
    let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return (process.terminationStatus, bytes)
  }
}
