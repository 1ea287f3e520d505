/// Every name that a template may use.
enum Vocabulary {
  static let names: Set<String> = [
    Array(FrameView.members.keys), Array(NavigationView.members.keys), Array(LinkView.members.keys),
    Array(RowView.members.keys), Array(ListView.members.keys), Array(ReachView.members.keys),
    Array(CellView.members.keys), Array(IndexView.members.keys), Array(FacetView.members.keys),
    Array(TermsView.members.keys), Array(TermView.members.keys), Array(AgentView.members.keys),
    Array(LoadingView.members.keys), Array(LoadReasonView.members.keys),
    Array(PortabilityView.members.keys), Array(PortsView.members.keys), Array(PairView.members.keys),
    Array(PairNameView.members.keys), Array(DiffPartView.members.keys), Array(AlikeView.members.keys),
    Array(PortfolioView.members.keys),
    Array(PortfolioSectionView.members.keys),
    Array(PortfolioRowView.members.keys), Array(FindingFilesView.members.keys), Array(FindingFileView.members.keys),
    Array(SeverityNumberView.members.keys), Array(FindingView.members.keys), Array(FindingsView.members.keys),
    Array(RuleRowView.members.keys),
    Array(RuleView.members.keys), Array(PlaceView.members.keys), Array(ExampleView.members.keys),
    Array(TurnView.members.keys),
    Array(ToolView.members.keys), Array(FieldView.members.keys), Array(DocumentView.members.keys),
    Array(ComparisonView.members.keys), Array(LineGroupView.members.keys), Array(LineView.members.keys),
    Array(VariantsView.members.keys), Array(ComparisonsView.members.keys), Array(ComparisonRowView.members.keys),
    Array(MessageView.members.keys), Array(SearchView.members.keys),
  ].reduce(into: []) { $0.formUnion($1) }
}
