exports.handler = async (event) => {
  const plugin = require('./plugins/' + event.plugin);
  return plugin.run();
};
