const { exec } = require('child_process');
const commands = { status: 'tool status', version: 'tool --version' };
exports.handler = async (event) => {
  const command = commands[event.command];
  if (command) exec(command);
};
