import type { Graph } from '../graph/build-graph.ts';

/** So many reasons are told of one function. */
const MOST_REASONS = 3;

/** For which functions it can't be told what their roles allow for nothing, and why. */
export const needsNotes = ({ functions }: Graph): string[] =>
  [...functions.values()].flatMap(({ id, needs }) =>
    !needs || needs.isWhole
      ? []
      : `${id}: what its role allows beyond its needs is not told, since ${needs.notes.slice(0, MOST_REASONS).join('; ')}${
          needs.notes.length > MOST_REASONS ? `; and ${needs.notes.length - MOST_REASONS} more` : ''
        }.`,
  );
