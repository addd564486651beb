import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { collect, layOut, runUnder, signedPolicy } from './protect.ts';

const FUNCTION_USER = 993;

// Tries, as a user that is not root, what only root may, and then what it may.
const program = `
import os, socket, sys
folder = sys.argv[1]
def attempt(name, do):
    try:
        do()
        print(name, "done")
    except OSError as error:
        print(name, error.strerror)
attempt("read", lambda: open(folder + "/closed/file").read())
attempt("capability", lambda: os.setxattr(folder + "/own", "security.capability", b"\\x01\\0\\0\\x02\\1" + bytes(15)))
attempt("time", lambda: os.utime(folder + "/own", (1, 1)))
attempt("socket", lambda: socket.socket(socket.AF_UNIX).bind(folder + "/closed/socket"))
attempt("link", lambda: os.symlink("own", folder + "/link"))
`;

it('does not lend the function what it may itself as root', async () => {
  const folder = mkdtempSync('/var/tmp/ringfence-behalf-');
  // Reading is the init's to judge, and these changes are its to carry out.
  const policy = signedPolicy({
    process: { allow: ['/usr/bin/python3*'] },
    files: { write: [`${folder}/**`], denyRead: ['/etc/hostname'] },
  });
  const { init, remove } = layOut({ signedPolicy: policy });
  try {
    mkdirSync(`${folder}/closed`, { mode: 0o700 });
    writeFileSync(`${folder}/closed/file`, 'content', { mode: 0o644 });
    writeFileSync(`${folder}/own`, '');
    chownSync(`${folder}/own`, FUNCTION_USER, FUNCTION_USER);
    chmodSync(folder, 0o777);
    const asUser = ['/usr/bin/setpriv', `--reuid=${FUNCTION_USER}`, '--regid=993', '--clear-groups'];
    const command = [...asUser, '/usr/bin/python3', '-c', program, folder];
    expect((await collect(runUnder(init, command, { asRoot: true }))).stdout).toBe(
      'read Permission denied\ncapability Operation not permitted\ntime done\nsocket Permission denied\nlink done\n',
    );
  } finally {
    remove();
    rmSync(folder, { recursive: true });
  }
});
