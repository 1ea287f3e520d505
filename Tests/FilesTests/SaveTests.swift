import Foundation
import Testing

@testable import Files

@Suite("Saving files")
struct SaveTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(folder) }
    try body(folder)
  }

  @Test("A file is replaced as a whole and keeps its permissions")
  func replaced() throws {
    try inFolder { folder in
      let file = "\(folder)/a"
      try Disk.save([1], to: file)
      #expect(chmod(file, 0o640) == 0)
      let old = Disk.identity(file)?.inode
      try Disk.save([2, 3], to: file)
      #expect(Disk.holds(file, [2, 3]) && Disk.identity(file)?.inode != old)
      #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test("Devices and open descriptors are written to directly")
  func devices() throws {
    try Disk.save([1, 2, 3], to: "/dev/null")
    #expect(Disk.kind("/dev/null") == .other)
    try inFolder { folder in
      let open = fopen("\(folder)/open", "w")
      let file = try #require(open)
      defer { fclose(file) }
      let number = fileno(file)
      try Disk.save([1], to: "/dev/fd/\(number)")
      try Disk.save([2], to: "/proc/self/fd/\(number)")
      #expect(Disk.holds("\(folder)/open", [1, 2]), "the second write is appended")
    }
    #expect(throws: Disk.Failure.self) { try Disk.save([1], to: "/dev/fd/987654") }
    #expect(throws: Disk.Failure.self) { try Disk.save([1], to: "/dev/fd/x") }
  }

  @Test("Symbolic links and folders are not written to")
  func links() throws {
    try inFolder { folder in
      try Disk.write([1], to: "\(folder)/a")
      for target in ["\(folder)/a", "\(folder)/nothing", "/dev/null"] {
        let link = "\(folder)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(throws: Disk.Failure(path: link, reason: "a symbolic link; use its target instead")) {
          try Disk.save([2], to: link)
        }
        try Disk.removeFile(link)
      }
      #expect(Disk.holds("\(folder)/a", [1]))
      #expect(throws: Disk.Failure.self) { try Disk.save([2], to: folder) }
    }
  }
}
