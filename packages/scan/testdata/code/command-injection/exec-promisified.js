const { promisify } = require('util');
const run = promisify(require('child_process').exec);
async function inspect(file) {
  const { stdout } = await run('file ' + file);
  return stdout;
}
module.exports.handler = async ({ Records }) =>
  Promise.all(Records.map((record) => inspect(record.s3.object.key)));
