import Files

/// How a fact about a runtime is known.
public struct Evidence: Sendable, Hashable {
  /// What kind of evidence it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Somebody read the source code of the runtime's loader.
    case sourceRead = "source-read"
    /// The runtime's documentation or changelog says so.
    case documented
    /// Public issues report it.
    case reported
    /// Somebody tried it.
    case tried

    /// In a word or two, for pages.
    public var title: String {
      switch self {
      case .sourceRead: "source read"
      case .documented: "documented"
      case .reported: "reported"
      case .tried: "tried"
      }
    }
  }

  /// What kind of evidence it is.
  public let kind: Kind
  /// Where to look: a file at a commit, a page of documentation, the number of an issue.
  public let source: String

  /// Makes evidence.
  public init(kind: Kind, source: String) {
    self.kind = kind
    self.source = source
  }
}

/// What a circumstance makes of a file in a runtime, and how that is known.
public struct Effect: Sendable, Hashable {
  /// What becomes of the file.
  public let outcome: LoadVerdict.Outcome
  /// What happens, as a clause, or empty where the outcome says it all.
  public var why = ""
  /// How it is known; empty where it is not.
  public var evidence: [Evidence] = []
  /// The first version for which it is known to hold, or nil.
  public var since: String?
  /// The last version for which it is known to hold, or nil.
  public var until: String?
  /// What became of the file in versions before ``since``, or nil where that is the same or not known.
  public var before: LoadVerdict.Outcome?

  /// The effect of something that nobody has looked at.
  static let unknown = Effect(outcome: .unknown, why: "the runtime's behavior is unknown")
  /// The effect of something that changes nothing.
  static let none = Effect(outcome: .loads)

  /// What a runtime does, as the end of a message.
  func consequence(in runtime: Runtime) -> String {
    let saysWhy = outcome == .partial || runtime.facts.isOpenFormat || outcome == .unknown && runtime.kind != .agent
    return saysWhy && !why.isEmpty
      ? "; \(why)" : "; \(runtime.dialect.title) \(outcome.predicate(of: runtime.kind.noun))"
  }

  /// For which versions it holds, as a phrase, or nil where that is not known.
  public var versions: String? {
    switch (since, until) {
    case (nil, nil): nil
    case (let since?, nil): "since \(since)"
    case (nil, let until?): "up to \(until)"
    case (let since?, let until?): "from \(since) to \(until)"
    }
  }
}

/// How a file can be written so that runtimes differ in what they make of it.
enum Circumstance: String, Sendable, CaseIterable {
  /// It has no frontmatter.
  case noFrontmatter = "no-frontmatter"
  /// The frontmatter does not begin at the first line.
  case frontmatterMisplaced = "frontmatter-misplaced"
  /// The frontmatter is not closed.
  case frontmatterUnclosed = "frontmatter-unclosed"
  /// A file in TOML is not TOML.
  case tomlInvalid = "toml-invalid"
  /// A file in JSON is not JSON.
  case jsonInvalid = "json-invalid"
  /// The frontmatter is invalid YAML only because values on one line have an unquoted colon.
  case yamlColon = "yaml-colon"
  /// The same in a file with CRLF line endings.
  case yamlColonReturns = "yaml-colon-crlf"
  /// The same where such a value has ` #` in it.
  case yamlColonComment = "yaml-colon-comment"
  /// The frontmatter is indented with tabs.
  case yamlTab = "yaml-tab"
  /// The frontmatter is invalid YAML for another reason.
  case yamlOther = "yaml-other"
  /// The same where no line has an unquoted colon.
  case yamlWithoutColon = "yaml-no-colon"
  /// A key occurs twice.
  case duplicateKey = "duplicate-key"
  /// The file begins with a byte order mark.
  case byteOrderMark = "byte-order-mark"
  /// There are blanks behind the `---` that opens the frontmatter.
  case openingMarkSpaced = "opening-mark-spaced"
  /// The frontmatter is closed by `...`.
  case endMarkDots = "end-mark-dots"
  /// The file is in UTF-16.
  case utf16 = "utf-16"
  /// There is nothing behind the frontmatter.
  case emptyPrompt = "empty-prompt"
}
