/// Detection of folders that Roster published a site into.
public enum PublishedSite {
  /// The name of Roster's own folder in a site.
  public static let ownFolder = ".roster"
  /// The path of the manifest, which lists the files that Roster wrote.
  public static let manifest = "\(ownFolder)/manifest"

  /// Returns whether a folder is a published site, so that its files are copies.
  public static func stands(in folder: String) -> Bool { Disk.kind("\(folder)/\(manifest)") == .file }
}
