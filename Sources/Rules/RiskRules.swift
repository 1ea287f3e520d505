// The rules about what should not be in a file that is shared.

extension Rule {
  static let risk: [Rule] = [secretSuspected, remoteCode, injectionPhrase, pathLocal]

  /// Something looks like a secret.
  public static let secretSuspected = Rule(
    "secret-suspected", .warning, "something looks like a secret",
    source: "the formats that the issuers document for their tokens, as of October 2026",
    """
    A key, a token or a password that stands in a file of a catalog is published with it. It is found by the prefix that its issuer gives it, or by a name such as \
    `api_key` in front of a value that looks random. Withdraw it, then take it out: it stays in the history. Messages show its first characters only.
    """)

  /// A hook or an MCP server runs what nobody can review.
  public static let remoteCode = Rule(
    "remote-code", .warning, "a hook or an MCP server runs code from the network",
    """
    Hooks and the commands of MCP servers start without being asked for. A command such as `curl … | sh` runs whatever a server sends at that moment: no review of the \
    repository can see it. The same holds for `bash -c "$(curl …)"`, for a script that is downloaded and then run, for text that `base64 -d` hands to a shell, and for a \
    shell that is opened to the network. A download that another program only reads (`curl … | jq`) is not reported. Neither are hooks that the runtime ignores.
    """)

  /// A phrase tells a model to turn against its user.
  public static let injectionPhrase = Rule(
    "injection-phrase", .note, "possible prompt injection",
    """
    Prompts are taken over by phrases that tell a model to ignore its instructions, or to keep something from its user. In text that people see, such a phrase is \
    reported only where it is an order of its own: not in quotation marks, not in code, not in a sentence about attacks. In a comment or an unused link definition \
    each one is reported, as a warning.
    """)

  /// A path is in one person's home folder.
  public static let pathLocal = Rule(
    "path-local", .note, "a path in one person's home folder",
    """
    `/Users/NAME/…` and `C:\\Users\\NAME\\…` exist on one machine. On every other machine the agent looks for a file that is not there, and the path gives a name away. \
    Names used in examples, such as `alice` and `username`, are not reported. Neither is anything below `/home` and `/opt`, where containers and servers keep their files.
    """)
}
