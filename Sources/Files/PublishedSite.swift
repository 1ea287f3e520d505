/// How a folder is known to be a site that Roster published.
public enum PublishedSite {
  /// The folder inside it that Roster keeps for itself.
  public static let ownFolder = ".roster"
  /// The list of the files that Roster wrote, below the folder.
  public static let manifest = "\(ownFolder)/manifest"

  /// Whether Roster published into a folder, so that what stands there are copies.
  public static func stands(in folder: String) -> Bool { Disk.kind("\(folder)/\(manifest)") == .file }
}
