/// The theme that is built into the program, file by file, so that the installed program is one file.
///
/// A test compares these lists with the folders.
public enum EmbeddedTheme {
  /// The templates, by their names without extension.
  public static var templates: [String: [UInt8]] {
    [
      "agent": PackageResources.agent_mustache,
      "alone": PackageResources.alone_mustache,
      "answers": PackageResources.answers_mustache,
      "bundle": PackageResources.bundle_mustache,
      "call": PackageResources.call_mustache,
      "changes": PackageResources.changes_mustache,
      "column": PackageResources.column_mustache,
      "comparing": PackageResources.comparing_mustache,
      "comparison": PackageResources.comparison_mustache,
      "comparisons": PackageResources.comparisons_mustache,
      "differences": PackageResources.differences_mustache,
      "document": PackageResources.document_mustache,
      "facets": PackageResources.facets_mustache,
      "file": PackageResources.file_mustache,
      "files": PackageResources.files_mustache,
      "filter": PackageResources.filter_mustache,
      "findings": PackageResources.findings_mustache,
      "footer": PackageResources.footer_mustache,
      "head": PackageResources.head_mustache,
      "header": PackageResources.header_mustache,
      "index": PackageResources.index_mustache,
      "layout": PackageResources.layout_mustache,
      "legend": PackageResources.legend_mustache,
      "loading": PackageResources.loading_mustache,
      "moved": PackageResources.moved_mustache,
      "notFound": PackageResources.notFound_mustache,
      "pages": PackageResources.pages_mustache,
      "pair": PackageResources.pair_mustache,
      "parts": PackageResources.parts_mustache,
      "portfolio": PackageResources.portfolio_mustache,
      "ports": PackageResources.ports_mustache,
      "reach": PackageResources.reach_mustache,
      "review": PackageResources.review_mustache,
      "reviewAgent": PackageResources.reviewAgent_mustache,
      "reviewDocument": PackageResources.reviewDocument_mustache,
      "reviewFooter": PackageResources.reviewFooter_mustache,
      "reviewHeader": PackageResources.reviewHeader_mustache,
      "row": PackageResources.row_mustache,
      "rows": PackageResources.rows_mustache,
      "rule": PackageResources.rule_mustache,
      "search": PackageResources.search_mustache,
      "term": PackageResources.term_mustache,
      "terms": PackageResources.terms_mustache,
      "variants": PackageResources.variants_mustache,
      "wrong": PackageResources.wrong_mustache,
    ]
  }

  /// The files that pages use, by their names.
  public static var assets: [String: [UInt8]] {
    [
      "answers.js": PackageResources.answers_js,
      "choice.js": PackageResources.choice_js,
      "compare.js": PackageResources.compare_js,
      "difference.js": PackageResources.difference_js,
      "invisible.js": PackageResources.invisible_js,
      "moved.js": PackageResources.moved_js,
      "facets.js": PackageResources.facets_js,
      "filter.js": PackageResources.filter_js,
      "icon.svg": PackageResources.icon_svg,
      "script.js": PackageResources.script_js,
      "search.js": PackageResources.search_js,
      "style.css": PackageResources.style_css,
      "words.js": PackageResources.words_js,
    ]
  }
}
