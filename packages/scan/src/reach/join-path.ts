/** `a/b` and `../c` are `a/c`; undefined where that leaves the root. */
export function joinPath(folder: string, steps: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const step of steps.split('/')) {
    if (step === '..' && parts.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}
