using System.Net.Http.Headers;
using System.Text.Json;

namespace Ringfence.Bootstrap;

public sealed record Invocation(string RequestId, byte[] Event);

/// <summary>The Runtime API, over connections that HttpClient keeps open.</summary>
public sealed class RuntimeClient(string address)
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://{address}/2018-06-01/runtime/"),
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public async Task<Invocation> NextAsync()
    {
        using var response = await http.GetAsync("invocation/next");
        response.EnsureSuccessStatusCode();
        var id = response.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        if (response.Headers.TryGetValues("Lambda-Runtime-Trace-Id", out var traces))
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", traces.Single());
        return new Invocation(id, await response.Content.ReadAsByteArrayAsync());
    }

    public async Task PostAsync(string path, byte[] body, string? errorType = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (errorType is not null) request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using var _ = await http.SendAsync(request);
    }

    public Task PostErrorAsync(string path, Exception error)
    {
        var described = Describe(error);
        return PostAsync(path, JsonSerializer.SerializeToUtf8Bytes(described), error.GetType().Name);
    }

    private static Dictionary<string, object> Describe(Exception error)
    {
        var described = new Dictionary<string, object>
        {
            ["errorType"] = error.GetType().Name,
            ["errorMessage"] = error.Message,
            ["stackTrace"] = (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };
        if (error.InnerException is { } inner) described["cause"] = Describe(inner);
        return described;
    }
}
