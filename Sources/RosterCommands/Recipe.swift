import Files
import Foundation
import GFM
import Pages

/// The digest of all that a site is made from besides its sources: the program itself, what was asked for, and the
/// theme.
enum Recipe {
  static func digest(_ plan: BuildPlan, _ theme: ThemeFolder, key: DigestKey) -> Digest {
    var digester = Digester(key: key)
    digester.add(program)
    plan.settings.add(to: &digester)
    for overlays in [theme.templates, theme.assets] {
      digester.add(overlays.count)
      for overlay in overlays {
        digester.add(overlay.name)
        digester.add(overlay.bytes)
      }
    }
    digester.add(plan.wantsSearch)
    return digester.digest
  }

  /// Tells this program from every other version and build.
  static var program: [UInt8] {
    var writer = ByteWriter()
    writer.write(Site.generator.version)
    writer.write(Markdown.libraryVersion)
    // Another build of the same version may make something else. It is another file then, and reading all of it would
    // take too long.
    if let program = Bundle.main.executablePath, let identity = Disk.identity(program) {
      identity.store(in: &writer)
    }
    return writer.bytes
  }
}
