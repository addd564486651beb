const fs = require('fs/promises');
const path = require('path');
exports.handler = async (event) => {
  const file = path.join('/var/task/pages', path.basename(event.pathParameters.page));
  return { statusCode: 200, body: await fs.readFile(file, 'utf8') };
};
