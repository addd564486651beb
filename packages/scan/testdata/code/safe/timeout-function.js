exports.handler = async (event) => {
  await new Promise((done) => setTimeout(done, event.milliseconds));
  setTimeout(() => console.log(event.name), 10);
};
