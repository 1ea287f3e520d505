import CCMarkGFM
import Testing

@testable import GFM

@Suite("Parser memory")
struct ArenaTests {
  @Test("Memory is zeroed, kept when it grows, and never overlaps")
  func pieces() throws {
    let memory = try #require(Arena.memory).pointee
    let mark = Arena.mark
    defer { Arena.release(to: mark) }
    var pieces: [(place: UnsafeMutableRawPointer, length: Int, sign: UInt8)] = []
    var sign: UInt8 = 1
    for round in 0..<3000 {
      let length = [1, 15, 16, 17, 500, 70_000][round % 6]
      let place = try #require(memory.calloc(length, 1))
      #expect(Int(bitPattern: place).isMultiple(of: 16))
      let bytes = UnsafeMutableRawBufferPointer(start: place, count: length)
      if !bytes.allSatisfy({ $0 == 0 }) { Issue.record("not zero") }
      bytes.initializeMemory(as: UInt8.self, repeating: sign)
      pieces.append((place, length, sign))
      sign = sign == 255 ? 1 : sign + 1
      if round.isMultiple(of: 5), let last = pieces.popLast() {
        let grown = try #require(memory.realloc(last.place, last.length * 3))
        let all = UnsafeMutableRawBufferPointer(start: grown, count: last.length * 3)
        if !all.prefix(last.length).allSatisfy({ $0 == last.sign }) { Issue.record("lost what was in it") }
        all.initializeMemory(as: UInt8.self, repeating: last.sign)
        pieces.append((grown, last.length * 3, last.sign))
      }
      if round.isMultiple(of: 7), let last = pieces.popLast() { memory.free(last.place) }
    }
    for (place, length, sign) in pieces
    where !UnsafeRawBufferPointer(start: place, count: length).allSatisfy({ $0 == sign }) {
      Issue.record("overwritten")
    }
  }

  @Test("A tree parsed inside another is the same as a tree parsed alone")
  func nested() {
    let outer = Array(
      "# One\n\n[a]: x\n[b][a]\n\n- [ ] task\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nnote[^1]\n\n[^1]: text\n".utf8)
    let alone = Markdown.parse(outer[...]).html { $0 }
    let mark = Arena.mark
    for _ in 0..<50 { #expect(Markdown.parse(outer[...]).html { $0 } == alone) }
    #expect(Arena.mark.isSame(as: mark))
  }
}
