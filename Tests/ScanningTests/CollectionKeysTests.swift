import Files
import Foundation
import Support
import Testing

@testable import Scanning

@Suite("Collection keys")
struct CollectionKeysTests {
  @Test(
    "The key is the owner and name of the remote",
    arguments: [
      ("https://github.com/acme/tools.git", "acme/tools"), ("https://github.com/acme/tools", "acme/tools"),
      ("https://ada:secret@git.example.com/acme/tools.git/", "acme/tools"),
      ("git@github.com:acme/tools.git", "acme/tools"), ("ssh://git@git.example.com:22/acme/tools.git", "acme/tools"),
      ("https://gitlab.com/acme/platform/agents.git", "acme/platform/agents"),
      ("https://dev.azure.com/acme/project/_git/tools", "acme/project/tools"),
      ("https://git.example.com/scm/proj/tools.git", "proj/tools"), ("https://github.com/scm/tools", "scm/tools"),
      ("https://github.com/acme/tools.git?private_token=s3cr3t", "acme/tools"),
      ("https://git.example.com/acme/tools#s3cr3t", "acme/tools"), ("file:///srv/c#/tools.git", "tools"),
      ("/srv/git/tools.git", "tools"), ("../tools", "tools"), ("file:///srv/git/tools.git", "tools"),
    ])
  func remotes(address: String, key: String) {
    #expect(CollectionKeys.remote(address)?.joined(separator: "/") == key)
  }

  @Test("A remote without a name has no key", arguments: ["", "/", "https://github.com", ".git"])
  func nameless(address: String) {
    #expect(CollectionKeys.remote(address) == nil)
  }
}
