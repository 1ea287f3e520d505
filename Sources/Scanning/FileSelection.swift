import Files
import Text

/// Which files below a folder are read.
public struct FileSelection: Sendable {
  /// Patterns of files that are agents.
  public var include: [Glob]
  /// Patterns of files that are not, whatever ``include`` says.
  public var exclude: [Glob]
  /// Hidden folders that are entered: those in which runtimes keep agents.
  public var hiddenFolders: Set<String>

  /// Makes a selection; without arguments, Markdown files but those that repositories keep for people.
  public init(include: [Glob]? = nil, exclude: [Glob]? = nil, hiddenFolders: Set<String> = []) {
    self.hiddenFolders = hiddenFolders
    self.include = include ?? ["*.md", "*.markdown", "*.mdc"].map(Glob.init)
    self.exclude = exclude ?? Self.notAgents.flatMap { [Glob("\($0).md"), Glob("\($0).markdown")] }
  }

  private static let notAgents = [
    "README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "SECURITY", "CODE_OF_CONDUCT", "CLAUDE", "AGENTS",
  ]

  func takes(_ path: RelativePath) -> Bool {
    let subject = Glob.Subject(path)
    return include.contains { $0.matches(subject) } && !exclude.contains { $0.matches(subject) }
  }

  /// Whether a folder is gone into.
  func enters(_ name: String) -> Bool {
    if name == "node_modules" { return false }
    return !name.hasPrefix(".") || hiddenFolders.contains(name)
  }
}
