const express = require('express');
const serverless = require('serverless-http');
const { execFile } = require('child_process');
const app = express();
app.get('/ping', (req, res) => {
  execFile('ping', ['-c', '1', '--', req.query.host], (error, out) => res.json({ out }));
});
module.exports.handler = serverless(app);
