import Files
import Support
import Testing

@testable import Scanning

@Suite("Plugins")
struct PluginManifestsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scan() throws -> ScanResult {
    try SourceScanner().scan([SourceRequest(path: "\(folder.path)/shelf")])
  }

  /// The collection of each file, by the published path below the source.
  private func collections(_ result: ScanResult) -> [String: String] {
    Dictionary(
      result.files.map {
        ($0.source.publishedPath.path(below: "shelf") ?? "", result.collections[$0.source.collection].name)
      }, uniquingKeysWith: { "\($0) and \($1)" })
  }

  @Test("A plugin is a collection with the name, version and author from its manifest")
  func manifest() throws {
    try folder.touch("shelf/review/agents/a.md", "shelf/notes/b.md")
    try folder.write(
      #"""
      {"name": "code-review", "description": " Reviews\n  code. ", "version": "1.2", "author": {"name": "Ada"},
       "homepage": "javascript:alert(1)", "repository": "https://example.org/review"}
      """#, to: "shelf/review/.claude-plugin/plugin.json")
    let result = try scan()
    #expect(collections(result) == ["review/agents/a.md": "code-review", "notes/b.md": "notes"])
    let collection = try #require(result.collections.first { $0.name == "code-review" })
    #expect(collection.folder == "shelf/review")
    #expect(
      collection.about
        == .init(description: "Reviews code.", version: "1.2", owner: "Ada", homepage: "https://example.org/review"))
    let file = try #require(result.files.first { $0.source.publishedPath == "shelf/review/agents/a.md" })
    #expect(file.source.path.description == "agents/a.md")
    #expect(file.source.plugin == PluginPlace(manifests: [".claude-plugin/plugin.json"], path: "agents/a.md"))
    #expect(result.files.count { $0.source.plugin != nil } == 1)
  }

  @Test("A marketplace adds its local plugins, but none outside its folder")
  func marketplace() throws {
    try folder.touch(
      "shelf/plugins/lint/agents/a.md", "shelf/plugins/plan/agents/b.md", "shelf/extra/c.md", "outside/agents/d.md")
    try folder.write(
      #"""
      {"name": "shop", "owner": {"name": "Grace"},
       "metadata": {"description": "A shop.", "version": "3", "pluginRoot": "./plugins"},
       "plugins": [
         {"name": "lint", "source": "lint", "description": "Lints.", "author": "Ada"},
         {"name": "plan", "source": "./plugins/plan/", "version": "9"},
         {"name": "gone", "source": "./plugins/gone"}, {"name": "outside", "source": "../outside"},
         {"name": "absolute", "source": "/"}, {"name": "remote", "source": {"source": "github", "repo": "a/b"}}, 7]}
      """#, to: "shelf/.claude-plugin/marketplace.json")
    try folder.write(#"{"name": "planner", "version": "2"}"#, to: "shelf/plugins/plan/.claude-plugin/plugin.json")
    let result = try scan()
    #expect(
      collections(result)
        == ["plugins/lint/agents/a.md": "lint", "plugins/plan/agents/b.md": "planner", "extra/c.md": "shop"])
    let about = Dictionary(result.collections.map { ($0.name, $0.about) }, uniquingKeysWith: { first, _ in first })
    #expect(about["shop"] == .init(description: "A shop.", version: "3", owner: "Grace"))
    #expect(about["lint"] == .init(description: "Lints.", owner: "Ada"))
    #expect(about["planner"] == .init(version: "2"), "the plugin's own manifest takes precedence")
    #expect(
      result.files.map { [$0.source.publishedPath, "\($0.source.plugin != nil)"] } == [
        ["shelf/extra/c.md", "false"], ["shelf/plugins/lint/agents/a.md", "true"],
        ["shelf/plugins/plan/agents/b.md", "true"],
      ])
    #expect(
      result.unreadable.map(\.reason) == ["the folder of plugin “gone” is missing: ./plugins/gone"])
  }

  @Test("A plugin in its marketplace's folder owns only the files it lists")
  func sharedFolder() throws {
    try folder.touch("shelf/agents/a.md", "shelf/agents/b.md", "shelf/skills/c/SKILL.md")
    try folder.write(
      #"""
      {"name": "shop", "plugins": [
        {"name": "one", "source": "./", "agents": "./agents/a.md", "skills": ["./skills/c"]}]}
      """#, to: "shelf/.claude-plugin/marketplace.json")
    let result = try scan()
    #expect(collections(result) == ["agents/a.md": "one", "agents/b.md": "shop", "skills/c/SKILL.md": "one"])
    #expect(result.files.map(\.source.path.description) == ["agents/a.md", "agents/b.md", "skills/c/SKILL.md"])
  }

  @Test("A plugin at the top of a source names the whole source")
  func atTheTop() throws {
    try folder.touch("shelf/agents/a.md", "shelf/docs/b.md")
    try folder.write(#"{"name": "whole", "version": "1"}"#, to: "shelf/.claude-plugin/plugin.json")
    let result = try scan()
    #expect(collections(result) == ["agents/a.md": "whole", "docs/b.md": "whole"])
    #expect(result.collections.map(\.about.version) == ["1"])
    #expect(result.files.map(\.source.plugin?.path) == ["agents/a.md", "docs/b.md"])
  }

  @Test("A plugin is recognized if the source is its agents folder")
  func agentsFolder() throws {
    try folder.touch("review/agents/a.md", "plain/agents/b.md")
    try folder.write("{}", to: "review/.claude-plugin/plugin.json")
    let result = try SourceScanner().scan(
      ["review/agents", "plain/agents"].map { SourceRequest(path: "\(folder.path)/\($0)") })
    #expect(result.files.map(\.source.plugin?.path) == ["agents/a.md", nil])
  }

  @Test(
    "A broken manifest is reported, and the agents are still found",
    arguments: ["{", "", "[]", "null", #"{"name": "x""#, "{\"name\": \"\u{0}\"}"])
  func broken(manifest: String) throws {
    try folder.touch("shelf/review/agents/a.md", "shelf/notes/b.md")
    try folder.write(manifest, to: "shelf/review/.claude-plugin/plugin.json")
    let result = try scan()
    #expect(collections(result) == ["review/agents/a.md": "review", "notes/b.md": "notes"])
    #expect(result.unreadable.map(\.displayPath) == ["\(folder.path)/shelf/review/.claude-plugin/plugin.json"])
    #expect(result.unreadable.map(\.publishedPath) == ["shelf/review/.claude-plugin/plugin.json"])
    let reason = try #require(result.unreadable.first?.reason)
    #expect(
      reason.hasPrefix(manifest == "[]" ? "the manifest is JSON, but not an object" : "the manifest is not valid JSON"))
    #expect(reason.hasSuffix(", so its plugins are unknown"))
  }

  @Test("A syntax error in a manifest is reported with its line")
  func mistake() throws {
    try folder.touch("shelf/agents/a.md")
    try folder.write(
      "{\n \"name\": \"port\", // ours\n \"plugins\": []\n}", to: "shelf/.claude-plugin/marketplace.json")
    #expect(
      try scan().unreadable.map(\.reason) == ["the manifest is not valid JSON, so its plugins are unknown"])
    #expect(try scan().unreadable.map(\.use) == [.manifest(line: 2)])
  }

  @Test("Values of the wrong type are ignored")
  func wrongTypes() throws {
    try folder.touch("shelf/a.md", "shelf/p/agents/b.md")
    try folder.write(
      #"""
      {"name": "shop", "description": 5, "version": ["1"], "owner": [], "metadata": "none",
       "plugins": [{"name": 1, "source": "./p"}, {"name": "p"}, {"source": "./p"}]}
      """#, to: "shelf/.claude-plugin/marketplace.json")
    let result = try scan()
    #expect(collections(result) == ["a.md": "shop", "p/agents/b.md": "shop"])
    #expect(result.collections.map(\.about) == [.init()])
    #expect(result.unreadable == [])
  }

  @Test("Large manifests are rejected and long descriptions truncated")
  func limits() throws {
    try folder.touch("shelf/a/x.md", "shelf/b/y.md")
    let long = String(repeating: "x", count: 600)
    try folder.write(#"{"name": "a", "description": "\#(long)"}"#, to: "shelf/a/.claude-plugin/plugin.json")
    let huge = String(repeating: " ", count: 1 << 20)
    try folder.write(#"{"name": "large"}"# + huge, to: "shelf/b/.claude-plugin/plugin.json")
    let result = try scan()
    #expect(result.collections.map(\.name) == ["a", "b"])
    #expect(result.collections.first?.about.description?.count == 500)
    #expect(result.unreadable.map(\.publishedPath) == ["shelf/b/.claude-plugin/plugin.json"])
  }
}
