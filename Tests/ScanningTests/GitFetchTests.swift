import Testing

@testable import Scanning

@Suite("A fetch for a review")
struct GitFetchTests {
  @Test(
    "uses https, ssh and file",
    arguments: [
      "https://example.org/a.git", "ssh://git@example.org:22/a.git", "ssh://example.org/a", "git@example.org:a/b.git",
      "example.org:a", "file:///srv/a", "/srv/a",
    ])
  func allowed(_ url: String) {
    #expect(GitFetch.refusal(of: url) == nil)
  }

  @Test(
    "refuses every other address, and those that ssh or git would take for options",
    arguments: [
      "", "-x", "--upload-pack=x", "http://example.org/a", "git://example.org/a", "ext::sh -c x", "fd::7",
      "https::x", "HTTPS-x://a", "ssh://-oProxyCommand=x/a", "ssh://a@-oProxyCommand=x/a", "-oProxyCommand=x:a",
      "a@-oProxyCommand=x:a", ":a", "../a", "a", "https://example.org/a\n-x", "rsync://example.org/a",
    ])
  func refused(_ url: String) {
    #expect(GitFetch.refusal(of: url) != nil)
  }
}
