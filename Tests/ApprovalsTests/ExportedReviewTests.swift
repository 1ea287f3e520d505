import Testing

@testable import Approvals

@Suite("An exported review")
struct ExportedReviewTests {
  private let digest = String(repeating: "0a", count: 32)

  private func review(_ items: String) throws -> ExportedReview {
    try ExportedReview(Array("{\"roster-review\": 1, \"items\": [\(items)]}".utf8))
  }

  private func failure(_ items: String) -> String? {
    do { _ = try review(items) } catch { return (error as? ExportedReview.Failure)?.description }
    return nil
  }

  @Test("is read with everything that the format has")
  func whole() throws {
    let read = try review(
      """
      {"path": "a.json#b", "name": "b", "kind": "agent", "digest": "\(digest)", "viewed": true,
       "verdict": "changes-requested",
       "comments": [{"text": "\\u0041", "line": 3, "side": "before", "rule": "r", "file": "c.sh"}, {"text": "x"}]},
      {"path": "d.md", "digest": "\(digest)"}
      """)
    #expect(read.items.map(\.path) == ["a.json#b", "d.md"])
    #expect(read.items[0].verdict == .changesRequested && read.items[0].isViewed && !read.items[1].isViewed)
    #expect(
      read.items[0].comments == [
        .init(file: "c.sh", line: 3, side: .before, rule: "r", text: "A"),
        .init(file: nil, line: nil, side: nil, rule: nil, text: "x"),
      ])
  }

  @Test("has approvals of items only, unless they were removed")
  func others() throws {
    func canBeApproved(_ more: String) throws -> Bool {
      try review("{\"path\": \"a.md\", \"digest\": \"\(digest)\"\(more)}").items.allSatisfy(\.canBeApproved)
    }
    #expect(try canBeApproved(""))
    #expect(try canBeApproved(", \"kind\": \"agent\", \"removed\": false"))
    for more in ["\"kind\": \"settings\"", "\"kind\": \"document\"", "\"removed\": true"] {
      #expect(try !canBeApproved(", \(more)"))
    }
  }

  @Test("counts characters as its schema does")
  func characters() throws {
    let text = String(repeating: "\u{1F600}", count: 65536)
    #expect(
      try review("{\"path\": \"a\", \"digest\": \"\(digest)\", \"comments\": [{\"text\": \"\(text)\"}]}").items.count
        == 1)
    #expect(
      failure("{\"path\": \"a\", \"digest\": \"\(digest)\", \"comments\": [{\"text\": \"\(text)x\"}]}")
        == "items[0].comments[0].text: this is longer than 65536 characters. Shorten it.")
  }

  @Test("has each key of an object once, however it is written")
  func repeatedKeys() {
    for key in ["\"digest\"", "\"digest\" \n\t", "\"d\\u0069gest\""] {
      let failure = failure("{\"path\": \"a:\\\"{\", \"digest\": \"\(digest)\", \(key): \"\(digest)\"}")
      #expect(failure?.contains("is repeated. Export the review again.") == true)
    }
    #expect(
      JSONKeys.repeated(in: Array("[{\"a\": {\"a\": \"a\"}}, {\"a\": [{\"a\": 1}, {\"a\": \"b\\\\\"}]}]".utf8)) == nil)
  }

  @Test("tells paths apart by their bytes")
  func paths() throws {
    let (one, other) = ("caf\u{E9}.md", "cafe\u{301}.md")
    let items = [one, other].map { "{\"path\": \"\($0)\", \"digest\": \"\(digest)\"}" }.joined(separator: ",")
    #expect(try review(items).items.count == 2)
  }
}
