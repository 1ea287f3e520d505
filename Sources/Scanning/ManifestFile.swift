import Files
import Foundation

/// Reads the JSON manifest of a plugin, a marketplace or an extension.
enum ManifestFile {
  /// A clause about why a manifest can't be read.
  struct Problem: Error {
    let reason: String
    /// The 1-based line, or nil if unknown.
    var line: Int?
  }

  /// The maximum size of a manifest, in bytes.
  private static let sizeLimit = 1 << 20

  /// Returns the object in a file, or nil if the file doesn't exist.
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

  /// Returns the 1-based line of a parse error, or nil if unknown.
  private static func line(of error: NSError, in bytes: [UInt8]) -> Int? {
    let said = error.userInfo["NSDebugDescription"] as? String ?? ""
    if let line = said.firstMatch(of: /line (\d+)/) { return Int(line.output.1) }
    return said.firstMatch(of: /character (\d+)/).flatMap { Int($0.output.1) }.map { place in
      bytes.prefix(place).count { $0 == 0x0A } + 1
    }
  }
}
