/// Where the lines of a text begin, so that the line of a place is found without reading everything before it.
public struct LineIndex: Sendable {
  /// How a line ends.
  public enum Ending: Sendable {
    /// A line feed.
    case lineFeed
    /// A line feed, a carriage return, or the two together, as in the bytes of a file.
    case any
  }

  private let starts: [Int]
  private let end: Int

  /// Finds the lines of a text.
  ///
  /// - Parameter start: where the first line begins: behind a byte order mark.
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

  /// The bytes of a line (from 1), with what ends it; none for one that is not there.
  public func range(of line: Int) -> Range<Int> { line < 1 ? 0..<0 : start(of: line)..<start(of: line + 1) }

  /// How many lines there are; what follows the last line feed is one, also if it is empty.
  public var count: Int { starts.count }

  /// The line of a place, from 1.
  public func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(1, low)
  }

  /// Where a line (from 1) begins; the end of the text for one behind the last.
  public func start(of line: Int) -> Int { line <= starts.count ? starts[max(1, line) - 1] : end }
}
