const { exec } = require('child_process');
exports.handler = async (event) => {
  const name = event.queryStringParameters.name;
  return new Promise((done) => exec(`convert /tmp/${name} /tmp/out.png`, done));
};
