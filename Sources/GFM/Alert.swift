/// The five alerts of GitHub: block quotations that begin with a line such as `[!NOTE]`.
///
/// GitHub makes an alert of a quotation that stands in no other block, whose first line holds the mark and nothing
/// else, in whatever case, and that goes on after it (https://docs.github.com/en/get-started/writing-on-github, Basic
/// formatting, Alerts).
enum Alert: String, CaseIterable {
  case note, tip, important, warning, caution

  /// The word at its top.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// The alert whose mark is all that the first line of a quotation holds.
  init?(firstLine line: Slice<UnsafeBufferPointer<UInt8>>) {
    let text = line.drop { $0 == 0x20 }
    guard text.first == UInt8(ascii: ">") else { return nil }
    let words = text.dropFirst().split { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard words.count == 1, let mark = words.first.map({ String(decoding: $0, as: UTF8.self).lowercased() }),
      mark.hasPrefix("[!"), mark.hasSuffix("]")
    else { return nil }
    self.init(rawValue: String(mark.dropFirst(2).dropLast()))
  }
}
