import Files

/// Where a site may go.
public enum OutputFolder {
  /// Why a folder is no place for a site, or nil where it is one.
  ///
  /// - Parameters:
  ///   - output: the folder as given.
  ///   - sources: the sources as given.
  ///   - home: the folder of the person at the terminal.
  public static func objection(to output: String, sources: [String], home: String?) -> String? {
    if let kind = Disk.kind(output), kind != .folder { return "\(output) is not a folder" }
    let place = Disk.absolutePath(output)
    if place == "/" { return "the output folder cannot be the root of the file system" }
    if let home, !home.isEmpty, place == Disk.absolutePath(home) {
      return "\(output) is a home folder; give the site a folder of its own"
    }
    for source in sources {
      let root = Disk.absolutePath(source)
      if root.path(below: place) != nil {
        return "\(output) holds the source \(source); give the site a folder of its own"
      }
    }
    return nil
  }
}
