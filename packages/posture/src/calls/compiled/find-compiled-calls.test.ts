import { fileURLToPath } from 'node:url';
import { openPackage } from '@ringfence/scan';
import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';
import { findCompiledCalls } from './find-compiled-calls.ts';
import { readSources } from './read-sources.ts';

const depot = fileURLToPath(new URL('../../../../../examples/apps/depot', import.meta.url));

test.each([
  ['GetStock', ['dynamodb:GetItem TableName=${env:STOCK}']],
  ['SetStock', ['dynamodb:PutItem TableName=${env:STOCK}']],
  ['OrderPick', ['sqs:SendMessage QueueUrl=${env:PICKS}']],
  ['Pick', ['dynamodb:UpdateItem TableName=${env:STOCK}']],
  ['PrintLabel', ['s3:PutObject Bucket=${env:LABELS}']],
  ['TakeDelivery', ['s3:GetObject Bucket=${?}']],
])('Java: %s of the depot', async (name, calls) => {
  const found = await callsIn(depot, 'java', `depot.${name}::handleRequest`);
  expect(found).toEqual({ calls, whole: true, notes: [] });
});

test('Java: a request before its call, a constant, a paginator, and a client that is made on the spot', async () => {
  const folder = write({
    'src/main/java/App.java': `
import software.amazon.awssdk.services.s3.S3Client;
public class App {
  private static final String BUCKET = "reports-" + System.getenv("STAGE");
  private final SecretsManagerAsyncClient secrets;
  private final SqsClient sqs = SqsClient.builder().region(Region.EU_WEST_1).build();
  App(SecretsManagerAsyncClient secrets) { this.secrets = secrets; }
  public void handleRequest() {
    var request = ListObjectsV2Request.builder().bucket(BUCKET).build();
    S3Client.create().listObjectsV2Paginator(request);
    secrets.getSecretValue(r -> r.secretId("db"));
  }
}`,
  });
  expect(await callsIn(folder, 'java', 'App::handleRequest')).toEqual({
    calls: ['s3:ListObjectsV2 Bucket=reports-${env:STAGE}', 'secretsmanager:GetSecretValue SecretId=db'],
    whole: true,
    notes: [],
  });
});

test('Go: inputs of both versions of the SDK, also in another file', async () => {
  const folder = write({
    'main.go': `package main
import (
  "os"
  "example.org/app/internal"
  "github.com/aws/aws-sdk-go-v2/aws"
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  sns1 "github.com/aws/aws-sdk-go/service/sns"
)
var table = os.Getenv("TABLE")
func handler(ctx context.Context) error {
  _, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: nil})
  topic.Publish(&sns1.PublishInput{TopicArn: aws.String(os.Getenv("TOPIC"))})
  return err
}`,
    'internal/files.go': `package internal
import "github.com/aws/aws-sdk-go-v2/service/s3"
type Files struct { bucket string }
func New() *Files { return &Files{bucket: os.Getenv("BUCKET")} }
func (f *Files) Put(ctx context.Context) { f.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &f.bucket}) }`,
    'main_test.go':
      'package main\nimport "github.com/aws/aws-sdk-go-v2/service/sqs"\nvar x = sqs.DeleteQueueInput{}',
  });
  const found = await callsIn(folder, 'go', 'bootstrap');
  expect(found).toMatchObject({ whole: true, notes: [] });
  expect(found.calls.sort()).toEqual([
    'dynamodb:GetItem TableName=${env:TABLE}',
    's3:PutObject Bucket=${env:BUCKET}',
    'sns:Publish TopicArn=${env:TOPIC}',
  ]);
});

