/// Numbers and shares as people read them.
public enum NumberText {
  /// A number with a comma between groups of three digits: `12,345`.
  public static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A share of 1 as `68%`; 100% only for the whole.
  public static func percent(_ share: Double) -> String {
    let rounded = Int((share * 100).rounded())
    return "\(share < 1 ? min(rounded, 99) : rounded)%"
  }

  /// A part of a number as `68%`, or `<1%` for a part that would round to nothing.
  public static func share(_ count: Int, of all: Int) -> String {
    guard all > 0, count > 0 else { return "0%" }
    let share = Double(count) / Double(all)
    return share < 0.005 ? "<1%" : percent(min(1, share))
  }
}
