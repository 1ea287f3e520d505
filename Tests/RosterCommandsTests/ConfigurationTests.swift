import Catalogs
import Scanning
import Testing

@testable import RosterCommands

@Suite("roster.yml")
struct ConfigurationTests {
  private func refusal(_ text: String) -> String? {
    do {
      _ = try ConfigurationReader.read(text, file: "roster.yml")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Keys are read")
  func keys() throws {
    let configuration = try ConfigurationReader.read(
      """
      title: T
      content:
        - agents
        - folder: other
          name: Others
        - {git: "git@git.example.com:acme/tools.git", ref: main, path: ./agents/, history: on}
      include: "*.md"
      taxonomies:
        models: off
        categories: {label: Teams}
        topics:
          lexicon: {Money: [ledger, invoice]}
      compare:
        pinned: [{title: Both, agents: [a, b]}]
        decisions:
          - {agents: [a, b], keep: a, note: Newer.}
          - {agents: c, merge into: d}
          - {agents: [e, f], intended: yes}
      """, file: "roster.yml")
    #expect(configuration.title == "T")
    #expect(configuration.content == [.init(path: "agents"), .init(path: "other", name: "Others")])
    #expect(
      configuration.repositories == [
        .init(url: "git@git.example.com:acme/tools.git", ref: "main", path: "agents", hasHistory: true)
      ])
    #expect(configuration.include == ["*.md"])
    #expect(configuration.taxonomies[.models]?.isOn == false)
    #expect(configuration.taxonomies[.categories]?.label == "Teams")
    #expect(configuration.taxonomies[.topics]?.lexicon == [.init(title: "Money", words: ["ledger", "invoice"])])
    #expect(configuration.pinned == [.init(title: "Both", agents: ["a", "b"])])
    #expect(
      configuration.decisions == [
        Decision(agents: ["a", "b"], verdict: .keep("a"), note: "Newer."),
        Decision(agents: ["c"], verdict: .merge(into: "d")),
        Decision(agents: ["e", "f"], verdict: .intended),
      ])
  }

  @Test(
    "Errors name the place and suggest a correction",
    arguments: [
      ("tilte: x", "roster.yml:1:1: the file has no key “tilte”; did you mean “title”?"),
      ("title: [x]", "roster.yml:1:8: title must be text"),
      ("title: T\ntitle: U", "roster.yml:2:1: the key “title” occurs twice"),
      ("content:\n  - name: x", "roster.yml:2:5: a source needs folder or git"),
      ("base-url: example.org", "roster.yml:1:11: base-url must start with https:// or http://"),
      ("taxonomies: {modells: off}", "roster.yml:1:14: taxonomies has no key “modells”; did you mean “models”?"),
      ("- x", "roster.yml:1:1: the file must be a map of keys and values"),
      (
        "compare: {decisions: [{agents: [a, b]}]}",
        "roster.yml:1:23: a decision needs one of keep, merge into or intended"
      ),
      (
        "compare: {decisions: [{agents: [a, b], keep: a, intended: yes}]}",
        "roster.yml:1:23: a decision needs one of keep, merge into or intended"
      ),
      ("compare: {decisions: [{keep: a}]}", "roster.yml:1:23: a decision needs agents"),
      (
        "compare: {decisions: [{agents: [a], keeps: a}]}",
        "roster.yml:1:37: a decision has no key “keeps”; did you mean “keep”?"
      ),
      ("compare: {pinned: [{agents: [a]}]}", "roster.yml:1:20: a pinned comparison needs at least two agents"),
    ])
  func mistakes(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  @Test("An empty file and the sample from init are valid and set nothing")
  func empty() throws {
    #expect(try ConfigurationReader.read("", file: "roster.yml") == Configuration())
    #expect(try ConfigurationReader.read(ConfigurationKey.sample, file: "roster.yml") == Configuration())
  }

  @Test("The commented examples in the sample are valid")
  func sample() throws {
    let lines = ConfigurationKey.sample.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && (!line.hasPrefix("# ") || line.hasPrefix("#  ")) ? line.dropFirst() : line
    }
    let configuration = try ConfigurationReader.read(lines.joined(separator: "\n"), file: "roster.yml")
    #expect(configuration.title == "Platform agents")
    #expect(configuration.content?.count == 2)
    #expect(configuration.taxonomies.count == 3)
    #expect(configuration.pinned.count == 1)
  }
}
