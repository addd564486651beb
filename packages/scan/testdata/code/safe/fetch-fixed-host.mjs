export const handler = async (event) => {
  const answer = await fetch(`https://api.example.com/items/${encodeURIComponent(event.pathParameters.id)}`);
  return answer.text();
};
