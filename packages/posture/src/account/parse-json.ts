/** A document that an answer holds as text; undefined where there is none. */
export const parseJson = (text: string | undefined): unknown => (text ? JSON.parse(text) : undefined);
