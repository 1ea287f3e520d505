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

  @Test("Plugins of Copilot CLI are found by any of their manifests")
  func copilot() throws {
    let names = try names([
      "a/.github/plugin/plugin.json": #"{"name": "a-tools"}"#, "b/.plugin/plugin.json": #"{"name": "b-tools"}"#,
      "c/plugin.json": #"{"name": "c-tools", "agents": "agents/"}"#,
      // The manifest of something else.
      "d/plugin.json": #"{"name": "panel", "type": "panel"}"#,
      ".github/plugin/marketplace.json":
        #"{"metadata": {"pluginRoot": "./plugins"}, "plugins": [{"name": "e-tools", "source": "e"}]}"#,
    ])
    func plugin(_ path: String) throws -> String? { names.plugin(of: try #require(RelativePath(path))) }
    #expect(try plugin("a/hooks.json") == "a-tools")
    #expect(try plugin("b/.mcp.json") == "b-tools")
    #expect(try plugin("c/plugin.json") == "c-tools")
    #expect(try plugin("d/plugin.json") == nil)
    #expect(try plugin("plugins/e/hooks.json") == "e-tools")
  }

  @Test("Hooks and servers of a Copilot plugin are read from its manifest and its files")
  func copilotFiles() throws {
    func told(_ path: String, _ text: String, plugin: String? = nil) throws -> [String]? {
      GrantingFile(try #require(RelativePath(path)), Array(text.utf8), plugin: plugin)?.grants.map(\.says.description)
    }
    let stop = #""agentStop": [{"exec": "a", "args": ["b"]}]"#
    let hooks = #"{"version": 1, "hooks": {"preToolUse": [{"bash": "./guard.sh"}], \#(stop)}}"#
    let expected = [
      "`./guard.sh` runs before every tool, without asking", "`a b` runs when the agent finishes, without asking",
    ]
    #expect(try told("a/hooks.json", hooks, plugin: "a") == expected)
    #expect(try told("a/hooks/hooks.json", hooks) == expected)
    // A file of this name that no plugin has.
    #expect(try told("a/hooks.json", hooks) == nil)
    #expect(try told("a/plugin.json", #"{"name": "a"}"#) == nil)
    let servers = #""mcpServers": {"s": {"command": "s-mcp"}}"#
    let inline = #"{"name": "a", "hooks": {"sessionStart": [{"bash": "x"}]}, \#(servers)}"#
    for path in ["a/.github/plugin/plugin.json", "a/.plugin/plugin.json", "a/plugin.json"] {
      #expect(
        try told(path, inline, plugin: "a") == [
          "`x` runs when a session starts, without asking", "the server `s` runs `s-mcp`",
        ])
    }
    let paths = #"{"hooks": "h.json", "mcpServers": ".mcp.json", "agents": ["agents/", "more"], "skills": "skills"}"#
    #expect(
      try told("a/.github/plugin/plugin.json", paths) == [
        "the hooks of `h.json` run", "the servers of `.mcp.json` start", "the plugin brings the agents of `more`",
        "the folder `skills` is read anyway",
      ])
    let exclusive = #"{"hooks": {"paths": ["./hooks/a.json"], "exclusive": true}}"#
    #expect(try told("a/.plugin/plugin.json", exclusive) == ["the hooks of `./hooks/a.json` run"])
    let whole = #"{"hooks": \#(hooks)}"#
    #expect(try told("a/.github/plugin/plugin.json", whole) == expected)
  }
}
