import Agents
import Catalogs

/// The paths of an item's files in the site, derived from its address.
extension ItemAddress {
  /// The page.
  var page: SitePath { SitePath(folders, name + ".html") }

  /// Returns a page of a list, given its 1-based number.
  func page(_ number: Int) -> SitePath { number == 1 ? page : SitePath(folders, "\(name).\(number).html") }

  /// Returns the published file.
  func source(_ format: ItemFormat) -> SitePath { SitePath(folders, "\(name).\(format.fileEnding)") }
}
