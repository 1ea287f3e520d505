import Testing

@testable import Scanning

@Suite("Fetch addresses")
struct GitFetchTests {
  @Test(
    "HTTPS, SSH and file addresses are allowed",
    arguments: [
      "https://example.org/a.git", "ssh://git@example.org:22/a.git", "ssh://example.org/a", "git@example.org:a/b.git",
      "example.org:a", "file:///srv/a", "/srv/a",
    ])
  func allowed(_ url: String) {
    #expect(GitFetch.refusal(of: url) == nil)
  }

  @Test(
    "Other protocols, relative paths and addresses that look like options are rejected",
    arguments: [
      "", "-x", "--upload-pack=x", "http://example.org/a", "git://example.org/a", "ext::sh -c x", "fd::7",
      "https::x", "HTTPS-x://a", "ssh://-oProxyCommand=x/a", "ssh://a@-oProxyCommand=x/a", "-oProxyCommand=x:a",
      "a@-oProxyCommand=x:a", ":a", "../a", "a", "https://example.org/a\n-x", "rsync://example.org/a",
    ])
  func refused(_ url: String) {
    #expect(GitFetch.refusal(of: url) != nil)
  }
}
