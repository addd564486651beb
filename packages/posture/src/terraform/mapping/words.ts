/** `memory_size` and `public-read` as CloudFormation has them: `MemorySize`, `PublicRead`. */
export const pascal = (name: string): string =>
  name
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
