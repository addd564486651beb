using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;

namespace Ringfence.Bootstrap;

/// <summary>
/// A method of a class library, named <c>Assembly::Type::Method</c>, with no parameter or one: Stream, string, byte[] or
/// whatever System.Text.Json makes of the event. Its result goes back in the same way; tasks are awaited.
/// </summary>
public sealed class Handler(object? target, MethodInfo method)
{
    public static Handler Load(string name, string taskRoot)
    {
        var parts = name.Split("::");
        if (parts.Length != 3)
            throw new ArgumentException($"Invalid lambda function handler: '{name}'. The valid format is 'ASSEMBLY::TYPE::METHOD'.");
        var main = Path.Combine(taskRoot, parts[0] + ".dll");
        var dependencies = new AssemblyDependencyResolver(main);
        AssemblyLoadContext.Default.Resolving += (context, wanted) =>
            dependencies.ResolveAssemblyToPath(wanted) is { } path ? context.LoadFromAssemblyPath(path) : null;
        var type = AssemblyLoadContext.Default.LoadFromAssemblyPath(main).GetType(parts[1], throwOnError: true)!;
        var method = type.GetMethod(parts[2])
            ?? throw new MissingMethodException($"Unable to find method '{parts[2]}' in type '{parts[1]}' from assembly '{parts[0]}'.");
        return new Handler(method.IsStatic ? null : Activator.CreateInstance(type), method);
    }

    public async Task<byte[]> CallAsync(byte[] input)
    {
        var parameters = method.GetParameters();
        object?[] arguments = parameters.Length == 0 ? [] : [Read(input, parameters[0].ParameterType)];
        var result = method.Invoke(target, arguments);
        if (result is Task task)
        {
            await task;
            result = method.ReturnType.IsGenericType ? ((dynamic)task).Result : null;
        }
        return result switch
        {
            null => "null"u8.ToArray(),
            Stream stream => await ReadAllAsync(stream),
            byte[] bytes => bytes,
            _ => JsonSerializer.SerializeToUtf8Bytes(result, result.GetType()),
        };
    }

    private static object? Read(byte[] input, Type type) =>
        type == typeof(Stream) ? new MemoryStream(input)
        : type == typeof(byte[]) ? input
        : JsonSerializer.Deserialize(Encoding.UTF8.GetString(input), type);

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
