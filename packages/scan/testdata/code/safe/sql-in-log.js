exports.handler = async (event) => {
  console.log(`SELECT would be run for ${event.id}`);
  const text = ['select', event.choice, 'from the menu'].join(' ');
  return { message: text };
};
