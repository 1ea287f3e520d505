import Files
import Testing

@Suite("The summary of a file")
struct ContentSummaryTests {
  @Test("has its size, its SHA-256 and its first bytes, however large it is")
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

  @Test("is not made of links and devices")
  func links() throws {
    let folder = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(folder) }
    try Disk.makeLink("\(folder)/a", to: "/etc/passwd")
    for path in ["\(folder)/a", "/dev/zero", "\(folder)/missing"] {
      #expect(throws: Disk.Failure.self) { try Disk.summary(of: path, keeping: 10).get() }
    }
  }
}
