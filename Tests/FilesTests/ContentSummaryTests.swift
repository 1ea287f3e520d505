import Files
import Testing

@Suite("Content summaries")
struct ContentSummaryTests {
  @Test("The summary of a large file has its size, SHA-256 and first bytes")
  func large() throws {
    let folder = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(folder) }
    let bytes = (0..<(3 << 20) + 17).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Disk.write(bytes, to: "\(folder)/a")
    let (summary, identity) = try Disk.summary(of: "\(folder)/a", keeping: 10).get()
    #expect(summary.size == bytes.count && identity == Disk.identity("\(folder)/a"))
    #expect(summary.start == Array(bytes.prefix(10)))
    #expect(summary.digest == ContentSummary.digest(of: bytes))
    #expect(!summary.isExecutable)
  }

  @Test("Links, devices and missing files have no summary")
  func links() throws {
    let folder = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(folder) }
    try Disk.makeLink("\(folder)/a", to: "/etc/passwd")
    for path in ["\(folder)/a", "/dev/zero", "\(folder)/missing"] {
      #expect(throws: Disk.Failure.self) { try Disk.summary(of: path, keeping: 10).get() }
    }
  }
}
