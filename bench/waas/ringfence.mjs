// Judges with `@ringfence/waas` as it is installed from the package.
export async function load() {
  const { createEngine } = await import('@ringfence/waas');
  const engine = createEngine();
  return {
    /** The classes of a text's verdicts, each with its confidence. */
    judgeText: (text) =>
      engine.inspectText(text).map(({ class: name, confidence }) => ({ name, confidence })),
    readEvent: (json) => json,
    judgeEvent: (json) => engine.inspectEvent(json),
  };
}