test('C#: requests, overloads with names, and clients by interface', async () => {
  const folder = write({
    'src/Function.cs': `
using Amazon.DynamoDBv2;
public class Function {
  private readonly IAmazonDynamoDB _tables = new AmazonDynamoDBClient();
  private readonly IAmazonS3 _files;
  private readonly IAmazonSimpleNotificationService _topics;
  private static readonly string Table = Environment.GetEnvironmentVariable("TABLE")!;
  public async Task Handler(string name) {
    await _tables.PutItemAsync(new PutItemRequest { TableName = Table });
    await _files.GetObjectAsync("reports", name);
    var request = new PublishRequest { TopicArn = Environment.GetEnvironmentVariable("TOPIC") ?? "none", Message = $"{name}" };
    await _topics.PublishAsync(request);
  }
}`,
    'src/Unused.cs': 'public class Unused { void X() { new AmazonSQSClient().PurgeQueueAsync("q"); } }',
  });
  expect(await callsIn(folder, 'csharp', 'App::App.Function::Handler')).toEqual({
    calls: [
      'dynamodb:PutItem TableName=${env:TABLE}',
      's3:GetObject Bucket=reports',
      'sns:Publish TopicArn=${env:TOPIC}',
    ],
    whole: true,
    notes: [],
  });
});
test('Java: only what the handler comes to counts, with what it is given on the way', async () => {
  const folder = write({
    'src/main/java/acme/Get.java': `package acme;
import acme.data.*;
public class Get {
  private final Orders orders = new TableOrders(DynamoDbClient.create(), Env.require("ORDERS"));
  public String handleRequest(String id) { return orders.find(id).map(o -> o).orElse(null); }
}`,
    'src/main/java/acme/Put.java': `package acme;
public class Put { public void handleRequest() { S3Client.create().putObject(b -> b.bucket("x").key("y")); } }`,
    'src/main/java/acme/data/Env.java': `package acme.data;
public class Env {
  static String require(String name) {
    var value = System.getenv(name);
    if (value == null) throw new IllegalStateException(name);
    return value;
  }
}`,
    'src/main/java/acme/data/Orders.java':
      'package acme.data; public interface Orders { Optional<String> find(String id); void remove(String id); }',
    'src/main/java/acme/data/TableOrders.java': `package acme.data;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.*;
public class TableOrders implements Orders {
  private final DynamoDbClient client;
  private final String table;
  public TableOrders(DynamoDbClient client, String table) { this.client = client; this.table = table; }
  public Optional<String> find(String id) {
    return Optional.of(client.getItem(GetItemRequest.builder().tableName(table).build()).toString());
  }
  public void remove(String id) { client.deleteItem(b -> b.tableName(table)); }
}`,
  });
  expect(await callsIn(folder, 'java', 'acme.Get')).toEqual({
    calls: ['dynamodb:GetItem TableName=${env:ORDERS}'],
    whole: true,
    notes: [],
  });
});

const java = (imports: string, body: string) => ({
  'src/main/java/App.java': `${imports}\npublic class App {\n${body}\n}`,
});

