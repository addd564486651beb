const ejs = require('ejs');
exports.handler = async (event) => ejs.render('<p><%= greeting %></p>', { greeting: event.greeting });
