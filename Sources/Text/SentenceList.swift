extension [String] {
  /// The words in a row, as a sentence has them: `a, b and c`.
  public func joined(before conjunction: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
