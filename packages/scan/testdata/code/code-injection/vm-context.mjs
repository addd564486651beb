import vm from 'node:vm';
export async function handler(event) {
  const { code, input } = JSON.parse(Buffer.from(event.body, 'base64').toString());
  return vm.runInNewContext(code, { input });
}
