exports.hello = (req, res) => {
  res.send(`<h1>${req.query.name}</h1>`);
};
