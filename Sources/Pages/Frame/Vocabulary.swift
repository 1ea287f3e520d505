import Templates

/// All names that a template may use.
enum Vocabulary {
  static let names: Set<String> = views.reduce(into: []) { $0.formUnion($1.names) }

  /// The names by view type, for the theme guide.
  static let namesByView: [String: [String]] = Dictionary(
    uniqueKeysWithValues: views.map { ("\($0)", $0.names) })

  /// All views that templates receive.
  private static let views: [any TemplateView.Type] =
    shared + PageKinds.all.flatMap { $0.views } + ReviewSite.kinds.flatMap { $0.views }

  /// The views of several kinds of pages.
  private static let shared: [any TemplateView.Type] = [
    FrameView.self, NavigationView.self, LinkView.self, RowView.self, ListView.self, PagingView.self, ReachView.self,
    CellView.self, FilterView.self, FindingView.self, AloneView.self,
  ]
}

extension TemplateView {
  /// The names in this view that a template may use.
  fileprivate static var names: [String] { Array(members.keys) }
}
