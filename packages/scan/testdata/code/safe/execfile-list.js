const { execFile } = require('child_process');
exports.handler = async (event) => {
  const name = event.queryStringParameters.name;
  return new Promise((done) => execFile('convert', [`/tmp/${name}`, '/tmp/out.png'], done));
};
