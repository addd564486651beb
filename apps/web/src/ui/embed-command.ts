/** The command that protects a function and ties it to this Console. */
export function embedCommand(): string {
  return `ringfence embed function.zip --function my-function --region eu-west-1 --console ${location.origin} -o protected.zip`;
}
