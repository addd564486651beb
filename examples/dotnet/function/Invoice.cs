namespace Invoices;

public sealed record Line(string Article, int Count, long Cents);

public sealed record Invoice(string Customer, Line[] Lines, bool Archive = false)
{
    public long TotalCents => Lines.Sum(line => line.Count * line.Cents);

    public string Render() =>
        string.Join('\n', [
            $"Invoice for {Customer}",
            .. Lines.Select(line => $"{line.Count,4} x {line.Article,-20}{FormatMoney(line.Count * line.Cents),12}"),
            $"{"Total",-27}{FormatMoney(TotalCents),12}",
        ]);

    private static string FormatMoney(long cents) => $"{cents / 100}.{cents % 100:00}";
}
