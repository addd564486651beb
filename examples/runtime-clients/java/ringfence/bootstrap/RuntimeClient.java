package ringfence.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/** The Runtime API over one connection, which the JDK keeps open. */
final class RuntimeClient {
  record Answer(HttpURLConnection connection, byte[] body) {
    String header(String name) {
      return connection.getHeaderField(name);
    }
  }

  private final String prefix;

  RuntimeClient(String address) {
    prefix = "http://" + address + "/2018-06-01/runtime";
  }

  Answer call(String method, String path, byte[] body, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(prefix + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setReadTimeout(0);
    headers.forEach(connection::setRequestProperty);
    if (body != null) {
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream output = connection.getOutputStream()) {
        output.write(body);
      }
    }
    boolean refused = connection.getResponseCode() >= 400;
    try (InputStream input = refused ? connection.getErrorStream() : connection.getInputStream()) {
      return new Answer(connection, input == null ? new byte[0] : input.readAllBytes());
    }
  }

  void postError(String path, Map<String, Object> error) throws IOException {
    call("POST", path, Bootstrap.toJson(error), Map.of(
        "Content-Type", "application/json",
        "Lambda-Runtime-Function-Error-Type", String.valueOf(error.get("errorType"))));
  }
}
