import Templates

/// A line of a bar chart: a name, how many there are, and a bar.
struct BarView: TemplateView {
  let title: String
  /// The name as files write it, if people write it differently.
  var name: String?
  var href: String?
  /// How many, in words or as a number.
  let number: String
  /// The share of all, as a percentage.
  var share: String?
  /// The length of the bar, in twentieths of the longest.
  let bar: Int
  /// An explanation, or the reason.
  var about: String?
  /// A class that sets the color of the bar.
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

  /// The length of a bar in twentieths. One that stands for anything at all is visible.
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
