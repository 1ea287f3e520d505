import Foundation

/// Reads the fields of a JSON file (RFC 8259). Foundation says whether it is JSON; Yams, for JSON is YAML, gives the
/// order of its keys and their lines.
enum JSONFields {
  /// The fields in the order of the text, each with the line of its key.
  ///
  /// - Parameter allowsComments: whether `//` and `/* */` are comments, as in files that people write by hand.
  static func fields(of text: String, allowsComments: Bool = false) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    let json = allowsComments ? withoutComments(text) : text
    if let comma = parts(of: Array(json.utf8)).spareCommas.first {
      let line = json.utf8.prefix(comma).reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
      throw StrictYAML.Refusal(problem: "a comma with nothing behind it", line: line, column: 1)
    }
    do {
      guard try JSONSerialization.jsonObject(with: Data(json.utf8), options: [.fragmentsAllowed]) is [String: Any]
      else {
        throw StrictYAML.Refusal(problem: "this is no object", line: 1, column: 1)
      }
    } catch let refusal as StrictYAML.Refusal {
      throw refusal
    } catch {
      throw refusal(error as NSError)
    }
    return try StrictYAML.fields(of: withoutSurrogates(json))
  }

  /// What Foundation says, with the place that its message names.
  private static func refusal(_ error: NSError) -> StrictYAML.Refusal {
    let message = error.userInfo[NSDebugDescriptionErrorKey] as? String ?? error.localizedDescription
    let place = message.firstMatch(of: /\s*around line (\d+), column (\d+)\.?/)
    let problem = message.replacing(/\s*around line \d+, column \d+\.?/, with: "").trimmed
    return StrictYAML.Refusal(
      problem: problem, line: place.flatMap { Int($0.output.1) } ?? 1, column: place.flatMap { Int($0.output.2) } ?? 1)
  }

  /// A text with blanks in the place of comments, so that every place stays where it is.
  private static func withoutComments(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for range in parts(of: bytes).comments {
      for index in range where bytes[index] != 0x0A { bytes[index] = 0x20 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where comments are, and the commas behind which a list or an object ends: JSON has neither, and Foundation reads
  /// the latter.
  private static func parts(of bytes: [UInt8]) -> (comments: [Range<Int>], spareCommas: [Int]) {
    var comments: [Range<Int>] = []
    var spareCommas: [Int] = []
    var comma: Int?
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        comma = nil
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "/"):
        let rest = bytes[index...]
        let end = rest.starts(with: "//".utf8) ? rest.firstIndex(of: 0x0A) : endOfComment(rest)
        comments.append(index..<(end ?? bytes.count))
        index = (end ?? bytes.count) - 1
      case UInt8(ascii: ","): comma = index
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let comma { spareCommas.append(comma) }
        comma = nil
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: comma = nil
      }
      index += 1
    }
    return (comments, spareCommas)
  }

  /// Where a comment ends that begins with `/*`.
  private static func endOfComment(_ bytes: ArraySlice<UInt8>) -> Int? {
    let inner = bytes.dropFirst(2)
    return zip(inner.indices, inner.dropFirst()).first { bytes[$0] == UInt8(ascii: "*") && $1 == UInt8(ascii: "/") }
      .map { $0.0 + 2 }
  }

  /// A text whose pairs of `\uD83D\uDE80` are the characters that they stand for: YAML has no surrogates.
  private static func withoutSurrogates(_ text: String) -> String {
    guard text.contains("\\uD") || text.contains("\\ud") else { return text }
    return text.replacing(/\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/) { match in
      let pair = [match.output.1, match.output.2].compactMap { UInt16($0, radix: 16) }
      return String(decoding: pair, as: UTF16.self)
    }
  }
}
