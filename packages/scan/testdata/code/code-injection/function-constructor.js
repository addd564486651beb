const compile = (formula) => new Function('x', `return ${formula}`);
exports.handler = async ({ formula, values }) => values.map((value) => compile(formula)(value));
