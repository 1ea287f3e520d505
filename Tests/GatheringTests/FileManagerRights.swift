import Foundation

/// The rights of files that tests change.
enum FileManagerRights {
  static func makeExecutable(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }
}
