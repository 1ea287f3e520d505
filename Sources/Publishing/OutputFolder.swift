import Files

/// Checks of the output folder.
public enum OutputFolder {
  /// Returns the reason why a folder cannot be the output, or nil if it can.
  ///
  /// - Parameters:
  ///   - output: The folder as given.
  ///   - sources: The sources as given.
  ///   - home: The user's home folder.
  public static func objection(to output: String, sources: [String], home: String?) -> String? {
    if let kind = Disk.kind(output), kind != .folder { return "\(output) is not a folder" }
    let place = Disk.absolutePath(output)
    if place == "/" { return "the output folder cannot be the root of the file system" }
    if let home, !home.isEmpty, place == Disk.absolutePath(home) {
      return "\(output) is a home folder; use a separate folder for the site"
    }
    for source in sources {
      let root = Disk.absolutePath(source)
      if root.path(below: place) != nil {
        return "\(output) contains the source \(source); use a separate folder for the site"
      }
    }
    return nil
  }
}
