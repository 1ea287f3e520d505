/// Who makes a model, by its name.
enum ModelMakers {
  static let session = "Whatever the session uses"
  static let other = "Other models"

  /// The beginnings of names, after a provider and a slash, with who makes such models.
  private static let makers: [(beginnings: [String], maker: String)] = [
    (["inherit", "default", "auto"], session),
    (["claude", "opus", "sonnet", "haiku"], "Anthropic"),
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

  /// The maker of a model as a file names it: `anthropic/claude-sonnet-4`, `GPT-4.1 (copilot)`.
  static func maker(of model: String) -> String {
    let name = model.lowercased().split(separator: "/").last ?? ""
    return makers.first { $0.beginnings.contains { name.hasPrefix($0) } }?.maker ?? other
  }
}
