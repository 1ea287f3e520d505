import Testing

@testable import Reviews

@Suite("Matched agents")
struct PairingTests {
  /// The kind of each change, with the old and the new path.
  private func told(_ review: Review) -> Set<String> {
    Set(
      review.changes.map { change in
        let names = [
          change.before.map { review.before[$0].source.displayPath },
          change.after.map { review.after[$0].source.displayPath },
        ]
        return "\(change.kind) \(names.map { $0 ?? "–" }.joined(separator: " "))"
      })
  }

  @Test("Agents with the same path match, even after an edit")
  func path() async throws {
    let review = try await review(
      ["a.md": agent("model: opus"), "b.md": agent(name: "b")],
      ["a.md": agent("model: haiku"), "b.md": agent(name: "b")])
    #expect(told(review) == ["changed a.md a.md"])
    #expect(review.unchangedCount == 1)
  }

  @Test("Moved agents match, with or without edits")
  func moved() async throws {
    let long = prose(30)
    let review = try await review(
      ["a.md": agent(name: "a", long), "b.md": agent(name: "b", prose(20, seed: 2))],
      ["x/c.md": agent(name: "c", long + "\nAnd one more line."), "x/b.md": agent(name: "b", prose(20, seed: 2))])
    #expect(told(review) == ["renamed a.md x/c.md", "moved b.md x/b.md"])
  }

  @Test("Agents that swap paths match by content")
  func swapped() async throws {
    let (one, other) = (agent(name: "one", prose(20)), agent(name: "other", prose(20, seed: 1)))
    let review = try await review(["a.md": one, "b.md": other], ["a.md": other, "b.md": one])
    #expect(told(review) == ["moved a.md b.md", "moved b.md a.md"])
  }

  @Test("An agent matches at its new path when another agent takes its old path")
  func replaced() async throws {
    let old = agent(name: "one", prose(20))
    let review = try await review(["a.md": old], ["b.md": old, "a.md": agent(name: "new", prose(20, seed: 4))])
    #expect(told(review) == ["moved a.md b.md", "added – a.md"])
  }

  @Test("Agents match by name if everything else changed")
  func name() async throws {
    let review = try await review(
      ["a.md": agent(name: "Code Reviewer", prose(9))], ["b.md": agent(name: "code-reviewer", prose(9, seed: 3))])
    #expect(told(review) == ["renamed a.md b.md"])
  }

  @Test("Added and removed agents are listed, with the origin of copied text")
  func split() async throws {
    let (first, second) = (prose(20), prose(20, seed: 1))
    let review = try await review(
      ["a.md": agent(name: "a", first + "\n" + second), "gone.md": agent(name: "gone", prose(20, seed: 5))],
      ["a.md": agent(name: "a", first), "b.md": agent(name: "b", second)])
    #expect(told(review) == ["changed a.md a.md", "added – b.md", "removed gone.md –"])
    let added = try #require(review.changes.first { $0.kind == .added })
    #expect(added.origins.map { review.before[$0.agent].name } == ["a"])
    #expect(added.origins.first?.share ?? 0 > 0.9)
    let whole = try #require(review.changes.first { $0.kind == .changed })
    #expect(whole.heirs.map { review.after[$0.agent].name } == ["b"])
  }

  @Test("An agent is affected if a removal gives it a new finding")
  func affected() async throws {
    let review = try await review(
      ["a.md": agent("tools: Agent(helper)"), "helper.md": agent(name: "helper")],
      ["a.md": agent("tools: Agent(helper)")])
    let change = try #require(review.changes.first { $0.kind == .affected })
    #expect(change.newFindings.map(\.rule) == ["reference-missing"])
  }

  @Test("Changes are sorted by importance")
  func order() async throws {
    let review = try await review(
      [
        "a.md": agent(name: "a", prose(9)), "b.md": agent("model: opus", name: "b"),
        "c.md": agent("tools: Read", name: "c"),
        "d.md": agent(name: "d", prose(9, seed: 1)),
      ],
      [
        "a.md": agent(name: "a", prose(9) + "\nOne more."), "b.md": agent("model: haiku", name: "b"),
        "c.md": agent("tools: Read, Bash", name: "c"),
        "d.md": agent(name: "d", prose(9, seed: 1) + "\n\n```sh\nrm -rf build\n```"),
      ])
    #expect(review.changes.compactMap { $0.after.map { review.after[$0].name } } == ["c", "b", "d", "a"])
    #expect(review.changes.map { $0.concerns.first } == [.access, .model, .mentions, .prose])
  }
}
