import vm from 'node:vm';

const script = new vm.Script('input.a + input.b');
export async function handler(event) {
  return script.runInNewContext({ input: JSON.parse(event.body) });
}
