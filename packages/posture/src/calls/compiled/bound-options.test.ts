import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';

const options = `
public class ShopOptions {
  public string Table { get; set; } = "";
  public Mail Mail { get; set; } = new();
}
public class Mail { public string Queue { get; set; } = "https://none"; }`;

const use = `
public class Orders(IAmazonDynamoDB tables, IOptions<ShopOptions> options) {
  private readonly ShopOptions _options = options.Value;
  [LambdaFunction] public Task Get() => tables.GetItemAsync(new GetItemRequest { TableName = _options.Table });
}`;

test.each([
  ['services.Configure<ShopOptions>(configuration.GetSection("Shop"));', '${env:Shop__Table}'],
  [
    'services.AddOptions<ShopOptions>().Bind(configuration.GetSection("App").GetSection("Shop")).ValidateOnStart();',
    '${env:App__Shop__Table}',
  ],
  ['services.AddOptions<ShopOptions>().BindConfiguration("App:Shop");', '${env:App__Shop__Table}'],
  ['services.AddSingleton(configuration.GetSection("Shop").Get<ShopOptions>());', '${env:Shop__Table}'],
  [
    'services.Configure<ShopOptions>(o => o.Table = Environment.GetEnvironmentVariable("TABLE"));',
    '${env:TABLE}',
  ],
])('C#: options by %s', async (registration, table) => {
  const folder = write({
    'Options.cs': options,
    'Orders.cs': use,
    'Startup.cs': `
[LambdaStartup]
public class Startup {
  public void ConfigureServices(IServiceCollection services) {
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    ${registration}
  }
}`,
  });
  expect(await callsIn(folder, 'csharp', 'Shop::Orders_Get_Generated::Get')).toEqual({
    calls: [`dynamodb:GetItem TableName=${table}`],
    whole: true,
    notes: [],
  });
});

test('C#: options within options, by what a container makes, and what is empty is no name', async () => {
  const folder = write({
    'Options.cs': options,
    'Startup.cs': `
[LambdaStartup]
public class Startup {
  public void ConfigureServices(IServiceCollection services) {
    services.Configure<ShopOptions>(new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("Shop"));
    services.AddSingleton<IBus>(sp => new Bus(sp.GetRequiredService<IAmazonSQS>(), sp.GetRequiredService<IOptions<ShopOptions>>().Value.Mail.Queue));
    services.AddSingleton<IDynamoDBContext>(sp => new DynamoDBContextBuilder().ConfigureContext(c => c.DisableFetchingTableMetadata = true).Build());
  }
}
public interface IBus { Task Send(string text); }
public class Bus(IAmazonSQS queues, string url) : IBus {
  public Task Send(string text) => queues.SendMessageAsync(url, text);
}
public class Unset { public string Table { get; set; } = ""; }
[DynamoDBTable("orders")] public class Order { }`,
    'Orders.cs': `
public class Orders(IBus bus, IDynamoDBContext context, Unset unset) {
  [LambdaFunction] public async Task Put() {
    await bus.Send("x");
    await context.LoadAsync<Order>("1", new LoadConfig { OverrideTableName = unset.Table });
    await context.LoadAsync<Order>("1", new LoadConfig { OverrideTableName = Environment.GetEnvironmentVariable("OTHER") });
    var table = new TableBuilder(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("TABLE")).AddHashKey("id", DynamoDBEntryType.String).Build();
    await table.DeleteItemAsync("x");
  }
}`,
  });
  const { calls, notes } = await callsIn(folder, 'csharp', 'Shop::Orders_Put_Generated::Put');
  expect(notes).toEqual([]);
  expect(calls.sort()).toEqual([
    'dynamodb:DeleteItem TableName=${env:TABLE}',
    'dynamodb:GetItem TableName=${?}',
    'dynamodb:GetItem TableName=${env:OTHER}',
    'sqs:SendMessage QueueUrl=${env:Shop__Mail__Queue}',
  ]);
});

test('C#: a long chain of registrations is followed whole', async () => {
  const services = Array.from({ length: 25 }, (_, index) => `.AddSingleton<Service${index}>()`).join('');
  const classes = Array.from({ length: 25 }, (_, index) => `public class Service${index} {}`).join('\n');
  const folder = write({
    'Orders.cs': `
public static class Registration { public static IServiceCollection AddAll(this IServiceCollection services) => services${services}.AddSingleton<IAmazonSQS>(); }
${classes}
public class Orders {
  private readonly IServiceProvider _provider = new ServiceCollection().AddAll().BuildServiceProvider();
  public Task Put() => _provider.GetRequiredService<IAmazonSQS>().SendMessageAsync("q", "x");
}`,
  });
  expect(await callsIn(folder, 'csharp', 'Shop::Orders::Put')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=q'],
    whole: true,
    notes: [],
  });
});
