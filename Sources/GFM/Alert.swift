/// The five GitHub alerts: block quotes that begin with a marker line such as `[!NOTE]`.
///
/// GitHub renders an alert only for a top-level quote. The first line must hold only the marker, in any case, and more
/// content must follow (https://docs.github.com/en/get-started/writing-on-github, Basic formatting, Alerts).
enum Alert: String, CaseIterable {
  case note, tip, important, warning, caution

  /// The title shown on the alert.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// Creates the alert whose marker is the only content of a quote's first line.
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
