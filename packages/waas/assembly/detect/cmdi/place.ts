/** Where a command can stand. */
export enum Place {
  /** The text begins with it: a command line of its own. */
  START,
  /** Behind a separator within prose or code. */
  MIDDLE,
  /** On a line of its own, behind lines that are none. */
  LINE,
  /** In backticks within prose: Markdown writes names so. */
  MARKDOWN,
  /** Behind a value without blanks, and a separator. */
  VALUE,
  /** Behind another command, and a separator. */
  CHAIN,
  /** In backticks that hang on a value. */
  GLUED,
  /** The text begins with a separator, perhaps behind what closes a quote or a bracket. */
  OPENING,
  /** Within `$(…)` or `<(…)`. */
  SUBSTITUTION,
  /** In backticks that are the whole text. */
  TICKED,
  /** The string that a function is given to run. */
  CALL,
}

/** Whether it is behind `;`, `&`, `|` or a new line. */
export function isBehindSeparator(place: Place): bool {
  return (
    place === Place.OPENING ||
    place === Place.VALUE ||
    place === Place.CHAIN ||
    place === Place.MIDDLE ||
    place === Place.LINE
  );
}

/** How much the place says for a command, in points. */
export function scoreOfPlace(place: Place): i32 {
  switch (place) {
    case Place.OPENING:
      return 50;
    case Place.SUBSTITUTION:
    case Place.TICKED:
      return 45;
    case Place.CALL:
      return 40;
    case Place.GLUED:
      return 35;
    case Place.VALUE:
      return 32;
    case Place.CHAIN:
      return 30;
    case Place.LINE:
      return -10;
    case Place.MARKDOWN:
      return -25;
    default:
      return 0;
  }
}

export function reasonOf(place: Place): string {
  switch (place) {
    case Place.START:
      return 'is a command line';
    case Place.SUBSTITUTION:
    case Place.TICKED:
    case Place.GLUED:
    case Place.MARKDOWN:
      return 'has a shell run a command in its place';
    case Place.CALL:
      return 'calls a function that runs a command';
    default:
      return 'goes on with a command behind a separator';
  }
}
