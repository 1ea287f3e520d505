import Files
import Testing

@testable import Grants

@Suite("Files of plugins")
struct PluginNamesTests {
  private func names(_ files: [String: String]) throws -> PluginNames {
    PluginNames(
      Dictionary(
        uniqueKeysWithValues: try files.map { (try #require(RelativePath($0.key)), Array($0.value.utf8)) }))
  }

  @Test("Plugins are found by their manifests and in marketplaces")
  func found() throws {
    let names = try names([
      "plugins/pay/.claude-plugin/plugin.json": #"{"name": "payments"}"#,
      "plugins/bad/.claude-plugin/plugin.json": "{",
      ".claude-plugin/marketplace.json":
        #"{"plugins": [{"name": "tax", "source": "./plugins/tax"}, {"name": "p", "source": "./plugins/pay"}, {"name": "x", "source": "../x"}]}"#,
    ])
    func plugin(_ path: String) throws -> String? { names.plugin(of: try #require(RelativePath(path))) }
    #expect(try plugin("plugins/pay/.mcp.json") == "payments")
    #expect(try plugin("plugins/tax/.mcp.json") == "tax")
    #expect(try plugin("plugins/bad/.mcp.json") == "bad")
    #expect(try plugin("plugins/pay/inner/.mcp.json") == nil)
    #expect(try plugin(".mcp.json") == nil)
  }

  @Test("Servers of a plugin are not those of the project, and may be listed without a key around them")
  func servers() throws {
    let path = try #require(RelativePath("plugins/pay/.mcp.json"))
    let flat = Array(#"{"a": {"command": "a-mcp"}}"#.utf8)
    let file = try #require(GrantingFile(path, flat, plugin: "payments"))
    #expect(file.title == "MCP servers of plugin payments")
    #expect(file.grants.map(\.says.description) == ["the server `a` runs `a-mcp`"])
    #expect(file.grants.map(\.condition) == ["wherever the plugin is on"])
    let wrapped = Array(#"{"mcpServers": {"a": {"command": "a-mcp"}}}"#.utf8)
    #expect(GrantingFile(path, wrapped, plugin: "payments")?.grants.count == 1)
    #expect(GrantingFile(path, wrapped)?.title == "MCP servers of the project")
    #expect(GrantingFile(path, flat)?.grants.isEmpty == true)
    let root = try #require(RelativePath(".mcp.json"))
    #expect(
      GrantingFile(root, wrapped, plugin: "payments")?.title == "MCP servers of the project and of plugin payments")
  }
}
