import Testing

@testable import Previewing

@Suite("File requests")
struct FileAnswerTests {
  private func answer(
    ifNoneMatch: String? = nil, range: String? = nil, ifRange: String? = nil, size: Int = 10
  ) -> FileAnswer {
    FileAnswer(.init(ifNoneMatch: ifNoneMatch, range: range, ifRange: ifRange), size: size, tag: "\"t\"")
  }

  @Test("A plain request gets the whole file")
  func whole() {
    #expect(answer().status == .whole && answer().bytes == 0..<10 && answer().contentRange == nil)
    #expect(answer(size: 0).status == .whole && answer(size: 0).bytes.isEmpty)
  }

  @Test(
    "A matching tag gets no bytes",
    arguments: ["\"t\"", "*", "W/\"t\"", "\"a\", \"t\"", "  \"t\"  , \"b\"", "\"a\",W/\"t\""])
  func unchanged(tags: String) {
    let answer = answer(ifNoneMatch: tags, range: "bytes=0-1")
    #expect(answer.status == .unchanged && answer.bytes.isEmpty && answer.contentRange == nil)
  }

  @Test("Another tag gets the whole file", arguments: ["\"a\"", "t", "", ",", "\"tt\"", "w/\"t\""])
  func changed(tags: String) { #expect(answer(ifNoneMatch: tags).status == .whole) }

  @Test(
    "A range gets that part of the file",
    arguments: [
      ("bytes=0-0", 0..<1, "bytes 0-0/10"), ("bytes=2-5", 2..<6, "bytes 2-5/10"),
      ("bytes=8-", 8..<10, "bytes 8-9/10"), ("bytes=8-99", 8..<10, "bytes 8-9/10"),
      ("bytes=-3", 7..<10, "bytes 7-9/10"), ("bytes=-99", 0..<10, "bytes 0-9/10"),
      ("Bytes=0-9", 0..<10, "bytes 0-9/10"),
      ("bytes=1-99999999999999999999999", 1..<10, "bytes 1-9/10"),
    ])
  func part(range: String, bytes: Range<Int>, contentRange: String) {
    let answer = answer(range: range)
    #expect(answer.status == .part && answer.bytes == bytes && answer.contentRange == contentRange)
  }

  @Test(
    "A range beyond the end gets the size only",
    arguments: ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"])
  func unsatisfiable(range: String) {
    let answer = answer(range: range)
    #expect(answer.status == .unsatisfiable && answer.bytes.isEmpty && answer.contentRange == "bytes */10")
    #expect(self.answer(range: "bytes=0-", size: 0).status == .unsatisfiable)
  }

  @Test(
    "Invalid and multiple ranges get the whole file",
    arguments: [
      "", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "bytes=a-b", "lines=1-2", "bytes=+1-2", "bytes=1",
    ])
  func ignored(range: String) {
    #expect(answer(range: range).status == .whole && answer(range: range).bytes == 0..<10)
  }

  @Test("If-Range gets a part only if its tag matches")
  func ifRange() {
    #expect(answer(range: "bytes=0-1", ifRange: "\"t\"").status == .part)
    for other in ["\"a\"", "W/\"t\"", "Thu, 01 Jan 2026 12:00:00 GMT", ""] {
      #expect(answer(range: "bytes=0-1", ifRange: other).status == .whole, "\(other)")
    }
  }
}

@Suite("Host checks")
struct HostCheckTests {
  @Test(
    "localhost and IP addresses are allowed",
    arguments: [
      "localhost", "LocalHost:4040", "127.0.0.1", "127.0.0.1:80", "192.168.0.17:65535", "[::1]", "[::1]:4040",
      "[fe80::1]", "[::ffff:127.0.0.1]:1",
    ])
  func allowed(host: String) { #expect(HostCheck().allows(host)) }

  @Test(
    "Other host names and malformed hosts are rejected, because of DNS rebinding",
    arguments: [
      "", "example.org", "example.org:4040", "localhost.example.org", "127.0.0.1.example.org", "notlocalhost",
      "localhost@example.org", "user@localhost", "localhost:65536", "localhost:80:80", "localhost:x", "localhost:",
      "256.0.0.1", "1.2.3", "1.2.3.4.5", "1.2.3.", "+1.2.3.4", "0001.2.3.4", "[]", "[::1", "[::1]x", "[example.org]",
      "[::1]:x", "[1234]", "::1",
    ])
  func refused(host: String) { #expect(!HostCheck().allows(host), "\(host)") }
}

@Suite("Media types")
struct MediaTypesTests {
  @Test("Known extensions have a type, and unknown ones are binary")
  func types() {
    #expect(MediaTypes.type(of: "/a/b.html") == "text/html; charset=utf-8")
    #expect(MediaTypes.type(of: "style.1a2b3c4d5e.CSS") == "text/css; charset=utf-8")
    #expect(MediaTypes.type(of: "agents/a.md") == "text/markdown; charset=utf-8")
    for name in ["", "noending", "a.exe", "a.html/b", "html", "a.html."] {
      #expect(MediaTypes.type(of: name) == "application/octet-stream", "\(name)")
    }
  }
}
