import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';

const app = `
package app;
import org.springframework.boot.SpringApplication;
import org.springframework.beans.factory.annotation.Value;
@SpringBootApplication
public class App {
  public static void main(String[] args) { SpringApplication.run(App.class, args); }
  @Bean DynamoDbClient tables() { return DynamoDbClient.create(); }
  @Bean SqsClient queues() { return SqsClient.create(); }
  @Bean public Function<Map<String, String>, String> show(Store store) { return event -> store.get(event.get("id")); }
  @Bean public Consumer<Map<String, String>> put(Store store, Mail mail) { return event -> { store.put(event); mail.send(); }; }
}`;
const store = (table: string) => `
package app;
import org.springframework.beans.factory.annotation.Value;
public interface Store { String get(String id); void put(Map<String, String> item); }
@Component
class DynamoStore implements Store {
  private final DynamoDbClient client;
  private final String table;
  DynamoStore(DynamoDbClient client, @Value("${table}") String table) { this.client = client; this.table = table; }
  @Override public String get(String id) { return client.getItem(r -> r.tableName(table)).toString(); }
  @Override public void put(Map<String, String> item) { client.putItem(r -> r.tableName(table)); }
  @Override public void drop() { client.deleteTable(r -> r.tableName(table)); }
}`;
const mail = `
package app;
import org.springframework.beans.factory.annotation.Value;
@Service
class Mail {
  @Autowired SqsClient queues;
  @Value("\${mail.queue-url}") String queue;
  void send() { queues.sendMessage(r -> r.queueUrl(queue)); }
}`;
const invoker = 'org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest';

test.each([
  ['show', ['dynamodb:GetItem TableName=${env:ORDERS}']],
  ['put', ['dynamodb:PutItem TableName=${env:ORDERS}', 'sqs:SendMessage QueueUrl=${env:MAIL_QUEUEURL}']],
  [
    '',
    [
      'dynamodb:GetItem TableName=${env:ORDERS}',
      'dynamodb:PutItem TableName=${env:ORDERS}',
      'sqs:SendMessage QueueUrl=${env:MAIL_QUEUEURL}',
    ],
  ],
])('Spring: of several functions in a program that which is started: %s', async (started, calls) => {
  const folder = write({ 'App.java': app, 'Store.java': store('${ORDERS}'), 'Mail.java': mail });
  const found = await callsIn(folder, 'java', invoker, { SPRING_CLOUD_FUNCTION_DEFINITION: started });
  expect(found).toMatchObject({ whole: true, notes: [] });
  expect(found.calls.sort()).toEqual(calls);
});

test.each([
  ['application.yml', 'orders:\n  table: orders-${STAGE:dev}\n---\norders: {}\n'],
  ['application.properties', '# tables\norders.table = orders-${STAGE:dev}\n'],
])('Spring: a text by the name that %s has for it', async (file, text) => {
  const folder = write({
    'src/main/java/App.java': app,
    'src/main/java/Store.java': store('${orders.table}'),
    'src/main/java/Mail.java': mail,
    [`src/main/resources/${file}`]: text,
  });
  expect(
    (await callsIn(folder, 'java', invoker, { SPRING_CLOUD_FUNCTION_DEFINITION: 'show' })).calls,
  ).toEqual(['dynamodb:GetItem TableName=orders-${env:STAGE}']);
});

test('a file of settings that is no YAML is told', async () => {
  const folder = write({ 'App.java': app, 'src/main/resources/application.yml': 'orders: {' });
  const { whole, notes } = await callsIn(folder, 'java', invoker, {
    SPRING_CLOUD_FUNCTION_DEFINITION: 'show',
  });
  expect(whole).toBe(false);
  expect(notes.join()).toContain('src/main/resources/application.yml');
});