test.each([
  [
    'the enhanced client: tables, and indexes of them',
    java(
      'import software.amazon.awssdk.enhanced.dynamodb.*;\nimport software.amazon.awssdk.services.dynamodb.DynamoDbClient;',
      `private final DynamoDbEnhancedClient enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(DynamoDbClient.create()).build();
  private final DynamoDbTable<Order> orders = enhanced.table(System.getenv("ORDERS"), TableSchema.fromBean(Order.class));
  public void handleRequest() { orders.putItem(new Order()); orders.index("by-day").query(r -> r); }`,
    ),
    ['dynamodb:PutItem TableName=${env:ORDERS}', 'dynamodb:Query TableName=${env:ORDERS} IndexName=by-day'],
  ],
  [
    'transactions, by their parts',
    java(
      'import software.amazon.awssdk.services.dynamodb.*;\nimport software.amazon.awssdk.services.dynamodb.model.*;',
      `public void handleRequest() {
    List<TransactWriteItem> parts = new ArrayList<>();
    parts.add(TransactWriteItem.builder().put(Put.builder().tableName("a").build()).build());
    parts.add(TransactWriteItem.builder().delete(Delete.builder().tableName("b").build()).build());
    DynamoDbClient.create().transactWriteItems(TransactWriteItemsRequest.builder().transactItems(parts).build());
  }`,
    ),
    ['dynamodb:PutItem TableName=a', 'dynamodb:DeleteItem TableName=b'],
  ],
  [
    'signed addresses and transfers',
    java(
      'import software.amazon.awssdk.services.s3.presigner.*;\nimport software.amazon.awssdk.transfer.s3.*;',
      `private static final String BUCKET = String.format("files-%s", System.getenv("STAGE"));
  public void handleRequest() {
    var put = PutObjectRequest.builder().bucket(BUCKET).build();
    S3Presigner.create().presignPutObject(PutObjectPresignRequest.builder().putObjectRequest(put).build());
    S3TransferManager.create().downloadFile(d -> d.getObjectRequest(g -> g.bucket("in")));
  }`,
    ),
    ['s3:PutObject Bucket=files-${env:STAGE}', 's3:GetObject Bucket=in'],
  ],
  [
    'version 1: requests, names in their order, documents',
    java(
      'import com.amazonaws.services.sqs.*;\nimport com.amazonaws.services.s3.AmazonS3;\nimport com.amazonaws.services.dynamodbv2.document.*;\nimport com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;',
      `private final AmazonS3 s3 = AmazonS3ClientBuilder.defaultClient();
  private final DynamoDB documents = new DynamoDB(AmazonDynamoDBClientBuilder.standard().build());
  public void handleRequest() {
    SendMessageRequest request = new SendMessageRequest().withMessageBody("x");
    request.setQueueUrl(System.getenv("QUEUE"));
    AmazonSQSClientBuilder.defaultClient().sendMessage(request);
    s3.copyObject("from", "a", "to", "b");
    documents.getTable("t").getItem("id", "1");
  }`,
    ),
    [
      'sqs:SendMessage QueueUrl=${env:QUEUE}',
      's3:CopyObject Bucket=to',
      's3:GetObject Bucket=from',
      'dynamodb:GetItem TableName=t',
    ],
  ],
  [
    'version 1: the mapper, whose tables are its configuration’s',
    java(
      'import com.amazonaws.services.dynamodbv2.*;\nimport com.amazonaws.services.dynamodbv2.datamodeling.*;',
      `private final DynamoDBMapper mapper = new DynamoDBMapper(AmazonDynamoDBClientBuilder.defaultClient(),
    DynamoDBMapperConfig.builder().withTableNameOverride(new TableNameOverride(System.getenv("T"))).build());
  public void handleRequest() { mapper.load(Order.class, "1"); }`,
    ),
    ['dynamodb:GetItem TableName=${env:T}'],
  ],
])('Java: %s', async (_, files, calls) => {
  const found = await callsIn(write(files), 'java', 'App::handleRequest');
  expect(found).toMatchObject({ whole: true, notes: [] });
  expect(found.calls.sort()).toEqual([...calls].sort());
});

test('Go: what main comes to, through packages, structs, interfaces and tags of fields', async () => {
  const folder = write({
    'main.go': `package main
import (
  "example.org/app/store"
  "github.com/aws/aws-lambda-go/lambda"
)
type Getter interface { Get(id string) error }
type handler struct { store Getter }
func (h handler) Handle(id string) error { return h.store.Get(id) }
func main() { lambda.Start(handler{store: store.New()}.Handle) }`,
    'store/store.go': `package store
import (
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)
type settings struct { Table string \`env:"TABLE_NAME,required"\` }
type Store struct { cfg settings }
func New() *Store { return &Store{cfg: settings{}} }
func (s *Store) Get(id string) error {
  in := &dynamodb.GetItemInput{}
  in.TableName = aws.String(s.cfg.Table)
  _, err := client.GetItem(ctx, in)
  return err
}
func (s *Store) Delete(id string) error {
  _, err := client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &s.cfg.Table})
  return err
}`,
    'other/other.go': `package other
import "github.com/aws/aws-sdk-go-v2/service/sqs"
func init() { client.PurgeQueue(ctx, &sqs.PurgeQueueInput{}) }`,
  });
  expect(await callsIn(folder, 'go', 'bootstrap')).toEqual({
    calls: ['dynamodb:GetItem TableName=${env:TABLE_NAME}'],
    whole: true,
    notes: [],
  });
});

