import Foundation

/// An external program.
public struct Program: Sendable, Hashable {
  /// The path of the executable.
  public let path: String

  /// Creates a program with a path.
  public init(path: String) { self.path = path }

  /// Finds an executable on a search path, folder by folder. Returns nil if none is installed.
  ///
  /// - Parameters:
  ///   - names: The possible names, in order of preference.
  ///   - searchPath: Folders separated by colons, as in `PATH`.
  public static func find(_ names: [String], in searchPath: String?) -> Program? {
    for folder in (searchPath ?? "").split(separator: ":") {
      for name in names {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path), Disk.kind(path) == .file { return Program(path: path) }
      }
    }
    return nil
  }

  /// An output stream of a program.
  public enum Stream: Sendable {
    /// Standard output.
    case output
    /// Standard error.
    case errors
  }

  /// The error that a program could not be started.
  public struct StartFailure: Error, Sendable {
    /// The reason.
    public let reason: String
  }

  /// Runs the program to completion. Output to the other stream is discarded.
  ///
  /// - Parameters:
  ///   - arguments: The arguments after the program name.
  ///   - stream: The stream to read.
  ///   - input: The path of a file used as standard input, or nil for none.
  ///   - environment: Variables added to those of this process. A nil value removes the variable.
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
