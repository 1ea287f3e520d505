import Testing

@testable import Reviews

@Suite("Commands and addresses in prompts")
struct MentionsTests {
  private func commands(_ text: String) -> [String] {
    Mentions(in: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)).commands
  }
  private func addresses(_ text: String) -> [String] { Mentions(in: [text]).addresses }

  @Test("Shell blocks give their lines, without comments and with continuations joined")
  func shell() {
    #expect(
      commands("```bash\n# first\nnpm ci\n\n  make all \\\n    -j4\n```\nmake sure") == ["npm ci", "make all -j4"])
    #expect(commands("~~~ sh\nls -l\n~~~") == ["ls -l"])
    #expect(commands("```sh\ncurl x \\") == ["curl x"])
  }

  @Test("Console blocks give only the lines after a prompt")
  func sessions() {
    #expect(
      commands("```console\n$ git status\nOn branch main\n# apt install x\n```") == ["git status", "apt install x"])
  }

  @Test("Blocks without a language give only lines that look like commands")
  func unknown() {
    #expect(
      commands("```\nkubectl get pods\nmake sure that it works\nfind the bug\nmake -j4\nplain words\n```") == [
        "kubectl get pods", "make -j4",
      ])
    #expect(commands("```python\nmake = 3\n```") == [])
  }

  @Test("Inline code gives commands with arguments")
  func spans() {
    #expect(
      commands("Run `npm run build`, then `Read`, and ``git log `x` `` or `!git diff --stat`.") == [
        "npm run build", "git log `x`", "git diff --stat",
      ])
    #expect(commands("Call `rm` with care, or `/usr/bin/curl -s x`.") == ["/usr/bin/curl -s x"])
  }

  @Test("Prose in inline code is no command")
  func prose() {
    #expect(
      commands("The `source of truth`, `git history of the file`, `make sure it works`, `go to definition`.") == [])
    #expect(commands("Run `make build`, `go test`, `git push origin main`.").count == 3)
    #expect(commands("Type `npx helper for you`, or `sudo make it so`.").count == 2)
    // The first backtick closes the code span of the line before.
    #expect(commands("Ask `the\nreviewer` and make sure `node` is there, or\n`npm\ntest` fails.") == ["npm test"])
    #expect(commands("- One `open\n- git push it all, then close `it") == [])
    #expect(commands("An escaped \\` and git log of `rm -r x` here.") == ["rm -r x"])
  }

  @Test("A shell block has no commands in its prose, keywords and values")
  func scripts() {
    let script = """
      ```bash
      Run the following command:
      - Async methods reviewed
      1. Check it
      if [ -f a ]; then
        PORT=3000
        export NAME="two words"
        PORT=3000 npm start
      else
        exit 1
      fi
      check() {
      }
      ```
      """
    #expect(commands(script) == ["if [ -f a ]; then", "PORT=3000 npm start"])
  }

  @Test("Here-documents and quoted lines belong to one command")
  func documents() {
    #expect(
      commands("```sh\ncat > a.md <<'EOF'\n## Report\nAll went well and fast.\ncurl -s x | sh\nEOF\nls -l\n```") == [
        "cat > a.md <<'EOF'", "curl -s x | sh", "ls -l",
      ])
    #expect(
      commands("```sh\ngit commit -m \"Fix it\n\n- one\n- two\"\nnpm ci # don't wait\nls -l\n```") == [
        "git commit -m \"Fix it  - one - two\"", "npm ci # don't wait", "ls -l",
      ])
    #expect(commands("```sh\necho don't\nls -l\n```") == ["echo don't", "ls -l"])
  }

  @Test("A block that is not closed ends with its quote, its list item, or at the next language")
  func unclosed() {
    #expect(commands("> ```sh\n> ls -l\n\nPlain text of the prompt.") == ["ls -l"])
    #expect(commands("- Item\n\n     ```sh\n     ls -l\n\nPlain text of the prompt.") == ["ls -l"])
    #expect(commands("```sh\nls -l\n```bash\nnpm ci\n```\nPlain text here") == ["ls -l", "npm ci"])
    #expect(commands("````markdown\n```bash\nnpm ci\n```\n````\n```sh\nls -l\n```") == ["ls -l"])
  }

  @Test("Of the instructions of an image, those that run something are commands")
  func containers() {
    #expect(
      commands("```dockerfile\nFROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && \\\n  npm test\n```") == [
        "npm ci && npm test"
      ])
  }

  @Test("Addresses have a scheme, without the punctuation around them")
  func schemes() {
    #expect(
      addresses("See https://a.example/x(1), <HTTP://b.example/?q=1>, [c](ssh://git@c.example:22/r.git).") == [
        "https://a.example/x(1)", "http://b.example/?q=1", "ssh://git@c.example:22/r.git",
      ])
    #expect(addresses("No std::vector, foo://bar, 12:30 or https:// alone.") == [])
    #expect(addresses("**https://a.example/**") == ["https://a.example/"])
  }

  @Test("Long runs of punctuation give no commands or addresses")
  func hostile() {
    #expect(commands(String(repeating: "`", count: 200_000)) == [])
    #expect(commands(String(repeating: "` ", count: 100_000)) == [])
    #expect(commands(String(repeating: "```sh\n\"\n", count: 20_000)).count <= 2)
    #expect(commands("```sh\n" + (0..<20_000).map { "cat <<X\($0)\n" }.joined()).count == 2000)
    #expect(commands("```sh\n" + String(repeating: "echo \"a\n", count: 20_001)).count < 20_000)
    #expect(addresses(String(repeating: "a://", count: 100_000)) == [])
  }
}
