using System.Diagnostics;
using System.Text.Json;

namespace Invoices;

/// <summary>Writes invoices, and puts those that are to be kept into the archive.</summary>
public sealed class Function
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public Dictionary<string, object> Handle(JsonElement input)
    {
        var invoice = input.Deserialize<Invoice>(Web)!;
        var result = new Dictionary<string, object> { ["text"] = invoice.Render(), ["totalCents"] = invoice.TotalCents };
        if (invoice.Archive) result["archive"] = Archive(invoice);
        return result;
    }

    private static string Archive(Invoice invoice)
    {
        File.WriteAllText("/tmp/invoice.txt", invoice.Render());
        // The hole: the customer's name becomes part of a command line.
        var command = $"cp /tmp/invoice.txt /tmp/archived.txt && echo archived for {invoice.Customer}";
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", command }, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
