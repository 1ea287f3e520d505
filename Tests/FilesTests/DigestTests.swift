import Foundation
import Testing

@testable import Files

@Suite("Digests")
struct DigestTests {
  @Test("Digests differ after any change of a bit, the length, the order or the key")
  func differences() {
    let key = DigestKey.random()
    var digests: Set<Digest> = []
    var count = 0
    func add(_ bytes: [UInt8], _ key: DigestKey) {
      digests.insert(key.digest(bytes))
      count += 1
    }
    for length in 0..<100 { add([UInt8](repeating: 0, count: length), key) }
    for index in 0..<64 {
      for bit in 0..<8 {
        var bytes = [UInt8](repeating: 7, count: 64)
        bytes[index] ^= 1 << bit
        add(bytes, key)
      }
    }
    add([1, 2], key)
    add([2, 1], key)
    add([1, 2], .random())
    #expect(digests.count == count)
    #expect(key.digest([1, 2]) == key.digest([1, 2]))
  }

  @Test("The digest depends on where parts begin and end")
  func parts() {
    func digest(_ parts: [String?]) -> Digest {
      var digester = Digester(key: key)
      for part in parts { digester.add(part) }
      return digester.digest
    }
    let key = DigestKey.random()
    let all = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["abc", nil], [nil, "abc"], ["", "abc"]].map(digest)
    #expect(Set(all).count == all.count)
  }

  @Test("Sealed bytes do not open after any change or with another key")
  func seals() {
    let key = DigestKey.random()
    let sealed = key.sealing([1, 2, 3])
    #expect(key.opening(sealed) == [1, 2, 3])
    for index in sealed.indices {
      var broken = sealed
      broken[index] ^= 0x10
      #expect(key.opening(broken) == nil)
    }
    #expect(key.opening(Array(sealed.dropLast())) == nil)
    #expect(key.opening([]) == nil)
    #expect(DigestKey.random().opening(sealed) == nil)
  }
}

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-2, appendix B (https://csrc.nist.gov/pubs/fips/180-2/upd1/final), and the empty input.
  @Test(
    "Digests match the examples of the standard",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func examples(text: String, digest: String) {
    #expect(ContentSummary.digest(of: Array(text.utf8)) == digest)
    var hash = SHA256()
    for byte in text.utf8 { hash.update([byte]) }
    #expect(hash.digest.map { String(format: "%02x", $0) }.joined() == digest)
  }

  @Test("A copy continues independently")
  func copies() {
    var first = SHA256()
    first.update([1])
    var second = first
    let digest = first.digest
    second.update([2])
    #expect(first.digest == digest && second.digest != digest)
  }
}

@Suite("Stored values")
struct StorableTests {
  @Test("Numbers round-trip", arguments: [0, 1, -1, 63, 64, -64, -65, 1 << 40, -(1 << 40), .max / 2, .min / 2])
  func numbers(number: Int) throws {
    var writer = ByteWriter()
    writer.write(number)
    var reader = ByteReader(writer.bytes)
    #expect(try reader.readNumber() == number)
    #expect(reader.isAtEnd)
  }

  @Test("Random bytes never read as more elements than there are bytes")
  func noise() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      // Each element takes at least one byte.
      var reader = ByteReader(bytes)
      #expect((try? [Finding](from: &reader))?.count ?? 0 <= bytes.count)
      reader = ByteReader(bytes)
      #expect((try? [String?](from: &reader))?.count ?? 0 <= bytes.count)
      reader = ByteReader(bytes)
      let range = try? Range<Int>(from: &reader)
      #expect(range.map { $0.lowerBound <= $0.upperBound } ?? true)
    }
  }

  @Test("Findings and source files are read back unchanged")
  func values() throws {
    let finding = Finding(
      rule: "r", severity: .note, message: "m “x”", help: "h", range: 3..<9, location: .init(line: 2, column: 1))
    let source = SourceFile(
      path: try #require(RelativePath("a/b.md")), collection: 3, displayPath: "/x/a/b.md",
      publishedPath: "x/a/b.md", number: 9)
    var writer = ByteWriter()
    finding.store(in: &writer)
    source.store(in: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try Finding(from: &reader) == finding)
    #expect(try SourceFile(from: &reader) == source)
  }
}
