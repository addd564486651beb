// Looks names up as .NET does: by the C library in threads at once, and opens each by name.
using System.Net;
using System.Net.Sockets;

using var client = new HttpClient();

async Task<string> LookUp(string name)
{
    try
    {
        var found = (await Dns.GetHostAddressesAsync(name)).Select(address => address.ToString());
        return $"{string.Join(' ', found.Order(StringComparer.Ordinal))} {await client.GetStringAsync($"http://{name}/page")}";
    }
    catch (SocketException error)
    {
        return error.SocketErrorCode.ToString();
    }
}

foreach (var name in args)
    foreach (var answer in (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LookUp(name)))).Distinct())
        Console.WriteLine(answer);
