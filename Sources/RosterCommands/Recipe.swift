import Files
import Foundation
import GFM
import Pages

/// The digest of all that a site is made from besides its sources: the program itself, what was asked for, and the theme.
enum Recipe {
  static func digest(
    _ plan: BuildPlan, _ theme: ThemeFolder, hasSearch: Bool, key: DigestKey
  ) -> Digest {
    var digester = Digester(key: key)
    digester.add(Site.generator.version)
    digester.add(Markdown.libraryVersion)
    // Another build of the same version may lay out otherwise. It is another file then, and to read it whole would take longer than all else.
    if let program = Bundle.main.executablePath, let identity = Disk.identity(program) {
      var writer = ByteWriter()
      identity.store(in: &writer)
      digester.add(writer.bytes)
    }
    plan.settings.add(to: &digester)
    for overlays in [theme.templates, theme.assets] {
      digester.add(overlays.count)
      for overlay in overlays {
        digester.add(overlay.name)
        digester.add(overlay.bytes)
      }
    }
    digester.add(hasSearch)
    return digester.digest
  }
}
