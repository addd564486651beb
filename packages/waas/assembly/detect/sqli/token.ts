/** The kinds of SQL tokens, as far as the grammar tells them apart. */
export enum Token {
  END,
  NUMBER,
  STRING,
  /** A string whose end is not in the text. */
  OPEN_STRING,
  /** A word, an identifier (quoted or chained by dots), or a keyword: `tokenSets` says which. */
  NAME,
  /** `@x`, `@@x`. */
  VARIABLE,
  COMPARISON,
  /** Joins two values to one; `+`, `-`, `~` and `!` may also stand before one. */
  ARITHMETIC,
  /** `!`, `~`: stands before a value only. */
  NEGATION,
  /** `&&`; `||` is `CONCATENATION`, because most databases mean that by it. */
  BOOLEAN,
  CONCATENATION,
  /** `::`, and a type follows. */
  CAST,
  COMMA,
  LEFT,
  RIGHT,
  SEMICOLON,
  /** A comment that hides the rest of the query. */
  CUT,
  /** What is no SQL. */
  OTHER,
}
