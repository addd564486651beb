import type { Location } from '@ringfence/findings';

/** One call of an AWS SDK in a function's code. */
export interface SdkCall {
  /** IAM's prefix where one is certain: dynamodb, s3, states. */
  service: string;
  /** As the API names it: GetItem. */
  operation: string;
  /** Parameters that may name resources, in the Fn::Sub form: `${env:TABLE}` is a variable of the environment, `${?}` what is not known. */
  parameters: Readonly<Record<string, string>>;
  location: Location;
  /** Whether it may be made, and may not. */
  isPossible?: true;
  /** Whether it is not known that the code comes to it: then nothing is said of a permission that is not there. */
  isUnsure?: true;
}

/** The calls of one function's code. */
export interface CodeCalls {
  calls: SdkCall[];
  /** Whether nothing kept it from following all of the code. */
  whole: boolean;
  /** What kept it, and where. */
  notes: string[];
}

/** What IAM must allow for a call. */
export interface Need {
  actions: string[];
  /** In the Fn::Sub form; `*` where the action takes none, undefined where it is not known. */
  resources: string[] | undefined;
  /** Whether it may be done, and nothing fails without it. */
  isPossible?: boolean;
  /** Whether it is done, and may do without one of its actions or its resources. */
  isUsed?: boolean;
  call: SdkCall;
}
