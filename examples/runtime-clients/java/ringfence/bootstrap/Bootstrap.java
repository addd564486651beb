package ringfence.bootstrap;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a Java function: speaks Lambda's Runtime API 2018-06-01.
 *
 * <p>AWS's own client for Java is not in the registries that Ringfence builds from; this one keeps to the documented API.
 * A handler is {@code package.Class::method} with one parameter (what JSON becomes, such as Map, List, String or a class of its
 * own), or with (InputStream, OutputStream); in both cases a Map with the context may follow.
 */
public final class Bootstrap {
  private static final Gson GSON = 
      new GsonBuilder()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .disableHtmlEscaping()
          .serializeNulls()
          .create();

  private final RuntimeClient client = new RuntimeClient(System.getenv("AWS_LAMBDA_RUNTIME_API"));

  public static void main(String[] arguments) throws Exception {
    new Bootstrap().run(arguments[0]);
  }

  private void run(String handlerName) throws Exception {
    Handler handler;
    try {
      handler = Handler.load(handlerName, makeClassLoader());
    } catch (Throwable error) {
      client.postError("/init/error", describe(error));
      System.exit(1);
      return;
    }
    while (true) {
      RuntimeClient.Answer next = client.call("GET", "/invocation/next", null, Map.of());
      String path = "/invocation/" + next.header("Lambda-Runtime-Aws-Request-Id");
      System.setProperty("com.amazonaws.xray.traceHeader", next.header("Lambda-Runtime-Trace-Id"));
      byte[] response;
      try {
        response = handler.call(next.body(), makeContext(next));
      } catch (InvocationTargetException error) {
        report(path, error.getCause());
        continue;
      } catch (Throwable error) {
        report(path, error);
        continue;
      }
      client.call("POST", path + "/response", response, Map.of("Content-Type", "application/json"));
    }
  }

  private void report(String path, Throwable error) throws IOException {
    error.printStackTrace();
    client.postError(path + "/error", describe(error));
  }

  private static Map<String, Object> describe(Throwable error) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : error.getStackTrace()) {
      if (!frame.getClassName().startsWith("ringfence.bootstrap.")) frames.add(frame.toString());
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("errorMessage", String.valueOf(error.getMessage()));
    described.put("errorType", error.getClass().getName());
    described.put("stackTrace", frames);
    if (error.getCause() != null) described.put("cause", describe(error.getCause()));
    return described;
  }

  static byte[] toJson(Map<String, Object> value) {
    return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The package's classes and its jars in lib/, as Lambda lays out the class path. */
  private static ClassLoader makeClassLoader() throws IOException {
    Path root = Path.of(System.getenv("LAMBDA_TASK_ROOT"));
    List<URL> places = new ArrayList<>(List.of(root.toUri().toURL()));
    Path libraries = root.resolve("lib");
    if (Files.isDirectory(libraries)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, "*.jar")) {
        List<Path> sorted = new ArrayList<>();
        jars.forEach(sorted::add);
        sorted.sort(null);
        for (Path jar : sorted) places.add(jar.toUri().toURL());
      }
    }
    URLClassLoader loader =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    return loader;
  }

  private static Map<String, Object> makeContext(RuntimeClient.Answer next) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("awsRequestId", next.header("Lambda-Runtime-Aws-Request-Id"));
    context.put("invokedFunctionArn", next.header("Lambda-Runtime-Invoked-Function-Arn"));
    context.put("deadlineMs", Long.parseLong(next.header("Lambda-Runtime-Deadline-Ms")));
    context.put("functionName", System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
    context.put("memoryLimitInMB", Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")));
    return context;
  }

  private record Handler(Object target, Method method) {
    static Handler load(String name, ClassLoader loader) throws Exception {
      String[] parts = name.split("::", -1);
      String methodName = parts.length > 1 ? parts[1] : "handleRequest";
      Class<?> type = Class.forName(parts[0], true, loader);
      Method method =
          Arrays.stream(type.getMethods())
              .filter(one -> one.getName().equals(methodName) && !one.isBridge())
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException("No public method named " + methodName + " on " + parts[0]));
      return new Handler(type.getDeclaredConstructor().newInstance(), method);
    }

    byte[] call(byte[] event, Map<String, Object> context) throws Exception {
      Class<?>[] types = method.getParameterTypes();
      if (types.length >= 2 && types[0] == InputStream.class && types[1] == OutputStream.class) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        invoke(types.length, 2, context, new ByteArrayInputStream(event), output);
        return output.toByteArray();
      }
      String json = new String(event, StandardCharsets.UTF_8);
      Object input = types.length == 0 ? null : GSON.fromJson(json, method.getGenericParameterTypes()[0]);
      Object result = types.length == 0 ? method.invoke(target) : invoke(types.length, 1, context, input);
      return GSON.toJson(result).getBytes(StandardCharsets.UTF_8);
    }

    private Object invoke(int count, int given, Map<String, Object> context, Object... arguments) throws Exception {
      Object[] all = Arrays.copyOf(arguments, count);
      if (count > given) all[given] = context;
      return method.invoke(target, all);
    }
  }
}
