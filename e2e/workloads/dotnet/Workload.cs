using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Npgsql;

var scratch = Setting("SCRATCH");

static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name);
static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
static IncrementalHash Sha256() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

async Task<string> UseHttp()
{
    using var client = new HttpClient();
    var answers = Sha256();
    for (var index = 0; index < 50; index++)
        answers.AppendData(await client.GetByteArrayAsync($"{Setting("API_URL")}/{index}"));
    return $"50 answers {Hex(answers)}";
}

async Task<string> UseDatabase()
{
    var url = new Uri(Setting("DATABASE_URL"));
    await using var connection = new NpgsqlConnection(
        $"Host={url.Host};Port={url.Port};Username={url.UserInfo};Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable");
    await connection.OpenAsync();
    await using (var create = new NpgsqlCommand("create temp table numbers (n int, words text)", connection))
        await create.ExecuteNonQueryAsync();
    await using (var insert = new NpgsqlCommand(
        "insert into numbers select n, 'number ' || n from generate_series(1, @count) n", connection))
    {
        insert.Parameters.AddWithValue("count", 1000);
        await insert.ExecuteNonQueryAsync();
    }
    await using var select = new NpgsqlCommand(
        "select sum(n), max(words) from numbers where n % @by = 0", connection);
    select.Parameters.AddWithValue("by", 7);
    await using var rows = await select.ExecuteReaderAsync();
    await rows.ReadAsync();
    return $"sum {rows.GetInt64(0)}, last {rows.GetString(1)}";
}

async Task<string> UseAws()
{
    using var client = new AmazonS3Client(new BasicAWSCredentials("lab", "lab"), new AmazonS3Config
    {
        ServiceURL = Setting("S3_URL"),
        AuthenticationRegion = "eu-west-1",
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });
    foreach (var key in new[] { "one", "two" })
        await client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "dotnet",
            Key = key,
            ContentBody = $"object {key}",
            UseChunkEncoding = false,
        });
    var list = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "dotnet" });
    using var got = await client.GetObjectAsync("dotnet", "two");
    using var reader = new StreamReader(got.ResponseStream);
    return $"{string.Join(' ', list.S3Objects.Select(entry => entry.Key))}: {await reader.ReadToEndAsync()}";
}

async Task<string> UseThreads()
{
    var work = Enumerable.Range(1, 4).Select(number => Task.Run(() =>
    {
        var value = number.ToString();
        for (var round = 0; round < 20000; round++)
            value = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
        return value[..8];
    }));
    return string.Join(' ', await Task.WhenAll(work));
}

async Task<string> UseChild()
{
    using var child = Process.Start(new ProcessStartInfo("/usr/bin/sort", "-n")
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
    await child.StandardInput.WriteAsync("10\n9\n8\n");
    child.StandardInput.Close();
    var output = await child.StandardOutput.ReadToEndAsync();
    await child.WaitForExitAsync();
    return $"{output.Trim().Replace('\n', ' ')}, exit code {child.ExitCode}";
}

Task<string> UseSmallFiles()
{
    var folder = Directory.CreateDirectory(Path.Combine(scratch, "small")).FullName;
    for (var index = 0; index < 100; index++)
        File.WriteAllText(Path.Combine(folder, index.ToString()), $"content of {index}");
    var all = Sha256();
    for (var index = 0; index < int.Parse(Setting("FILES")); index++)
        all.AppendData(File.ReadAllBytes(Path.Combine(folder, (index % 100).ToString())));
    Directory.Delete(folder, recursive: true);
    return Task.FromResult($"{Setting("FILES")} reads {Hex(all)}");
}

Task<string> UseLargeFile()
{
    var path = Path.Combine(scratch, "large");
    var piece = new byte[1 << 20];
    using (var output = File.Create(path))
        for (var index = 0; index < int.Parse(Setting("MEGABYTES")); index++)
        {
            Array.Fill(piece, (byte)(index % 251));
            output.Write(piece);
        }
    var all = Sha256();
    using (var input = File.OpenRead(path))
        for (int length; (length = input.Read(piece)) > 0;)
            all.AppendData(piece, 0, length);
    File.Delete(path);
    return Task.FromResult($"{Setting("MEGABYTES")} MB {Hex(all)}");
}

foreach (var use in new Func<Task<string>>[] { UseHttp, UseDatabase, UseAws, UseThreads, UseChild, UseSmallFiles, UseLargeFile })
    Console.WriteLine($"{use.Method.Name.Split("__")[1].Split('|')[0]}: {await use()}");
