import { openPackage } from '@ringfence/scan';
import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';
import { findCompiledCalls } from './find-compiled-calls.ts';
import { readSources } from './read-sources.ts';

const go = (body: string) => `package main
import (
  "os"
  "github.com/aws/aws-lambda-go/lambda"
  "github.com/aws/aws-sdk-go-v2/service/sns"
  "github.com/aws/aws-sdk-go-v2/service/sqs"
)
type app struct { topics *sns.Client; queues *sqs.Client }
func (a *app) Tell() { a.topics.Publish(ctx, &sns.PublishInput{TopicArn: aws.String("t")}) }
func (a *app) Send() { a.queues.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String("q")}) }
const telling = "tell"
${body}`;

const tell = ['sns:Publish TopicArn=t'];
const both = ['sns:Publish TopicArn=t', 'sqs:SendMessage QueueUrl=q'];
const map = `var handlers = map[string]func(*app) any{
  "tell": func(a *app) any { return a.Tell },
  "send": func(a *app) any { return a.Send },
}
`;

test.each([
  [
    'a map',
    `${map}func main() { make, ok := handlers[os.Getenv("HANDLER")]; lambda.Start(make(&app{})) }`,
    tell,
  ],
  [
    'a map that is walked, too',
    `${map}func main() { for name := range handlers { log(name) }; lambda.Start(handlers[os.Getenv("HANDLER")](&app{})) }`,
    both,
  ],
  [
    'a map that an event chooses from, too',
    `${map}func main() { lambda.Start(handlers[os.Getenv("HANDLER")]); use(handlers[event.Name]) }`,
    both,
  ],
  [
    'a switch',
    `func main() { a := &app{}; name := os.Getenv("HANDLER"); switch name { case telling: lambda.Start(a.Tell); case "send", "mail": lambda.Start(a.Send); default: lambda.Start(a.Send) } }`,
    tell,
  ],
  [
    'a switch of which no case is met',
    `func main() { a := &app{}; switch os.Getenv("HANDLER") { case "send": lambda.Start(a.Send); default: lambda.Start(a.Tell) } }`,
    tell,
  ],
  [
    'conditions',
    `func main() { a := &app{}; if h := os.Getenv("HANDLER"); h == "send" { lambda.Start(a.Send) } else if h != "tell" { lambda.Start(a.Send) } else { lambda.Start(a.Tell) } }`,
    tell,
  ],
  [
    'a variable that is not known',
    `func main() { a := &app{}; if os.Getenv("OTHER") == "send" { lambda.Start(a.Send) } else { lambda.Start(a.Tell) } }`,
    both,
  ],
])('Go: what the environment chooses by %s', async (_, body, calls) => {
  const folder = write({ 'main.go': go(body) });
  const found = await callsIn(folder, 'go', 'bootstrap', { HANDLER: 'tell' });
  expect(found.calls.sort()).toEqual(calls);
});

test.each([
  [
    'java',
    'App.java',
    `public class App {
  SnsClient topics; SqsClient queues;
  public void handleRequest() {
    switch (System.getenv("HANDLER")) { case "send": case "mail": send(); break; case "tell": tell(); break; default: send(); }
    if ("send".equals(System.getenv("HANDLER"))) send();
    var x = switch (System.getenv("HANDLER")) { case "send", "mail" -> queues.deleteMessage(r -> r.queueUrl("q")); default -> 1; };
  }
  void tell() { topics.publish(r -> r.topicArn("t")); }
  void send() { queues.sendMessage(r -> r.queueUrl("q")); }
}`,
    'App',
  ],
  [
    'csharp',
    'App.cs',
    `public class App {
  IAmazonSimpleNotificationService topics; IAmazonSQS queues;
  public async Task Handle() {
    var name = Environment.GetEnvironmentVariable("HANDLER");
    switch (name) { case "send": case "mail": await Send(); break; case "tell": await Tell(); break; default: await Send(); break; }
    if (name == "send") { await Send(); }
    await (name switch { "send" or "mail" => queues.DeleteMessageAsync("q", "x"), _ => Tell() });
  }
  Task Tell() => topics.PublishAsync("t", "x");
  Task Send() => queues.SendMessageAsync("q", "x");
}`,
    'X::App::Handle',
  ],
] as const)(
  '%s: what the environment chooses by a switch and a condition',
  async (language, file, text, handler) => {
    const folder = write({ [file]: text });
    expect((await callsIn(folder, language, handler, { HANDLER: 'tell' })).calls).toEqual(tell);
    const all = (await callsIn(folder, language, handler)).calls;
    expect(all).toContain('sqs:SendMessage QueueUrl=q');
  },
);

test('Go: what a registry that is filled elsewhere gives may be any of its commands, and is no sure call', async () => {
  const folder = write({
    'main.go': `package main
import (
  "github.com/aws/aws-lambda-go/lambda"
  "github.com/aws/aws-sdk-go-v2/service/sqs"
)
type Command interface { Run(ctx context.Context) error }
type registry map[string]func() Command
func (r registry) add(name string, make func() Command) { r[name] = make }
var commands = registry{}
type send struct{ c *sqs.Client }
func (s send) Run(ctx context.Context) error { _, err := s.c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String("q")}); return err }
func init() { commands.add("send", func() Command { return send{} }) }
func main() { command := commands[os.Getenv("COMMAND")](); lambda.Start(command.Run) }`,
  });
  const opened = await openPackage(folder);
  const { calls } = await findCompiledCalls(await readSources(opened, 'go'), 'go', 'bootstrap');
  await opened.close();
  expect(calls.map(({ operation, isUnsure }) => [operation, isUnsure])).toEqual([['SendMessage', true]]);
});
