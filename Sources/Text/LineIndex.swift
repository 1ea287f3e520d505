/// The start offsets of a text's lines, for finding the line of an offset by binary search.
public struct LineIndex: Sendable {
  /// The line ending.
  public enum Ending: Sendable {
    /// A line feed.
    case lineFeed
    /// A line feed, a carriage return, or both together, as in the bytes of a file.
    case any
  }

  private let starts: [Int]
  private let end: Int

  /// Finds the lines of a text.
  ///
  /// - Parameter start: The offset of the first line, which is after any byte order mark.
  public init(_ text: [UInt8], ending: Ending, from start: Int = 0) {
    self = text.withUnsafeBytes { LineIndex($0, ending: ending, from: start) }
  }

  /// Finds the lines of a text.
  public init(_ bytes: UnsafeRawBufferPointer, ending: Ending, from start: Int = 0) {
    var starts = [start]
    func look(at index: Int) {
      switch bytes[index] {
      case 0x0A: starts.append(index + 1)
      case 0x0D where ending == .any && (index + 1 >= bytes.count || bytes[index + 1] != 0x0A):
        starts.append(index + 1)
      default: break
      }
    }
    var index = start
    while index + ByteWord.length <= bytes.count {
      let word = ByteWord(bytes, at: index)
      if word.holds(0x0A) || word.holds(0x0D) { for place in index..<index + ByteWord.length { look(at: place) } }
      index += ByteWord.length
    }
    for place in index..<max(index, bytes.count) { look(at: place) }
    self.starts = starts
    end = bytes.count
  }

  /// Returns the byte range of a line (from 1) with its line ending; empty if the line does not exist.
  public func range(of line: Int) -> Range<Int> { line < 1 ? 0..<0 : start(of: line)..<start(of: line + 1) }

  /// The number of lines. Text after the last line feed is a line even if it is empty.
  public var count: Int { starts.count }

  /// Returns the line of an offset, from 1.
  public func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(1, low)
  }

  /// Returns the offset of a line (from 1), or the end of the text for a line after the last.
  public func start(of line: Int) -> Int { line <= starts.count ? starts[max(1, line) - 1] : end }
}
