import Testing

@testable import Reviews

@Suite("A review finds agents again")
struct PairingTests {
  /// The kind of each change, with what an agent was called and is called.
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

  @Test("by path, whatever is in the file")
  func path() async throws {
    let review = try await review(
      ["a.md": agent("model: opus"), "b.md": agent(name: "b")],
      ["a.md": agent("model: haiku"), "b.md": agent(name: "b")])
    #expect(told(review) == ["changed a.md a.md"])
    #expect(review.unchangedCount == 1)
  }

  @Test("that moved with and without an edit")
  func moved() async throws {
    let long = prose(30)
    let review = try await review(
      ["a.md": agent(name: "a", long), "b.md": agent(name: "b", prose(20, seed: 2))],
      ["x/c.md": agent(name: "c", long + "\nAnd one more line."), "x/b.md": agent(name: "b", prose(20, seed: 2))])
    #expect(told(review) == ["renamed a.md x/c.md", "moved b.md x/b.md"])
  }

  @Test("that changed places")
  func swapped() async throws {
    let (one, other) = (agent(name: "one", prose(20)), agent(name: "other", prose(20, seed: 1)))
    let review = try await review(["a.md": one, "b.md": other], ["a.md": other, "b.md": one])
    #expect(told(review) == ["moved a.md b.md", "moved b.md a.md"])
  }

  @Test("where another one took its place")
  func replaced() async throws {
    let old = agent(name: "one", prose(20))
    let review = try await review(["a.md": old], ["b.md": old, "a.md": agent(name: "new", prose(20, seed: 4))])
    #expect(told(review) == ["moved a.md b.md", "added – a.md"])
  }

  @Test("by name, where all else is new")
  func name() async throws {
    let review = try await review(
      ["a.md": agent(name: "Code Reviewer", prose(9))], ["b.md": agent(name: "code-reviewer", prose(9, seed: 3))])
    #expect(told(review) == ["renamed a.md b.md"])
  }

  @Test("and tells those that came and went, and where text went")
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

  @Test("and tells of those that only the others affect")
  func affected() async throws {
    let review = try await review(
      ["a.md": agent("tools: Agent(helper)"), "helper.md": agent(name: "helper")],
      ["a.md": agent("tools: Agent(helper)")])
    let change = try #require(review.changes.first { $0.kind == .affected })
    #expect(change.newFindings.map(\.rule) == ["reference-missing"])
  }

  @Test("and puts first what is to be looked at first")
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
