import Agents
import Files
import Foundation
import Testing

@testable import RosterCommands

@Suite("The place of a cache")
struct CacheLocationTests {
  private func place(_ base: String?, _ environment: [String: String], of output: String = "/srv/site") -> String? {
    CacheLocation(of: output, in: base, environment: environment).path.map {
      String($0[..<($0.lastSlash ?? $0.endIndex)])
    }
  }

  @Test("is named by the command line, the environment, or the user's cache folder, in this order")
  func order() {
    var environment = ["HOME": "/home/ada"]
    #expect(place(nil, environment) == "/home/ada/.cache/roster")
    environment["XDG_CACHE_HOME"] = "/var/cache/ada"
    #expect(place(nil, environment) == "/var/cache/ada/roster")
    environment["ROSTER_CACHE"] = "/tmp/cache"
    #expect(place(nil, environment) == "/tmp/cache")
    #expect(place("/other", environment) == "/other")
  }

  @Test("is nowhere below the folder that the program runs in, unless the user says so")
  func relative() {
    #expect(place(nil, ["XDG_CACHE_HOME": "cache", "HOME": "home"]) == nil)
    #expect(place(nil, [:]) == nil)
    #expect(place("cache", [:])?.hasSuffix("/cache") == true)
  }

  @Test("is another one for each output, however that is written")
  func outputs() throws {
    let root = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(root) }
    func path(_ output: String) -> String? { CacheLocation(of: output, in: "/cache").path }
    try Disk.makeFolder("\(root)/site")
    #expect(path("\(root)/site") == path("\(root)/site/"))
    #expect(path("\(root)/site") == path("\(root)/site/../site"))
    #expect(path("\(root)/site") != path("\(root)/other"))
  }

  @Test("cannot be set in roster.yml")
  func configuration() {
    #expect(throws: SettingsError.self) { try ConfigurationReader.read("cache: /tmp\n", file: "roster.yml") }
  }
}
