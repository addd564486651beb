const serialize = require('node-serialize');
exports.handler = async (event) => serialize.unserialize(event.headers.Cookie.split('session=')[1]);
