/** Something that the person who starts the Console can put right: what is wrong, and what to do about it. */
export class UserError extends Error {
  override name = 'UserError';
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
