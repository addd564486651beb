import { BODY_FORMS } from '../../compiled/waas-shapes.ts';
import type { Route, Shape } from './shapes.ts';

/** Levels of one shape. */
export const SHAPE_DEPTH = 16;

/** What is wrong with a route beyond the types of its members: where in it, and in words that follow the place. */
export interface RouteProblem {
  path: (string | number)[];
  message: string;
}

function findTemplateProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'must begin with /';
  const segments = path.split('/').slice(1);
  const wrong = segments.find((segment, index) => {
    if (!/[{}]/.test(segment)) return false;
    return !/^\{[^{}+]+\+?\}$/.test(segment) || (segment.endsWith('+}') && index < segments.length - 1);
  });
  if (wrong !== undefined)
    return `must have {name} as a whole segment, or {name+} as the last one, not ${JSON.stringify(wrong)}`;
  return /[?#\p{Cc}\p{Cs}]/u.test(path)
    ? 'must be a path alone, without ?, # and control characters'
    : undefined;
}

const depthOf = (shape: Shape): number => {
  const inner = [shape.items, ...Object.values(shape.properties ?? {}), shape.additional];
  return 1 + Math.max(0, ...inner.map((next) => (typeof next === 'object' ? depthOf(next) : 0)));
};

/** Needs no library, so that it also runs where the schema's would take too long to load. */
export function findRouteProblems({ path, parameters, body }: Route): RouteProblem[] {
  const problems: RouteProblem[] = [];
  const message = findTemplateProblem(path);
  if (message !== undefined) problems.push({ path: ['path'], message });
  const seen = new Set<string>();
  parameters.forEach((parameter, index) => {
    const name = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
    if (seen.has(name)) problems.push({ path: ['parameters', index, 'name'], message: 'is there twice' });
    seen.add(name);
  });
  for (const form of BODY_FORMS) {
    const shape = body?.[form];
    if (shape && depthOf(shape) > SHAPE_DEPTH)
      problems.push({
        path: ['body', form],
        message: `is nested too deeply: at most ${SHAPE_DEPTH} levels`,
      });
  }
  return problems;
}
