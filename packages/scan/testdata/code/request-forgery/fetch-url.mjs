export const handler = async (event) => {
  const { callback } = JSON.parse(event.body);
  const answer = await fetch(callback, { method: 'POST' });
  return answer.text();
};
