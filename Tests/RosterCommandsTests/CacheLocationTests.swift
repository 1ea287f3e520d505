import Agents
import Files
import Foundation
import Testing

@testable import RosterCommands

@Suite("Cache location")
struct CacheLocationTests {
  private func place(_ base: String?, _ environment: [String: String], of output: String = "/srv/site") -> String? {
    CacheLocation(of: output, in: base, environment: environment).path.map {
      String($0[..<($0.lastSlash ?? $0.endIndex)])
    }
  }

  @Test("The command line comes first, then the environment, then the user's cache folder")
  func order() {
    var environment = ["HOME": "/home/ada"]
    #expect(place(nil, environment) == "/home/ada/.cache/roster")
    environment["XDG_CACHE_HOME"] = "/var/cache/ada"
    #expect(place(nil, environment) == "/var/cache/ada/roster")
    environment["ROSTER_CACHE"] = "/tmp/cache"
    #expect(place(nil, environment) == "/tmp/cache")
    #expect(place("/other", environment) == "/other")
  }

  @Test("Relative paths are accepted only from the command line")
  func relative() {
    #expect(place(nil, ["XDG_CACHE_HOME": "cache", "HOME": "home"]) == nil)
    #expect(place(nil, [:]) == nil)
    #expect(place("cache", [:])?.hasSuffix("/cache") == true)
  }

  @Test("Each output has its own cache, however its path is written")
  func outputs() throws {
    let root = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(root) }
    func path(_ output: String) -> String? { CacheLocation(of: output, in: "/cache").path }
    try Disk.makeFolder("\(root)/site")
    #expect(path("\(root)/site") == path("\(root)/site/"))
    #expect(path("\(root)/site") == path("\(root)/site/../site"))
    #expect(path("\(root)/site") != path("\(root)/other"))
  }

  @Test("roster.yml cannot set the cache")
  func configuration() {
    #expect(throws: SettingsError.self) { try ConfigurationReader.read("cache: /tmp\n", file: "roster.yml") }
  }

  @Test("Only old caches of removed outputs are deleted")
  func orphans() throws {
    let base = FileManager.default.temporaryDirectory.path() + "/roster-orphans-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: base) }
    func make(_ name: String, _ output: String) throws -> String {
      let folder = "\(base)/\(name)"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(output.utf8).write(to: URL(fileURLWithPath: "\(folder)/output"))
      return folder
    }
    let gone = "\(base)/no-such-site"
    let orphan = try make(CacheLocation.name(of: gone.utf8), gone)
    let used = try make(CacheLocation.name(of: base.utf8), base)
    let foreign = [try make("integration-test", "expected text"), try make("0123456789abcdef", gone)]
    let own = try make(CacheLocation.name(of: "\(base)/new".utf8), "\(base)/new")
    CacheLocation.removeOrphans(beside: own, before: 0)
    #expect(Disk.kind(orphan) != nil, "it is too recent")
    CacheLocation.removeOrphans(beside: own, before: .max)
    #expect(Disk.kind(orphan) == nil)
    #expect((foreign + [used, own]).allSatisfy { Disk.kind($0) != nil })
  }
}
