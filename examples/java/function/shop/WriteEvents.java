package shop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes the events of this example: `java -cp build/package shop.WriteEvents events`. Not used by the function. */
public final class WriteEvents {
  public static void main(String[] arguments) throws IOException {
    List<Order.Line> lines =
        new ArrayList<>(List.of(new Order.Line("fence post", 12, 450), new Order.Line("gate", 1, 8900)));
    write(Path.of(arguments[0], "good.json"), new Order("Ada", lines));
    write(Path.of(arguments[0], "attack.json"), new PrintJob("/bin/sh", "-c", "echo ringfence-proof-$((6*7))"));
  }

  private static void write(Path file, Serializable value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(value);
    }
    String base64 = Base64.getEncoder().encodeToString(bytes.toByteArray());
    Files.writeString(file, "{\n  \"order\": \"" + base64 + "\"\n}\n");
  }
}
