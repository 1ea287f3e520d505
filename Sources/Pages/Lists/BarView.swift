import Templates

/// A bar in a chart, with a name and a number.
struct BarView: TemplateView {
  let title: String
  /// The name as written in files, if the title differs.
  var name: String?
  var href: String?
  /// The number, as a phrase or in digits.
  let number: String
  /// The percentage of the total.
  var share: String?
  /// The length of the bar, in twentieths of the longest.
  let bar: Int
  /// An explanation.
  var about: String?
  /// The CSS class for the color of the bar.
  var tone: String?

  static let members: Members<BarView> = [
    "title": Member { $0.title },
    "name": Member { $0.name },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "share": Member { $0.share },
    "bar": Member { "w\($0.bar)" },
    "about": Member { $0.about },
    "tone": Member { $0.tone },
  ]

  /// Returns the length of a bar, in twentieths. Only zero gives an empty bar.
  static func length(_ count: Int, of most: Int) -> Int {
    most <= 0 ? 0 : min(20, max(0, (count * 20 + most - 1) / most))
  }
}

/// A chart with a heading.
struct ChartView: TemplateView {
  let title: String
  let bars: [BarView]

  static let members: Members<ChartView> = [
    "title": Member { $0.title },
    "bars": Member { $0.bars },
  ]
}
