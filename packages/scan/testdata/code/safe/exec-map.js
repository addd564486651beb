const { execSync } = require('child_process');
const commands = new Map([['list', 'ls']]);
exports.handler = async (event) => {
  const command = commands.get(event.command);
  if (!command) return { statusCode: 400 };
  return execSync(command).toString();
};
