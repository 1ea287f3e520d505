import Files

/// A frontmatter as written, with its parsed fields.
struct FrontmatterContext {
  /// The ranges of frontmatter and body.
  let split: Frontmatter
  /// The comments, plain values and wrong spaces.
  let syntax: FrontmatterSyntax
  /// The parsed fields.
  let read: ReadFields
  /// The file.
  let source: SourceFile
  /// The place of the file, or nil in a neutral place.
  let place: Place?
  /// The runtime that the file was written for.
  let dialect: Dialect
  let runtime: Runtime
  /// The format of the file, or of the item in it.
  var format = ItemFormat.markdown
  /// Whether the runtime loads the file even if it would ignore other files, as with plugin agents.
  var isSpared = false

  /// Whether the file is in a data format: TOML, JSON or YAML.
  var isData: Bool { if case .data = split.form { true } else { false } }

  /// Returns the runtime's behavior as the end of a message.
  ///
  /// A plugin agent loads even if its frontmatter cannot be read.
  func consequence(_ effect: Effect) -> String {
    guard isSpared, effect.outcome == .ignored else { return effect.consequence(in: runtime) }
    let tools = runtime.facts.opensBrokenPluginAgents ? ", so the agent has every tool" : ""
    return "; \(dialect.title) loads the plugin agent without any field\(tools)"
  }
}

/// The parsed fields of a frontmatter, and the problems with its syntax.
struct ReadFields {
  var fields: [Field] = []
  /// Why a YAML parser rejects it, with the byte range in the text.
  var problem: (YAMLProblem, Range<Int>)?
  /// The limit of the YAML parser that it exceeds, with the range in the text.
  var excess: (problem: String, place: Range<Int>)?
  /// Why a file in a data format does not parse, with the range in the text.
  var dataProblem: (refusal: StrictYAML.Refusal, place: Range<Int>)?
  /// Whether the prompt of a file in a data format contains decoded escapes, so that it differs from its bytes.
  var isPromptDecoded = false
  /// The comments of a file in a data format.
  var dataComments: [Range<Int>] = []
  /// The fields whose color YAML reads as a comment, with the color and the byte range of the key in the file.
  var lostColors: [(key: String, color: String, range: Range<Int>)] = []

  /// The fields with a repeated key.
  var duplicates: [Field] {
    var seen: Set<String> = []
    return fields.filter { !seen.insert($0.key).inserted }
  }
}

extension FindingList {
  /// Checks the syntax of a frontmatter.
  mutating func check(_ frontmatter: FrontmatterContext) {
    if frontmatter.split.form == .block {
      // BMAD reads fields in a code block; the runtime does not.
      object(
        "the fields are in a code block; the file has no frontmatter", fix: "Add a frontmatter.", fileRange: nil,
        effect: frontmatter.runtime.effect(of: .noFrontmatter))
    }
    for rule in RuleRegistry.frontmatter { rule.check(frontmatter, &self) }
  }

  /// Returns the comments of a frontmatter with their lines in the file.
  func comments(_ syntax: FrontmatterSyntax) -> [FrontmatterComment] {
    syntax.comments.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { comment in
      FrontmatterComment(
        text: String(decoding: text.utf8[comment.range], as: UTF8.self).trimmed,
        line: location(of: text.fileOffset(comment.range.lowerBound)).line)
    }
  }
}
