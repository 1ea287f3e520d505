/// Names of folders and files that are never sources, ignoring case.
///
/// Build output such as `dist` and `build` isn't listed: git ignores it where it is generated, and a team may keep
/// agents in a folder with that name.
enum DefaultExclusions {
  /// Folder names. A name with a slash matches only inside a folder with the first part as its name.
  private static let folders: [SkipReason: [String]] = [
    .dependencies: ["node_modules", "bower_components", "site-packages", ".venv", "vendor/bundle"],
    .generated: ["__pycache__"],
    .fixtures: [
      "fixtures", "__fixtures__", "testdata", "test-data", "test_data", "test-fixtures", "__tests__", "__snapshots__",
      "__golden__",
    ],
    .backups: ["backup", "backups", "archive", "archives", "archived", ".bak"],
    .issueTemplates: [
      "issue_template", "pull_request_template", ".gitlab/issue_templates", ".gitlab/merge_request_templates",
    ],
    .workTree: [".claude/worktrees"],
  ]

  /// File names without extension.
  private static let files: [SkipReason: [String]] = [
    .issueTemplates: ["issue_template", "pull_request_template"]
  ]

  /// The extensions to which ``files`` applies.
  private static let fileExtensions: Set<String> = ["md", "markdown"]
  /// A file that only the root folder of a Python virtual environment contains.
  static let virtualEnvironmentFile = "pyvenv.cfg"

  /// Lowercase names of files in which operating systems store how a folder is displayed.
  private static let systemFiles: Set<String> = [".ds_store", "thumbs.db", "desktop.ini"]

  /// Returns whether operating systems create a file with this lowercase name in any folder that people open.
  static func isOfSystem(_ name: String) -> Bool { systemFiles.contains(name) }

  private static let reasonOfFolder = reasons(folders)
  private static let reasonOfFile = reasons(files)

  private static func reasons(_ names: [SkipReason: [String]]) -> [String: SkipReason] {
    var result: [String: SkipReason] = [:]
    for (reason, names) in names {
      for name in names { result[name] = reason }
    }
    return result
  }

  /// Returns why a folder is skipped, or nil.
  ///
  /// - Parameters:
  ///   - folder: The lowercase name.
  ///   - parent: The lowercase name of the parent folder.
  static func reason(forFolder folder: String, in parent: String) -> SkipReason? {
    reasonOfFolder[folder] ?? reasonOfFolder["\(parent)/\(folder)"] ?? (folder.hasSuffix(".bak") ? .backups : nil)
  }

  /// Returns why a file is skipped, or nil.
  ///
  /// - Parameter name: The lowercase name.
  static func reason(forFile name: String) -> SkipReason? {
    guard let dot = name.lastIndex(of: "."), fileExtensions.contains(String(name[name.index(after: dot)...])) else {
      return nil
    }
    return reasonOfFile[String(name[..<dot])]
  }
}
