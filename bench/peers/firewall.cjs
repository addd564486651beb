// The same function behind npm's @aikidosec/firewall, wired as its manual says for Lambda.
const protect = require('@aikidosec/firewall/lambda');

exports.handler = protect(require('./handler.cjs').handler);
