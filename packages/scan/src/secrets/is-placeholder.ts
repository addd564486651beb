const words =
  '(user(name)?|pass(w(or)?d)?|pwd|secret|token|key|example|sample|test|dummy|changeme|change-me|foo|bar|your[-_]?\\w*|my[-_]?\\w*|some\\w*|x+|\\*+|\\.+)';
const placeholder = new RegExp(`^(${words}\\d*|[<\${%].*)$`, 'i');
const exampleHost =
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host(name)?|some\w*|(.*\.)?example(\.\w+)?|.*\.(test|invalid|local|localhost))$/i;

/** Whether the address shows how one looks: a password such as `password` or `${name}`, or a host that is nobody's. */
export function isPlaceholder(address: string): boolean {
  const [, password = '', host = ''] =
    /^[\w+:]*:\/\/[^:@/\s]*:([^@/\s]*)@([^:/?#\s'"`]*)/.exec(address) ?? [];
  return placeholder.test(password) || exampleHost.test(host);
}
