// Runs a .NET function: speaks Lambda's Runtime API 2018-06-01.
//
// AWS's own client for .NET is not in the registries that Ringfence builds from; this one keeps to the documented API.
using System.Reflection;
using Ringfence.Bootstrap;

var client = new RuntimeClient(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
Handler handler;
try
{
    handler = Handler.Load(args[0], Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT")!);
}
catch (Exception error)
{
    Console.Error.WriteLine(error);
    await client.PostErrorAsync("init/error", error);
    return 1;
}

while (true)
{
    var invocation = await client.NextAsync();
    try
    {
        var response = await handler.CallAsync(invocation.Event);
        await client.PostAsync($"invocation/{invocation.RequestId}/response", response);
    }
    catch (Exception error)
    {
        var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
        Console.Error.WriteLine(cause);
        await client.PostErrorAsync($"invocation/{invocation.RequestId}/error", cause);
    }
}
