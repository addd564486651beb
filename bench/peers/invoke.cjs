// Invokes a function as API Gateway does, twice so that the first time warms up, and prints the samples that it answers:
// invoke.cjs MODULE TASK ROUNDS. With the task "wait" it stays, so that its memory can be read.
const { writeSync } = require('node:fs');
const { resolve } = require('node:path');

const SAMPLES_FD = 3;
const WARM_UP = 10;

const [path = '', task, rounds] = process.argv.slice(2);
const { handler } = require(resolve(path));
const invoke = (times) =>
  handler(
    {
      resource: '/work',
      path: '/work',
      httpMethod: 'POST',
      headers: { 'content-type': 'application/json' },
      queryStringParameters: {},
      pathParameters: {},
      requestContext: { identity: { sourceIp: '192.0.2.7' } },
      body: JSON.stringify({ task, rounds: times }),
    },
    {},
  );

(async () => {
  await invoke(WARM_UP);
  const { body } = await invoke(Number(rounds));
  writeSync(SAMPLES_FD, `${JSON.parse(body).join('\n')}\n`);
  if (task === 'wait') setInterval(() => {}, 1000);
})();
