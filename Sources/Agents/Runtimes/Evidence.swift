import Files

/// The evidence for a fact about a runtime.
public struct Evidence: Sendable, Hashable {
  /// The kind of evidence.
  public enum Kind: String, Sendable, CaseIterable {
    /// We read the source code of the runtime's loader.
    case sourceRead = "source-read"
    /// The runtime's documentation or changelog states it.
    case documented
    /// Public issues report it.
    case reported
    /// We tried it.
    case tried

    /// The label for pages, one or two words.
    public var title: String {
      switch self {
      case .sourceRead: "source read"
      case .documented: "documented"
      case .reported: "reported"
      case .tried: "tried"
      }
    }
  }

  /// The kind of evidence.
  public let kind: Kind
  /// Where to look: a file at a commit, a documentation page, an issue number.
  public let source: String

  /// Creates evidence.
  public init(kind: Kind, source: String) {
    self.kind = kind
    self.source = source
  }
}

/// The effect of a circumstance on a file in a runtime, with the evidence.
public struct Effect: Sendable, Hashable {
  /// The outcome for the file.
  public let outcome: LoadVerdict.Outcome
  /// What happens, as a clause; empty if the outcome says it all.
  public var why = ""
  /// The evidence; empty if there is none.
  public var evidence: [Evidence] = []
  /// The first version for which this is known, or nil.
  public var since: String?
  /// The last version for which this is known, or nil.
  public var until: String?
  /// The outcome in versions before ``since``, or nil if it is the same or unknown.
  public var before: LoadVerdict.Outcome?

  /// The effect of something that has not been examined.
  static let unknown = Effect(outcome: .unknown, why: "the runtime's behavior is unknown")
  /// The effect of something that changes nothing.
  static let none = Effect(outcome: .loads)

  /// Returns the runtime's behavior as the end of a message.
  func consequence(in runtime: Runtime) -> String {
    let saysWhy = outcome == .partial || runtime.facts.isOpenFormat || outcome == .unknown && runtime.kind != .agent
    return saysWhy && !why.isEmpty
      ? "; \(why)" : "; \(runtime.dialect.title) \(outcome.predicate(of: runtime.kind.noun))"
  }

  /// The versions to which this applies, as a phrase, or nil if unknown.
  public var versions: String? {
    switch (since, until) {
    case (nil, nil): nil
    case (let since?, nil): "since \(since)"
    case (nil, let until?): "up to \(until)"
    case (let since?, let until?): "from \(since) to \(until)"
    }
  }
}

/// A property of a file that runtimes handle differently.
enum Circumstance: String, Sendable, CaseIterable {
  /// The file has no frontmatter.
  case noFrontmatter = "no-frontmatter"
  /// The frontmatter does not begin on the first line.
  case frontmatterMisplaced = "frontmatter-misplaced"
  /// The frontmatter is not closed.
  case frontmatterUnclosed = "frontmatter-unclosed"
  /// A TOML file is not valid TOML.
  case tomlInvalid = "toml-invalid"
  /// A JSON file is not valid JSON.
  case jsonInvalid = "json-invalid"
  /// The frontmatter is invalid YAML only because single-line values contain an unquoted colon.
  case yamlColon = "yaml-colon"
  /// Like ``yamlColon``, in a file with CRLF line endings.
  case yamlColonReturns = "yaml-colon-crlf"
  /// Like ``yamlColon``, with ` #` in such a value.
  case yamlColonComment = "yaml-colon-comment"
  /// The frontmatter is indented with tabs.
  case yamlTab = "yaml-tab"
  /// The frontmatter is invalid YAML for another reason.
  case yamlOther = "yaml-other"
  /// Like ``yamlOther``, without an unquoted colon in any line.
  case yamlWithoutColon = "yaml-no-colon"
  /// A key occurs twice.
  case duplicateKey = "duplicate-key"
  /// The file begins with a byte order mark.
  case byteOrderMark = "byte-order-mark"
  /// Spaces or tabs follow the opening `---`.
  case openingMarkSpaced = "opening-mark-spaced"
  /// The frontmatter is closed by `...`.
  case endMarkDots = "end-mark-dots"
  /// The file is encoded in UTF-16.
  case utf16 = "utf-16"
  /// The prompt is empty.
  case emptyPrompt = "empty-prompt"
}
