/// Commands that build services read from the output of programs.
///
/// They can set variables and hide messages, so untrusted text must not contain any. GitHub runs `::command::` at the
/// start of a line, after spaces, and `##[command]` anywhere
/// (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs). Azure Pipelines runs
/// `##vso[command]` anywhere
/// (https://github.com/microsoft/azure-pipelines-agent/blob/master/src/Microsoft.VisualStudio.Services.Agent/Command.cs),
/// TeamCity `##teamcity[command]` (https://www.jetbrains.com/help/teamcity/service-messages.html).
public enum PipelineCommands {
  /// How a text can be changed so that it keeps its meaning.
  public enum Syntax: Sendable {
    /// Text for people, changed with backslashes.
    case text
    /// JSON, changed with `\u` escapes.
    case json
    /// HTML or XML, changed with character references.
    case markup
    /// Commands for a build service.
    case unchanged
  }

  /// Returns whether a build service reads commands from the output of this process.
  ///
  /// - Parameter environment: The environment variables.
  public static func areRead(in environment: [String: String]) -> Bool {
    ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"].contains { !(environment[$0] ?? "").isEmpty }
  }

  /// Returns a text without commands.
  public static func disarmed(_ text: String, _ syntax: Syntax) -> String {
    let bytes = text.utf8
    if syntax == .unchanged || !bytes.contains(UInt8(ascii: "#")) && !bytes.contains(UInt8(ascii: ":")) { return text }
    var result = String.UnicodeScalarView()
    var (isLineStart, colons, hashes) = (true, 0, 0)
    // Whether the scalars since two number signs are letters.
    var isName = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "[" where isName: result.append(contentsOf: Self.bracket(syntax).unicodeScalars)
      case ":" where isLineStart && syntax != .json:
        colons += 1
        if colons == 2 {
          result.removeLast()
          result.append(contentsOf: (syntax == .markup ? "&#58;:" : "\\::").unicodeScalars)
          isLineStart = false
        } else {
          result.append(scalar)
        }
      default: result.append(scalar)
      }
      hashes = scalar == "#" ? hashes + 1 : 0
      isName = hashes >= 2 || isName && scalar.properties.isAlphabetic
      if scalar == "\n" || scalar == "\r" {
        (isLineStart, colons) = (true, 0)
      } else if scalar != ":" && (colons > 0 || !scalar.properties.isWhitespace) {
        isLineStart = false
      }
    }
    return String(result)
  }

  private static func bracket(_ syntax: Syntax) -> String {
    switch syntax {
    case .text: "\\["
    case .json: "\\u005b"
    case .markup: "&#91;"
    case .unchanged: "["
    }
  }
}
