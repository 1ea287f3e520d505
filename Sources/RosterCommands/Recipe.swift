import Files
import Foundation
import GFM
import Pages

/// The digest of all inputs of a site besides its sources: the program, the settings and the theme.
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

  /// A value that identifies this version and build of the program.
  static var program: [UInt8] {
    var writer = ByteWriter()
    writer.write(Site.generator.version)
    writer.write(Markdown.libraryVersion)
    // Another build of the same version may behave differently. It is another file, and reading all of it would be
    // slow.
    if let program = Bundle.main.executablePath, let identity = Disk.identity(program) {
      identity.store(in: &writer)
    }
    return writer.bytes
  }
}
