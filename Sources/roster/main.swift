import RosterCommands

await Roster.start()
