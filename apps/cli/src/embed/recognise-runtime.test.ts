import { describe, expect, it } from 'vitest';
import { parseRuntime, recogniseRuntime } from './recognise-runtime.ts';

describe('recogniseRuntime', () => {
  it.each([
    ['nodejs', ['index.mjs', 'node_modules/x/setup.py']],
    ['nodejs', ['package.json', 'src/main.ts']],
    ['python', ['lambda_function.py', 'requests/api.py', 'flask/static/x.js']],
    ['java', ['com/example/Handler.class', 'lib/gson.jar', 'META-INF/MANIFEST.MF']],
    ['java', ['lib/app.jar']],
    ['ruby', ['lambda_function.rb', 'Gemfile', 'vendor/bundle/x.js']],
    ['dotnet', ['Fn.dll', 'Fn.deps.json', 'Fn.runtimeconfig.json']],
    ['provided', ['bootstrap', 'index.js']],
  ] as const)('%s: %j', (family, paths) => {
    expect(recogniseRuntime(paths)).toBe(family);
  });

  it('asks when several fit, or none', () => {
    expect(() => recogniseRuntime(['a.py', 'b.js'])).toThrow('nodejs or python');
    expect(() => recogniseRuntime(['readme.txt', 'node_modules/x/index.js'])).toThrow('does not show');
  });
});

describe('parseRuntime', () => {
  it('knows the identifiers of Lambda', () => {
    expect(parseRuntime('nodejs20.x')).toBe('nodejs');
    expect(parseRuntime('java8.al2')).toBe('java');
    expect(parseRuntime('provided.al2023')).toBe('provided');
    for (const wrong of ['nodejs', 'node20', 'python3', 'provided.al9', 'ruby3.4 ', ''])
      expect(() => parseRuntime(wrong)).toThrow('not a runtime');
  });
});
