import Files

/// An asset that pages load, with a name that changes with its content.
struct AssetFile: PageKind {
  let asset: SiteTheme.Asset

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { site.renderer.assets.map { AssetFile(asset: $0) } }

  var path: SitePath { asset.path }
  func inputs() -> MadeEveryTime { MadeEveryTime(.bytes(asset.bytes)) }
}
