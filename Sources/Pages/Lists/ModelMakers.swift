/// The makers of models, by the names that files use.
///
/// The names are those of the makers' own model lists. A name that is not recognized is listed under other models, and
/// nothing else depends on it.
enum ModelMakers {
  static let session = "The session’s model"
  static let other = "Other models"

  /// The names that leave the choice to the session or the runtime.
  private static let sessionNames: Set<Substring> = ["inherit", "default", "auto", "best", "fast"]
  /// Short names of runtimes for models of one maker, as in the model lists of `runtimes.yml`.
  private static let aliases: [Substring: String] = [
    "pro": "Google", "auto-gemini-3": "Google", "auto-gemini-2.5": "Google",
  ]
  /// The beginnings of the names of each maker's models.
  private static let makers: [(beginnings: [String], maker: String)] = [
    (["claude", "opus", "sonnet", "haiku", "fable"], "Anthropic"),
    (["gpt", "o1", "o3", "o4", "codex", "chatgpt"], "OpenAI"),
    (["gemini", "gemma", "flash"], "Google"),
    (["mistral", "codestral", "devstral", "magistral"], "Mistral"),
    (["llama", "meta-llama"], "Meta"),
    (["qwen", "qwq"], "Alibaba"),
    (["deepseek"], "DeepSeek"),
    (["grok"], "xAI"),
    (["kimi"], "Moonshot AI"),
    (["glm"], "Z.ai"),
  ]

  /// Returns the maker of a model as a file names it: `anthropic/claude-sonnet-4`, `us.anthropic.claude-sonnet-4-5`,
  /// `GPT-4.1 (copilot)`.
  static func maker(of model: String) -> String {
    let name = model.lowercased()
    let last = name.split(separator: "/").last ?? ""
    if sessionNames.contains(last) { return session }
    if let maker = aliases[last] { return maker }
    // Providers precede the name, with a slash or a dot.
    let parts = [last] + last.split(separator: ".")
    return makers.first { $0.beginnings.contains { beginning in parts.contains { $0.hasPrefix(beginning) } } }?.maker
      ?? other
  }
}
