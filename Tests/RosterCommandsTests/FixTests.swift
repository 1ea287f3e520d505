import Files
import Foundation
import Testing

@testable import RosterCommands

@Suite("Fixes")
struct FixTests {
  @Test("Fixed problems are not reported again from the cache")
  func left() async throws {
    let root = FileManager.default.temporaryDirectory.path() + "/roster-fix-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try FileManager.default.createDirectory(atPath: "\(root)/agents", withIntermediateDirectories: true)
    let agent = URL(fileURLWithPath: "\(root)/agents/keeper.md")
    try Data("---\nname: “keeper”\ndescription: Keeps the light.\ntools: Read\n---\n\nKeep it.\n".utf8).write(to: agent)
    try Data().write(to: URL(fileURLWithPath: "\(root)/roster.yml"))
    let shared = ["\(root)/agents", "--config", "\(root)/roster.yml", "--cache", "\(root)/cache"]
    // With a later scan time, no file counts as freshly written.
    let later = Disk.time + 3_600_000_000_000
    let output = ["--output", "\(root)/site", "--no-search", "--quiet"]
    var building = try BuildPlan(BuildCommand.parse(shared + output))
    building.scanTime = later
    let cache = try #require(building.cache.open().folder)
    _ = try await Build(plan: building, theme: LoadedTheme(building.theme)).result(.init(records: cache, output: cache))

    let command = try CheckCommand.parse(shared + ["--fix", "--fail-on", "warning"])
    var checking = try BuildPlan(reading: command.catalog)
    checking.scanTime = later
    checking.cache = building.cache
    try await Check(command: command).run(checking)
    #expect(try String(contentsOf: agent, encoding: .utf8).contains("name: \"keeper\""))
  }
}
