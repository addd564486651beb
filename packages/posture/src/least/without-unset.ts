import type { SdkCall } from '../calls/sdk-call.ts';

/** A variable alone: with another text around it, it would be looked up wherever it runs. */
const alone = /^\$\{env:(\w+)\}$/;

/**
 * The calls without those that a variable would be for that the function does not have, where another choice is left: of
 * `process.env.ORDERS_TABLE ?? process.env.TABLE` the second.
 */
export function withoutUnset(
  calls: readonly SdkCall[],
  isSet: (variable: string) => boolean,
): readonly SdkCall[] {
  const isUnset = ({ parameters }: SdkCall) =>
    Object.values(parameters).some((text) => {
      const [, variable] = alone.exec(text) ?? [];
      return variable !== undefined && !isSet(variable);
    });
  const placeOf = ({ service, operation, location }: SdkCall) =>
    JSON.stringify([service, operation, location]);
  const left = new Set(calls.filter((call) => !isUnset(call)).map(placeOf));
  return calls.filter((call) => !isUnset(call) || !left.has(placeOf(call)));
}
