/** The command that protects a function and ties it to this Console; it needs an API token of an administrator. */
export function embedCommand(): string {
  return `RINGFENCE_TOKEN=rft_… ringfence embed function.zip --function my-function --region eu-west-1 --account 123456789012 --console ${location.origin} -o protected.zip`;
}
