import Templates

/// Every name that a template may use.
enum Vocabulary {
  static let names: Set<String> = views.reduce(into: []) { $0.formUnion($1.names) }

  /// The same by the types of views, for the guide to themes.
  static let namesByView: [String: [String]] = Dictionary(
    uniqueKeysWithValues: views.map { ("\($0)", $0.names) })

  /// Every view that a template is given.
  private static let views: [any TemplateView.Type] = [
    FrameView.self, NavigationView.self, LinkView.self, RowView.self, ListView.self, PagingView.self, ReachView.self,
    CellView.self,
    IndexView.self, NewsView.self, FacetView.self, FacetValueView.self, FilterView.self, TermsView.self, TermView.self,
    AgentView.self, ApprovalView.self, CollectionView.self,
    LoadingView.self,
    LoadReasonView.self, EvidenceView.self, PortabilityView.self, PortsView.self, PairView.self, DifferencesView.self,
    AloneView.self,
    PairNameView.self, DiffPartView.self, AlikeView.self, PeerView.self, PortfolioView.self,
    PortfolioSectionView.self, PortfolioRowView.self, FindingFilesView.self, FindingFileView.self,
    SeverityNumberView.self, FindingView.self, FindingsView.self, RuleRowView.self, RuleView.self, PlaceView.self,
    ExampleView.self, TurnView.self, ToolView.self, FieldView.self, CommentView.self, DocumentView.self,
    ComparisonView.self,
    LineGroupView.self, LineView.self, VariantsView.self, ComparisonsView.self, ComparisonRowView.self,
    FamilyView.self, FamilyMemberView.self, DecisionView.self, ClusterView.self, AnswersView.self, RivalryView.self,
    SameView.self, ChangesView.self, ChangeDayView.self, CommitView.self, TouchView.self, ReviewView.self,
    WiderView.self, ReviewRowView.self, ConcernView.self, ReviewFindingView.self,
    ReviewTieView.self, FieldChangeView.self, ReviewAgentView.self, ReviewDocumentView.self, MessageView.self,
  ]
}

extension TemplateView {
  /// The names that a template may use of it.
  fileprivate static var names: [String] { Array(members.keys) }
}