test('C#: services that are injected, objects of a context, transfers, and what `new()` makes', async () => {
  const folder = write({
    'src/Function.cs': `
namespace App;
public class Options { public string Bucket { get; init; } = ""; }
[DynamoDBTable("Orders")] public class Order { }
public class Function(IStore store, IDynamoDBContext context) {
  private readonly Options _options = new() { Bucket = Environment.GetEnvironmentVariable("BUCKET")! };
  public async Task Handler(string id) {
    await store.KeepAsync(id);
    await new TransferUtility(new AmazonS3Client()).UploadAsync(new TransferUtilityUploadRequest { BucketName = _options.Bucket });
    var order = await context.LoadAsync<Order>(id);
    await context.DeleteAsync(order);
  }
}`,
    'src/Store.cs': `
namespace App;
public interface IStore { Task KeepAsync(string id); Task DropAsync(string id); }
public class Store : IStore {
  private readonly IAmazonSQS _sqs;
  private readonly string _url;
  public Store(IAmazonSQS sqs) => (_sqs, _url) = (sqs, Environment.GetEnvironmentVariable("QUEUE"));
  public Task KeepAsync(string id) => _sqs.SendMessageAsync(_url, id);
  public Task DropAsync(string id) => _sqs.PurgeQueueAsync(_url);
}`,
  });
  const found = await callsIn(folder, 'csharp', 'App::App.Function::Handler');
  expect(found).toMatchObject({ whole: true, notes: [] });
  expect(found.calls.sort()).toEqual([
    'dynamodb:DeleteItem TableName=Orders',
    'dynamodb:DescribeTable TableName=Orders',
    'dynamodb:DescribeTable TableName=Orders',
    'dynamodb:GetItem TableName=Orders',
    's3:PutObject Bucket=${env:BUCKET}',
    'sqs:SendMessage QueueUrl=${env:QUEUE}',
  ]);
});

test.each([
  [
    'java',
    'App.java',
    'class App { SecretCache secrets; void handle() {} }',
    'which calls SecretCache makes is not known',
  ],
  [
    'java',
    'App.java',
    'class App { void handle() { new Lock(S3Client.create()); } }',
    'what Lock does with a client of AWS is not known',
  ],
  [
    'java',
    'App.java',
    'class App { void handle() { Class.forName(name); } }',
    'what Class.forName makes is not known',
  ],
  [
    'java',
    'App.java',
    'class App { @SSMParam(key = "/a") String a; void handle() {} }',
    'which calls @SSMParam makes is not known',
  ],
  [
    'csharp',
    'App.cs',
    'class App { void handle() { builder.AddSystemsManager("/a"); } }',
    'which calls AddSystemsManager makes is not known',
  ],
  ['java', 'App.java', 'class Other {}', 'the class of App::handle was not found'],
  ['java', 'src/App.kt', '', 'src/App.kt is in a language that is not read'],
  ['csharp', 'App.fs', '', 'App.fs is in a language that is not read'],
  [
    'go',
    'main.go',
    'package main\nimport "github.com/guregu/dynamo/v2"\nfunc main() {}',
    'which calls github.com/guregu/dynamo/v2 makes',
  ],
  ['go', 'README.md', '', 'no source in go was found'],
] as const)('%s: what is not known is told: %s %s', async (language, path, text, note) => {
  const { whole, notes } = await callsIn(write({ [path]: text }), language, 'App::handle');
  expect(whole).toBe(false);
  expect(notes.join()).toContain(note);
});

test('Java: objects of one class are told apart, and so are constants of an enum', async () => {
  const folder = write({
    'src/main/java/App.java': `
public class App {
  private final Store orders = new Store(Names.ORDERS.value());
  private final Store users = new Store("users");
  public void handleRequest() { orders.get(); users.put(); }
}`,
    'src/main/java/Names.java': `
public enum Names {
  ORDERS("ORDERS_TABLE"), USERS("USERS_TABLE");
  private final String variable;
  Names(String variable) { this.variable = variable; }
  String value() { return System.getenv(variable); }
}`,
    'src/main/java/Base.java': `
public abstract class Base {
  abstract String table();
  void get() { DynamoDbClient.create().getItem(r -> r.tableName(table())); }
}`,
    'src/main/java/Store.java': `
public class Store extends Base {
  private final String table;
  Store(String table) { this.table = table; }
  String table() { return table; }
  void put() { DynamoDbClient.create().putItem(r -> r.tableName(table)); }
}`,
  });
  expect(await callsIn(folder, 'java', 'App::handleRequest')).toEqual({
    calls: ['dynamodb:GetItem TableName=${env:ORDERS_TABLE}', 'dynamodb:PutItem TableName=users'],
    whole: true,
    notes: [],
  });
});

