import Catalogs
import Files
import Templates

/// A link to an owner: a mail address, or a page on the server that hosts the owner's files.
struct OwnerContact: Sendable, Hashable, Encodable {
  /// The address.
  let href: String
  /// The owner's mail address, or the owner's name and the server.
  let title: String
  /// A title for places that already show the owner's name.
  let shortTitle: String

  /// The title for a screen reader, which may read links without their neighbors. It starts like the visible one.
  var label: String { "\(shortTitle): \(title)" }

  /// Returns the contact of an owner; nil if there is none.
  ///
  /// - Parameters:
  ///   - name: The name as written in a file. It is untrusted.
  ///   - forge: The server of a file of the owner. A name such as `@acme/payments` means nothing on other servers.
  init?(_ name: String, on forge: Forge?) {
    if let mail = Self.mail(in: name) {
      href = "mailto:\(mail.percentEncoded.replacing("%40", with: "@"))"
      title = mail
      shortTitle = "Email"
    } else if let forge, let url = forge.url(ofOwner: name) {
      href = url
      title = "\(name) on \(forge.host)"
      shortTitle = forge.host
    } else {
      return nil
    }
  }

  /// Returns the mail address in `ada@example.org` or `Ada <ada@example.org>`.
  private static func mail(in name: String) -> String? {
    guard name.utf8.count <= 320 else { return nil }
    let match = name.wholeMatch(
      of: /(?:[^<>]*<)?([A-Za-z0-9][A-Za-z0-9._+\-]*@[A-Za-z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9][A-Za-z0-9\-]*)+)(>)?/)
    // Either both brackets or none.
    guard let match, name.contains("<") == (match.2 != nil) else { return nil }
    return String(match.1)
  }
}

/// An owner on the page of an item.
struct OwnerView: TemplateView {
  let title: String
  let href: String
  let contact: OwnerContact?

  static let members: Members<OwnerView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "contactTitle": Member { $0.contact?.shortTitle },
    "contactLabel": Member { $0.contact?.label },
    "contactHref": Member { $0.contact?.href },
  ]
}
