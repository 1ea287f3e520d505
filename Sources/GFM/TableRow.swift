/// The source line of a table row.
enum TableRow {
  /// Returns the part of a line after the last cell of a table with `columns` columns, or nil. GitHub drops this part.
  static func excess(in line: Slice<UnsafeBufferPointer<UInt8>>, columns: Int) -> Range<Int>? {
    var index = line.startIndex
    while index < line.endIndex, " \t>".utf8.contains(line[index]) { index += 1 }
    if index < line.endIndex, line[index] == UInt8(ascii: "|") { index += 1 }
    var cells = 0
    var isEscaped = false
    while index < line.endIndex, cells < columns {
      if line[index] == UInt8(ascii: "|"), !isEscaped { cells += 1 }
      isEscaped = line[index] == UInt8(ascii: "\\") && !isEscaped
      index += 1
    }
    guard cells == columns else { return nil }
    var end = line.endIndex
    while end > index, line[end - 1] <= 0x20 || line[end - 1] == UInt8(ascii: "|") { end -= 1 }
    while index < end, line[index] <= 0x20 { index += 1 }
    return index < end ? index..<end : nil
  }
}
