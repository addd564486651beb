const plugins = { a: () => require('fs'), b: () => require('os') };
exports.handler = async (event) => Object.keys(plugins[event.plugin]());
