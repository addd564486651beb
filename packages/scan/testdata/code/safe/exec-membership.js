const { exec } = require('child_process');
const COMMANDS = ['status', 'version'];
exports.handler = async (event) => {
  if (!COMMANDS.includes(event.command)) return { statusCode: 400 };
  exec(`tool ${event.command}`);
  return { statusCode: 200 };
};
