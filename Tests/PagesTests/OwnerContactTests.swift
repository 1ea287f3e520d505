import Files
import Testing

@testable import Pages

@Suite("Contacts of owners")
struct OwnerContactTests {
  private let github = Forge(remote: "https://github.com/acme/tools")

  @Test(
    "A mail address is a link everywhere",
    arguments: [
      ("pay@acme.example", "mailto:pay@acme.example"), ("Ada Lovelace <ada@acme.example>", "mailto:ada@acme.example"),
      ("a.b+c@acme.example", "mailto:a.b%2Bc@acme.example"),
    ])
  func mail(name: String, href: String) {
    #expect(OwnerContact(name, on: nil)?.href == href)
    #expect(OwnerContact(name, on: github)?.shortTitle == "Email")
  }

  @Test(
    "Other texts are no mail addresses",
    arguments: [
      "ada", "ada@localhost", "ada@acme.example?bcc=eve@evil.example", "ada@acme.example,eve@evil.example",
      "<ada@acme.example", "ada@acme.example>", "ada@acme.example\nbcc:x", "javascript:alert(1)@x.example",
      "@ada@acme.example", "Ada",
    ])
  func noMail(name: String) {
    #expect(OwnerContact(name, on: github) == nil)
  }

  @Test("A handle is a link on its own server only")
  func handles() throws {
    #expect(OwnerContact("@acme/payments", on: nil) == nil)
    let contact = try #require(OwnerContact("@acme/payments", on: github))
    #expect(contact.href == "https://github.com/orgs/acme/teams/payments")
    #expect(contact.title == "@acme/payments on github.com" && contact.shortTitle == "github.com")
  }
}
