import Foundation

/// Changes the permissions of files.
enum FileManagerRights {
  static func makeExecutable(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }
}
