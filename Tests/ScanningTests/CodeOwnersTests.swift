import Files
import Testing

@testable import Scanning

/// The examples come from the documentation of GitHub and GitLab; see ``CodeOwners``.
@Suite("CODEOWNERS files")
struct CodeOwnersTests {
  private func owners(of path: String, _ text: String, _ dialect: CodeOwners.Dialect) throws -> [String] {
    CodeOwners(text, dialect: dialect).owners(of: try #require(RelativePath(path)))
  }

  private static let github = """
    # Everything, unless a later line says otherwise.
    *       @global-owner1 @global-owner2
    *.js    @js-owner #an inline comment
    *.go docs@example.com
    /build/logs/ @doctocat
    docs/*  docs@example.com
    apps/ @octocat
    **/logs @logger
    /apps/ @octocat
    /apps/github
    path\\ with\\ spaces/ @space
    teams/a @acme/a
    """

  @Test(
    "GitHub files give the owners of the last matching line",
    arguments: [
      ("README.md", ["@global-owner1", "@global-owner2"]),
      ("src/deep/a.js", ["@js-owner"]),
      ("a.go", ["docs@example.com"]),
      ("docs/start.md", ["docs@example.com"]),
      ("docs/build/trouble.md", ["@global-owner1", "@global-owner2"]),
      ("other/docs/start.md", ["@global-owner1", "@global-owner2"]),
      ("x/apps/a/b.md", ["@octocat"]),
      ("deeply/nested/logs/a.md", ["@logger"]),
      ("apps/a.md", ["@octocat"]),
      ("apps/github/a.md", []),
      ("x/path with spaces/a.md", ["@space"]),
      ("teams/a/agents/b.md", ["@acme/a"]),
      ("x/teams/a/b.md", ["@global-owner1", "@global-owner2"]),
      ("teams/A/b.md", ["@global-owner1", "@global-owner2"]),
    ])
  func github(path: String, expected: [String]) throws {
    #expect(try owners(of: path, Self.github, .github) == expected)
  }

  private static let gitlab = """
    * @admin
    internal/README.md @inside
    /docs/*.md @docs
    \\#file.md @pound

    [README Owners]
    README.md @user1 @user2
    internal/README.md @user4

    ^[Database][2] @database-team @agarcia
    model/db/
    config/db/setup.md @docs-team

    [Ruby]
    *.rb @ruby-team
    !/config/**/*.rb
    /config/routes.rb @ops

    [readme owners]
    LICENSE.md @legal and others
    """

  @Test(
    "GitLab files give the owners of each section",
    arguments: [
      ("README.md", ["@admin", "@user1", "@user2"]),
      ("internal/README.md", ["@inside", "@user4"]),
      ("x/internal/README.md", ["@inside", "@user4"]),
      ("docs/a.md", ["@docs"]),
      ("docs/deep/a.md", ["@admin"]),
      ("#file.md", ["@pound"]),
      ("x/model/db/a/b.md", ["@admin", "@database-team", "@agarcia"]),
      ("x/config/db/setup.md", ["@admin", "@docs-team"]),
      ("lib/a.rb", ["@admin", "@ruby-team"]),
      ("config/a/b.rb", ["@admin"]),
      ("config/routes.rb", ["@admin"]),
      ("LICENSE.md", ["@admin", "@legal"]),
    ])
  func gitlab(path: String, expected: [String]) throws {
    // A file with sections is read as GitLab's, even on GitHub.
    #expect(try owners(of: path, Self.gitlab, .github) == expected)
  }

  @Test("GitLab matches relative paths in every folder, and folders only with a trailing slash")
  func relative() throws {
    let text = "teams/a/ @a\n/teams/b @b\n"
    #expect(try owners(of: "x/teams/a/b.md", text, .gitlab) == ["@a"])
    #expect(try owners(of: "x/teams/a/b.md", text, .github) == [])
    #expect(try owners(of: "teams/b/c.md", text, .gitlab) == [])
    #expect(try owners(of: "teams/b/c.md", text, .github) == ["@b"])
  }

  @Test(
    "Invalid lines give no owners",
    arguments: ["", "@", "/", "/ @a", "[", "[]", "!", "\\", "* nobody", "a.md @"])
  func nonsense(line: String) throws {
    #expect(try owners(of: "a.md", line, .github) == [])
    #expect(try owners(of: "a.md", line, .gitlab) == [])
  }
}
