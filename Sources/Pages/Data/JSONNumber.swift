/// Converts YAML numbers to JSON.
enum JSONNumber {
  /// Returns a YAML number as a JSON number of the same value, or nil if it must stay text.
  ///
  /// The spelling is kept if JSON allows it, so `1.0` stays `1.0`. JSON requires digits on both sides of the point and
  /// allows no leading plus sign. Octal and hexadecimal numbers stay text. So do numbers with leading zeros, which YAML
  /// 1.1 reads as octal, and numbers too large for a double, which many JSON parsers reject.
  static func text(of number: String) -> String? {
    guard let match = number.wholeMatch(of: /([-+]?)([0-9]*)(\.?)([0-9]*)((?:[eE][-+]?[0-9]+)?)/) else { return nil }
    let (_, sign, whole, point, fraction, exponent) = match.output
    guard !whole.isEmpty || !fraction.isEmpty, whole.count < 2 || whole.first != "0" else { return nil }
    let decimals = point.isEmpty ? "" : ".\(fraction.isEmpty ? "0" : fraction)"
    let text = "\(sign == "-" ? "-" : "")\(whole.isEmpty ? "0" : whole)\(decimals)\(exponent)"
    return Double(text)?.isFinite == true ? text : nil
  }
}
