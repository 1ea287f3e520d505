/// The response to a request for a file: the status, header fields and byte range.
///
/// After RFC 9110 (https://www.rfc-editor.org/rfc/rfc9110), sections 13 (conditional requests) and 14 (range requests).
struct FileAnswer: Equatable {
  /// The request fields that affect the response.
  struct Wish: Equatable {
    /// The fields `If-None-Match`, `Range` and `If-Range`, if present.
    var ifNoneMatch: String?
    var range: String?
    var ifRange: String?
  }

  enum Status: Int { case whole = 200, part = 206, unchanged = 304, unsatisfiable = 416 }

  let status: Status
  /// The byte range to send. For a HEAD request, only its length is used.
  let bytes: Range<Int>
  /// The field `Content-Range`, if there is one.
  let contentRange: String?

  /// Determines the response for a file.
  ///
  /// - Parameters:
  ///   - size: The size of the file in bytes.
  ///   - tag: The entity tag, in quotation marks.
  init(_ wish: Wish, size: Int, tag: String) {
    if let known = wish.ifNoneMatch, Self.names(tag, in: known) {
      self.init(.unchanged, 0..<0)
      return
    }
    // A partial response requires an unchanged file. Dates are never sent, so a date in `If-Range` never matches.
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

  /// Returns the byte range that a `Range` field requests; empty if it is outside the file.
  ///
  /// Returns nil if the field must be ignored: it is invalid, or has several ranges, for which the whole file is
  /// allowed.
  private static func range(_ field: String, of size: Int) -> Range<Int>? {
    guard field.lowercased().hasPrefix("bytes=") else { return nil }
    let parts = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    // A number that overflows is beyond the end of any file.
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
