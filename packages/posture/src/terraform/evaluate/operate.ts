import { hole } from '../../template/substitution.ts';
import { isLazy, isOpen, plain } from './values.ts';

const isTrue = (value: unknown) => value === true || value === 'true';
const isUnknown = (value: unknown) => isOpen(value) || isLazy(value);
const same = (left: unknown, right: unknown) => JSON.stringify(plain(left)) === JSON.stringify(plain(right));

/** What an operator gives. What is not known equals nothing but itself. */
export function operate(operator: string, [left, right]: readonly unknown[]): unknown {
  switch (operator) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case '&&':
      if (isUnknown(left) || isUnknown(right))
        return [left, right].includes(false) ? false : hole('condition');
      return isTrue(left) && isTrue(right);
    case '||':
      if (isUnknown(left) || isUnknown(right)) return isTrue(left) || isTrue(right) || hole('condition');
      return isTrue(left) || isTrue(right);
    case '!':
      return isUnknown(left) ? left : !isTrue(left);
  }
  if (isUnknown(left) || isUnknown(right)) return hole('number');
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return right === undefined ? -a : a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