test('Micronaut: fields, parameters and properties are filled in', async () => {
  const folder = write({
    'Handler.java': `
import io.micronaut.context.annotation.Property;
public class Handler extends MicronautRequestHandler<String, String> {
  @Inject Files files;
  @Property(name = "TOPIC") String topic;
  @Inject SnsClient topics;
  @Override public String execute(String name) { topics.publish(r -> r.topicArn(topic)); return files.read(name); }
}
@ConfigurationProperties("files")
record FileSettings(String bucket) {}
@Singleton
class Files {
  private final S3Client client;
  private final FileSettings settings;
  Files(S3Client client, FileSettings settings) { this.client = client; this.settings = settings; }
  String read(String name) { return client.getObjectAsBytes(r -> r.bucket(settings.bucket()).key(name)).asUtf8String(); }
}`,
    'src/main/resources/application.yml': 'files:\n  bucket: ${BUCKET}\n',
  });
  const { calls } = await callsIn(folder, 'java', 'Handler');
  expect(calls.sort()).toEqual(['s3:GetObject Bucket=${env:BUCKET}', 'sns:Publish TopicArn=${env:TOPIC}']);
});

test('C#: of several handlers in a program the one that its environment names', async () => {
  const folder = write({
    'Functions.cs': `
public class Functions(IAmazonSQS queues, IAmazonS3 files) {
  [LambdaFunction] public Task Send() => queues.SendMessageAsync(Environment.GetEnvironmentVariable("QUEUE"), "x");
  [LambdaFunction] public Task Read() => files.GetObjectAsync(Environment.GetEnvironmentVariable("BUCKET"), "x");
}`,
  });
  expect((await callsIn(folder, 'csharp', 'Shop', { ANNOTATIONS_HANDLER: 'Send' })).calls).toEqual([
    'sqs:SendMessage QueueUrl=${env:QUEUE}',
  ]);
});

const quarkus = `
@Named("intake")
public class Intake implements RequestHandler<String, String> {
  @Inject DynamoDbClient client;
  @ConfigProperty(name = "orders.table") String table;
  @Override public String handleRequest(String in, Context context) {
    client.transactWriteItems(t -> t.transactItems(TransactWriteItem.builder().put(p -> p.tableName(table)).build()));
    return in;
  }
}
@Named("audit")
class Audit implements RequestHandler<String, String> {
  @Inject SqsClient queues;
  @Override public String handleRequest(String in, Context context) { queues.sendMessage(r -> r.queueUrl("q")); return in; }
}`;

test.each([
  [{ QUARKUS_LAMBDA_HANDLER: 'audit' }, ['sqs:SendMessage QueueUrl=q']],
  [{}, ['dynamodb:PutItem TableName=${env:TABLE}']],
])('Quarkus: of several handlers that which %o or else the settings name', async (environment, calls) => {
  const folder = write({
    'src/main/java/App.java': quarkus,
    'src/main/resources/application.properties': 'orders.table=${TABLE}\nquarkus.lambda.handler=intake\n',
  });
  const handler = 'io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest';
  expect(await callsIn(folder, 'java', handler, environment)).toEqual({ calls, whole: true, notes: [] });
});

test('Guice: what an injector gives is of the class that it is asked for, also where its method is handed on', async () => {
  const folder = write({
    'App.java': `
public class App implements RequestHandler<SQSEvent, Void> {
  private static final Injector INJECTOR = Guice.createInjector(new AppModule());
  public Void handleRequest(SQSEvent event, Context context) {
    event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).forEach(INJECTOR.getInstance(Orders.class)::save);
    return null;
  }
}
class AppModule extends AbstractModule { @Provides SnsClient topics() { return SnsClient.create(); } }
class Orders {
  private final SnsClient topics;
  @Inject Orders(SnsClient topics) { this.topics = topics; }
  void save(String order) { topics.publish(r -> r.topicArn("t")); }
}`,
  });
  expect(await callsIn(folder, 'java', 'App')).toEqual({
    calls: ['sns:Publish TopicArn=t'],
    whole: true,
    notes: [],
  });
});