test('Go: objects of one struct are told apart, and entries of lists are of their type', async () => {
  const folder = write({
    'main.go': `package main
import (
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  "github.com/aws/aws-sdk-go-v2/service/eventbridge"
  "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)
type Store struct { table string }
func New(table string) *Store { return &Store{table} }
func (s *Store) Get() { db.GetItem(ctx, &dynamodb.GetItemInput{TableName: &s.table}) }
func (s *Store) Put() { db.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.table}) }
func main() {
  a, b := New(os.Getenv("A")), New("b")
  lambda.Start(func() {
    a.Get()
    b.Put()
    bus.PutEvents(ctx, &eventbridge.PutEventsInput{Entries: []types.PutEventsRequestEntry{{EventBusName: aws.String("orders")}}})
  })
}`,
  });
  const opened = await openPackage(folder);
  const { calls } = await findCompiledCalls(await readSources(opened, 'go'), 'go', 'bootstrap');
  await opened.close();
  expect(calls.map(({ operation, parameters }) => [operation, parameters]).sort()).toEqual([
    ['GetItem', { TableName: '${env:A}' }],
    ['PutEvents', { EventBusName: 'orders' }],
    ['PutItem', { TableName: 'b' }],
  ]);
});

test('C#: extensions of clients', async () => {
  const folder = write({
    'Function.cs': `
namespace App;
public class Function {
  private readonly IAmazonS3 _s3 = new AmazonS3Client();
  public Task Handler(string id) => _s3.KeepAsync("files", id);
}
public static class Extensions {
  public static Task KeepAsync(this IAmazonS3 client, string bucket, string text) =>
    client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, ContentBody = text });
}`,
  });
  expect(await callsIn(folder, 'csharp', 'App::App.Function::Handler')).toEqual({
    calls: ['s3:PutObject Bucket=files'],
    whole: true,
    notes: [],
  });
});

test.each([
  [
    'csharp',
    'App',
    {
      'Program.cs':
        'var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddControllers();\nbuilder.Build().Run();',
      'Orders.cs':
        'public class OrdersController : ControllerBase { Task Get(IAmazonSQS sqs) => sqs.SendMessageAsync("q", "m"); }',
    },
    'sqs:SendMessage QueueUrl=q',
  ],
  [
    'java',
    'app.StreamLambdaHandler::handleRequest',
    {
      'src/main/java/app/StreamLambdaHandler.java':
        'package app; public class StreamLambdaHandler { static { handler = SpringBootLambdaContainerHandler.getAwsProxyHandler(Application.class); } void handleRequest() {} }',
      'src/main/java/app/Orders.java':
        'package app; @RestController public class Orders { @GetMapping void get(SqsClient sqs) { sqs.purgeQueue(r -> r.queueUrl("q")); } }',
    },
    'sqs:PurgeQueue QueueUrl=q',
  ],
] as const)('%s: what a server finds by itself counts', async (language, handler, files, call) => {
  expect(await callsIn(write(files), language, handler)).toEqual({ calls: [call], whole: true, notes: [] });
});

