import Files
import GFM
import Rules
import Text

// The phases of checking. A rule conforms to the protocol of each phase that it takes part in, and gets what that
// phase knows and no more. `RuleRegistry` lists the rules.

/// A rule. One file holds its identity, its documentation, its check and its messages.
public protocol RuleDefinition: Sendable {
  /// What people can read about it.
  static var rule: Rule { get }
}

/// What a check found, where the phase knows the place.
struct Problem {
  /// What is wrong.
  let message: String
  /// What to do.
  let help: String
  /// The severity, if it is not that of the rule.
  var severity: Finding.Severity?
  /// Whether it is about the file as a whole.
  var concernsFile = false
}

/// A rule about bytes that had to be repaired to read a file as text.
protocol ByteRule: RuleDefinition {
  /// What is wrong with the bytes, or nil if they are no concern of this rule.
  static func problem(with repair: SourceText.Repair.Kind) -> Problem?
}

/// A rule about how a frontmatter is written.
protocol FrontmatterRule: RuleDefinition {
  /// Checks a frontmatter.
  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList)
}

/// A rule about the parsed Markdown.
protocol MarkdownRule: RuleDefinition {
  /// What a notice of the parser says is wrong, or nil if it is no concern of this rule.
  static func problem(with notice: Document.Notice.Kind) -> Problem?
}

/// A rule about text that rendered Markdown hides. The first rule that finds something ends the search.
protocol HiddenTextRule: RuleDefinition {
  /// What is wrong with a hidden text.
  static func problem(in text: HiddenText) -> Problem?
}

/// A rule about an agent as a whole, whether or not its frontmatter could be read.
protocol AgentRule: RuleDefinition {
  /// Checks an agent.
  static func check(_ agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about fields that the runtime does not know. The first rule that handles a field ends the search.
protocol UnknownFieldRule: RuleDefinition {
  /// Checks a field, and says whether it handled it.
  static func check(_ field: UnknownField, of agent: AgentContext, _ findings: inout FindingList) -> Bool
}

/// A rule about fields that the runtime knows, whatever their values.
protocol KnownFieldRule: RuleDefinition {
  /// Checks a field.
  static func check(_ field: Field, _ fact: FieldFact, of agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about values that the runtime does not accept. The first rule that takes a problem reports it.
protocol ValueRule: RuleDefinition {
  /// What is wrong with a value, or nil if it is no concern of this rule. The runtime's reaction is added to the
  /// message.
  static func problem(with value: ValueProblem) -> Problem?
}

/// A rule about the fields of an agent together.
protocol FieldRule: RuleDefinition {
  /// Checks the fields of an agent.
  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about single tools. It runs only if every tool of the runtime is known.
protocol ToolRule: RuleDefinition {
  /// Checks a tool.
  static func check(_ tool: ListedTool, of agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about all tools of an agent together. It runs only if every tool of the runtime is known.
protocol ToolListRule: RuleDefinition {
  /// Checks the tools of an agent.
  static func check(toolsOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about commands that run without a request of the model: those of hooks and MCP servers.
protocol StartedCommandRule: RuleDefinition {
  /// What is wrong with a command, and the part of it that is, or nil.
  static func problem(with command: StartedCommand) -> (problem: Problem, part: String)?
}

/// A rule about the size of the prompt.
protocol PromptRule: RuleDefinition {
  /// Checks a prompt.
  static func check(promptOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about words anywhere in the text.
///
/// One pass over the text serves all of these rules. It stops only where a word begins like one of their leads.
protocol TextRule: RuleDefinition {
  /// What the words begin with, each at least three bytes, in any case.
  static var leads: [[UInt8]] { get }
  /// Checks what begins at a place. Returns where it ends, or nil if this rule does not know it.
  static func check(at index: Int, _ findings: inout FindingList) -> Int?
}

/// A rule about an agent among the others of a catalog.
public protocol CatalogRule: RuleDefinition {
  /// Whether a comment in the agent's own file can turn it off.
  static var canBeIgnored: Bool { get }
  /// What is wrong with an agent among the others.
  static func findings(about agent: some AgentSurroundings) -> [Finding]
}

extension CatalogRule {
  /// Most rules can be turned off by the agent's own file.
  public static var canBeIgnored: Bool { true }

  /// A finding of this rule.
  static func finding(
    _ message: String, help: String, severity: Finding.Severity? = nil, range: Range<Int>? = nil,
    location: SourceLocation? = nil, end: SourceLocation? = nil
  ) -> Finding {
    Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message, help: help, range: range,
      location: location, end: end)
  }
}
