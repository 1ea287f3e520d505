import Files
import Foundation

/// Reads a JSON file that describes a plugin, a marketplace or an extension.
enum ManifestFile {
  /// Why a manifest cannot be read, as a clause.
  struct Problem: Error {
    let reason: String
    /// The line, from 1, or nil where it is not known.
    var line: Int?
  }

  /// The largest manifest that is read, in bytes.
  private static let sizeLimit = 1 << 20

  /// The object in a file, or nil where there is no file.
  static func read(_ path: String) throws(Problem) -> [String: Any]? {
    guard let identity = Disk.identity(path) else { return nil }
    guard identity.size <= sizeLimit, case .success(let bytes) = Disk.read(path) else {
      throw Problem(reason: "the manifest is too large or cannot be opened")
    }
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: Data(bytes))
    } catch {
      throw Problem(reason: "the manifest is not valid JSON", line: line(of: error as NSError, in: bytes))
    }
    guard let object = value as? [String: Any] else { throw Problem(reason: "the manifest is JSON, but not an object") }
    return object
  }

  /// The line that the parser stopped at, from 1, or nil where it does not say.
  private static func line(of error: NSError, in bytes: [UInt8]) -> Int? {
    let said = error.userInfo["NSDebugDescription"] as? String ?? ""
    if let line = said.firstMatch(of: /line (\d+)/) { return Int(line.output.1) }
    return said.firstMatch(of: /character (\d+)/).flatMap { Int($0.output.1) }.map { place in
      bytes.prefix(place).count { $0 == 0x0A } + 1
    }
  }
}
