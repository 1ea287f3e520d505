export default { description: "Lights the lamp.", args: {}, async execute() { return "lit" } }
