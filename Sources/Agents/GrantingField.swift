/// A field of an agent file, other than its tools, that grants access.
public struct GrantingField: Sendable {
  /// The key.
  public let key: String
  /// The ability that the field gives, as in “run commands automatically”; nil if it only limits or allows tools.
  public let power: String?

  /// All such fields, by key.
  public static let all = [
    GrantingField(key: "hooks", power: "run commands automatically"),
    GrantingField(key: "mcp-servers", power: "use the tools of MCP servers"),
    GrantingField(key: "mcpServers", power: "use the tools of MCP servers"),
    GrantingField(key: "memory", power: "keep notes, with the tools to read and write them"),
    GrantingField(key: "permission", power: nil),
    GrantingField(key: "permissions", power: nil),
    GrantingField(key: "skills", power: "follow the instructions of skills"),
  ]
}