test('C#: a program that starts by itself, and one whose start is not there', async () => {
  const folder = write({
    'Program.cs': `
namespace Worker;
public class Program {
  private static async Task Main() { await LambdaBootstrapBuilder.Create(Handle).Build().RunAsync(); }
  public static Task Handle(string id) => new AmazonSQSClient().SendMessageAsync("q", id);
  public static Task Other() => new AmazonSQSClient().PurgeQueueAsync("q");
}`,
  });
  expect(await callsIn(folder, 'csharp', 'Worker')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=q'],
    whole: true,
    notes: [],
  });
  const opened = await openPackage(folder);
  const lost = await findCompiledCalls(await readSources(opened, 'csharp'), 'csharp', 'A::B.C::Handle');
  await opened.close();
  expect(lost).toMatchObject({ whole: false, notes: ['the class of A::B.C::Handle was not found'] });
  expect(lost.calls.map(({ operation, isPossible }) => [operation, isPossible])).toEqual([
    ['SendMessage', true],
    ['PurgeQueue', true],
  ]);
});

test('Java: what a request is for counts where its sending is not seen, and only there', async () => {
  const folder = write({
    'src/main/java/App.java': `
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.*;
public class App {
  private final SqsClient sqs = SqsClient.create();
  public void handleRequest(Sender sender) {
    sqs.sendMessage(message("a"));
    sender.hand(PurgeQueueRequest.builder().queueUrl("b").build());
    sender.hand(new CreateQueueRequest());
  }
  private SendMessageRequest message(String url) { return SendMessageRequest.builder().queueUrl(url).build(); }
}
class CreateQueueRequest {}`,
  });
  expect(await callsIn(folder, 'java', 'App')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=a', 'sqs:PurgeQueue QueueUrl=b'],
    whole: true,
    notes: [],
  });
});

test('C#: parts of a class in several files', async () => {
  const folder = write({
    'Function.cs': `
namespace App;
public partial class Function { public Task Handler(string id) => Send(id); }`,
    'Function.Queue.cs': `
namespace App;
public partial class Function {
  private readonly IAmazonSQS _sqs = new AmazonSQSClient();
  private readonly string _url = Environment.GetEnvironmentVariable("QUEUE");
  private Task Send(string id) => _sqs.SendMessageAsync(_url, id);
}`,
  });
  expect(await callsIn(folder, 'csharp', 'App::App.Function::Handler')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=${env:QUEUE}'],
    whole: true,
    notes: [],
  });
});

test('Go: folders that are called like packages of the SDK, and the module itself', async () => {
  const folder = write({
    'cmd/get/main.go': `package main
import (
  "example.org/app"
  "example.org/app/types"
)
func main() { lambda.Start(app.New(types.Options{Table: "t"}).Get) }`,
    'app.go': `package app
import (
  "example.org/app/types"
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  ddb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)
type App struct { options types.Options }
func New(options types.Options) *App { return &App{options} }
func (a *App) Get() { db.GetItem(ctx, &dynamodb.GetItemInput{TableName: &a.options.Table, Key: map[string]ddb.Options{}}) }
func (a *App) Put() { db.PutItem(ctx, &dynamodb.PutItemInput{TableName: &a.options.Table}) }`,
    'types/types.go': 'package types\ntype Options struct { Table string }',
  });
  expect(await callsIn(folder, 'go', 'bootstrap')).toEqual({
    calls: ['dynamodb:GetItem TableName=t'],
    whole: true,
    notes: [],
  });
});

test('Java: variables by optional values, parameters of services of every kind, and what makes a client', async () => {
  const folder = write({
    'App.java': `
public class App {
  private static final S3AsyncClient FILES = S3AsyncClient.crtCreate();
  private final AthenaClient athena = AthenaClient.create();
  static String required(String name) {
    return Optional.ofNullable(System.getenv(name)).map(String::trim).filter(each -> !each.isBlank()).orElseThrow(() -> new Missing(name));
  }
  public void handleRequest() {
    FILES.headObject(r -> r.bucket(required("FILES")).key("x"));
    athena.startQueryExecution(r -> r.queryString("select 1").workGroup(Optional.ofNullable(System.getenv("GROUP")).orElseGet(() -> "primary")));
  }
}`,
  });
  expect(await callsIn(folder, 'java', 'App')).toEqual({
    calls: ['s3:HeadObject Bucket=${env:FILES}', 'athena:StartQueryExecution WorkGroup=${env:GROUP}'],
    whole: true,
    notes: [],
  });
});

