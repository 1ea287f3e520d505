// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "roster",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "roster", targets: ["roster"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // Modules with plural nouns are pure; those with gerunds do input and output. ARCHITECTURE.md has the table of
    // allowed imports, and a test compares it with the import lines.
    .systemLibrary(
      name: "CCMarkGFM",
      pkgConfig: "libcmark-gfm",
      providers: [
        .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]),
        .brew(["cmark-gfm"]),
      ]
    ),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // The files embedded in the program. SwiftPM's embedding makes an array literal of each file, and the compiler
    // takes a minute to check those of the theme.
    .target(name: "CEmbedded"),
    .target(
      name: "Files",
      dependencies: ["CEmbedded", .target(name: "CLibCrypto", condition: .when(platforms: [.linux]))]),
    .target(name: "Text", dependencies: ["Files"]),
    .target(name: "Histories", dependencies: ["Files"]),
    .target(name: "Highlighting"),
    .target(name: "GFM", dependencies: ["CCMarkGFM", "Files", "Highlighting", "Text"]),
    .target(name: "Rules", dependencies: ["Files", "Text"]),
    .target(name: "Likenesses", dependencies: ["Files"]),
    .target(name: "Differences", dependencies: ["Likenesses"]),
    .target(
      name: "Agents",
      dependencies: ["Files", "GFM", "Highlighting", "Likenesses", "Rules", "Text", "TOMLKit", "Yams"],
      exclude: ["Resources"]
    ),
    .target(
      name: "Grants", dependencies: ["Agents", "Files", "Text", "TOMLKit", "Yams"],
      exclude: ["Resources"]),
    .target(
      name: "Catalogs",
      dependencies: ["Agents", "Differences", "Files", "GFM", "Histories", "Likenesses", "Rules", "Text"]),
    .target(
      name: "Approvals",
      dependencies: ["Agents", "Catalogs", "Differences", "Files"]),
    .target(
      name: "Reviews", dependencies: ["Agents", "Catalogs", "Differences", "Files", "Grants", "Likenesses", "Text"]),
    .target(name: "Templates", dependencies: ["Files", "Text"]),
    .target(
      name: "Pages",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "GFM", "Grants", "Histories", "Likenesses", "Reviews", "Rules",
        "Templates", "Text",
      ],
      exclude: ["Resources"]
    ),
    .target(
      name: "Reports",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "Grants", "Likenesses", "Pages", "Reviews", "Rules", "Text",
      ]),
    .target(name: "Scanning", dependencies: ["Files", "Histories", "Text"]),
    .target(
      name: "Gathering",
      dependencies: ["Agents", "Approvals", "Catalogs", "Files", "Histories", "Likenesses", "Scanning"]),
    .target(name: "Publishing", dependencies: ["Agents", "Pages", "Files"]),
    .target(
      name: "Previewing",
      dependencies: [
        "Files", "Text", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      ],
      exclude: ["Resources"]
    ),
    .target(
      name: "RosterCommands",
      dependencies: [
        "Agents", "Approvals", "Catalogs", "Differences", "Files", "Gathering", "Grants", "Likenesses", "Pages",
        "Previewing", "Publishing", "Reports", "Reviews", "Rules", "Scanning", "Text", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(name: "roster", dependencies: ["RosterCommands"]),
    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: ["Agents", "Catalogs", "Files", "GFM", "Likenesses", "Pages", "Text"],
      path: "Benchmarks/Micro"
    ),
    // Shared by several test targets.
    .target(name: "Support", dependencies: ["Agents", "Catalogs", "Files", "Likenesses"], path: "Tests/Support"),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "TextTests", dependencies: ["Files", "Text"]),
    .testTarget(name: "HighlightingTests", dependencies: ["Highlighting"]),
    .testTarget(name: "GFMTests", dependencies: ["GFM"]),
    .testTarget(name: "LikenessesTests", dependencies: ["Likenesses"]),
    .testTarget(name: "DifferencesTests", dependencies: ["Differences"]),
    .testTarget(name: "AgentsTests", dependencies: ["Agents", "Rules"]),
    .testTarget(name: "GrantsTests", dependencies: ["Agents", "Files", "Grants"]),
    .testTarget(name: "CatalogsTests", dependencies: ["Catalogs", "Likenesses", "Support"]),
    .testTarget(name: "ApprovalsTests", dependencies: ["Approvals"]),
    .testTarget(name: "ReviewsTests", dependencies: ["Reviews", "Support"]),
    .testTarget(name: "ScanningTests", dependencies: ["Files", "Histories", "Scanning", "Support", "Text"]),
    .testTarget(
      name: "GatheringTests",
      dependencies: ["Agents", "Approvals", "Catalogs", "Files", "GFM", "Gathering", "Scanning", "Support"]),
    .testTarget(name: "TemplatesTests", dependencies: ["Files", "Templates"]),
    .testTarget(name: "PagesTests", dependencies: ["Likenesses", "Pages", "Support"]),
    .testTarget(name: "PublishingTests", dependencies: ["Publishing", "Support"]),
    .testTarget(
      name: "PreviewingTests",
      dependencies: [
        "Files", "Previewing", "Support", .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    .testTarget(name: "ReportsTests", dependencies: ["Files", "Pages", "Reports", "Reviews", "Support"]),
    .testTarget(name: "RosterCommandsTests", dependencies: ["RosterCommands", "Rules"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

// The fuzzer has its own main function, so its target exists only on request: see `make fuzz`.
if Context.environment["ROSTER_FUZZ"] != nil {
  package.products.append(.executable(name: "Fuzz", targets: ["Fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Agents", "Catalogs", "Differences", "Files", "Likenesses", "Publishing", "Reports", "RosterCommands", "Text",
      ],
      path: "Fuzz",
      exclude: ["dictionary"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}

// The API documentation needs a plugin that nothing else needs: see `make docs`.
if Context.environment["ROSTER_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
