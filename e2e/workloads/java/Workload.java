import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

public final class Workload {
    private static final Path SCRATCH = Path.of(System.getenv("SCRATCH"));

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() throws Exception {
        return MessageDigest.getInstance("SHA-256");
    }

    static String useHttp() throws Exception {
        var client = HttpClient.newHttpClient();
        var answers = sha256();
        for (int index = 0; index < 50; index++) {
            var request = HttpRequest.newBuilder(URI.create(System.getenv("API_URL") + "/" + index)).build();
            answers.update(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        }
        return "50 answers " + hex(answers);
    }

    static String useDatabase() throws Exception {
        var url = URI.create(System.getenv("DATABASE_URL"));
        var address = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath() + "?sslmode=disable";
        try (var connection = DriverManager.getConnection(address, url.getUserInfo(), "")) {
            connection.createStatement().execute("create temp table numbers (n int, words text)");
            var insert = connection.prepareStatement(
                    "insert into numbers select n, 'number ' || n from generate_series(1, ?) n");
            insert.setInt(1, 1000);
            insert.execute();
            var select = connection.prepareStatement("select sum(n), max(words) from numbers where n % ? = 0");
            select.setInt(1, 7);
            var rows = select.executeQuery();
            rows.next();
            return "sum " + rows.getLong(1) + ", last " + rows.getString(2);
        }
    }

    static String useThreads() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        List<Future<String>> results = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            String start = String.valueOf(number);
            results.add(pool.submit(() -> {
                var value = start;
                for (int round = 0; round < 20000; round++) {
                    var digest = sha256();
                    digest.update(value.getBytes(StandardCharsets.UTF_8));
                    value = hex(digest);
                }
                return value.substring(0, 8);
            }));
        }
        var words = new ArrayList<String>();
        for (var result : results) words.add(result.get());
        pool.shutdown();
        return String.join(" ", words);
    }

    static String useChild() throws Exception {
        var child = new ProcessBuilder("/usr/bin/sort", "-n").start();
        try (OutputStream input = child.getOutputStream()) {
            input.write("10\n9\n8\n".getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.strip().replace('\n', ' ') + ", exit code " + child.waitFor();
    }

    static String useSmallFiles() throws Exception {
        var folder = Files.createDirectory(SCRATCH.resolve("small"));
        for (int index = 0; index < 100; index++)
            Files.writeString(folder.resolve(String.valueOf(index)), "content of " + index);
        var all = sha256();
        var count = Integer.parseInt(System.getenv("FILES"));
        for (int index = 0; index < count; index++)
            all.update(Files.readAllBytes(folder.resolve(String.valueOf(index % 100))));
        for (int index = 0; index < 100; index++) Files.delete(folder.resolve(String.valueOf(index)));
        Files.delete(folder);
        return count + " reads " + hex(all);
    }

    static String useLargeFile() throws Exception {
        var path = SCRATCH.resolve("large");
        var count = Integer.parseInt(System.getenv("MEGABYTES"));
        var piece = new byte[1 << 20];
        try (var output = Files.newOutputStream(path)) {
            for (int index = 0; index < count; index++) {
                Arrays.fill(piece, (byte) (index % 251));
                output.write(piece);
            }
        }
        var all = sha256();
        try (InputStream input = Files.newInputStream(path)) {
            for (int length; (length = input.read(piece)) > 0; ) all.update(piece, 0, length);
        }
        Files.delete(path);
        return count + " MB " + hex(all);
    }

    private static void print(String name, Callable<String> use) throws Exception {
        System.out.println(name + ": " + use.call());
    }

    public static void main(String[] arguments) throws Exception {
        print("useHttp", Workload::useHttp);
        print("useDatabase", Workload::useDatabase);
        print("useThreads", Workload::useThreads);
        print("useChild", Workload::useChild);
        print("useSmallFiles", Workload::useSmallFiles);
        print("useLargeFile", Workload::useLargeFile);
    }
}
