import Files

/// A frontmatter as it is written, with what was read of it.
struct FrontmatterContext {
  /// Where it begins and ends.
  let split: Frontmatter
  /// Its comments, plain values and odd spaces.
  let syntax: FrontmatterSyntax
  /// What was read of it.
  let read: ReadFields
  /// The file.
  let source: SourceFile
  /// Where it is, or nil in a neutral place.
  let place: Place?
  /// The runtime that the file is for.
  let dialect: Dialect
  let runtime: Runtime
  /// How the file, or the item of it, is written.
  var format = ItemFormat.markdown

  /// Whether the file is TOML, JSON or YAML.
  var isData: Bool { if case .data = split.form { true } else { false } }

  /// What the runtime does with the file, as the end of a message.
  func consequence(_ effect: Effect) -> String { effect.consequence(in: runtime) }
}

/// The fields of a frontmatter, and what is wrong with its YAML.
struct ReadFields {
  var fields: [Field] = []
  /// Why a YAML parser rejects it, with the bytes of the text that are to blame.
  var problem: (YAMLProblem, Range<Int>)?
  /// Why it was too much for a YAML parser, with the place in the text.
  var excess: (problem: String, place: Range<Int>)?
  /// Why a file in TOML or JSON is not in its format, with the place in the text.
  var dataProblem: (refusal: StrictYAML.Refusal, place: Range<Int>)?
  /// Whether the prompt of such a file differs from its bytes by decoded escapes.
  var isPromptDecoded = false
  /// The comments of such a file.
  var dataComments: [Range<Int>] = []
  /// Fields whose color is a comment, each with the color and the bytes of its key in the file.
  var lostColors: [(key: String, color: String, range: Range<Int>)] = []

  /// The fields whose key occurred before.
  var duplicates: [Field] {
    var seen: Set<String> = []
    return fields.filter { !seen.insert($0.key).inserted }
  }
}

extension FindingList {
  /// Checks how a frontmatter is written.
  mutating func check(_ frontmatter: FrontmatterContext) {
    if frontmatter.split.form == .block {
      // The method that such files are written for reads them; the runtime does not.
      object(
        "the fields are in a code block; the file has no frontmatter", fix: "Add a frontmatter.", fileRange: nil,
        effect: frontmatter.runtime.effect(of: .noFrontmatter))
    }
    for rule in RuleRegistry.frontmatter { rule.check(frontmatter, &self) }
  }

  /// The comments of a frontmatter, with the lines of the file.
  func comments(_ syntax: FrontmatterSyntax) -> [FrontmatterComment] {
    syntax.comments.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { comment in
      FrontmatterComment(
        text: String(decoding: text.utf8[comment.range], as: UTF8.self).trimmed,
        line: location(of: text.fileOffset(comment.range.lowerBound)).line)
    }
  }
}
