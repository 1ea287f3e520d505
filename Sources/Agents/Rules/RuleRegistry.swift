import Rules
import Text

/// All rules, one on each line, in the order of checking. A rule takes part in each phase whose protocol it conforms
/// to.
public enum RuleRegistry {
  static let all: [any RuleDefinition.Type] = [
    // Bytes and encoding.
    EncodingInvalid.self,
    EncodingMojibake.self,
    // Frontmatter.
    RulesIgnored.self,
    ValueCut.self,
    QuotesCurly.self,
    SpaceInvalid.self,
    FrontmatterMissing.self,
    FrontmatterMisplaced.self,
    FrontmatterLarge.self,
    FrontmatterUnclosed.self,
    ByteOrderMark.self,
    EncodingUTF16.self,
    FieldDuplicate.self,
    FrontmatterInvalid.self,
    SyntaxInvalid.self,
    WillNotLoad.self,
    ColorComment.self,
    // Markdown.
    FileLarge.self,
    MarkdownBounded.self,
    FenceUnclosed.self,
    FenceNested.self,
    HeadingSkip.self,
    LinkBroken.self,
    TableCells.self,
    // The agent and its fields.
    NameMissing.self,
    DescriptionMissing.self,
    DescriptionEscaped.self,
    BodyEmpty.self,
    FieldNearMiss.self,
    FieldUnknown.self,
    FieldIgnored.self,
    NameFormat.self,
    ToolsShape.self,
    ValueInvalid.self,
    DescriptionLong.self,
    ModelUnknown.self,
    PermissionBypass.self,
    // Tools and commands.
    ToolUnknown.self,
    ToolUnavailable.self,
    ToolLegacy.self,
    ToolPattern.self,
    ToolsUnrestricted.self,
    ToolsNoneExist.self,
    RemoteCode.self,
    // The text.
    PromptLong.self,
    PathLocal.self,
    SecretSuspected.self,
    InjectionPhrase.self,
    CommentHidden.self,
    ClaimContradicted.self,
    TextInvisible.self,
    TextDistant.self,
    // Manifests, which the scan reads.
    ManifestInvalid.self,
    // The catalog.
    NameShared.self,
    NearDuplicate.self,
    ReferenceMissing.self,
    ApprovalMissing.self,
    ApprovalStale.self,
    DeprecatedReferenced.self,
    ReviewOverdue.self,
    LifecycleInvalid.self,
    PolicyReach.self,
    PolicyApproval.self,
  ]

  static let bytes = all.compactMap { $0 as? any ByteRule.Type }
  static let frontmatter = all.compactMap { $0 as? any FrontmatterRule.Type }
  static let markdown = all.compactMap { $0 as? any MarkdownRule.Type }
  static let hiddenText = all.compactMap { $0 as? any HiddenTextRule.Type }
  static let agent = all.compactMap { $0 as? any AgentRule.Type }
  static let unknownFields = all.compactMap { $0 as? any UnknownFieldRule.Type }
  static let knownFields = all.compactMap { $0 as? any KnownFieldRule.Type }
  static let values = all.compactMap { $0 as? any ValueRule.Type }
  static let fields = all.compactMap { $0 as? any FieldRule.Type }
  static let tools = all.compactMap { $0 as? any ToolRule.Type }
  static let toolLists = all.compactMap { $0 as? any ToolListRule.Type }
  static let startedCommands = all.compactMap { $0 as? any StartedCommandRule.Type }
  static let prompt = all.compactMap { $0 as? any PromptRule.Type }
  static let text = all.compactMap { $0 as? any TextRule.Type }
  /// The rules about an agent in relation to others of its catalog.
  public static let catalog = all.compactMap { $0 as? any CatalogRule.Type }
}

extension Rule {
  /// All rules, in the order of checking.
  public static let all: [Rule] = RuleRegistry.all.map { $0.rule }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  /// Returns the rule with an identifier, or nil if there is none.
  public static func named(_ id: String) -> Rule? { byID[id] }

  /// Returns the most likely intended identifier for an unknown one, or nil.
  public static func suggestion(for id: String) -> String? { Spelling.suggestion(for: id, among: all.map(\.id)) }
}
