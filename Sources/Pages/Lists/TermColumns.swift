import Agents
import Catalogs
import Files

/// The columns of a term's row: the number of agents with each risk, with findings, and with approvals.
struct TermColumns {
  let cells: [TermCellView]

  static func titles(in site: SiteIndex) -> [String] {
    ["Run without asking", "Will not work", "Errors", "Warnings"] + (site.risks.hasApprovals ? ["Approved"] : [])
  }

  init(_ agents: [Int], in site: SiteIndex) {
    var (unasked, failed, approved) = (0, 0, 0)
    let findings = SeverityCounts(of: agents, in: site.catalog)
    for agent in agents {
      let entry = site.catalog.entries[agent]
      if entry.reach.runsCommandsUnasked { unasked += 1 }
      if entry.agent.loading.outcome.isFailure { failed += 1 }
      if entry.approval.state == .approved { approved += 1 }
    }
    let numbers = [(unasked, "risk"), (failed, "bad"), (findings[.error], "bad"), (findings[.warning], "warn")]
    var cells = zip(Self.titles(in: site), numbers).map { title, number in
      TermCellView(
        title: title, number: number.0 == 0 ? "–" : Wording.number(number.0), tone: number.0 == 0 ? nil : number.1)
    }
    if site.risks.hasApprovals {
      cells.append(TermCellView(title: "Approved", number: Wording.share(approved, of: agents.count)))
    }
    self.cells = cells
  }
}
