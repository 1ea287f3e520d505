import Files
import Foundation
import Highlighting

/// A call in a script with effects outside of the script.
public struct ScriptCall: Sendable, Hashable {
  /// The effect of a call.
  public enum Effect: String, Sendable, CaseIterable, Storable {
    /// Runs code from the network.
    case remoteCode
    /// Starts another program or a shell.
    case program
    /// Sends or fetches data.
    case network
    /// Deletes whole folders or disks.
    case deletion

    /// A label for messages.
    public var word: String {
      switch self {
      case .remoteCode: "code from the network"
      case .program: "starts a program"
      case .network: "network"
      case .deletion: "deletes folders"
      }
    }
  }

  /// The effect.
  public let effect: Effect
  /// The name of the call, as written: `curl`, `subprocess.run`, `rm -rf`.
  public let name: String
  /// The first line with this call, counted from 1.
  public let line: Int

  /// Creates a call.
  public init(_ effect: Effect, _ name: String, line: Int) {
    self.effect = effect
    self.name = name
    self.line = line
  }
}

extension ScriptCall: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    effect.store(in: &bytes)
    name.store(in: &bytes)
    line.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(try Effect(from: &bytes), try String(from: &bytes), line: try Int(from: &bytes))
  }
}

/// The lines of a script without its comments, and the calls in them.
///
/// It recognizes common ways to access the network, start programs and delete folders in a few languages. It only
/// searches the text and does not follow the control flow.
struct ScriptText {
  /// The lines, with comments replaced by spaces.
  let lines: [String]
  private let type: FileType