test('Java: each part of a transaction is on its own table, texts are joined, and a queue is asked for by its name', async () => {
  const folder = write({
    'App.java': `
public class App {
  private final DynamoDbEnhancedClient client = DynamoDbEnhancedClient.create();
  private final DynamoDbTable<Order> orders = client.table("orders", SCHEMA);
  private final DynamoDbTable<Stock> stock = client.table("stock", SCHEMA);
  private final SqsClient queues = SqsClient.create();
  private final SsmClient parameters = SsmClient.create();
  public void handleRequest() {
    var request = TransactWriteItemsEnhancedRequest.builder().addPutItem(orders, order).addUpdateItem(stock, item).build();
    client.transactWriteItems(request);
    String url = queues.getQueueUrl(r -> r.queueName("mail")).queueUrl();
    queues.sendMessage(r -> r.queueUrl(url));
    parameters.getParameter(r -> r.name(String.join("/", "", "app", System.getenv("STAGE"))));
  }
}`,
  });
  const { calls } = await callsIn(folder, 'java', 'App');
  expect(calls.filter((call) => !call.startsWith('sqs:GetQueueUrl')).sort()).toEqual([
    'dynamodb:PutItem TableName=orders',
    'dynamodb:UpdateItem TableName=stock',
    'sqs:SendMessage QueueUrl=name:mail',
    'ssm:GetParameter Name=/app/${env:STAGE}',
  ]);
});

test.each([
  ['Put', ['dynamodb:PutItem TableName=${env:TABLE}', 'events:PutEvents EventBusName=${env:BUS}']],
  ['Get', ['s3:GetObject Bucket=${env:BUCKET}']],
])(
  'Java: handlers in a class, what a container provides, and constants of an interface: %s',
  async (name, calls) => {
    const folder = write({
      'app/Constants.java': 'package app; interface Constants { String BUS = System.getenv().get("BUS"); }',
      'app/Handlers.java': `
package app;
import static app.Constants.*;
record Config(String table, String bucket) {
  static Config load() { return new Config(System.getenv("TABLE"), System.getenv("BUCKET")); }
}
public class Handlers {
  public static class Put implements RequestHandler<String, String> {
    private final Config config = Config.load();
    private final EventBridgeClient events = EventBridgeClient.create();
    public String handleRequest(String in, Context context) {
      DynamoDbClient.create().putItem(r -> r.tableName(config.table()));
      events.putEvents(PutEventsRequest.builder().entries(List.of(in).stream().map(this::entry).toList()).build());
      return in;
    }
    private PutEventsRequestEntry entry(String id) { return PutEventsRequestEntry.builder().eventBusName(BUS).build(); }
  }
  public static class Get implements RequestHandler<String, String> {
    @Inject Files files;
    public Get() { DaggerApp.create().inject(this); }
    public String handleRequest(String in, Context context) { return files.read(in); }
  }
}
class Files {
  private final Config config;
  @Inject Files(Config config) { this.config = config; }
  String read(String key) { return S3Client.create().getObjectAsBytes(r -> r.bucket(config.bucket()).key(key)).asUtf8String(); }
}
@Module class Settings { @Provides static Config config() { return Config.load(); } }
@Component(modules = Settings.class) interface App { void inject(Handlers.Get get); }`,
    });
    const found = await callsIn(folder, 'java', `app.Handlers$${name}::handleRequest`);
    expect(found).toMatchObject({ whole: true, notes: [] });
    expect(found.calls.map((call) => call.replace(/ Key=.*/, '')).sort()).toEqual(calls);
  },
);

const generic = `
public interface ICommand<T> { Task RunAsync(T input); }
public class Send : ICommand<string> { public Task RunAsync(string input) => new AmazonSQSClient().SendMessageAsync("q", input); }
public class Remove : ICommand<string> { public Task RunAsync(string input) => new AmazonS3Client().DeleteObjectAsync("b", input); }
public abstract class Handler<TIn, TCommand> where TCommand : ICommand<TIn> {
  private readonly IServiceProvider _services;
  public Task Handle(TIn input) => _services.GetRequiredService<TCommand>().RunAsync(input);
}
public class Sending : Handler<string, Send> { }
public class Removing : Handler<string, Remove> { }
public class Any { public Task Handle(IServiceProvider services) => Run<Send>(services); Task Run<TAny>(IServiceProvider services) => services.GetRequiredService<TAny>().RunAsync("x"); }`;

