/// Folders and files that are not sources in any repository, by their names. Letters count the same in either case.
///
/// Build output such as `dist` and `build` is not here: git ignores it where it is generated, and a team may keep
/// agents in a folder of that name.
enum DefaultExclusions {
  /// Names of folders; one with a slash only counts in a folder of the name before it.
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

  /// Names of files without their extension.
  private static let files: [SkipReason: [String]] = [
    .issueTemplates: ["issue_template", "pull_request_template"]
  ]

  /// The extensions of files that ``files`` is about.
  private static let fileExtensions: Set<String> = ["md", "markdown"]
  /// A file that only the top folder of a virtual environment of Python has, whatever that is called.
  static let virtualEnvironmentFile = "pyvenv.cfg"

  /// Files in which systems keep how they show a folder, in lower case.
  private static let systemFiles: Set<String> = [".ds_store", "thumbs.db", "desktop.ini"]

  /// Whether a system makes a file of this name, in lower case, in any folder that people look at.
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

  /// Why a folder is not entered, or nil.
  ///
  /// - Parameters:
  ///   - folder: its name, in lower case.
  ///   - parent: the name of the folder that it is in, in lower case.
  static func reason(forFolder folder: String, in parent: String) -> SkipReason? {
    reasonOfFolder[folder] ?? reasonOfFolder["\(parent)/\(folder)"] ?? (folder.hasSuffix(".bak") ? .backups : nil)
  }

  /// Why a file is not read, or nil.
  ///
  /// - Parameter name: its name, in lower case.
  static func reason(forFile name: String) -> SkipReason? {
    guard let dot = name.lastIndex(of: "."), fileExtensions.contains(String(name[name.index(after: dot)...])) else {
      return nil
    }
    return reasonOfFile[String(name[..<dot])]
  }
}
