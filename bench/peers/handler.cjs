// The function of which the peers are compared: does what its event names, and answers how many microseconds each time took.
const { execFile } = require('node:child_process');
const http = require('node:http');

// Not of the event: what comes from a request and is an address is what the firewall stops.
const { URL_TO_GET, PROGRAM } = process.env;

const tasks = {
  wait: (done) => done(),
  connect: (done) => {
    http.get(URL_TO_GET, { agent: false }, (response) => response.on('end', done).resume()).on('error', done);
  },
  child: (done) => execFile(PROGRAM, [], done),
};

exports.handler = async (event) => {
  const { task, rounds } = JSON.parse(event.body);
  const samples = [];
  for (let round = 0; round < rounds; round++) {
    const from = process.hrtime.bigint();
    await new Promise((resolve, reject) => {
      tasks[task]((error) => (error ? reject(error) : resolve()));
    });
    samples.push(Number(process.hrtime.bigint() - from) / 1000);
  }
  return { statusCode: 200, body: JSON.stringify(samples) };
};
