/** A Python module whose functions `handler` and `lambda_handler` answer "refused" when they may not start a program. */
export const starter = `import subprocess
def handler(event, context):
    try:
        return subprocess.check_output(["/bin/echo", "started"], text=True)
    except PermissionError:
        return "refused"
lambda_handler = handler
`;

/** A policy that lets every function run its main process alone. */
export const strictPolicy = `version: 1
runtime:
  rules:
    - name: Only the main process
      process: { effect: prevent }
`;
