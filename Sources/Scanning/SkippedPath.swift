import Files
import Text

/// A skipped file, folder or link below a source, with the reason.
///
/// A skipped folder is one entry; its contents aren't listed.
public struct SkippedPath: Sendable, Hashable {
  /// The path for the terminal; see ``SourceFile/displayPath``.
  public let path: String
  /// The path for pages and reports; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// The type of the entry.
  public let kind: Kind
  /// The reason.
  public let reason: SkipReason

  /// The types of entries.
  public enum Kind: String, Sendable, CaseIterable {
    /// A regular file.
    case file
    /// A folder with all its contents.
    case folder
    /// A symbolic link.
    case link
  }

  /// Creates a skipped path. The published path defaults to the path.
  public init(path: String, publishedPath: String? = nil, kind: Kind, reason: SkipReason) {
    self.path = path
    self.publishedPath = publishedPath ?? path
    self.kind = kind
    self.reason = reason
  }
}

/// A reason to skip a path. Summaries list the reasons in this order.
public enum SkipReason: Sendable, Hashable, CaseIterable {
  /// Ignored by git.
  case ignoredByGit
  /// Matched by a pattern under `exclude` in `roster.yml`.
  case excluded
  /// Installed packages, for example `node_modules`.
  case dependencies
  /// Generated files, for example `__pycache__`.
  case generated
  /// Test fixtures.
  case fixtures
  /// Backups.
  case backups
  /// Templates for issues and pull requests.
  case issueTemplates
  /// A linked git work tree of the same repository: the same files at another commit.
  case workTree
  /// A catalog published by Roster.
  case publishedSite
  /// A hidden folder that no runtime uses.
  case hiddenFolder
  /// A file that is already read at another path.
  case readElsewhere
  /// A broken link.
  case brokenLink
  /// A link to a folder that contains the link.
  case linkLoop
  /// A link out of the git work tree, or out of a source that isn't in one.
  case linkLeavesTree
  /// A Markdown file that isn't an agent, skill, command or instruction, and belongs to none.
  case notAnItem
  /// An item of a kind that `kinds` in `roster.yml` excludes.
  case otherKind
  /// A file that matches no pattern under `include`.
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

  /// Returns a phrase for a number of paths with this reason.
  ///
  /// - Parameters:
  ///   - count: The number.
  ///   - kinds: The types of the paths.
  public func counted(_ count: Int, of kinds: Set<SkippedPath.Kind>) -> String {
    let nouns = SkippedPath.Kind.allCases.filter(kinds.contains).map { $0.rawValue + (count == 1 ? "" : "s") }
    let noun = nouns.count > 2 ? "paths" : nouns.joined(separator: " and ")
    let words = wordsInCount
    return "\(NumberText.grouped(count)) \(words.before)\(noun)\(words.after)"
  }
}
