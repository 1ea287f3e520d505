import Templates

/// Every name that a template may use.
enum Vocabulary {
  static let names: Set<String> = views.reduce(into: []) { $0.formUnion($1.names) }

  /// The same by the types of views, for the guide to themes.
  static let namesByView: [String: [String]] = Dictionary(
    uniqueKeysWithValues: views.map { ("\($0)", $0.names) })

  /// Every view that a template is given.
  private static let views: [any TemplateView.Type] =
    shared + PageKinds.all.flatMap { $0.views } + ReviewSite.kinds.flatMap { $0.views }

  /// Views that pages of several kinds have.
  private static let shared: [any TemplateView.Type] = [
    FrameView.self, NavigationView.self, LinkView.self, RowView.self, ListView.self, PagingView.self, ReachView.self,
    CellView.self, FilterView.self, FindingView.self, AloneView.self,
  ]
}

extension TemplateView {
  /// The names that a template may use of it.
  fileprivate static var names: [String] { Array(members.keys) }
}
