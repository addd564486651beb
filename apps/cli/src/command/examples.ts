export interface Example {
  purpose: string;
  line: string;
}

/** Examples for the help page of each command, by the words that lead to it. */
const examples: Record<string, Example[]> = {
  '': [
    {
      purpose: 'Protect a function',
      line: 'ringfence embed fn.zip --function convert --region eu-west-1 --policy policy.yaml -o fn-protected.zip',
    },
    { purpose: 'Run it as Lambda would', line: 'ringfence run fn-protected.zip --event event.json' },
    { purpose: 'Start the Console', line: 'ringfence console' },
  ],
  embed: [
    {
      purpose: 'Protect a zip with a policy of your own, without a Console',
      line: 'ringfence embed fn.zip --function convert --region eu-west-1 --policy policy.yaml -o fn-protected.zip',
    },
    {
      purpose: 'Register the function at a Console and print what a SAM template needs',
      line: 'RINGFENCE_TOKEN=rft_… ringfence embed fn.zip --function convert --region eu-west-1 --account 123456789012 --console http://127.0.0.1:8470 --print sam -o fn-protected.zip',
    },
    {
      purpose: 'Protect a folder for 64-bit Arm and write the variables to a file',
      line: 'ringfence embed build/ --function convert --region eu-west-1 --runtime python3.13 --arch arm64 --policy policy.yaml --env-file fn.env -o protected/',
    },
    {
      purpose: 'Protect an unpacked container image and print the lines for its Dockerfile',
      line: 'ringfence embed --image-dir image/ --image-config inspected.json --function shop --region cluster-1 --cloud knative --policy policy.yaml -o protected/',
    },
  ],
  layer: [
    { purpose: 'Write the layer', line: 'ringfence layer -o ringfence-layer.zip' },
    {
      purpose: 'Print what a SAM template needs for a function that uses it',
      line: 'ringfence layer -o ringfence-layer.zip --function convert --region eu-west-1 --runtime python3.13 --policy policy.yaml --print sam',
    },
  ],
  sam: [
    {
      purpose: 'Build, protect, deploy',
      line: 'sam build && ringfence sam --stack shop --region eu-west-1 --policy policy.yaml && sam deploy --template-file .aws-sam/build/template.ringfence.yaml',
    },
  ],
  run: [
    { purpose: 'Run a function once with an event', line: 'ringfence run fn.zip --event event.json' },
    {
      purpose: 'Read the event from stdin, and run it three times',
      line: 'echo \'{"n":1}\' | ringfence run fn.zip --event - --repeat 3',
    },
    {
      purpose: "Run it with layers, in Lambda's own sandbox as far as it is known",
      line: 'ringfence run fn.zip --layer ringfence-layer.zip --env-file fn.env --like lambda',
    },
  ],
  learn: [
    {
      purpose: 'Learn from the events of a folder',
      line: 'ringfence learn fn.zip --events events/ --function convert --region eu-west-1 -o policy.yaml',
    },
  ],
  check: [
    {
      purpose: 'All that is wrong with a project, and the policy that its functions should have',
      line: 'ringfence check . --policy ringfence.yaml',
    },
    {
      purpose: 'In a build: fail on what is high or worse and was not there before',
      line: 'ringfence check . --fail-on high --baseline main.json -o check.sarif',
    },
  ],
  posture: [
    { purpose: 'What is wrong with a template', line: 'ringfence posture template.yaml' },
    {
      purpose: 'In a build: fail on what is high or worse and was not there before',
      line: 'ringfence posture . --fail-on high --baseline main.json -o posture.sarif',
    },
    {
      purpose: 'What is wrong with a live account',
      line: 'ringfence posture --account --region eu-central-1 --region us-east-1',
    },
    {
      purpose: "The same with what its functions' code does",
      line: 'ringfence posture --account --code',
    },
  ],
  scan: [
    { purpose: 'What is wrong with a package', line: 'ringfence scan fn.zip' },
    {
      purpose: 'In a build: fail on what is high or worse, and keep the report for people and machines',
      line: 'ringfence scan fn.zip --fail-on high -o report.json -o scan.sarif',
    },
    {
      purpose: 'Also list the findings in the Console',
      line: 'ringfence scan fn.zip --publish --function fn --region eu-west-1',
    },
  ],
  db: [
    {
      purpose: 'Make the database, then see what it knows',
      line: 'ringfence db update && ringfence db status',
    },
  ],
  'db update': [
    { purpose: "From OSV's archives, those that have changed", line: 'ringfence db update' },
    { purpose: 'From OSV records that you have', line: 'ringfence db update --from advisories.zip' },
  ],
  'db status': [{ purpose: 'How old it is', line: 'ringfence db status' }],
  policy: [
    {
      purpose: 'Check a policy, then see what applying it would change',
      line: 'ringfence policy lint policy.yaml && ringfence policy apply policy.yaml --dry-run',
    },
  ],
  'policy apply': [
    {
      purpose: 'See what would change',
      line: 'ringfence policy apply policy.yaml --console http://127.0.0.1:8470 --dry-run',
    },
    {
      purpose: 'Apply the policy',
      line: 'ringfence policy apply policy.yaml --console http://127.0.0.1:8470',
    },
  ],
  'policy get': [
    {
      purpose: "Save the Console's policy as YAML",
      line: 'ringfence policy get --console http://127.0.0.1:8470 > policy.yaml',
    },
  ],
  'policy lint': [
    { purpose: 'Check a policy before it is committed', line: 'ringfence policy lint policy.yaml' },
  ],
  'policy explain': [
    {
      purpose: 'Which rule decides for a function, offline',
      line: 'ringfence policy explain --function convert --region eu-west-1 --runtime python3.13 policy.yaml',
    },
    {
      purpose: 'The same from the Console',
      line: 'ringfence policy explain --function convert --console http://127.0.0.1:8470',
    },
  ],
  'policy shapes': [
    {
      purpose: 'The shapes of an API, to look at',
      line: 'ringfence policy shapes openapi.yaml',
    },
    {
      purpose: 'Into the WAAS rule api of a policy',
      line: 'ringfence policy shapes openapi.yaml --into policy.yaml --rule api',
    },
  ],
  'policy suggest': [
    {
      purpose: 'What the function has learned so far, as a policy',
      line: 'ringfence policy suggest --function convert --console http://127.0.0.1:8470 > convert.yaml',
    },
  ],
  console: [
    {
      purpose: 'Start with the embedded store in ./.ringfence-data',
      line: 'ringfence console --data ./.ringfence-data',
    },
    {
      purpose: 'Start with a PostgreSQL server',
      line: 'ringfence console --database-url postgresql://ringfence@127.0.0.1/ringfence',
    },
  ],
  completion: [{ purpose: 'bash: for this session', line: 'source <(ringfence completion bash)' }],
  'completion bash': [
    { purpose: 'For this session, or as a line of ~/.bashrc', line: 'source <(ringfence completion bash)' },
  ],
  'completion zsh': [
    { purpose: 'As a line of ~/.zshrc, after compinit', line: 'source <(ringfence completion zsh)' },
  ],
  'completion fish': [
    { purpose: 'Once', line: 'ringfence completion fish > ~/.config/fish/completions/ringfence.fish' },
  ],
};

export function examplesOf(words: readonly string[]): Example[] {
  return examples[words.join(' ')] ?? [];
}
