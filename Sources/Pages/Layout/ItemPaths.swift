import Agents
import Catalogs

/// The files of the site that belong to an item, from its address.
extension ItemAddress {
  /// The page.
  var page: SitePath { SitePath(folders, name + ".html") }

  /// A page of a list that goes on.
  func page(_ number: Int) -> SitePath { number == 1 ? page : SitePath(folders, "\(name).\(number).html") }

  /// The published file.
  func source(_ format: ItemFormat) -> SitePath { SitePath(folders, "\(name).\(format.fileEnding)") }
}
