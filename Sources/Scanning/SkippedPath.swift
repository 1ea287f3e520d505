import Files
import Text

/// A file, folder or link below a source that is not read, with the reason.
///
/// A skipped folder is one entry: its contents are not listed.
public struct SkippedPath: Sendable, Hashable {
  /// The path to show at a terminal; see ``SourceFile/displayPath``.
  public let path: String
  /// The path to write to pages and reports; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// What is at the path.
  public let kind: Kind
  /// Why it is skipped.
  public let reason: SkipReason

  /// What can be skipped.
  public enum Kind: String, Sendable, CaseIterable {
    /// A regular file.
    case file
    /// A folder with everything in it.
    case folder
    /// A symbolic link.
    case link
  }

  /// Makes one from its parts. Without a published path the path itself is published.
  public init(path: String, publishedPath: String? = nil, kind: Kind, reason: SkipReason) {
    self.path = path
    self.publishedPath = publishedPath ?? path
    self.kind = kind
    self.reason = reason
  }
}

/// Why something below a source is not read. Summaries list the reasons in this order.
public enum SkipReason: Sendable, Hashable, CaseIterable {
  /// Git ignores it.
  case ignoredByGit
  /// A pattern under `exclude` in `roster.yml` matches it.
  case excluded
  /// Packages that were installed, for example `node_modules`.
  case dependencies
  /// Files that a tool made, for example `__pycache__`.
  case generated
  /// Samples that tests read.
  case fixtures
  /// Old states that somebody kept.
  case backups
  /// Templates for issues and pull requests.
  case issueTemplates
  /// A linked git work tree of the same repository: the same files at another commit.
  case workTree
  /// A catalog that Roster published.
  case publishedSite
  /// A hidden folder in which no runtime looks for files.
  case hiddenFolder
  /// The same file is already read at another path.
  case readElsewhere
  /// A link to something that does not exist.
  case brokenLink
  /// A link to a folder that contains the link.
  case linkLoop
  /// A link out of the git work tree, or out of a source that is not in one.
  case linkLeavesTree
  /// A Markdown file that is no agent, skill, command or instruction, and belongs to none.
  case notAnItem
  /// An item of a kind that `kinds` in `roster.yml` does not name.
  case otherKind
  /// A file that no pattern under `include` matches.
  case otherType

  /// The reason for one path, as a noun phrase or a participle: `ignored by git`.
  public var description: String {
    switch self {
    case .ignoredByGit: "ignored by git"
    case .excluded: "excluded by roster.yml"
    case .dependencies: "dependencies"
    case .generated: "generated files"
    case .fixtures: "test fixtures"
    case .backups: "backups"
    case .issueTemplates: "issue or pull request templates"
    case .workTree: "another git work tree"
    case .publishedSite: "a published catalog"
    case .hiddenFolder: "a hidden folder that no runtime uses"
    case .readElsewhere: "already read at another path"
    case .brokenLink: "a broken link"
    case .linkLoop: "a link to a folder that contains it"
    case .linkLeavesTree: "a link that leads out of the repository"
    case .notAnItem: "no agent, skill, command or instruction"
    case .otherKind: "of a kind excluded by roster.yml"
    case .otherType: "not a supported type"
    }
  }

  /// The words around the noun in a count: `2 hidden folders that no runtime uses`.
  private var wordsInCount: (before: String, after: String) {
    switch self {
    case .ignoredByGit, .excluded, .readElsewhere: ("", " \(description)")
    case .dependencies, .generated, .fixtures, .backups: ("", " of \(description)")
    case .issueTemplates, .publishedSite: ("", " with \(description)")
    case .workTree: ("", " of \(description)")
    case .hiddenFolder: ("hidden ", " that no runtime uses")
    case .brokenLink: ("broken ", "")
    case .linkLoop: ("", " to a folder above")
    case .linkLeavesTree: ("", " out of the repository")
    case .notAnItem: ("other Markdown ", "")
    case .otherKind: ("", " of kinds excluded by roster.yml")
    case .otherType: ("", " of other types")
    }
  }

  /// A number of paths with this reason, in words.
  ///
  /// - Parameters:
  ///   - count: the number.
  ///   - kinds: what is at the paths.
  public func counted(_ count: Int, of kinds: Set<SkippedPath.Kind>) -> String {
    let nouns = SkippedPath.Kind.allCases.filter(kinds.contains).map { $0.rawValue + (count == 1 ? "" : "s") }
    let noun = nouns.count > 2 ? "paths" : nouns.joined(separator: " and ")
    let words = wordsInCount
    return "\(NumberText.grouped(count)) \(words.before)\(noun)\(words.after)"
  }
}
