/** How a resource of Terraform's AWS provider is said in CloudFormation's words. */
export interface TypeMapping {
  /** CloudFormation's type. `{argument}` is the argument's value in PascalCase. */
  type: string;
  /**
   * Where an argument goes whose name is not the same in PascalCase. Names within blocks have a dot: `cors.allow_origins`. The target may
   * have one as well, `[]` at its end for a block that there may be several of, `{}` for a text of JSON, `<>` for a word that is to be in PascalCase, is `-` for what is left out, and `.` for a
   * block whose arguments belong to what it stands in.
   */
  properties?: Readonly<Record<string, string>>;
  /** What its attributes are, beside `arn` and `id`; `@` is the resource: `${@.StreamArn}`. An argument that is not named here is as it is written. */
  attributes?: Readonly<Record<string, string>>;
  /** Values of arguments that mean the same as leaving them out. */
  unset?: Readonly<Record<string, unknown>>;
  /** It is a part of another resource. */
  into?: Part;
  /** A policy written in the resource, that CloudFormation has as a resource of its own. */
  policy?: { argument: string; type: string; of: string; document?: string };
}

/** Where in another resource something goes. */
export interface Part {
  /** The argument that refers to the other, or the arguments in which both agree. */
  by: string | readonly string[];
  /** The other's type in Terraform. */
  of: string;
  /** A property; with `[]` one item of it. Empty for the whole. */
  at: string;
  /** The argument that is put there, instead of all of them. */
  value?: string;
}
