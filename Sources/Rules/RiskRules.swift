// The rules about what should not be in a file that is shared.

extension Rule {
  static let risk: [Rule] = [secretSuspected, injectionPhrase, pathLocal]

  /// Something looks like a secret.
  public static let secretSuspected = Rule(
    "secret-suspected", .warning, "something looks like a secret",
    source: "the formats that the issuers document for their tokens, as of October 2026",
    """
    A key, a token or a password that stands in a file of a catalog is published with it. It is found by the prefix that its issuer gives it, or by a name such as \
    `api_key` in front of a value that looks random. Withdraw it, then take it out: it stays in the history. Messages show its first characters only.
    """)

  /// A phrase tells a model to turn against whom it works for.
  public static let injectionPhrase = Rule(
    "injection-phrase", .note, "a phrase as it is used to turn a model around",
    """
    Telling a model to ignore its instructions, to keep something from its user, or to send things away is how prompts are taken over. In an agent that defends against \
    this, such phrases are to be expected: look at the place, and judge.
    """)

  /// A path leads to somebody's own folder.
  public static let pathLocal = Rule(
    "path-local", .note, "a path leads to a folder of one machine",
    """
    `/Users/…`, `/home/…` and `C:\\Users\\…` are there for one person. For everybody else the agent looks for what is not there; and the path tells a name.
    """)
}
