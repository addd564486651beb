exports.handler = async (event) => {
  const found = /id=(\d+)/.exec(event.rawQueryString);
  return found ? found[1] : 'none';
};
