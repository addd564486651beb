const ejs = require('ejs');
exports.handler = async (event) => ejs.render(`<p>${event.greeting}</p>`, {});
