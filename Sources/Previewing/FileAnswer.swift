/// What is said to a request for a file: the status, the header fields, and which of its bytes.
///
/// After RFC 9110 (https://www.rfc-editor.org/rfc/rfc9110), sections 13 (conditional requests) and 14 (range requests).
struct FileAnswer: Equatable {
  /// What a request says of the file that it wants.
  struct Wish: Equatable {
    /// The fields `If-None-Match`, `Range` and `If-Range`, where they are there.
    var ifNoneMatch: String?
    var range: String?
    var ifRange: String?
  }

  enum Status: Int { case whole = 200, part = 206, unchanged = 304, unsatisfiable = 416 }

  let status: Status
  /// The bytes to send; of a request for the head only their number is said.
  let bytes: Range<Int>
  /// The field `Content-Range`, where there is one.
  let contentRange: String?

  /// Decides for a file.
  ///
  /// - Parameters:
  ///   - size: how many bytes it has.
  ///   - tag: its entity tag, in quotation marks.
  init(_ wish: Wish, size: Int, tag: String) {
    if let known = wish.ifNoneMatch, Self.names(tag, in: known) {
      self.init(.unchanged, 0..<0)
      return
    }
    // A part fits only the same file; a date, which is never sent, tells nothing.
    guard let asked = wish.range, wish.ifRange == nil || wish.ifRange == tag, let range = Self.range(asked, of: size)
    else {
      self.init(.whole, 0..<size)
      return
    }
    if range.isEmpty {
      self.init(.unsatisfiable, 0..<0, "bytes */\(size)")
    } else {
      self.init(.part, range, "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
    }
  }

  private init(_ status: Status, _ bytes: Range<Int>, _ contentRange: String? = nil) {
    self.status = status
    self.bytes = bytes
    self.contentRange = contentRange
  }

  private static func names(_ tag: String, in list: String) -> Bool {
    list.split(separator: ",").contains { item in
      let item = item.drop { $0 == " " }
      let last = item.lastIndex { $0 != " " }
      let name = last.map { item[...$0] } ?? ""
      return name == "*" || name == tag || name == "W/" + tag
    }
  }

  /// The bytes that a field `Range` asks for; none where they are not there, and nil where the field is to be passed
  /// by: it is no range of bytes, or of several, which may be answered with the whole.
  private static func range(_ field: String, of size: Int) -> Range<Int>? {
    guard field.lowercased().hasPrefix("bytes=") else { return nil }
    let parts = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    // What no number can hold is beyond every file.
    func number(_ text: Substring) -> Int? { text.isEmpty ? nil : Int(text) ?? .max }
    switch (number(parts[0]), number(parts[1])) {
    case (nil, nil): return nil
    case (nil, let last?): return max(0, size - last)..<size
    case (let first?, nil): return first < size ? first..<size : 0..<0
    case (let first?, let last?):
      guard first <= last else { return nil }
      return first < size ? first..<min(last, size - 1) + 1 : 0..<0
    }
  }
}