test.each([
  ['Sending', ['sqs:SendMessage QueueUrl=q']],
  ['Removing', ['s3:DeleteObject Bucket=b']],
  ['Any', ['sqs:SendMessage QueueUrl=q']],
])('C#: what a generic type is made for: %s', async (name, calls) => {
  const found = await callsIn(write({ 'App.cs': generic }), 'csharp', `App::${name}::Handle`);
  expect(found).toEqual({ calls, whole: true, notes: [] });
});

test('Go: a bare return gives the named results', async () => {
  const folder = write({
    'main.go': `package main
import "github.com/aws/aws-sdk-go-v2/service/sqs"
func must(name string) (value string, err error) { value = os.Getenv(name); return }
func main() { q, _ := must("QUEUE"); client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &q}) }`,
  });
  expect((await callsIn(folder, 'go', 'bootstrap')).calls).toEqual(['sqs:SendMessage QueueUrl=${env:QUEUE}']);
});

test.each([
  [
    'java',
    'App.java',
    'public class App { static final Map<String, String> TABLES = Map.ofEntries(Map.entry("stock", "s"), Map.entry("orders", System.getenv("ORDERS")));\nvoid handleRequest() { DynamoDbClient.create().getItem(r -> r.tableName(TABLES.get("orders"))); } }',
    'App',
  ],
  [
    'csharp',
    'App.cs',
    'public class App { static readonly Dictionary<string, string> Tables = new() { ["stock"] = "s", ["orders"] = Environment.GetEnvironmentVariable("ORDERS") };\npublic Task Go() => new AmazonDynamoDBClient().GetItemAsync(Tables["orders"], null); }',
    'X::App::Go',
  ],
  [
    'go',
    'main.go',
    'package main\nimport "github.com/aws/aws-sdk-go-v2/service/dynamodb"\nvar tables = map[string]string{"stock": "s", "orders": os.Getenv("ORDERS")}\nfunc main() { db.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(tables["orders"])}) }',
    'bootstrap',
  ],
] as const)('%s: an entry of a map', async (language, file, text, handler) => {
  expect((await callsIn(write({ [file]: text }), language, handler)).calls).toEqual([
    'dynamodb:GetItem TableName=${env:ORDERS}',
  ]);
});

test('C#: names in a section of the configuration', async () => {
  const folder = write({
    'App.cs': `
public class App(IConfiguration cfg) {
  public Task Go() => new AmazonSQSClient().SendMessageAsync(cfg.GetSection("App").GetSection("Queues")["Orders"], "x");
}`,
  });
  expect((await callsIn(folder, 'csharp', 'X::App::Go')).calls).toEqual([
    'sqs:SendMessage QueueUrl=${env:App__Queues__Orders}',
  ]);
});

test('Java: what a client is told while it is put together is no call', async () => {
  const folder = write({
    'App.java': `
public class App {
  private final S3AsyncClient files = S3AsyncClient.crtBuilder().targetThroughputInGbps(5.0).minimumPartSizeInBytes(8L).build();
  public void handleRequest() { files.getObject(r -> r.bucket("b"), to); }
}`,
  });
  expect(await callsIn(folder, 'java', 'App')).toEqual({
    calls: ['s3:GetObject Bucket=b'],
    whole: true,
    notes: [],
  });
});

test('C#: the address of a queue in a variable that was asked for by the name', async () => {
  const folder = write({
    'App.cs': `
public class App {
  readonly IAmazonSQS queues = new AmazonSQSClient();
  public async Task Go() { var url = (await queues.GetQueueUrlAsync("mail")).QueueUrl; await queues.SendMessageAsync(url, "x"); }
}`,
  });
  expect((await callsIn(folder, 'csharp', 'X::App::Go')).calls).toContain(
    'sqs:SendMessage QueueUrl=name:mail',
  );
});
