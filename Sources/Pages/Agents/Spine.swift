/// The color of an agent's spine. It is the nearest theme color, so that the contrast is right in light and dark mode.
enum Spine {
  /// Returns the class for a color name or a hexadecimal value; empty if there is no valid color.
  static func name(_ color: String?) -> String {
    guard let color = color?.lowercased().trimmingPrefix("#"), !color.isEmpty else { return "" }
    if let named = names[String(color)] { return named }
    guard color.count == 6 || color.count == 3 || color.count == 8, let value = UInt32(color, radix: 16) else {
      return names.first { color.contains($0.key) }.map(\.value) ?? ""
    }
    let (red, green, blue) =
      switch color.count {
      case 3: ((value >> 8 & 15) * 17, (value >> 4 & 15) * 17, (value & 15) * 17)
      case 8: (value >> 24 & 255, value >> 16 & 255, value >> 8 & 255)
      default: (value >> 16 & 255, value >> 8 & 255, value & 255)
      }
    return name(red: Double(red), green: Double(green), blue: Double(blue))
  }

  private static func name(red: Double, green: Double, blue: Double) -> String {
    let high = max(red, green, blue)
    let range = high - min(red, green, blue)
    // The color is too gray to have a hue.
    guard range > 24 else { return "" }
    var hue =
      high == red
      ? (green - blue) / range : high == green ? 2 + (blue - red) / range : 4 + (red - green) / range
    hue = (hue * 60 + 360).truncatingRemainder(dividingBy: 360)
    return switch hue {
    case ..<15: "red"
    case ..<38: "orange"
    case ..<68: "yellow"
    case ..<165: "green"
    case ..<200: "cyan"
    case ..<250: "blue"
    case ..<292: "purple"
    case ..<345: "pink"
    default: "red"
    }
  }

  private static let names: [String: String] = [
    "red": "red", "crimson": "red", "maroon": "red", "scarlet": "red", "rose": "pink",
    "orange": "orange", "amber": "orange", "brown": "orange", "coral": "orange",
    "yellow": "yellow", "gold": "yellow",
    "green": "green", "lime": "green", "emerald": "green", "olive": "green", "mint": "green",
    "cyan": "cyan", "teal": "cyan", "aqua": "cyan", "turquoise": "cyan",
    "blue": "blue", "navy": "blue", "sky": "blue", "azure": "blue",
    "purple": "purple", "violet": "purple", "indigo": "purple", "lavender": "purple",
    "pink": "pink", "magenta": "pink", "fuchsia": "pink",
  ]
}
