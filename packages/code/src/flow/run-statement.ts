import type { Expression, Statement } from '../syntax/module.ts';
import { assign } from './assign.ts';
import { checksOf } from './checks.ts';
import { classValue } from './construct.ts';
import { evaluate } from './evaluate.ts';
import { callValue } from './evaluate-call.ts';
import { closureOf, type Frame } from './frame.ts';
import { importModule } from './import-module.ts';
import { learnFrom, runBranch } from './run-branch.ts';
import { join, unknown, type Value } from './value.ts';
import { decoratorsOfCall } from './wrappers.ts';

export function runStatements(statements: Statement[], frame: Frame): void {
  // Functions may be called above the place where they stand.
  for (const statement of statements)
    if (statement.kind === 'function')
      frame.scope.declare(statement.name, closureOf(statement.function, frame));
  for (const statement of statements) {
    if (!frame.run.step()) return;
    runStatement(statement, frame);
  }
}

const decorate = (value: Value, decorators: readonly Expression[]): Value => ({
  ...value,
  closures: value.closures.map((closure) => ({ ...closure, decorators })),
});

function runStatement(statement: Statement, frame: Frame): void {
  const place = { path: frame.path, ...statement.at };
  switch (statement.kind) {
    case 'expression':
      evaluate(statement.value, frame);
      // validate(x): what it does not take it throws at.
      if (statement.value.kind === 'call' && statement.value.callee.kind === 'name')
        frame.scope.learn(learnFrom(checksOf(statement.value, true), frame.run.listener));
      return;
    case 'assign':
      assign(statement.target, evaluate(statement.value, frame), frame, statement);
      return;
    case 'return':
      if (statement.value) frame.result = join(frame.result, evaluate(statement.value, frame));
      return;
    case 'branch':
      runBranch(statement, frame);
      return;
    case 'class':
      frame.scope.declare(statement.name, classValue(statement, frame));
      return;
    case 'function': {
      const later = decoratorsOfCall(statement.decorators, frame);
      if (later.length > 0)
        frame.scope.declare(statement.name, decorate(closureOf(statement.function, frame), later));
      // A decorator of the program gives what stands there instead; one from outside is taken to keep what the function does.
      for (const decorator of statement.decorators) {
        if (later.includes(decorator)) continue;
        const own = frame.scope.get(statement.name) ?? unknown;
        const made = callValue(evaluate(decorator, frame), [own], place, frame);
        if (made.closures.length > 0) frame.scope.declare(statement.name, made);
      }
      return;
    }
    case 'import':
      for (const { name, local } of statement.names)
        frame.scope.declare(local, importModule(statement.from, name, place, frame.run));
      if (statement.names.length === 0) importModule(statement.from, '*', place, frame.run);
      return;
    case 'export':
    case 'exit':
      return;
  }
}
