const { execSync } = require('child_process');
exports.handler = async (event) => {
  const branch = event.body.branch;
  if (!/[a-z]/.test(branch)) throw new Error('no such branch');
  return execSync(`git log ${branch}`).toString();
};