  init(_ bytes: [UInt8], _ type: FileType) {
    self.type = type
    var code = bytes
    // Comments in other languages, or in texts beyond the lexer's limit, are kept.
    if let language = Language(name: Array(type.language.utf8)) {
      bytes.withUnsafeBufferPointer { text in
        language.tokens(in: text) { token in
          guard token.kind == .comment else { return }
          for index in token.range where code[index] != 0x0A { code[index] = 0x20 }
        }
      }
    }
    lines = code[...].lines.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The maximum number of calls of a script, and of characters examined in a line.
  private static let (callLimit, lineLimit) = (50, 2000)

  /// The calls of the script by line, each name once.
  var calls: [ScriptCall] {
    let patterns = Self.patterns(for: type)
    var seen: Set<String> = []
    var calls: [ScriptCall] = []
    for (index, line) in lines.enumerated() where calls.count < Self.callLimit {
      let line = String(line.prefix(Self.lineLimit))
      guard line.utf8.contains(where: { $0 > 0x20 }) else { continue }
      let whole = NSRange(location: 0, length: line.utf16.count)
      for (pattern, effect) in patterns {
        for match in pattern.matches(in: line, range: whole) {
          // The name consists of all groups that took part in the match.
          let groups = (1..<match.numberOfRanges).map { match.range(at: $0) }.filter { $0.location != NSNotFound }
          let name = groups.compactMap { Range($0, in: line) }.map { String(line[$0]) }.joined(separator: " ")
          guard !name.isEmpty, seen.insert(name).inserted else { continue }
          calls.append(ScriptCall(effect, name, line: index + 1))
        }
      }
    }
    return Array(calls.prefix(Self.callLimit))
  }

  // MARK: Patterns

  private typealias Pattern = (NSRegularExpression, ScriptCall.Effect)

  private static func patterns(for type: FileType) -> [Pattern] {
    switch type.name {
    case "Shell", "Makefile", "Dockerfile": shell
    case "Python": python
    case "JavaScript", "TypeScript": javascript
    case "Ruby": ruby
    case "PHP": php
    case "Perl": perl
    case "PowerShell", "Batch": powershell
    case "Go": go
    default: []
    }
  }

  private static func compiled(_ patterns: [(String, ScriptCall.Effect)]) -> [Pattern] {
    patterns.compactMap { text, effect in
      (try? NSRegularExpression(pattern: text, options: [])).map { ($0, effect) }
    }
  }

  /// Matches the start of a shell command: at the beginning of a line, after an operator or keyword, or after a program
  /// that starts another one.
  private static let start =
    #"(?:^\s*[@+-]?|[|&;({`]\s*|\$\(\s*|\b(?:then|do|else|if|while|until|RUN|sudo|env|exec|nohup|time|xargs|"#
    + #"command|timeout\s+\S+)\s+(?:-\S+\s+|\w+=\S*\s+)*)(?:!\s*)?(?:\w+=\S*\s+)*(?:/\S*/)?"#

  private static let shell = compiled([
    (
      start
        + #"(curl|wget|aria2c|nc|ncat|netcat|socat|telnet|ssh|scp|sftp|ftp|rsync|http|https|gh|aws|gcloud|az)(?=\s|$)"#,
      .network
    ),
    (
      start
        + #"(git\s+(?:clone|push|pull|fetch)|docker\s+(?:pull|push)|npm\s+(?:publish|install|i|ci)|npx|"#
        + #"pip3?\s+install|uvx)(?=\s|$)"#,
      .network
    ),
    (#"(/dev/(?:tcp|udp)/)"#, .network),
    (start + #"(rm)\s+(?:--?\S+\s+)*?(-\w*[rR]\w*|--recursive)(?=\s|$)"#, .deletion),
    (start + #"(find)\s[^|;&]*(-delete)\b"#, .deletion),
    (start + #"(mkfs\S*|shred|dd)(?=\s)"#, .deletion),
    (start + #"((?:ba|z|da|k)?sh)\s+(-\w*c)(?=\s)"#, .program),
    (start + #"(eval)(?=\s)"#, .program),
  ])

  private static let python = compiled([
    (
      #"\b(requests\.(?:get|post|put|patch|delete|head|request|Session)|httpx\.\w+|aiohttp\.\w+|"#
        + #"urllib3?\.request\.\w+|urlopen|urlretrieve|http\.client\.\w+|socket\.(?:socket|create_connection)|"#
        + #"websockets?\.connect|ftplib\.\w+|smtplib\.\w+|paramiko\.\w+)\s*\("#,
      .network
    ),
    (
      #"\b(subprocess\.(?:run|call|Popen|check_call|check_output|getoutput|getstatusoutput)|os\.(?:system|popen|"#
        + #"exec\w+|spawn\w+)|pty\.spawn|asyncio\.create_subprocess_\w+)\s*\("#,
      .program
    ),
    (#"\b(shutil\.rmtree)\s*\("#, .deletion),
  ])

  private static let javascript = compiled([
    (
      #"(?<![\w.$])(fetch)\s*\(|\b(axios(?:\.\w+)?|https?\.(?:request|get)|net\.(?:connect|createConnection)|"#
        + #"got)\s*\(|\bnew\s+(WebSocket|XMLHttpRequest|EventSource)\b"#,
      .network
    ),
    (
      #"(?<![\w$])((?:child_process\.)?(?:execSync|spawnSync|execFileSync|execFile|spawn|fork)|"#
        + #"child_process\.exec|Bun\.spawn(?:Sync)?|Deno\.Command)\s*\("#,
      .program
    ),
    (#"(?<![\w.$])(exec)\s*\("#, .program),
    (#"\b((?:fs\.|fsp\.|promises\.)?(?:rmSync|rmdirSync|rm))\s*\([^)]*recursive|\b(rimraf)(?:Sync)?\s*\("#, .deletion),
  ])

  private static let ruby = compiled([
    (#"\b(Net::HTTP|Faraday|HTTParty|RestClient|URI\.open|TCPSocket)\b"#, .network),
    (#"(?<![\w.])(system|exec|spawn)[\s(]|\b(Open3\.\w+|IO\.popen|Kernel\.system)\b"#, .program),
    (#"\b(FileUtils\.(?:rm_rf|rm_r|remove_dir))\b"#, .deletion),
  ])

  private static let php = compiled([
    (#"\b(curl_exec|fsockopen|stream_socket_client)\s*\(|\b(file_get_contents)\s*\(\s*["']https?:"#, .network),
    (#"(?<![\w>:])(exec|shell_exec|system|passthru|proc_open|popen)\s*\("#, .program),
  ])

  private static let perl = compiled([
    (#"\b(LWP::\w+|HTTP::Tiny|IO::Socket\S*)"#, .network),
    (#"(?<![\w>:$])(system|exec)\s*[\s(]"#, .program),
    (#"\b(rmtree|remove_tree)\b"#, .deletion),
  ])

  private static let powershell = compiled([
    (
      #"(?i)(?<![\w-])(Invoke-WebRequest|Invoke-RestMethod|iwr|irm|Start-BitsTransfer|curl|wget)(?=[\s)]|$)|"#
        + #"(Net\.WebClient)"#,
      .network
    ),
    (#"(?i)(?<![\w-])(Invoke-Expression|iex|Start-Process)(?=[\s(]|$)"#, .program),
    (#"(?i)(?<![\w-])(Remove-Item)\s[^|;]*(-Recurse)|(?<![\w-])(rmdir|rd|del)\s[^&|]*(/s)\b"#, .deletion),
  ])

  private static let go = compiled([
    (#"\b(http\.(?:Get|Post|PostForm|Head|NewRequest\w*|Client)|net\.Dial\w*)\b"#, .network),
    (#"\b(exec\.Command\w*|syscall\.Exec)\s*\("#, .program),
    (#"\b(os\.RemoveAll)\s*\("#, .deletion),
  ])
}
