import Files
import GFM
import Rules
import Text

// The phases of checking. A rule conforms to the protocol of each phase that it takes part in, and receives only the
// data of that phase. `RuleRegistry` lists the rules.

/// A rule. Each has one file with its identifier, documentation, check and messages.
public protocol RuleDefinition: Sendable {
  /// The metadata and documentation of the rule.
  static var rule: Rule { get }
}

/// A problem found by a check. The phase knows its position.
struct Problem {
  /// The problem.
  let message: String
  /// How to fix it.
  let help: String
  /// The severity if it differs from the rule's severity.
  var severity: Finding.Severity?
  /// Whether the problem concerns the whole file.
  var concernsFile = false
}

/// A rule about bytes that had to be repaired to read a file as text.
protocol ByteRule: RuleDefinition {
  /// Returns the problem with the bytes, or nil if this rule does not apply.
  static func problem(with repair: SourceText.Repair.Kind) -> Problem?
}

/// A rule about the syntax of a frontmatter.
protocol FrontmatterRule: RuleDefinition {
  /// Checks a frontmatter.
  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList)
}

/// A rule about the parsed Markdown.
protocol MarkdownRule: RuleDefinition {
  /// Returns the problem that a parser notice indicates, or nil if this rule does not apply.
  static func problem(with notice: Document.Notice.Kind) -> Problem?
}

/// A rule about text that rendered Markdown hides. The first rule that finds a problem ends the search.
protocol HiddenTextRule: RuleDefinition {
  /// Returns the problem with a hidden text, or nil.
  static func problem(in text: HiddenText) -> Problem?
}

/// A rule about an agent as a whole, whether or not its frontmatter could be read.
protocol AgentRule: RuleDefinition {
  /// Checks an agent.
  static func check(_ agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about fields that the runtime does not know. The first rule that handles a field ends the search.
protocol UnknownFieldRule: RuleDefinition {
  /// Checks a field and returns whether this rule handled it.
  static func check(_ field: UnknownField, of agent: AgentContext, _ findings: inout FindingList) -> Bool
}

/// A rule about fields that the runtime knows, whatever their values.
protocol KnownFieldRule: RuleDefinition {
  /// Checks a field.
  static func check(_ field: Field, _ fact: FieldFact, of agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about values that the runtime does not accept. The first rule that takes a problem reports it.
protocol ValueRule: RuleDefinition {
  /// Returns the problem with a value, or nil if this rule does not apply. The caller appends the runtime's reaction to
  /// the message.
  static func problem(with value: ValueProblem) -> Problem?
}

/// A rule about all fields of an agent together.
protocol FieldRule: RuleDefinition {
  /// Checks the fields of an agent.
  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about single tools. It runs only if the runtime's list of tools is complete.
protocol ToolRule: RuleDefinition {
  /// Checks a tool.
  static func check(_ tool: ListedTool, of agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about all tools of an agent together. It runs only if the runtime's list of tools is complete.
protocol ToolListRule: RuleDefinition {
  /// Checks the tools of an agent.
  static func check(toolsOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about commands that run without a request by the model, in hooks, MCP servers and prompts.
protocol StartedCommandRule: RuleDefinition {
  /// Returns the problem with a command, and the part of the command that causes it, or nil.
  static func problem(with command: StartedCommand) -> (problem: Problem, part: String)?
}

/// A rule about the size of the prompt.
protocol PromptRule: RuleDefinition {
  /// Checks a prompt.
  static func check(promptOf agent: AgentContext, _ findings: inout FindingList)
}

/// A rule about words anywhere in the text.
///
/// All of these rules share one pass over the text, which stops only at words that start like one of their lead words.
protocol TextRule: RuleDefinition {
  /// The beginnings of the words, at least three bytes each. Case does not matter.
  static var leads: [[UInt8]] { get }
  /// Checks the text at an offset. Returns the end of the match, or nil if this rule does not apply.
  static func check(at index: Int, _ findings: inout FindingList) -> Int?
}

/// A rule about an agent in relation to others of its catalog.
public protocol CatalogRule: RuleDefinition {
  /// Whether a comment in the agent's own file can turn the rule off.
  static var canBeIgnored: Bool { get }
  /// Returns the findings about an agent.
  static func findings(about agent: some AgentSurroundings) -> [Finding]
}

extension CatalogRule {
  /// The default: the agent's own file can turn the rule off.
  public static var canBeIgnored: Bool { true }

  /// Creates a finding of this rule.
  static func finding(
    _ message: String, help: String, severity: Finding.Severity? = nil, range: Range<Int>? = nil,
    location: SourceLocation? = nil, end: SourceLocation? = nil
  ) -> Finding {
    Finding(
      rule: rule.id, severity: severity ?? rule.severity, message: message, help: help, range: range,
      location: location, end: end)
  }
}
