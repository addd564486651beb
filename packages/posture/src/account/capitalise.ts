/** With the names of CloudFormation: `httpMethod` is `HttpMethod`. */
export const capitalise = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.charAt(0).toUpperCase() + key.slice(1), member]),
  );
