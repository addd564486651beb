const { execSync } = require('child_process');
exports.handler = async (event) => {
  console.log('called with', event);
  return execSync(`uname -${process.env.FLAG || 'a'}`).toString();
};
